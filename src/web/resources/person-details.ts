import type { Extension, Patient } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { LANGUAGES } from '../../record/catalogue/languages.js';
import type { PageContext } from '../page-context.js';
import { PERSON_DETAILS } from '../texts/person-details.js';
import { codingText, conceptText } from './coded-text.js';

/** Extension of the core that says that a person needs an interpreter (R4 patient-interpreterRequired). */
export const INTERPRETER_REQUIRED = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

type Terms = Pick<PageContext, 'services' | 'language' | 'say'>;

/** Extensions of the guide on a person, by id. */
export const personExtensions = ({ extension = [] }: Pick<Patient, 'extension'>, id: string): readonly Extension[] =>
  extension.filter(({ url }) => url === extensionUrl(id));

/** Telephones as written, the one to be used first before the others. */
export const phonesOf = ({ telecom = [] }: Pick<Patient, 'telecom'>): readonly string[] =>
  [...telecom]
    .sort((a, b) => (a.rank ?? 9) - (b.rank ?? 9))
    .flatMap(({ system, value }) => (system === 'phone' && value !== undefined ? [value] : []));

/** Municipality and department; empty when nobody wrote them. */
export const municipalityText = ({ address = [] }: Pick<Patient, 'address'>): string => {
  const { district, city, state } = address[0] ?? {};
  return [district ?? city, state].filter((part) => part !== undefined && part !== '').join(', ');
};

/** The whole address in one line, the house first; empty when nobody wrote one. */
export const addressText = (patient: Pick<Patient, 'address'>): string =>
  [...(patient.address?.[0]?.line ?? []), municipalityText(patient)].filter((part) => part !== '').join(', ');

/** Name of a person's preferred language other than Spanish. */
function otherLanguage({ communication = [] }: Patient): string | undefined {
  const { language } = communication.find(({ preferred }) => preferred) ?? communication[0] ?? {};
  const coding = language?.coding?.[0];
  if (coding?.code === undefined || coding.code === 'es') return undefined;
  return LANGUAGES.find(({ code }) => code === coding.code)?.display ?? coding.display ?? coding.code;
}

/** What to do differently for this person, in whole sentences: interpreter, reading, distance, disability. */
export function careNotes(terms: Terms, patient: Patient): readonly string[] {
  const { say } = terms;
  const language = otherLanguage(patient);
  const interpreter = patient.extension?.some(({ url, valueBoolean }) => url === INTERPRETER_REQUIRED && valueBoolean);
  const literacy = personExtensions(patient, 'literacy')[0]?.valueCode;
  const disabilities = personExtensions(patient, 'disability').map(({ valueCodeableConcept }) =>
    conceptText(terms, valueCodeableConcept).toLowerCase(),
  );
  return [
    ...(interpreter
      ? [language === undefined ? say(PERSON_DETAILS.interpreter) : say(PERSON_DETAILS.interpreterOf, { language })]
      : language === undefined
        ? []
        : [say(PERSON_DETAILS.prefers, { language })]),
    ...(literacy === 'does-not-read' ? [say(PERSON_DETAILS.doesNotRead)] : []),
    ...(literacy === 'reads-with-help' ? [say(PERSON_DETAILS.readsWithHelp)] : []),
    ...(disabilities.length > 0 ? [say(PERSON_DETAILS.disability, { kinds: disabilities.join(', ') })] : []),
    ...(personExtensions(patient, 'hard-to-reach')[0]?.valueBoolean ? [say(PERSON_DETAILS.hardToReach)] : []),
  ];
}

/** Migrant status and people in words, for the administrative data; empty when not said. */
export function declaredTexts(terms: Terms, patient: Patient): { readonly people: string; readonly migrant: string } {
  const code = personExtensions(patient, 'migrant-status')[0]?.valueCode;
  const people = personExtensions(patient, 'pueblo')[0]?.valueCodeableConcept;
  return {
    people: conceptText(terms, people),
    migrant: code === undefined ? '' : codingText(terms, { system: codeSystemUrl('migrant-status'), code }),
  };
}
