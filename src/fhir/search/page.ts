import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import { bilingual } from '../../words.js';
import { type KeysetPage, pageRange, type PageStart, toPage } from './keyset-page.js';
import { SEARCH_LIMITS } from './limits.js';
import type { SearchPlan } from './plan.js';
import { mainSortField } from './sort-keys.js';

const advice = (type: string): string => {
  const order = mainSortField(type).replace(/^k\./, '').replace(/^lu$/, '_lastUpdated');
  return bilingual({
    es: `hay más de ${SEARCH_LIMITS.candidates} resultados por ordenar; agregue patient, identifier, una fecha u otro criterio, u ordene por ${order}`,
    en: `more than ${SEARCH_LIMITS.candidates} matches would have to be sorted; add patient, identifier, a date or another criterion, or sort by ${order}`,
  });
};

const scanAdvice = (): string =>
  bilingual({
    es: `:not, :not-in, :missing y :contains miran cada recurso y hay más de ${SEARCH_LIMITS.candidates}; agregue patient, identifier, una fecha u otro criterio`,
    en: `:not, :not-in, :missing and :contains look at every resource and there are more than ${SEARCH_LIMITS.candidates}; add patient, identifier, a date or another criterion`,
  });

const options = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});

/**
 * Refuses a search whose criteria only sort rows out, when there are too many rows to look through. To be called before
 * anything is found or counted.
 * @throws ServiceError 400 `too-costly`
 */
export async function assertAffordable(
  store: Pick<Store, 'count'>,
  type: string,
  { scanned }: Pick<SearchPlan, 'scanned'>,
  signal?: AbortSignal,
): Promise<void> {
  if (!scanned) return;
  const limit = SEARCH_LIMITS.candidates + 1;
  if ((await store.count(type, scanned, { limit, ...options(signal) })) === limit)
    throw fault('too-costly', { advice: scanAdvice() });
}

async function refuseTooMany(
  store: Store,
  type: string,
  plan: SearchPlan,
  signal: AbortSignal | undefined,
): Promise<void> {
  const limit = SEARCH_LIMITS.candidates + 1;
  const matches = await store.count(type, plan.filter, { limit, ...options(signal) });
  if (matches === limit) throw fault('too-costly', { advice: advice(type) });
}

/**
 * One page of a search by keyset: rows inserted or changed meanwhile move no other row between pages, in either direction.
 * @param asked.start where the page starts; absent for the first
 * @param asked.references true when the references of the rows are wanted too
 * @throws ServiceError 400 `too-costly` when no index gives the order and there are too many rows to sort, or none finds the
 *   rows and there are too many to look through
 */
export async function fetchPage(
  store: Store,
  type: string,
  plan: SearchPlan,
  asked: { count: number; start?: PageStart | undefined; references?: boolean; signal?: AbortSignal },
): Promise<KeysetPage<FoundResource>> {
  const { count, start, references = false, signal } = asked;
  await assertAffordable(store, type, plan, signal);
  if (plan.order === 'candidates' && !start) await refuseTooMany(store, type, plan, signal);
  const { filter, sort } = pageRange(plan.sort, plan.filter, start);
  const found = await store.find(type, filter, { sort, limit: count + 1, references, ...options(signal) });
  return toPage(plan.sort, found, count, start);
}
