import type { AllergyIntolerance, Task } from '@medplum/fhirtypes';
import type { Facility } from '../catalogue-schema.js';
import type { Random } from '../random.js';
import type { Chart } from './chart.js';
import type { PersonFacts } from './person-facts.js';
import { destinationFor } from './referral-destination.js';
import { addLeg } from './referral-leg.js';
import { addReferralOrder } from './referral-order.js';
import type { ReferralPlan, Step } from './referral-plan.js';
import type { Visit } from './visits.js';

const EXITS = ['improved', 'attended-elsewhere', 'patient-declined', 'moved', 'attended-privately'] as const;

/** Steps by leg: a leg ends with `redirected`. */
function legsOf([first, ...later]: ReferralPlan['steps']): [Step, ...Step[]][] {
  const legs: [Step, ...Step[]][] = [[first]];
  for (const step of later) {
    const current = legs.at(-1);
    if (!current || current.at(-1)?.state === 'redirected') legs.push([step]);
    else current.push(step);
  }
  return legs;
}

/** Destinations of the legs: the last takes the referral, the ones before did not. */
function destinationsOf(random: Random, person: PersonFacts, specialty: string, count: number): Facility[] | undefined {
  const first = destinationFor(random, person.facility, specialty);
  if (!first || count === 1) return first && [first];
  const second = destinationFor(random, person.facility, specialty, first);
  return second && [first, second];
}

/**
 * Writes a referral that starts at a visit: order, legs and all that came of them. Writes nothing when no hospital
 * offers the specialty.
 * @param number national number, unique
 */
export function addReferral(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  start: { plan: ReferralPlan; visit: Visit; allergies: readonly AllergyIntolerance[]; number: string },
): void {
  const { plan, visit } = start;
  const legs = legsOf(plan.steps);
  const destinations = destinationsOf(random, person, visit.diagnosis.specialty, legs.length);
  const final = destinations?.at(-1);
  if (!destinations || !final) return;
  const referral = { ...start, destination: final, exit: random.pick(EXITS) };
  const order = addReferralOrder(chart, random, person, referral);
  let previous: (Task & { id: string }) | undefined;
  for (const [index, steps] of legs.entries()) {
    const destination = destinations[index] ?? final;
    previous = addLeg(chart, random, person, {
      referral,
      order,
      destination,
      steps,
      number: index + 1,
      ...(previous ? { previous } : {}),
    });
  }
}
