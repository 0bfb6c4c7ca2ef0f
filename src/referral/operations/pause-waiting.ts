import type { Task } from '@medplum/fhirtypes';
import { dateIn } from '../../config/honduras-time.js';
import type { Finding } from '../../errors.js';
import type { AskedMove } from '../ask-move.js';
import { endOfDayAfter, farFinding } from '../date-limits.js';
import { deadlinesAt } from '../deadlines/deadline-book.js';
import type { FieldValues } from '../field-values.js';
import { localDay } from '../local-day.js';
import { type Move, moveOperation } from '../move-operation.js';
import { shiftClock } from '../shift-clock.js';
import { UNAVAILABLE_URL, type Unavailability, unavailabilitiesOf, unavailableExtension } from '../unavailability.js';
import { withUnavailability } from '../waiting-target.js';

/** From and until as moments: the first day from now on when it is today, the last one to its end. */
function periodIn(values: FieldValues, now: Date): { readonly start: Date; readonly end: Date } | undefined {
  const [from, until] = [values.dates('from')[0], values.dates('until')[0]].map((day) => localDay(day ?? ''));
  if (!from || !until) return undefined;
  return { start: from.start < now && now < from.end ? now : from.start, end: until.end };
}

/** What was noted before, as it stands from now on: what has begun ends now, what has not begun goes. */
const cutAt = (task: Task, now: Date): readonly Unavailability[] =>
  unavailabilitiesOf(task).flatMap((one) => {
    const { start, end } = one.period;
    if (Date.parse(end) <= now.getTime()) return [one];
    return Date.parse(start) >= now.getTime() ? [] : [{ ...one, period: { start, end: now.toISOString() } }];
  });

const lengthOf = ({ period: { start, end } }: Unavailability): number => Date.parse(end) - Date.parse(start);

/** A day that does not exist (a month alone is a FHIR date too). */
const noDay = (values: FieldValues, field: string): Finding[] =>
  values.has(field) && !localDay(values.dates(field)[0] ?? '')
    ? [
        {
          code: 'rule-broken',
          params: { es: 'Tiene que ser un día: AAAA-MM-DD.', en: 'It must be a day: YYYY-MM-DD.' },
          expression: field,
        },
      ]
    : [];

async function check({ context, values, referral }: AskedMove): Promise<readonly Finding[]> {
  const now = new Date();
  const wrong = [...noDay(values, 'from'), ...noDay(values, 'until')];
  const [from = '', until = ''] = [values.dates('from')[0], values.dates('until')[0]];
  const period = periodIn(values, now);
  const task = referral.leg?.task;
  if (wrong.length > 0 || !period || !task) return wrong;
  if (from < dateIn(now))
    return [{ code: 'date-past', params: { field: 'from', es: from, en: from }, expression: 'from' }];
  if (until < from) {
    const params = {
      es: 'El último día no puede ser anterior al primero.',
      en: 'The last day cannot come before the first.',
    };
    return [{ code: 'rule-broken', params, expression: 'until' }];
  }
  const { unavailableDays: days } = (await deadlinesAt(context.store, now)).edition.limits;
  const used = cutAt(task, now).reduce((sum, one) => sum + lengthOf(one), 0);
  const soon = farFinding('from', period.start.toISOString(), { latest: endOfDayAfter(now, days), days });
  if (soon.length > 0) return soon;
  // What is left of the limit ends on some day: that day counts whole.
  const latest = endOfDayAfter(new Date(period.start.getTime() - used), days);
  return farFinding('until', period.end.toISOString(), { latest, days });
}

/** The leg with the time noted: the clock of the state and that of the whole waiting end so much later. */
function noted({ now, deadlines, referral, values }: Move): Task {
  const { task } = referral.leg;
  const period = periodIn(values, now);
  if (!period) return task;
  const added: Unavailability = {
    period: { start: period.start.toISOString(), end: period.end.toISOString() },
    reason: values.code('reason') ?? '',
    at: now.toISOString(),
  };
  const all = [...cutAt(task, now), added];
  const others = (task.extension ?? []).filter(({ url }) => url !== UNAVAILABLE_URL);
  const said: Task = {
    ...task,
    extension: [...others, ...all.map(unavailableExtension)],
    lastModified: now.toISOString(),
  };
  return withUnavailability(task, shiftClock(said, { now, deadlines, before: unavailabilitiesOf(task) }), deadlines);
}

/**
 * `Task/$pause-waiting`: the patient who waits for an appointment cannot or does not want to come for a time. The clock of the
 * state and that of the whole waiting stand still meanwhile and go on by themselves; the place in the queue stays. Noted again, the
 * new time takes the place of what was left of the old one: until today, it ends today. How long in all is a limit of the deadlines.
 */
export const pauseWaiting = moveOperation({
  move: 'pause-waiting',
  purpose:
    'Citas anota que el paciente que espera no puede venir durante un tiempo: los plazos se detienen y siguen solos, y el lugar en la fila se conserva.',
  check,
  apply: (move) => ({ task: noted(move) }),
});
