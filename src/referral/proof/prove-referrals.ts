import type { Task } from '@medplum/fhirtypes';
import { parseFhirJson } from '../../fhir/exact-json.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { indexValues } from '../../fhir/search/index-values.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Leg } from '../load-referral.js';
import { NOTICE_KINDS } from '../vocabulary.js';
import { workOf } from '../work-scalars.js';
import { examineNotice, isOpenNotice, type Notice } from './examine-notice.js';
import { examineReferral, scalarsAgree, type StoredReferral } from './examine-referral.js';
import type { Orphan } from './orphan-kinds.js';
import { openReferrals, orderOf } from './read-referrals.js';

export interface ProofOptions {
  readonly now: Date;
  /** Scalars that only lag are written anew; they then count as repaired, not as orphans. */
  readonly repair: boolean;
  /** Open referrals looked at so far. */
  readonly onProgress?: (counted: number) => void;
  readonly signal?: AbortSignal;
}

/** What a walk through all open referrals found. */
export interface Proof {
  readonly at: Date;
  /** Open referrals that were looked at. */
  readonly counted: number;
  /** Open notices that were looked at. */
  readonly notices: number;
  readonly orphans: readonly Orphan[];
  /** Legs and notices whose scalars were written anew. */
  readonly repaired: number;
}

/** Referrals whose legs are read together. */
const CHUNK = 200;
/**
 * In the text, which is what counts: search values could lag as well. A sieve for the database; whether the order itself is
 * active is judged from the parsed resource.
 */
const LOOKS_ACTIVE = { del: false, json: /"status":"active"/ } as const;
/** The same for notices; whether one is open is judged from the parsed resource. */
const LOOKS_NOTICE = { del: false, json: new RegExp(`"code":"(?:${NOTICE_KINDS.join('|')})"`) } as const;

function chunksOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, index) =>
    rows.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}

/** One walk; keeps what it has learnt on the way. */
class Walk {
  counted = 0;
  noticed = 0;
  repaired = 0;
  readonly orphans: Orphan[] = [];
  /** Ids of the legs that go on for an open referral: rightly on a list. */
  readonly #current = new Set<string>();
  readonly #facilities = new Map<string, boolean>();

  constructor(
    private readonly context: FhirContext,
    private readonly options: ProofOptions,
  ) {}

  async #exist(owners: readonly string[]): Promise<void> {
    const wanted = [...new Set(owners)].filter((id) => !this.#facilities.has(id));
    if (wanted.length === 0) return;
    const heads = await this.context.store.heads('Organization', wanted);
    const there = new Set(heads.filter(({ del }) => !del).map(({ _id }) => _id));
    for (const id of wanted) this.#facilities.set(id, there.has(id));
  }

  /** All that is wrong with some referrals, owners that do not exist included. */
  async #examine(referrals: readonly StoredReferral[]): Promise<readonly (readonly Orphan[])[]> {
    const examined = referrals.map(examineReferral);
    await this.#exist(examined.flatMap(({ owner }) => owner ?? []));
    return examined.map(({ owner, current, orphans }) => {
      if (current) this.#current.add(current.task.id);
      const about = { number: orphans[0]?.number ?? current?.task.groupIdentifier?.value ?? '' };
      const order = current && orderOf(current.task);
      const missing: Orphan[] =
        owner === undefined || this.#facilities.get(owner) === true
          ? []
          : [
              {
                ...about,
                kind: 'no-owner',
                referral: `ServiceRequest/${order ?? ''}`,
                task: `Task/${current?.task.id ?? ''}`,
                detail: `Organization/${owner}`,
              },
            ];
      return [...missing, ...orphans];
    });
  }

  /** Puts the scalars of legs right whose resources have not changed since. */
  async #repair(legs: readonly Leg[]): Promise<void> {
    const { definitions, store } = this.context;
    const rows = legs.map(({ stored: { _id, vid, json }, task }) => {
      const { resource } = parseFhirJson(json);
      return { _id, vid, ...indexValues(definitions, resource as Task), w: workOf(task) };
    });
    this.repaired += await store.replaceSearchValues('Task', rows);
  }

  /** Reads suspects again: what somebody moved between two reads is no orphan. */
  async #confirm(suspects: readonly StoredReferral[]): Promise<void> {
    const rows = await this.context.store.readMany(
      'ServiceRequest',
      suspects.map(({ order }) => order.id),
    );
    let again = await openReferrals(this.context.store, rows);
    const lagging = again.flatMap(({ legs }) => legs).filter((leg) => !scalarsAgree(leg));
    if (this.options.repair && lagging.length > 0) {
      await this.#repair(lagging);
      again = await openReferrals(this.context.store, rows);
    }
    this.orphans.push(...(await this.#examine(again)).flat());
  }

  async orders(rows: readonly FoundResource[]): Promise<void> {
    for (const chunk of chunksOf(rows)) {
      this.options.signal?.throwIfAborted();
      const referrals = await openReferrals(this.context.store, chunk);
      const found = await this.#examine(referrals);
      const suspects = referrals.filter((_, index) => (found[index]?.length ?? 0) > 0);
      if (suspects.length > 0) await this.#confirm(suspects);
      this.counted += referrals.length;
      this.options.onProgress?.(this.counted);
    }
  }

  /** What is wrong with open notices, facilities that do not exist included. */
  async #examineNotices(notices: readonly Notice[]): Promise<readonly (readonly Orphan[])[]> {
    const examined = notices.map(examineNotice);
    await this.#exist(examined.flatMap(({ owner }) => owner ?? []));
    return examined.map(({ owner, orphans }, index) => {
      const task = notices[index]?.task;
      if (owner === undefined || this.#facilities.get(owner) === true) return orphans;
      const missing: Orphan = {
        kind: 'no-owner',
        number: task?.groupIdentifier?.value ?? '',
        referral: task?.basedOn?.[0]?.reference ?? '',
        task: `Task/${task?.id ?? ''}`,
        detail: `Organization/${owner}`,
      };
      return [missing, ...orphans];
    });
  }

  async #readNotices(ids: readonly string[]): Promise<Notice[]> {
    const rows = (await this.context.store.readMany('Task', ids)).filter(({ del }) => !del);
    return rows
      .map((stored): Notice => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
      .filter(isOpenNotice);
  }

  /** Notices that look like open ones; a suspect is read again before it counts. */
  async notices(rows: readonly FoundResource[]): Promise<void> {
    for (const chunk of chunksOf(rows)) {
      this.options.signal?.throwIfAborted();
      const notices = chunk
        .map((stored): Notice => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
        .filter(isOpenNotice);
      this.noticed += notices.length;
      const found = await this.#examineNotices(notices);
      const suspects = notices.filter((_, index) => (found[index]?.length ?? 0) > 0).map(({ task: { id } }) => id);
      if (suspects.length === 0) continue;
      let again = await this.#readNotices(suspects);
      const lagging = again.filter((notice) => !scalarsAgree(notice));
      if (this.options.repair && lagging.length > 0) {
        await this.#repair(lagging);
        again = await this.#readNotices(suspects);
      }
      this.orphans.push(...(await this.#examineNotices(again)).flat());
    }
  }

  /** Rows that stand on a list although no open referral leads to them. */
  async listed(rows: readonly FoundResource[]): Promise<void> {
    for (const chunk of chunksOf(rows.filter(({ _id }) => !this.#current.has(_id)))) {
      this.options.signal?.throwIfAborted();
      const fresh = (
        await this.context.store.readMany(
          'Task',
          chunk.map(({ _id }) => _id),
        )
      ).filter(({ del }) => !del);
      const legs = fresh
        .map((stored): Leg => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
        // Open notices have a walk of their own.
        .filter((leg) => !isOpenNotice(leg));
      const lagging = legs.filter((leg) => !scalarsAgree(leg));
      if (this.options.repair && lagging.length > 0) await this.#repair(lagging);
      const wrong = legs.filter((leg) => workOf(leg.task)?.owner !== undefined);
      const orders = await this.context.store.readMany(
        'ServiceRequest',
        legs.flatMap(({ task }) => orderOf(task) ?? []),
      );
      const open = await openReferrals(this.context.store, orders);
      const rightly = new Set(open.map(({ order }) => order.id));
      this.orphans.push(
        ...legs.flatMap((leg): Orphan[] => {
          const order = orderOf(leg.task) ?? '';
          const about = {
            number: leg.task.groupIdentifier?.value ?? '',
            referral: `ServiceRequest/${order}`,
            task: `Task/${leg.task.id}`,
          };
          // What is wrong with the legs of an open referral was told before.
          if (rightly.has(order)) return [];
          if (wrong.includes(leg)) return [{ ...about, kind: 'no-referral' }];
          return !this.options.repair && lagging.includes(leg) ? [{ ...about, kind: 'scalars' }] : [];
        }),
      );
    }
  }
}

/**
 * Proves that no open referral and no open notice is an orphan: walks all of them, and all work that stands on a list, by id and in bounded
 * steps. Nothing is assumed of scalars and search values but the references by which legs are found.
 * @throws the reason of the signal when it is aborted
 */
export async function proveReferrals(context: FhirContext, options: ProofOptions): Promise<Proof> {
  const { walks } = context.store;
  const walk = new Walk(context, options);
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const step = await walks.step('ServiceRequest', LOOKS_ACTIVE, after);
    await walk.orders(step.rows);
    after = step.next;
  }
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const step = await walks.step('Task', LOOKS_NOTICE, after);
    await walk.notices(step.rows);
    after = step.next;
  }
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const step = await walks.step('Task', { del: false, 'w.owner': { $exists: true } }, after);
    await walk.listed(step.rows);
    after = step.next;
  }
  const { counted, noticed: notices, orphans, repaired } = walk;
  return { at: options.now, counted, notices, orphans, repaired };
}
