import type { Extension, PatientCommunication } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../config/canonical.js';
import { catalogue } from '../catalogue.js';
import type { Random } from '../random.js';
import { localDate, YEAR } from './calendar.js';
import type { IdentityKind, PersonFacts } from './person-facts.js';

const INTERPRETER_REQUIRED = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

const DISABILITIES = ['visual', 'hearing', 'speech', 'physical', 'intellectual', 'psychosocial'] as const;
const MIGRANTS = ['returned', 'returned', 'returned', 'displaced', 'irregular', 'in-transit'] as const;

const coded = (id: string, system: string, code: string): Extension => ({
  url: extensionUrl(id),
  valueCodeableConcept: { coding: [{ system: codeSystemUrl(system), code }] },
});
const code = (id: string, value: string): Extension => ({ url: extensionUrl(id), valueCode: value });

/** The guide has no kind for an adult who carries no document: the kind is left out then. */
const identityExtension = (identity: IdentityKind): Extension[] =>
  identity === 'sin-documento' ? [] : [code('identity-kind', identity)];

/** Vulnerability of a person as declared at registration: never required (design.md 3a.8). */
export function drawExtensions(random: Random, person: PersonFacts, reference: number): Extension[] {
  const age = (reference - person.birth) / YEAR;
  return [
    ...identityExtension(person.identity),
    ...(person.identity === 'desconocido'
      ? [
          {
            url: extensionUrl('estimated-age'),
            extension: [
              {
                url: 'age',
                valueAge: {
                  value: Math.max(1, 5 * Math.round(age / 5)),
                  unit: 'años',
                  system: 'http://unitsofmeasure.org',
                  code: 'a',
                },
              },
              { url: 'date', valueDate: localDate(reference) },
            ],
          },
        ]
      : [coded('pueblo', 'pueblo', person.people)]),
    ...(random.chance(age > 60 ? 0.12 : 0.035) ? [coded('disability', 'disability', random.pick(DISABILITIES))] : []),
    ...(person.identity === 'pasaporte' || random.chance(0.015)
      ? [code('migrant-status', person.identity === 'pasaporte' ? 'in-transit' : random.pick(MIGRANTS))]
      : []),
    ...(age > 12 && random.chance(person.rural ? 0.18 : 0.07)
      ? [code('literacy', random.chance(0.5) ? 'does-not-read' : 'reads-with-help')]
      : []),
    ...(person.home.hardToReach && person.rural ? [{ url: extensionUrl('hard-to-reach'), valueBoolean: true }] : []),
  ];
}

/** Language a person prefers and, as an extension of Patient, whether an interpreter is needed. */
export function drawLanguage(
  random: Random,
  people: string,
): { communication: PatientCommunication[]; extension: Extension[] } {
  const language = catalogue.population.languages[people];
  if (!language || !random.chance(language.speaks)) return { communication: [], extension: [] };
  const concept = (value: string, display: string): PatientCommunication['language'] => ({
    coding: [{ system: 'urn:ietf:bcp:47', code: value, display }],
  });
  return {
    communication: [
      { language: concept(language.code, language.display), preferred: true },
      { language: concept('es', 'Español') },
    ],
    extension: random.chance(language.interpreter) ? [{ url: INTERPRETER_REQUIRED, valueBoolean: true }] : [],
  };
}
