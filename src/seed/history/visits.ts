import type { Condition, Encounter, Observation } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import { catalogue } from '../catalogue.js';
import { facilityReference, locationId } from '../catalogue-ids.js';
import type { Diagnosis } from '../catalogue-schema.js';
import { postReference } from '../post-resources.js';
import type { Random } from '../random.js';
import { atHour, DAY, HOUR, localInstant, MINUTE, onWeekday, YEAR } from './calendar.js';
import type { Chart } from './chart.js';
import { SYSTEMS } from './code-systems.js';
import { diagnosisConcept, drawDiagnosis } from './draw-diagnosis.js';
import { addLaboratoryResult, drawTests } from './laboratory-results.js';
import type { PersonFacts } from './person-facts.js';
import type { ReferralPlan } from './referral-plan.js';
import { addMedication } from './treatments.js';
import type { VitalSign } from '../../referral/hc10/vital-signs.js';
import { addBloodPressure, addVitalSign, type VisitPlace } from './vital-signs.js';

/** How much is written about a person. */
export interface Detail {
  /** Visits at the first level, from and to. */
  readonly visits: readonly [number, number];
  readonly signs: readonly VitalSign[];
  /** Laboratory results of a visit, from and to. */
  readonly tests: readonly [number, number];
  readonly vaccines: number;
  readonly referralShare: number;
}

/** A visit that a referral may start from. */
export interface Visit {
  readonly time: number;
  readonly diagnosis: Diagnosis;
  readonly condition: Condition & { id: string };
  readonly encounter: Encounter & { id: string };
  readonly findings: readonly (Observation & { id: string })[];
}

const LOOK_BACK = 3 * YEAR;

function addEncounter(
  chart: Chart,
  person: PersonFacts,
  label: string,
  time: number,
  minutes: number,
  diagnosis: Diagnosis,
): Encounter & { id: string } {
  return chart.add<Encounter>(
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: SYSTEMS.actCode, code: 'AMB', display: 'ambulatory' },
      subject: chart.patient,
      participant: [{ individual: postReference('clinician', person.facility) }],
      period: { start: localInstant(time), end: localInstant(time + minutes * MINUTE) },
      reasonCode: [diagnosisConcept(diagnosis)],
      diagnosis: [{ condition: chart.reference('Condition', label) }],
      location: [
        { location: { reference: `Location/${locationId(person.facility.rups)}`, display: person.facility.name } },
      ],
      serviceProvider: facilityReference(person.facility),
    },
    { label, time, custodian: person.facility, profile: profileUrl('atencion') },
  );
}

function addCondition(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  label: string,
  time: number,
  diagnosis: Diagnosis,
): Condition & { id: string } {
  const resolved = !diagnosis.chronic && random.chance(0.7);
  return chart.add<Condition>(
    {
      resourceType: 'Condition',
      clinicalStatus: { coding: [{ system: SYSTEMS.conditionClinical, code: resolved ? 'resolved' : 'active' }] },
      verificationStatus: {
        coding: [{ system: SYSTEMS.conditionVerification, code: random.chance(0.75) ? 'confirmed' : 'provisional' }],
      },
      category: [
        {
          coding: [
            {
              system: SYSTEMS.conditionCategory,
              code: diagnosis.chronic ? 'problem-list-item' : 'encounter-diagnosis',
            },
          ],
        },
      ],
      code: diagnosisConcept(diagnosis),
      subject: chart.patient,
      encounter: chart.reference('Encounter', label),
      onsetDateTime: localInstant(time - random.next() * (diagnosis.chronic ? 2 * YEAR : 5 * DAY)).slice(0, 10),
      ...(resolved ? { abatementDateTime: localInstant(time + random.int(3, 14) * DAY).slice(0, 10) } : {}),
      recordedDate: localInstant(time),
      recorder: postReference('clinician', person.facility),
    },
    { label, time, custodian: person.facility, profile: profileUrl('diagnostico') },
  );
}

function addVisit(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  detail: Detail,
  number: number,
  time: number,
  suits?: (diagnosis: Diagnosis) => boolean,
): Visit | undefined {
  const diagnosis = drawDiagnosis(random, person, time, suits);
  if (!diagnosis) return undefined;
  const label = `visit|${number}`;
  const encounter = addEncounter(chart, person, label, time, random.int(12, 35), diagnosis);
  const condition = addCondition(chart, random, person, label, time, diagnosis);
  const place: VisitPlace = {
    label,
    time: time + 5 * MINUTE,
    facility: person.facility,
    encounter: { reference: `Encounter/${encounter.id}` },
    performer: postReference('clinician', person.facility),
  };
  const raised = /^(I1|O1)/.test(diagnosis.code);
  const findings = [
    ...(time - person.birth > 12 * YEAR ? [addBloodPressure(chart, random, person, place, raised)] : []),
    ...detail.signs.map((sign) => addVitalSign(chart, random, person, place, sign)),
    ...drawTests(random, diagnosis, random.int(...(detail.tests as [number, number]))).map((test) =>
      addLaboratoryResult(chart, random, person, place, test),
    ),
  ];
  if (random.chance(0.6)) addMedication(chart, random, place, diagnosis, { reference: `Condition/${condition.id}` });
  return { time, diagnosis, condition, encounter, findings };
}

/** Specialties of visits that the first level can send to a hospital. */
const REFERABLE = new Set(
  catalogue.facilities.filter(({ level }) => level === 2).flatMap(({ services }) => Object.keys(services)),
);

/** What the visits brought; `referred` is the one that the planned referral starts from. */
export interface Visits {
  readonly all: readonly Visit[];
  readonly referred?: Visit;
}

/**
 * Writes the visits of the last years at the person's facility, oldest first, among them the one from which the
 * planned referral starts (none when the person was not born yet or nothing suits).
 */
export function addVisits(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  detail: Detail,
  reference: number,
  plan?: ReferralPlan,
): Visits {
  const end = (person.died ?? reference) - 2 * DAY;
  const start = Math.max(person.birth + DAY / 2, end - LOOK_BACK);
  const referredAt = plan && plan.steps[0].time - 20 * MINUTE;
  const sends = referredAt !== undefined && referredAt > person.birth + HOUR;
  const [low, high] = detail.visits;
  const count = Math.max(0, random.int(low, high) - (sends ? 1 : 0));
  const ordinary = Array.from({ length: start < end ? count : 0 }, () => start + random.next() * (end - start)).map(
    (time) => Math.max(start, Math.min(onWeekday(atHour(time, 7.5 + random.next() * 6)), end)),
  );
  const times = [...ordinary, ...(sends ? [referredAt] : [])].sort((a, b) => a - b);
  const suits = ({ specialty }: Diagnosis): boolean =>
    plan?.emergency ? specialty === 'emergencia' : specialty !== 'emergencia' && REFERABLE.has(specialty);
  const written = times.map((time, number) =>
    addVisit(chart, random, person, detail, number, time, time === referredAt ? suits : undefined),
  );
  const referred = sends ? written[times.indexOf(referredAt)] : undefined;
  return { all: written.flatMap((visit) => visit ?? []), ...(referred ? { referred } : {}) };
}
