import type { CodeableConcept, Encounter, Organization, Patient, Reference, Resource } from '@medplum/fhirtypes';
import { SID } from '../../src/config/canonical.js';
import { catalogue } from '../../src/seed/catalogue.js';
import { SYSTEMS } from '../../src/seed/history/code-systems.js';
import type { Random } from '../../src/seed/random.js';

/** Reference to another record of the same person, by its type and its number within the type. */
export type Link = <T extends Resource = Resource>(
  type: string,
  number: number,
) => Reference<T> & { reference: string };

/** A record of a person, without id and meta. */
export interface PeersRecord {
  readonly number: number;
  readonly resource: Resource;
}

export interface PeersFacts {
  /** Thirteen digits, nobody else's. */
  readonly dni: string;
  /** Organization id. */
  readonly facility: string;
  readonly random: Random;
  readonly link: Link;
  /** Observations beyond the five. */
  readonly more?: number;
}

const CONDITIONS = 3;
const OBSERVATIONS = 5;
const DAY = 86_400_000;
/** The records lie in the three years before this moment. */
const LAST = Date.parse('2026-11-01T12:00:00.000Z');
const STATUSES = ['requested', 'accepted', 'in-progress', 'completed'] as const;
const PRIORITIES = ['routine', 'routine', 'routine', 'urgent', 'asap'] as const;

const concept = (system: string, code: string, display: string): CodeableConcept => ({
  coding: [{ system, code, display }],
});

const SIGNS = [
  ['8867-4', 'Heart rate', '/min', 60, 100],
  ['8310-5', 'Body temperature', 'Cel', 36, 39],
  ['29463-7', 'Body weight', 'kg', 40, 110],
  ['9279-1', 'Respiratory rate', '/min', 12, 30],
  ['2708-6', 'Oxygen saturation', '%', 90, 100],
] as const;

const DIAGNOSES = catalogue.diagnoses.filter(({ weight }) => weight !== undefined);

function patientOf({ dni, facility, random }: PeersFacts): Patient {
  const { given, surnames } = catalogue.names;
  const gender = random.pick(['female', 'male'] as const);
  const born = new Date(LAST - random.int(1, 90 * 365) * DAY).toISOString().slice(0, 10);
  return {
    resourceType: 'Patient',
    identifier: [{ system: SID.dni, value: dni }],
    active: true,
    name: [
      {
        family: `${random.pick(surnames)} ${random.pick(surnames)}`,
        given: [random.pick(given[gender]), random.pick(given[gender])],
      },
    ],
    gender,
    birthDate: born,
    address: [{ city: random.pick(catalogue.municipalities).name }],
    managingOrganization: { reference: `Organization/${facility}` },
  };
}

/**
 * The records of one person in the shape by which the peers were measured (bench/targets.json): Patient, Encounter, three
 * Conditions, five Observations, ServiceRequest, Task; about 528 bytes of JSON each when stored. The request is a plain
 * one (design.md 3a.15): the peers know no rules of a referral either.
 */
export function peersPerson(facts: PeersFacts): PeersRecord[] {
  const { facility, random, link, more = 0 } = facts;
  const at = LAST - random.int(1, 3 * 365) * DAY + random.int(0, 8 * 3_600) * 1_000;
  const instant = (days: number): string => `${new Date(at + days * DAY).toISOString().slice(0, 19)}Z`;
  const organization: Reference<Organization> = { reference: `Organization/${facility}` };
  const subject = link<Patient>('Patient', 0);
  const encounter = link<Encounter>('Encounter', 0);
  const visit: Resource = {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: SYSTEMS.actCode, code: 'AMB' },
    subject,
    period: { start: instant(0), end: instant(0.02) },
    serviceProvider: organization,
  };
  const conditions = Array.from({ length: CONDITIONS }, (): Resource => {
    const { code, display } = random.pick(DIAGNOSES);
    return {
      resourceType: 'Condition',
      clinicalStatus: { coding: [{ system: SYSTEMS.conditionClinical, code: 'active' }] },
      code: concept(SYSTEMS.icd10, code, display),
      subject,
      encounter,
      recordedDate: instant(0),
    };
  });
  const observations = Array.from({ length: OBSERVATIONS + more }, (_, index): Resource => {
    const [code, display, unit, low, high] = SIGNS[index % SIGNS.length]!;
    return {
      resourceType: 'Observation',
      status: 'final',
      code: concept(SYSTEMS.loinc, code, display),
      subject,
      encounter,
      effectiveDateTime: instant(Math.floor(index / SIGNS.length)),
      valueQuantity: { value: random.int(low * 10, high * 10) / 10, unit, system: SYSTEMS.ucum, code: unit },
    };
  });
  const priority = random.pick(PRIORITIES);
  const request: Resource = {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    priority,
    code: concept(SYSTEMS.snomed, '306206005', 'Referral to service'),
    subject,
    encounter,
    authoredOn: instant(0),
    requester: organization,
  };
  const task: Resource = {
    resourceType: 'Task',
    status: random.pick(STATUSES),
    intent: 'order',
    priority,
    focus: link('ServiceRequest', 0),
    for: subject,
    authoredOn: instant(0),
    lastModified: instant(random.int(0, 30)),
    owner: organization,
  };
  const all = [patientOf(facts), visit, ...conditions, ...observations, request, task];
  const counts = new Map<string, number>();
  return all.map((resource) => {
    const number = counts.get(resource.resourceType) ?? 0;
    counts.set(resource.resourceType, number + 1);
    return { number, resource };
  });
}
