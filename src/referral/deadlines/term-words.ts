import type { Words } from '../../words.js';
import type { TermRow } from './edition.js';
import type { Unit } from './units.js';

/** One and several of what a term is counted in; whole days of elapsed hours are told as days. */
const COUNTED: Readonly<Record<Unit | 'elapsed-days', readonly [one: Words, several: Words]>> = {
  'elapsed-hours': [
    { es: 'hora corrida', en: 'elapsed hour' },
    { es: 'horas corridas', en: 'elapsed hours' },
  ],
  'elapsed-days': [
    { es: 'día corrido', en: 'calendar day' },
    { es: 'días corridos', en: 'calendar days' },
  ],
  'working-hours': [
    { es: 'hora hábil', en: 'working hour' },
    { es: 'horas hábiles', en: 'working hours' },
  ],
  'working-days': [
    { es: 'día hábil', en: 'working day' },
    { es: 'días hábiles', en: 'working days' },
  ],
};

/** From here on hours that are whole days are told as days: 24 and 48 hours are said so by people. */
const DAYS_FROM = 72;

/** A term as people say it: `4 horas corridas`, `1 día hábil`, `90 días corridos`. */
export function termWords({ amount, unit }: Pick<TermRow, 'amount' | 'unit'>): Words {
  const days = unit === 'elapsed-hours' && amount >= DAYS_FROM && amount % 24 === 0;
  const count = days ? amount / 24 : amount;
  const words = COUNTED[days ? 'elapsed-days' : unit][count === 1 ? 0 : 1];
  return { es: `${count} ${words.es}`, en: `${count} ${words.en}` };
}
