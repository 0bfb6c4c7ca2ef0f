import { isDeepStrictEqual } from 'node:util';
import type { Extension, Period, Task } from '@medplum/fhirtypes';
import { extensionUrl } from '../config/canonical.js';
import type { Deadlines } from './deadlines/deadlines.js';
import { SHIPPED_DEADLINES } from './deadlines/shipped-edition.js';
import { clockOf } from './run-clock.js';
import { stateRow } from './states.js';
import { apart, type Stretch } from './stretches.js';
import { endPast, endWithout, UNAVAILABLE_URL, unavailabilitiesOf } from './unavailability.js';
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
  return endPast(deadlines.dueAt(which, since), stretchesOf(task, pauses), unit, deadlines).toISOString();
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

const stretchesOf = (task: Task, pauses: Waiting['pauses']): readonly Stretch[] =>
  apart([...pauses, ...unavailabilitiesOf(task).map(({ period }) => period)]);

function written(task: Task, { until, edition, pauses }: Omit<Waiting, 'key'>): Task {
  const others = objectsIn(task.extension).filter(({ url }) => url !== URL);
  return { ...task, extension: [...others, toExtension({ until, edition, key: keyOf(task), pauses })] };
}

/** The same leg with the end of its whole waiting computed anew, with these times that do not count. */
function rewritten(task: Task, pauses: Waiting['pauses'], deadlines: Deadlines): Task {
  const until = untilOf(task, pauses, deadlines);
  return until === undefined ? task : written(task, { until, edition: String(deadlines.edition.number), pauses });
}

/**
 * The same leg with other times that do not count, by the term that it has: a newer edition changes nothing of it, so that nobody
 * changes places in the queue for having been asked something.
 * @param before the leg with the times that were known before
 */
function stretched(before: Task, task: Task, pauses: Waiting['pauses'], deadlines: Deadlines): Task {
  const known = readWaiting(before);
  if (!known) return rewritten(task, pauses, deadlines);
  const { unit } = deadlines.term(clockOf(task, 'waiting'));
  const bare = endWithout(new Date(known.until), stretchesOf(before, known.pauses), unit, deadlines);
  const until = endPast(bare, stretchesOf(task, pauses), unit, deadlines).toISOString();
  return written(task, { until, edition: known.edition, pauses });
}

/** The same leg, which has just been told when the patient is not available. @param before the leg before that */
export const withUnavailability = (before: Task, task: Task, deadlines: Deadlines): Task =>
  stretched(before, task, readWaiting(before)?.pauses ?? [], deadlines);

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
  const same = known !== undefined && isDeepStrictEqual(known.key, keyOf(task));
  if (same && start === undefined) return task;
  const pauses = [...(known?.pauses ?? []), ...(start === undefined ? [] : [{ start, end: now.toISOString() }])];
  return same ? stretched(before, task, pauses, deadlines) : rewritten(task, pauses, deadlines);
}

/** What the next leg of a referral takes over from the one before: its waiting, and when the patient is not available. */
export const waitingExtensions = ({ extension }: Pick<Task, 'extension'>): readonly Extension[] =>
  objectsIn(extension).filter(({ url }) => url === URL || url === UNAVAILABLE_URL);
