import type { Organization, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import { CODE_SYSTEMS } from '../../../config/code-systems.js';
import { NO_KNOWN_ALLERGIES } from '../../../config/no-known-allergies.js';
import { DIAGNOSES, writtenDiagnosis } from '../../../record/catalogue/diagnoses.js';
import type { AllergyContent, Hc10Case } from '../../../referral/hc10/hc10-case.js';
import type { Hc10Field } from '../../../referral/hc10/hc10-fields.js';
import type { FormFields } from '../../form-fields.js';
import type { Say } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import type { Problem } from '../../problems.js';
import { ageInYears } from '../../resources/person.js';
import { HC10_PROBLEMS } from '../../texts/hc10-problems.js';
import { HC10 } from '../../texts/hc10.js';
import { markedAttachments } from './attach-section.js';
import { offering } from './destinations.js';
import { askedStudies, decideStudies, type ExistingStudy, loadExisting } from './existing-studies.js';
import { inPageOrder } from './form-sections.js';
import type { FormState } from './form-state.js';
import { MOST_CHARACTERS, readHc10, typedText } from './read-hc10.js';

/** Small children are seldom measured with a cuff: their pressure is not demanded. */
const PRESSURE_FROM_YEARS = 5;

/** A posted form as a case to send, or what must be mended or decided first. */
export interface WrittenForm {
  readonly problems: readonly Problem[];
  readonly existing: readonly ExistingStudy[];
  readonly hc10?: Hc10Case;
}

/** Fields that need not be typed: signs that go along from the record, and what does not apply at this age. */
function knownFields({ patient, signs }: FormState['record'], attached: ReadonlySet<string>): ReadonlySet<Hc10Field> {
  const measured = signs.filter(({ reference, suggested }) => suggested && attached.has(reference));
  const age = ageInYears(patient);
  const small: readonly Hc10Field[] =
    age !== undefined && age < PRESSURE_FROM_YEARS ? ['pa-sistolica', 'pa-diastolica'] : [];
  return new Set([...measured.flatMap(({ fields }) => fields), ...small]);
}

const CONFIRMED = {
  clinicalStatus: { coding: [{ system: CODE_SYSTEMS.allergyClinical, code: 'active' }] },
  verificationStatus: { coding: [{ system: CODE_SYSTEMS.allergyVerification, code: 'confirmed' }] },
} as const;

/** What was told about allergies; nothing when nobody asked. */
function toldAllergies(form: FormFields): readonly AllergyContent[] {
  const text = typedText(form, 'alergias-cuales');
  if (text === '' && form.get('alergias') !== 'ninguna') return [];
  const code = text === '' ? NO_KNOWN_ALLERGIES : { text };
  return [
    {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: { coding: [...CONFIRMED.clinicalStatus.coding] },
      verificationStatus: { coding: [...CONFIRMED.verificationStatus.coding] },
      code,
    },
  ];
}

/** "Yes" needs to say to what; words beside "none" are a contradiction that only the person can solve. */
function allergyProblemsOf(form: FormFields, say: Say): readonly Problem[] {
  const text = typedText(form, 'alergias-cuales');
  const told = form.get('alergias');
  if (told === 'si' && text === '') return [{ text: say(HC10.allergyMissing), field: 'alergias-cuales' }];
  if (told === 'ninguna' && text !== '') return [{ text: say(HC10.allergyBoth), field: 'alergias' }];
  const count = Array.from(text).length;
  return count > MOST_CHARACTERS
    ? [
        {
          text: say(HC10_PROBLEMS.tooLong, { field: say(HC10.allergies), most: MOST_CHARACTERS, count }),
          field: 'alergias-cuales',
        },
      ]
    : [];
}

/** Does the destination offer the specialty? If not, who does. */
async function destinationProblems(
  page: PageContext,
  destinations: FormState['destinations'],
  destination: string,
  specialty: string | undefined,
): Promise<readonly Problem[]> {
  if (destination === '') return [];
  const place = destinations.nameOf(destination);
  if (place === undefined) return [{ text: page.say(HC10.destinationMissing), field: 'destino' }];
  if (specialty === undefined) return [];
  const who = await offering(page, specialty);
  if (who.includes(destination)) return [];
  const names = who.flatMap((id) => destinations.nameOf(id) ?? []).slice(0, 4);
  const others =
    names.length > 0 ? page.say(HC10.offeredBy, { places: names.join(', ') }) : page.say(HC10.offeredByNone);
  const name =
    page.services.fhir.definitions.display(codeSystemUrl('specialty'), specialty, page.language) ?? specialty;
  return [{ text: page.say(HC10.notOffered, { place, specialty: name, others }), field: 'especialidad' }];
}

/**
 * Reads the posted form of a page: everything that is wrong or still to be decided at once, or the case to send.
 * @param sides who sends, from where
 */
export async function caseOfForm(
  page: PageContext,
  { record, destinations }: Pick<FormState, 'record' | 'destinations'>,
  sides: {
    readonly author: Reference<PractitionerRole> & { readonly reference: string };
    readonly origin: Reference<Organization> & { readonly reference: string };
  },
): Promise<WrittenForm> {
  const { form, say } = page;
  const { definitions } = page.services.fhir;
  const marked = markedAttachments(record, form);
  const known = knownFields(record, new Set(marked.map(({ reference }) => reference)));
  const read = readHc10(form, { say, definitions }, known);
  const asked = askedStudies(form);
  const destination = form.get('destino');
  const { especialidad: specialty, diagnostico = '' } = read.values;
  const [place, existing] = await Promise.all([
    destinationProblems(page, destinations, destination, specialty),
    loadExisting(page, record.patient.id, asked),
  ]);
  const studies = decideStudies(form, asked, existing, say);
  const allergyProblems = record.allergies.length === 0 ? allergyProblemsOf(form, say) : [];
  const problems = inPageOrder([...studies.problems, ...allergyProblems, ...read.problems, ...place]);
  if (problems.length > 0 || studies.pending || specialty === undefined) return { problems, existing };
  const chosen = DIAGNOSES.find(({ code }) => code === form.get('cie10'));
  return {
    problems: [],
    existing,
    hc10: {
      ...sides,
      placer: form.get('numero'),
      written: new Date(),
      patient: { reference: `Patient/${record.patient.id}` },
      destination: { reference: `Organization/${destination}`, display: destinations.nameOf(destination) ?? '' },
      specialty: {
        code: specialty,
        display: definitions.display(codeSystemUrl('specialty'), specialty) ?? specialty,
      },
      priority: read.priority,
      motives: read.motives,
      values: read.values,
      diagnosis: chosen ? { coded: chosen, text: diagnostico } : writtenDiagnosis(diagnostico),
      allergies: record.allergies.length === 0 ? toldAllergies(form) : [],
      studies: studies.ordered.map(({ study: { code, display, category }, reason }) => ({
        code,
        display,
        category,
        ...(reason === undefined ? {} : { reason }),
      })),
      attached: [...new Set([...marked.map(({ reference }) => reference), ...studies.attached])].map((reference) => ({
        reference,
      })),
    },
  };
}
