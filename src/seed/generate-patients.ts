import type { Resource } from '@medplum/fhirtypes';
import { Chart } from './history/chart.js';
import { createDniNumbers, type DniNumbers } from './history/dni-numbers.js';
import { addImmunizations } from './history/immunizations.js';
import { drawPerson } from './history/person-facts.js';
import { drawReferralPlan } from './history/referral-plan.js';
import { addReferral } from './history/referrals.js';
import { addAllergies } from './history/treatments.js';
import { addVisits, type Detail } from './history/visits.js';
import { writePerson } from './history/write-person.js';
import { createRandom, hashNumber } from './random.js';

/** Moment at which the synthetic population is looked at, unless another is asked for: the same on every machine. */
export const REFERENCE_DATE = '2026-11-01T12:00:00.000Z';

/** About 14 records a person. */
const USUAL: Detail = {
  visits: [1, 2],
  signs: ['temperature', 'weight'],
  tests: [0, 2],
  vaccines: 3,
  referralShare: 0.33,
};
/** About 50 records a person. */
const RICH: Detail = {
  visits: [3, 7],
  signs: ['temperature', 'weight', 'height', 'pulse', 'breaths', 'saturation'].slice(0, 4) as Detail['signs'],
  tests: [1, 3],
  vaccines: 8,
  referralShare: 0.7,
};

/** One visit, which ends in a referral: about 12 records a person. */
const REFERRED: Detail = { visits: [1, 1], signs: ['weight'], tests: [0, 0], vaccines: 0, referralShare: 1 };

export interface GenerateOptions {
  /** Number of people. */
  readonly patients: number;
  /** Any text; the same text gives the same bytes. */
  readonly seed: string;
  /** ISO 8601 instant; REFERENCE_DATE when absent. */
  readonly referenceDate?: string;
  /** About 50 records a person instead of about 14. */
  readonly rich?: boolean;
  /**
   * Everybody was referred once, the referral has ended within so many days before the reference date, and little else is
   * written: many referrals at little cost, none of which is on a worklist.
   */
  readonly referralsEndedWithin?: number;
  /** Codes of the departments where the people are registered (`01` to `18`); the whole country when absent. */
  readonly departments?: readonly string[];
}

function detailOf({ rich, referralsEndedWithin }: GenerateOptions): Detail {
  if (referralsEndedWithin !== undefined) return REFERRED;
  return rich ? RICH : USUAL;
}

function writeChart(options: GenerateOptions, index: number, dni: DniNumbers): Chart {
  const { seed } = options;
  const detail = detailOf(options);
  const reference = Date.parse(options.referenceDate ?? REFERENCE_DATE);
  const random = createRandom(`${seed}|${index}`);
  const chart = new Chart(`${seed}|${index}`);
  const person = drawPerson(random.fork('person'), reference, options.departments);
  writePerson(chart, random.fork('identity'), person, { seed, index, reference, dni });
  const until = person.died ?? reference;
  const allergies = addAllergies(chart, random.fork('allergies'), person, Math.max(person.birth, until - 1000));
  const plan = random.chance(detail.referralShare)
    ? drawReferralPlan(random.fork('plan'), until, options.referralsEndedWithin)
    : undefined;
  const visits = addVisits(chart, random.fork('visits'), person, detail, reference, plan);
  addImmunizations(chart, random.fork('vaccines'), person, reference, detail.vaccines);
  if (plan && visits.referred) {
    const number = `D${String(hashNumber(seed, 100_000)).padStart(5, '0')}-${String(index + 1).padStart(7, '0')}`;
    addReferral(chart, random.fork('referral'), person, { plan, visit: visits.referred, allergies, number });
  }
  return chart;
}

/**
 * Charts of synthetic people, one after the other: nothing is kept but counters of the DNI numbers given out.
 * No clock and no Math.random: the same options give the same records on every machine.
 */
export function* generateCharts(options: GenerateOptions): Generator<Chart> {
  const dni = createDniNumbers(options.seed);
  for (let index = 0; index < options.patients; index += 1) yield writeChart(options, index, dni);
}

/** The records of synthetic people as `generateCharts` makes them, one array for each person, the Patient first. */
export async function* generatePatients(options: GenerateOptions): AsyncIterable<Resource[]> {
  for (const chart of generateCharts(options)) yield chart.resources;
}
