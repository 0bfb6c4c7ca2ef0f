import type { Observation, Reference } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import {
  pressureContent,
  signContent,
  VITAL_CATEGORY,
  VITAL_SIGNS,
  type VitalSign,
} from '../../referral/hc10/vital-signs.js';
import type { Facility } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import { localInstant, YEAR } from './calendar.js';
import type { Chart } from './chart.js';
import type { PersonFacts } from './person-facts.js';

/** Visit that observations belong to. */
export interface VisitPlace {
  /** Distinguishes the visit within the chart. */
  readonly label: string;
  readonly time: number;
  readonly facility: Facility;
  readonly encounter: Reference;
  readonly performer: Reference;
}

/** Value of a sign at an age in years. */
type Draw = (random: Random, age: number) => number;

const byAge = (age: number, steps: readonly (readonly [until: number, value: number])[]): number =>
  steps.find(([until]) => age < until)?.[1] ?? steps.at(-1)![1];

/** Mean weight of children by completed years, then adults; kg. */
const WEIGHT = [
  [0.1, 3.6],
  [0.5, 6.2],
  [1, 8.8],
  [2, 11],
  [3, 13.3],
  [4, 15.3],
  [5, 17.4],
  [7, 21],
  [9, 26.5],
  [11, 33],
  [13, 42],
  [15, 51],
  [18, 58],
  [120, 68],
] as const;
const HEIGHT = [
  [0.1, 51],
  [0.5, 61],
  [1, 71],
  [2, 81],
  [3, 91],
  [4, 99],
  [5, 105],
  [7, 115],
  [9, 127],
  [11, 138],
  [13, 150],
  [15, 158],
  [120, 160],
] as const;
const PULSE = [
  [0.1, 140],
  [1, 125],
  [3, 110],
  [6, 98],
  [12, 88],
  [120, 76],
] as const;
const BREATHS = [
  [0.1, 44],
  [1, 34],
  [3, 27],
  [6, 23],
  [12, 20],
  [120, 17],
] as const;

/** Plausible values of the signs of form HC-10. */
const DRAWS: Readonly<Record<VitalSign, Draw>> = {
  temperature: (random) => (random.chance(0.15) ? random.normal(38.4, 0.4) : random.normal(36.7, 0.25)),
  weight: (random, age) => byAge(age, WEIGHT) * random.normal(1, 0.12),
  height: (random, age) => byAge(age, HEIGHT) * random.normal(1, 0.04),
  pulse: (random, age) => byAge(age, PULSE) * random.normal(1, 0.09),
  breaths: (random, age) => byAge(age, BREATHS) * random.normal(1, 0.08),
  saturation: (random) => Math.min(100, random.normal(97, 1)),
};

function addVital(
  chart: Chart,
  place: VisitPlace,
  name: string,
  body: Pick<Observation, 'code' | 'valueQuantity' | 'component'>,
): Observation & { id: string } {
  return chart.add<Observation>(
    {
      resourceType: 'Observation',
      status: 'final',
      category: [VITAL_CATEGORY],
      subject: chart.patient,
      encounter: place.encounter as Observation['encounter'],
      effectiveDateTime: localInstant(place.time),
      performer: [place.performer] as Observation['performer'],
      ...body,
    },
    {
      label: `${place.label}|${name}`,
      time: place.time,
      custodian: place.facility,
      profile: profileUrl('signo-vital'),
    },
  );
}

/** Writes one sign. */
export function addVitalSign(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  place: VisitPlace,
  name: VitalSign,
): Observation & { id: string } {
  const age = (place.time - person.birth) / YEAR;
  return addVital(chart, place, name, signContent(VITAL_SIGNS[name], DRAWS[name](random, age)));
}

/** Writes a blood pressure with its two components. */
export function addBloodPressure(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  place: VisitPlace,
  raised: boolean,
): Observation & { id: string } {
  const age = (place.time - person.birth) / YEAR;
  const systolic = random.normal(108 + Math.min(age, 70) * 0.25 + (raised ? 32 : 0), 9);
  return addVital(chart, place, 'blood-pressure', pressureContent(systolic, systolic * random.normal(0.63, 0.03)));
}
