import type { Caller } from '../access/caller.js';
import { namedRows } from './named-rows.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { every } from '../fhir/search/filter.js';
import type { Filter } from '../store/write-plan.js';
import { type CompartmentItem, type CompartmentQuery, readableTypes } from './compartment.js';

/** Where a page of a compartment ended. */
export interface CompartmentPosition {
  readonly type: string;
  readonly id: string;
}

export interface CompartmentPage {
  readonly items: readonly CompartmentItem[];
  /** Last row of this page, when there are more. */
  readonly next?: CompartmentPosition;
}

export interface PageQuery extends CompartmentQuery {
  readonly count: number;
  readonly after?: CompartmentPosition;
  /** Narrows the rows of one type; undefined leaves the type out. */
  readonly narrow?: (type: string) => Promise<Filter | undefined>;
}

/**
 * One page of one patient's compartment: type by type, the Patient first, each in the order of its ids. An id never
 * changes and a new one comes last, so that nothing moves between pages when others write. The relation of the caller to the
 * patient was checked before.
 * @throws ServiceError 400 `too-costly` when the rows of a page hold too much text
 */
export async function compartmentPage(
  context: FhirContext,
  caller: Caller,
  patientId: string,
  { types, since, count, after, narrow = async () => ({}) }: PageQuery,
): Promise<CompartmentPage> {
  const readable = readableTypes(context, caller);
  const order = ['Patient', ...readable.filter((type) => type !== 'Patient')].filter((type) => readable.includes(type));
  const from = after === undefined ? 0 : order.indexOf(after.type);
  const items: CompartmentItem[] = [];
  // One row more than asked for tells whether there is a next page.
  for (const type of from < 0 ? [] : order.slice(from)) {
    const narrowed = types && !types.includes(type) ? undefined : await narrow(type);
    if (!narrowed) continue;
    const filter = every([
      { pt: patientId },
      ...(since ? [{ lu: { $gte: since } }] : []),
      ...(after?.type === type ? [{ _id: { $gt: after.id } }] : []),
      namedRows(caller, type),
      narrowed,
    ]);
    // Ids of other people lie between: the index of the compartment, not that of the ids.
    const found = await context.store.find(type, filter, {
      limit: count + 1 - items.length,
      sort: { _id: 1 },
      hint: 'pt',
    });
    items.push(...found.map((stored) => ({ type, stored })));
    if (items.length > count) break;
  }
  const page = items.slice(0, count);
  const last = items.length > count ? page.at(-1) : undefined;
  return { items: page, ...(last ? { next: { type: last.type, id: last.stored._id } } : {}) };
}
