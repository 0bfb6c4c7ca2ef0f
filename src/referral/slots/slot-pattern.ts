import type { Finding } from '../../errors.js';
import type { FieldRow } from '../field.js';
import type { FieldValues } from '../field-values.js';
import { localDay } from '../local-day.js';
import { daysBetween, type SlotPattern, WEEKDAYS, type Weekday } from './slot-times.js';

/** Longest period of one call, days; a year with its leap day. */
const MOST_DAYS = 366;
const MINUTES = { least: 5, most: 480 } as const;
const DAY_MINUTES = 24 * 60;
const CLOCK = /^(\d{2}):(\d{2}):00(?:\.0+)?$/;

/** What `$make-slots` takes. */
export const SLOT_FIELDS: readonly FieldRow[] = [
  { name: 'from', kinds: ['date'], required: true },
  { name: 'to', kinds: ['date'], required: true },
  { name: 'weekday', kinds: ['coded'], required: true, repeats: true, oneOf: WEEKDAYS },
  {
    name: 'hours',
    kinds: [],
    required: true,
    repeats: true,
    parts: [
      { name: 'start', kinds: ['time'], required: true },
      { name: 'end', kinds: ['time'], required: true },
    ],
  },
  { name: 'minutes', kinds: ['integer'], required: true },
  { name: 'holiday', kinds: ['date'], repeats: true },
  { name: 'includeHolidays', kinds: ['boolean'] },
  { name: 'location', kinds: ['Reference'], targets: ['Location'] },
  { name: 'practitioner', kinds: ['Reference'], targets: ['PractitionerRole'] },
];

const broken = (expression: string, es: string, en: string): Finding => ({
  code: 'rule-broken',
  params: { es, en },
  expression,
});

/** Minutes after midnight; undefined for what is no whole minute. */
function minutesIn(clock: string | undefined): number | undefined {
  const [, hour, minute] = CLOCK.exec(clock ?? '') ?? [];
  return hour === undefined || minute === undefined ? undefined : Number(hour) * 60 + Number(minute);
}

/** Stretches of a day: more are nobody's working hours. */
const MOST_STRETCHES = 10;

function hoursIn(values: FieldValues, findings: Finding[]): SlotPattern['hours'] {
  if (values.parts('hours').length > MOST_STRETCHES) {
    findings.push(
      broken(
        'hours',
        `Hasta ${MOST_STRETCHES} tramos de horas por día.`,
        `At most ${MOST_STRETCHES} stretches of hours a day.`,
      ),
    );
    return [];
  }
  return values.parts('hours').flatMap((part) => {
    const start = minutesIn(part.clock('start'));
    // Midnight as an end is that of the day's end.
    const end = minutesIn(part.clock('end')) || DAY_MINUTES;
    if (start !== undefined && start < end) return [{ start, end }];
    findings.push(
      broken('hours', 'El final de las horas debe ser después del inicio.', 'The hours must end after they start.'),
    );
    return [];
  });
}

const isWeekday = (code: string): code is Weekday => WEEKDAYS.some((day) => day === code);

/** Reads what an agenda repeats, with the findings of 422 about it: days that do not exist, times in the wrong order, lengths. */
export function slotPattern(values: FieldValues): {
  readonly pattern: SlotPattern;
  readonly findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const [from = ''] = values.dates('from');
  const [to = ''] = values.dates('to');
  const holidays = values.dates('holiday');
  for (const [name, dates] of [
    ['from', [from]],
    ['to', [to]],
    ['holiday', holidays],
  ] as const)
    if (values.has(name) && dates.some((date) => !localDay(date)))
      findings.push(broken(name, 'No es un día (AAAA-MM-DD).', 'It is no day (YYYY-MM-DD).'));
  const days = daysBetween(from, to);
  if (localDay(from) && localDay(to) && (days === 0 || days > MOST_DAYS))
    findings.push(broken('to', `De 1 a ${MOST_DAYS} días desde «from».`, `From 1 to ${MOST_DAYS} days after "from".`));
  const minutes = values.integer('minutes') ?? MINUTES.most;
  if (minutes < MINUTES.least || minutes > MINUTES.most)
    findings.push(
      broken(
        'minutes',
        `De ${MINUTES.least} a ${MINUTES.most} minutos.`,
        `From ${MINUTES.least} to ${MINUTES.most} minutes.`,
      ),
    );
  const weekdays = values.codes('weekday').filter(isWeekday);
  return { pattern: { from, to, weekdays, hours: hoursIn(values, findings), minutes, holidays }, findings };
}
