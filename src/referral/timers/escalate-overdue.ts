import { isServiceError } from '../../errors.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Position } from '../../fhir/search/cursor.js';
import { every } from '../../fhir/search/filter.js';
import { afterPosition, positionOf } from '../../fhir/search/keyset.js';
import { logger } from '../../logger.js';
import type { FoundResource } from '../../store/envelope.js';
import type { FindOptions, SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { deadlineBook } from '../deadlines/deadline-book.js';
import { escalateLeg } from './escalate-leg.js';
import { OrganizationsAbove } from './organizations-above.js';

const BATCH = 100;
/** Legs written at the same time: their transactions share statements (ADR 0011), and requests keep room. */
const AT_ONCE = 8;
const ORDER = { 'w.escalates': 1, _id: 1 } as const satisfies SortSpec;

/** Legs of which somebody has to be told by now, the longest waiting first: filter and order over the index `escalates`. */
export function overdueQuery(now: Date, after?: Position): { readonly filter: Filter; readonly options: FindOptions } {
  return {
    filter: every([{ 'w.escalates': { $lte: now } }, ...(after ? [afterPosition(ORDER, after)] : [])]),
    options: { sort: ORDER, limit: BATCH, hint: 'escalates' },
  };
}

/** What a run did. */
export interface EscalationCounts {
  /** Legs of which somebody was told. */
  readonly told: number;
  /** Legs that somebody moved meanwhile. */
  readonly moved: number;
  /** Legs that could not be written; they are tried again in the next run. */
  readonly failed: number;
}

const isOvertaken = (error: unknown): boolean => isServiceError(error) && error.code === 'version-conflict';

/**
 * Tells the next level of every leg that is overdue enough for it, in batches by keyset: each leg is looked at once in a run,
 * whatever becomes of it, and each level is told once, because telling it moves the moment at which the leg comes up again.
 * @param options `now`: decides what is overdue; `signal`: stops between two legs
 */
export async function escalateOverdue(
  context: FhirContext,
  { now, signal }: { readonly now: Date; readonly signal?: AbortSignal },
): Promise<EscalationCounts> {
  const run = { context, now, book: await deadlineBook(context.store), above: new OrganizationsAbove(context.store) };
  const counts = { told: 0, moved: 0, failed: 0 };
  const tell = async (stored: FoundResource): Promise<void> => {
    try {
      if ((await escalateLeg(run, stored)).length > 0) counts.told += 1;
    } catch (error) {
      if (isOvertaken(error)) counts.moved += 1;
      else {
        counts.failed += 1;
        logger.error({ err: error, task: stored._id }, 'an overdue referral could not be escalated');
      }
    }
  };
  for (let after: Position | undefined; ;) {
    const { filter, options } = overdueQuery(now, after);
    const rows = await context.store.find('Task', filter, options);
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      if (signal?.aborted) return counts;
      await Promise.all(rows.slice(from, from + AT_ONCE).map(tell));
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return counts;
    after = positionOf(ORDER, last);
  }
}
