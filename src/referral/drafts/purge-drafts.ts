import { randomUUID } from 'node:crypto';
import type { ServiceRequest } from '@medplum/fhirtypes';
import { SERVICE_CALLER } from '../../access/service-caller.js';
import { dateIn } from '../../config/honduras-time.js';
import { isServiceError } from '../../errors.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Position } from '../../fhir/search/cursor.js';
import { every } from '../../fhir/search/filter.js';
import { afterPosition, positionOf } from '../../fhir/search/keyset.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { logger } from '../../logger.js';
import type { FoundResource } from '../../store/envelope.js';
import { PRIORITIES } from '../clocks.js';
import { deadlinesAt } from '../deadlines/deadline-book.js';
import type { Deadlines } from '../deadlines/deadlines.js';
import { endedOrder } from '../ended-order.js';
import { FieldValues } from '../field-values.js';
import { readReferral } from '../load-referral.js';
import { leaveTrail, writeOrder } from '../record-move.js';
import { serviceActing } from '../acting.js';
import { decide } from '../transition.js';
import { draftEnd } from './draft-end.js';
import { draftFilter } from './draft-query.js';

const BATCH = 100;
const ORDER = { lu: 1, _id: 1 } as const;

/** What a run did. */
export interface PurgeCounts {
  readonly voided: number;
  /** Drafts that somebody changed or sent meanwhile. */
  readonly moved: number;
  /** Drafts that could not be written; they are tried again in the next run. */
  readonly failed: number;
}

const reasonOf = (stored: FoundResource): string => {
  const day = dateIn(stored.lu);
  return `Borrador que nadie cambió desde el ${day}: el servicio lo anuló. / Draft untouched since ${day}: voided by the service.`;
};

/**
 * Voids one draft (transition 32, by the service) on the version that was read, so that whoever changed or sent it meanwhile wins.
 * Nothing is deleted: it says why it ended, and its versions and trail stay.
 */
async function voidDraft(context: FhirContext, stored: FoundResource, deadlines: Deadlines): Promise<void> {
  const referral = await readReferral(context, stored);
  const decision = decide(referral?.state ?? 'error', 'void', ['SY'], []);
  if (!referral || !decision.ok) throw new TypeError('a draft may be voided by the service');
  const request = { method: 'POST' as const, id: randomUUID(), caller: SERVICE_CALLER, query: [] };
  const builder = new WriteBuilder(context, request);
  const reason = reasonOf(stored);
  const move = {
    ...{ context, request, builder, now: builder.now, deadlines, referral, edge: decision.edge },
    ...{ move: 'void' as const, acting: serviceActing(), parties: ['SY'] as const, findings: [] },
    values: new FieldValues([{ name: 'reason', valueString: reason }]),
  };
  leaveTrail(move, writeOrder(move, endedOrder(referral.resource, { text: reason })), { tasks: [] });
  await builder.commit();
}

/** The shortest of the terms: no draft that was touched later can be due. Working time is never shorter than the same elapsed. */
const shortest = (deadlines: Deadlines): number =>
  Math.min(...PRIORITIES.map((priority) => deadlines.lengthOf(deadlines.term({ clock: 'draft', priority }))));

/**
 * Voids the drafts that nobody has touched for the term of the clock `draft` (30 days as shipped), the oldest first, in batches.
 * Drafts that never end so (`draftEnd`) are left alone. The list `drafts` and the page of a draft tell the day beforehand.
 * @param options `now`: decides what is due; `signal`: stops between two drafts
 */
export async function purgeDrafts(
  context: FhirContext,
  { now, signal }: { readonly now: Date; readonly signal?: AbortSignal },
): Promise<PurgeCounts> {
  const deadlines = await deadlinesAt(context.store, now);
  const due = { lu: { $lte: new Date(now.getTime() - shortest(deadlines)) } };
  const counts = { voided: 0, moved: 0, failed: 0 };
  for (let after: Position | undefined; ;) {
    const filter = every([draftFilter(), due, ...(after ? [afterPosition(ORDER, after)] : [])]);
    const rows = await context.store.find('ServiceRequest', filter, { sort: ORDER, limit: BATCH, hint: 'untouched' });
    for (const stored of rows) {
      if (signal?.aborted) return counts;
      const end = draftEnd(resourceOf<ServiceRequest>(stored), deadlines);
      if (!end || end > now) continue;
      try {
        await voidDraft(context, stored, deadlines);
        counts.voided += 1;
      } catch (error) {
        if (isServiceError(error) && error.code === 'version-conflict') counts.moved += 1;
        else {
          counts.failed += 1;
          logger.error({ err: error, draft: stored._id }, 'an untouched draft could not be voided');
        }
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return counts;
    after = positionOf(ORDER, last);
  }
}
