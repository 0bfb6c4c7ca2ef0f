import type { Extension, HumanName, Identifier, Patient } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, profileUrl, SID } from '../config/canonical.js';
import { catalogue } from '../seed/catalogue.js';
import { DAY, localDate } from '../seed/history/calendar.js';
import { SYSTEMS } from '../seed/history/code-systems.js';
import { humanName, nameText } from '../seed/history/person-names.js';
import { placeNames } from '../seed/organization-resources.js';
import type { DemoPerson } from './demo-data.js';
import type { DirectoryFacility } from './directory.js';

/** What a registration needs besides the person. */
interface Registration {
  readonly facility: DirectoryFacility;
  /** Moment of the registration, ms since 1970. */
  readonly now: number;
  /** The mother, registered before, when the identity hangs on her. */
  readonly mother?: { readonly person: DemoPerson; readonly id: string };
}

const absent = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }];
const INTERPRETER_REQUIRED = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

const fullName = ({ given = [], surnames = [] }: DemoPerson): { given: string[]; surnames: string[] } => ({
  given,
  surnames,
});

/** The identifier by which a person is found and never registered twice. */
export function identifierOf(person: DemoPerson): { readonly system: string; readonly value: string } {
  if (person.dni !== undefined) return { system: SID.dni, value: person.dni };
  if (person.pasaporte !== undefined) return { system: SID.pasaporte, value: person.pasaporte };
  if (person.account !== undefined) return { system: SID.account, value: person.account };
  return { system: SID.temporal, value: `DEMO-${person.key}` };
}

/** Name by kind of identity: "RN de" and "Hijo de" with the mother's names (LN23:2019 annex 7), none for unknown people. */
function nameOf(person: DemoPerson, mother: DemoPerson | undefined): HumanName {
  if (person.identity === 'desconocido') return { use: 'temp', text: 'Desconocido', extension: absent };
  if (!mother) return humanName(fullName(person));
  const word = person.identity === 'rn' ? 'RN' : person.sex === 'male' ? 'Hijo' : 'Hija';
  const { surnames } = fullName(mother);
  return {
    ...humanName({ given: person.given ?? [word], surnames }, 'temp'),
    text: `${word} de ${nameText(fullName(mother))}`,
  };
}

const code = (id: string, value: string | undefined): Extension[] =>
  value === undefined ? [] : [{ url: extensionUrl(id), valueCode: value }];
const coded = (id: string, value: string | undefined): Extension[] =>
  value === undefined
    ? []
    : [{ url: extensionUrl(id), valueCodeableConcept: { coding: [{ system: codeSystemUrl(id), code: value }] } }];
const flag = (url: string, value: boolean | undefined): Extension[] =>
  value === undefined ? [] : [{ url, valueBoolean: value }];

function extensionsOf(person: DemoPerson, { now, mother }: Registration): Extension[] {
  const age = { value: person.estimatedAge, unit: 'años', system: SYSTEMS.ucum, code: 'a' };
  return [
    ...code('identity-kind', person.identity),
    ...(mother ? [{ url: extensionUrl('mother'), valueReference: { reference: `Patient/${mother.id}` } }] : []),
    ...(person.estimatedAge === undefined
      ? []
      : [
          {
            url: extensionUrl('estimated-age'),
            extension: [
              { url: 'age', valueAge: age },
              { url: 'date', valueDate: localDate(now) },
            ],
          },
        ]),
    ...coded('pueblo', person.people),
    ...(person.disability ?? []).flatMap((each) => coded('disability', each)),
    ...code('migrant-status', person.migrant),
    ...code('literacy', person.literacy),
    ...flag(extensionUrl('hard-to-reach'), person.hardToReach),
    ...flag(INTERPRETER_REQUIRED, person.interpreter),
  ];
}

function identifiersOf(person: DemoPerson, { facility }: Registration): Identifier[] {
  const use = person.dni === undefined && person.pasaporte === undefined ? 'temp' : 'official';
  return [
    { use, ...identifierOf(person) },
    ...(person.expediente === undefined
      ? []
      : [{ use: 'usual' as const, system: SID.expediente, value: person.expediente, assigner: facility.reference }]),
  ];
}

function placeOf({ municipality, line }: DemoPerson): Pick<Patient, 'address'> {
  if (municipality === undefined) return {};
  const names = placeNames(municipality);
  const place = { city: names.municipality, district: names.municipality, state: names.department, country: 'HN' };
  return { address: [{ use: 'home', type: 'physical', ...(line === undefined ? {} : { line: [line] }), ...place }] };
}

function languageOf({ language }: DemoPerson): Pick<Patient, 'communication'> {
  const found = language === undefined ? undefined : catalogue.population.languages[language];
  if (!found) return {};
  const coding = [{ system: 'urn:ietf:bcp:47', code: found.code, display: found.display }];
  return { communication: [{ language: { coding }, preferred: true }] };
}

/** Registration of a person at a facility, with what the person told there. */
export function personResource(person: DemoPerson, registration: Registration): Patient {
  const { born, bornDaysAgo } = person;
  const birthDate = bornDaysAgo === undefined ? born : localDate(registration.now - bornDaysAgo * DAY);
  return {
    resourceType: 'Patient',
    meta: { profile: [profileUrl('paciente')] },
    extension: extensionsOf(person, registration),
    identifier: identifiersOf(person, registration),
    active: true,
    name: [nameOf(person, registration.mother?.person)],
    ...(person.phone === undefined ? {} : { telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }] }),
    ...(person.sex === undefined ? {} : { gender: person.sex }),
    ...(birthDate === undefined ? { _birthDate: { extension: absent } } : { birthDate }),
    ...placeOf(person),
    ...languageOf(person),
    managingOrganization: registration.facility.reference,
  };
}
