import type { Immunization } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { catalogue } from '../catalogue.js';
import { facilityReference, locationId } from '../catalogue-ids.js';
import type { Vaccine } from '../catalogue-schema.js';
import { postReference } from '../post-resources.js';
import type { Random } from '../random.js';
import { atHour, DAY, localInstant, onWeekday, YEAR } from './calendar.js';
import type { Chart } from './chart.js';
import type { PersonFacts } from './person-facts.js';

interface Dose {
  readonly vaccine: Vaccine;
  readonly dose: number;
  readonly time: number;
}

/** Shares of due doses that were given: children are vaccinated better than adults. */
const COVERAGE = { child: 0.9, adult: 0.45 } as const;
const CHILD_YEARS = 6;
/** Adults' childhood doses stand on paper cards: only the last years are in the record. */
const RECORDED_YEARS = 12;

function dosesOf(random: Random, person: PersonFacts, reference: number): Dose[] {
  const given = catalogue.vaccines.schedule
    .filter(({ sex }) => sex === undefined || sex === person.sex)
    .flatMap((vaccine) =>
      vaccine.doses.flatMap(({ dose, ageDays, repeatYears, fromYear }) => {
        const repeats = repeatYears ? Math.ceil((reference - person.birth - ageDays * DAY) / (repeatYears * YEAR)) : 1;
        return Array.from({ length: Math.max(0, Math.min(repeats, 4)) }, (_, turn) => ({
          vaccine,
          dose: dose + turn,
          time: person.birth + ageDays * DAY + turn * (repeatYears ?? 0) * YEAR + random.next() * 40 * DAY,
          fromYear: fromYear ?? 0,
        }));
      }),
    )
    .filter(
      ({ time, fromYear }) =>
        time < reference && time > reference - RECORDED_YEARS * YEAR && new Date(time).getUTCFullYear() >= fromYear,
    );
  return given.filter(({ time }) =>
    random.chance(time - person.birth < CHILD_YEARS * YEAR ? COVERAGE.child : COVERAGE.adult),
  );
}

/**
 * Writes the doses of the schedule that fell due, oldest first.
 * @param limit the newest so many; the others are on paper
 */
export function addImmunizations(
  chart: Chart,
  random: Random,
  person: PersonFacts,
  reference: number,
  limit: number,
): void {
  const doses = dosesOf(random, person, person.died ?? reference).sort((a, b) => a.time - b.time);
  for (const { vaccine, dose, time } of doses.slice(Math.max(0, doses.length - limit))) {
    const given = Math.min(onWeekday(atHour(time, 8 + random.next() * 5)), reference);
    chart.add<Immunization>(
      {
        resourceType: 'Immunization',
        status: 'completed',
        vaccineCode: {
          coding: [
            { system: catalogue.vaccines.cvx, code: vaccine.cvx },
            { system: codeSystemUrl('vacuna'), code: vaccine.code, display: vaccine.display },
          ],
          text: vaccine.display,
        },
        patient: chart.patient,
        occurrenceDateTime: localInstant(given),
        primarySource: true,
        location: { reference: `Location/${locationId(person.facility.rups)}`, display: person.facility.name },
        lotNumber: `DEMO${random.int(1000, 9999)}`,
        performer: [{ actor: postReference('clinician', person.facility) }],
        protocolApplied: [{ doseNumberPositiveInt: dose, authority: facilityReference(person.facility) }],
      },
      { label: `immunization|${vaccine.code}|${dose}`, time: given, custodian: person.facility },
    );
  }
}
