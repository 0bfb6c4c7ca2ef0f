import { catalogue } from '../catalogue.js';
import { hashNumber, type Random } from '../random.js';
import { localDate, YEAR } from './calendar.js';

/** Sequences from here on are not reached by a real year of a municipality: no synthetic number is anybody's. */
const FIRST_SEQUENCE = 90_000;
const SEQUENCES = 10_000;

/** Gives out DNI-shaped numbers, none twice. */
export interface DniNumbers {
  /**
   * 13 digits: municipality of registration (4), year of registration (4), sequence (5); there is no check digit.
   * The year is usually that of the birth, sometimes later.
   */
  draw(
    random: Random,
    person: { birth: number; home: { code: string; department: string } },
    reference: number,
  ): string;
}

/**
 * Numbers of one seed: each municipality and year counts on from a start that depends on the seed,
 * so that two seeds in one database rarely meet. Throws RangeError when 10,000 numbers of a year are used up.
 */
export function createDniNumbers(seed: string): DniNumbers {
  const given = new Map<string, number>();
  return {
    draw(random, { birth, home }, reference): string {
      const registeredAt = random.chance(0.75) ? home.code : random.pick(catalogue.municipalities).code;
      const late = random.chance(0.08) ? random.next() * 8 * YEAR : 0;
      const year = localDate(Math.min(birth + late, reference)).slice(0, 4);
      const series = registeredAt + year;
      const count = given.get(series) ?? 0;
      if (count >= SEQUENCES) throw new RangeError(`no DNI numbers left for ${series}`);
      given.set(series, count + 1);
      const start = hashNumber(`${seed}|${series}`, SEQUENCES);
      return `${series}${FIRST_SEQUENCE + ((start + count) % SEQUENCES)}`;
    },
  };
}
