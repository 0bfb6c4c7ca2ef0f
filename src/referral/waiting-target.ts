import { isDeepStrictEqual } from 'node:util';
import type { Extension, Period, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Deadlines } from './deadlines/deadlines.js';
import { SHIPPED_DEADLINES } from './deadlines/shipped-edition.js';
import { clockOf } from './run-clock.js';
import { stateRow } from './states.js';
import { apart } from './stretches.js';
import { UNAVAILABLE_URL, unavailabilitiesOf } from './unavailability.js';
import { objectsIn } from './untrusted.js';
import { stateOf } from './vocabulary.js';

const URL = extensionUrl('waiting');

interface WaitingKey {
  readonly priority: string;
  readonly specialty?: string;
  readonly service?: string;
}

/** The waiting of a referral as a whole, from its first sending to the appointment, whatever happens in between. */
interface Waiting {
  /** When it has lasted too long, FHIR dateTime. */
  readonly until: string;
  /** Edition of the deadlines by which it runs. */
  readonly edition: string;
  /** What chose its term: priority, and specialty and service as far as there are. */
  readonly key: WaitingKey;
  /** Times that do not count: the origin was asked for what is missing. */
  readonly pauses: readonly Required<Pick<Period, 'start' | 'end'>>[];
}

function readWaiting({ extension }: Pick<Task, 'extension'>): Waiting | undefined {
  const parts = objectsIn(objectsIn(extension).find(({ url }) => url === URL)?.extension);
  const part = (name: string): Extension | undefined => parts.find(({ url }) => url === name);
  const until = part('until')?.valueDateTime;
  if (until === undefined || Number.isNaN(Date.parse(until))) return undefined;
  const [specialty, service] = [part('specialty')?.valueCode, part('service')?.valueString];
  return {
    until,
    edition: part('edition')?.valueString ?? '',
    key: { priority: part('priority')?.valueCode ?? '', ...(specialty && { specialty }), ...(service && { service }) },
    pauses: parts.flatMap(({ url, valuePeriod: { start, end } = {} }) =>
      url === 'pause' && start !== undefined && end !== undefined ? [{ start, end }] : [],
    ),
  };
}

const toExtension = ({ until, edition, key: { priority, specialty, service }, pauses }: Waiting): Extension => ({
  url: URL,
  extension: [
    { url: 'until', valueDateTime: until },
    { url: 'edition', valueString: edition },
    { url: 'priority', valueCode: priority },
    ...(specialty === undefined ? [] : [{ url: 'specialty', valueCode: specialty }]),
    ...(service === undefined ? [] : [{ url: 'service', valueString: service }]),
    ...pauses.map((period): Extension => ({ url: 'pause', valuePeriod: period })),
  ],
});

/** A term from the first sending, longer by what did not count; a pause that begins when it has run out changes nothing. */
function untilOf(task: Task, pauses: Waiting['pauses'], deadlines: Deadlines): string | undefined {
  const since = new Date(task.authoredOn ?? '');
  if (Number.isNaN(since.getTime())) return undefined;
  const which = clockOf(task, 'waiting');
  const { unit } = deadlines.term(which);
  const away = unavailabilitiesOf(task).map(({ period }) => period);
  let until = deadlines.dueAt(which, since);
  for (const [start, end] of apart([...pauses, ...away]))
    if (start < until) until = deadlines.after(until, deadlines.between(start, end, unit), unit);
  return until.toISOString();
}

/**
 * Moment at which somebody has waited too long since the first sending; undefined without a first date. A leg from before
 * legs kept it goes by the terms that come with the service.
 */
export function waitingUntil(task: Task): Date | undefined {
  const until = readWaiting(task)?.until ?? untilOf(task, [], SHIPPED_DEADLINES);
  return until === undefined ? undefined : new Date(until);
}

const keyOf = (task: Task): WaitingKey => {
  const { priority, specialty, service } = clockOf(task, 'waiting');
  return { priority, ...(specialty && { specialty }), ...(service && { service }) };
};

/** The same leg with the end of its whole waiting computed anew, with these times that do not count. */
function rewritten(task: Task, pauses: Waiting['pauses'], deadlines: Deadlines): Task {
  const until = untilOf(task, pauses, deadlines);
  if (until === undefined) return task;
  const waiting = { until, edition: String(deadlines.edition.number), key: keyOf(task), pauses };
  const others = objectsIn(task.extension).filter(({ url }) => url !== URL);
  return { ...task, extension: [...others, toExtension(waiting)] };
}

/** The same leg, which has just been told when the patient is not available. */
export const withUnavailability = (task: Task, deadlines: Deadlines): Task =>
  rewritten(task, readWaiting(task)?.pauses ?? [], deadlines);

/**
 * The same leg with the end of its whole waiting. It is computed when the leg is made, and anew when its priority, specialty or
 * service changes and when the origin has answered a question: what runs is not rewritten by a new edition of the deadlines.
 * @param before the leg before this change
 */
export function withWaiting(before: Task, task: Task, { now, deadlines }: { now: Date; deadlines: Deadlines }): Task {
  const known = readWaiting(task);
  const state = stateOf(before);
  const asked = state !== undefined && stateRow(state).pauses !== undefined && stateOf(task) !== state;
  const start = asked ? before.restriction?.period?.start : undefined;
  if (known && start === undefined && isDeepStrictEqual(known.key, keyOf(task))) return task;
  const pause = start === undefined ? [] : [{ start, end: now.toISOString() }];
  return rewritten(task, [...(known?.pauses ?? []), ...pause], deadlines);
}

/** What the next leg of a referral takes over from the one before: its waiting, and when the patient is not available. */
export const waitingExtensions = ({ extension }: Pick<Task, 'extension'>): readonly Extension[] =>
  objectsIn(extension).filter(({ url }) => url === URL || url === UNAVAILABLE_URL);
