import type { Clock, Priority } from '../clocks.js';
import type { Edition, TermRow } from './edition.js';
import { ALL_LEVELS, type Level } from './levels.js';
import type { Unit } from './units.js';
import { WorkCalendar } from './work-calendar.js';

const HOUR_MS = 3_600_000;

/** Which clock of a leg. */
export interface ClockOf {
  readonly clock: Clock;
  readonly priority: Priority;
  /** Code of the specialty that attends the leg. */
  readonly specialty?: string | undefined;
  /** Id of the HealthcareService that attends the leg. */
  readonly service?: string | undefined;
}

/** A level of the hierarchy and the moment at which it is told, unless the referral has moved by then. */
export interface Escalation {
  readonly level: Level;
  readonly at: Date;
}

/** Keys of the rows that may hold the term of a clock, the most specific first. */
const keysOf = ({ clock, priority, specialty, service }: ClockOf): readonly string[] => [
  ...(service === undefined ? [] : [`${clock} ${priority} service ${service}`]),
  ...(specialty === undefined ? [] : [`${clock} ${priority} specialty ${specialty}`]),
  `${clock} ${priority}`,
];

/** One edition of the table of deadlines, ready to be asked. */
export class Deadlines {
  readonly calendar: WorkCalendar;
  readonly #terms: ReadonlyMap<string, TermRow>;

  constructor(readonly edition: Edition) {
    this.calendar = new WorkCalendar(edition);
    this.#terms = new Map(edition.terms.map((row) => [keysOf(row)[0] ?? '', row]));
  }

  /**
   * Term of a clock: the row of the service, else that of the specialty, else the default.
   * @throws RangeError when the edition lacks the default, which no edition that was checked does
   */
  term(which: ClockOf): TermRow {
    const row = keysOf(which).flatMap((key) => this.#terms.get(key) ?? [])[0];
    if (!row) throw new RangeError(`no term for ${which.clock} ${which.priority}`);
    return row;
  }

  /** Length of a term on its own time line (elapsed or working), ms. */
  lengthOf({ amount, unit }: Pick<TermRow, 'amount' | 'unit'>): number {
    return amount * (unit === 'working-days' ? this.calendar.dayMs : HOUR_MS);
  }

  /** Moment that lies `ms` after another on the time line of a unit. */
  after(from: Date, ms: number, unit: Unit): Date {
    return unit === 'elapsed-hours' ? new Date(from.getTime() + ms) : this.calendar.add(from, ms);
  }

  /** Moment that lies `ms` before another on the time line of a unit. */
  before(to: Date, ms: number, unit: Unit): Date {
    return unit === 'elapsed-hours' ? new Date(to.getTime() - ms) : this.calendar.subtract(to, ms);
  }

  /** What is left between two moments on the time line of a unit, ms; 0 when the second has passed. */
  between(from: Date, to: Date, unit: Unit): number {
    return unit === 'elapsed-hours' ? Math.max(0, to.getTime() - from.getTime()) : this.calendar.between(from, to);
  }

  /** Moment at which a clock that starts now runs out. */
  dueAt(which: ClockOf, start: Date): Date {
    const term = this.term(which);
    return this.after(start, this.lengthOf(term), term.unit);
  }

  /** Who is told when, should the clock run out at `due`: shares are those of the whole term. */
  escalations(which: ClockOf, due: Date): readonly Escalation[] {
    const { escalation } = this.edition;
    const own = escalation.filter(({ clock }) => clock === which.clock);
    const steps = own.length > 0 ? own : escalation.filter(({ clock }) => clock === undefined);
    const term = this.term(which);
    return steps
      .map(({ level, share }) => ({
        level,
        at: this.after(due, Math.round(share * this.lengthOf(term)), term.unit),
      }))
      .sort((a, b) => ALL_LEVELS.indexOf(a.level) - ALL_LEVELS.indexOf(b.level));
  }
}
