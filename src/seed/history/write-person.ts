import type { HumanName, Identifier, Patient, RelatedPerson } from '@medplum/fhirtypes';
import { extensionUrl, profileUrl, SID } from '../../config/canonical.js';
import { facilityReference } from '../catalogue-ids.js';
import { hashNumber, type Random } from '../random.js';
import { localDate, localInstant, YEAR } from './calendar.js';
import type { Chart } from './chart.js';
import { SYSTEMS } from './code-systems.js';
import type { DniNumbers } from './dni-numbers.js';
import { drawExtensions, drawLanguage } from './person-extensions.js';
import type { PersonFacts } from './person-facts.js';
import { drawAddress, drawPhones } from './person-home.js';
import { drawName, type FullName, humanName, nameText } from './person-names.js';

const DATA_ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const absent = [{ url: DATA_ABSENT, valueCode: 'unknown' }];

/** What writing a person needs besides the facts. */
export interface PersonSetting {
  readonly seed: string;
  /** Number of the person within the seed, from 0. */
  readonly index: number;
  /** Moment at which the population is looked at. */
  readonly reference: number;
  readonly dni: DniNumbers;
}

const typed = (code: string): Identifier['type'] => ({ coding: [{ system: SYSTEMS.identifierType, code }] });

function identifiersOf(
  random: Random,
  person: PersonFacts,
  { seed, index, reference, dni }: PersonSetting,
): Identifier[] {
  const personal: Partial<Record<PersonFacts['identity'], () => Identifier>> = {
    dni: () => ({ use: 'official', type: typed('NI'), system: SID.dni, value: dni.draw(random, person, reference) }),
    pasaporte: () => ({
      use: 'official',
      type: typed('PPN'),
      system: SID.pasaporte,
      value: `X${String(hashNumber(seed, 1000)).padStart(3, '0')}${String(index).padStart(7, '0')}`,
    }),
  };
  const number =
    personal[person.identity] ??
    ((): Identifier => ({ use: 'temp', system: SID.temporal, value: `S-${seed}-${index}` }));
  return [
    number(),
    {
      use: 'usual',
      type: typed('MR'),
      system: SID.expediente,
      // A block of its own for each seed: file numbers of a facility are claimed once.
      value: String(hashNumber(`expediente|${seed}`, 900) * 1_000_000 + 100_000_000 + index),
      assigner: facilityReference(person.facility),
    },
  ];
}

/** Names by kind of identity: a newborn is "RN" and the mother's names, an unregistered child "hijo de" (domain norm 3.2). */
function namesOf(person: PersonFacts, name: FullName, mother: FullName): HumanName[] {
  if (person.identity === 'desconocido')
    return [{ use: 'temp', text: person.sex === 'male' ? 'Desconocido' : 'Desconocida', extension: absent }];
  if (person.identity === 'rn')
    return [{ ...humanName({ given: ['RN'], surnames: mother.surnames }, 'temp'), text: `RN de ${nameText(mother)}` }];
  if (person.identity === 'hijo-de') {
    const word = person.sex === 'male' ? 'Hijo' : 'Hija';
    return [
      {
        ...humanName({ given: [name.given[0] ?? word], surnames: mother.surnames }, 'temp'),
        text: `${word} de ${nameText(mother)}`,
      },
    ];
  }
  return [humanName(name)];
}

function addMother(
  chart: Chart,
  person: PersonFacts,
  mother: FullName,
  telecom: Patient['telecom'],
  time: number,
): void {
  chart.add<RelatedPerson>(
    {
      resourceType: 'RelatedPerson',
      active: true,
      patient: chart.patient,
      relationship: [{ coding: [{ system: SYSTEMS.roleCode, code: 'MTH', display: 'mother' }], text: 'Madre' }],
      name: [humanName(mother)],
      gender: 'female',
      ...(telecom?.length ? { telecom } : {}),
    },
    { label: 'mother', time, custodian: person.facility },
  );
}

/** Writes the Patient, and the mother of a child, as RelatedPerson, when the child's identity hangs on her. */
export function writePerson(chart: Chart, random: Random, person: PersonFacts, setting: PersonSetting): void {
  const { reference } = setting;
  const name = drawName(random, person.sex, person.people);
  const mother = drawName(random, 'female', person.people);
  const ofMother = person.identity === 'rn' || person.identity === 'hijo-de';
  const registered = Math.max(person.birth, reference - (0.1 + random.next() * 4) * YEAR);
  const telecom = drawPhones(random, `${setting.seed}|${Math.floor(setting.index / 4)}`);
  const language = drawLanguage(random, person.people);
  const known = person.identity !== 'desconocido';
  const twin = person.identity === 'rn' && random.chance(0.04);
  const companion = drawName(random, 'female', person.people);
  chart.add<Patient>(
    {
      resourceType: 'Patient',
      extension: [
        ...drawExtensions(random, person, reference),
        ...language.extension,
        ...(ofMother
          ? [{ url: extensionUrl('mother'), valueReference: chart.reference('RelatedPerson', 'mother') }]
          : []),
        ...(twin ? [{ url: extensionUrl('twin-order'), valuePositiveInt: random.int(1, 2) }] : []),
      ],
      identifier: identifiersOf(random, person, setting),
      active: true,
      name: namesOf(person, name, mother),
      ...(telecom.length > 0 ? { telecom } : {}),
      gender: person.sex,
      ...(known ? { birthDate: localDate(person.birth) } : { _birthDate: { extension: absent } }),
      ...(person.died === undefined ? {} : { deceasedDateTime: localInstant(person.died) }),
      ...(known ? { address: [drawAddress(random, person)] } : {}),
      ...(known && random.chance(0.4)
        ? {
            contact: [
              {
                relationship: [
                  { text: ofMother ? 'Abuela' : random.pick(['Madre', 'Hermana', 'Hija', 'Vecina', 'Tía']) },
                ],
                name: humanName(companion),
                ...(telecom.length > 0 ? { telecom } : {}),
              },
            ],
          }
        : {}),
      ...(language.communication.length > 0 ? { communication: language.communication } : {}),
      generalPractitioner: [facilityReference(person.facility)],
      managingOrganization: facilityReference(person.facility),
    },
    { label: 'person', time: registered, custodian: person.facility, profile: profileUrl('paciente') },
  );
  if (ofMother) addMother(chart, person, mother, telecom, registered);
}
