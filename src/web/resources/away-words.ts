import type { Task } from '@medplum/fhirtypes';
import { isQueued } from '../../referral/queue.js';
import { unavailabilitiesOf } from '../../referral/unavailability.js';
import { stateOf } from '../../referral/vocabulary.js';
import { dateText } from '../dates.js';
import type { PageContext } from '../page-context.js';
import { INBOX } from '../texts/worklists.js';

/** That the person who waits cannot come for a time, now or later; undefined when nothing is noted. */
export function awayText(
  { say, language }: Pick<PageContext, 'say' | 'language'>,
  task: Task,
  now: Date,
): string | undefined {
  const state = stateOf(task);
  if (!state || !isQueued(state)) return undefined;
  const next = unavailabilitiesOf(task)
    .map(({ period }) => period)
    .filter(({ end }) => Date.parse(end) > now.getTime())
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start))[0];
  if (!next) return undefined;
  // The last day ends at midnight.
  const day = dateText(new Date(Date.parse(next.end) - 1).toISOString(), language);
  return Date.parse(next.start) <= now.getTime()
    ? say(INBOX.away, { day })
    : say(INBOX.awayFrom, { from: dateText(next.start, language), day });
}
