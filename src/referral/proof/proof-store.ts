import { randomUUID } from 'node:crypto';
import { SERVICE_CALLER } from '../../access/service-caller.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { Store } from '../../store/store.js';
import { dateIn } from '../local-day.js';
import { ALL_ORPHAN_KINDS, type Orphan, type OrphanKind } from './orphan-kinds.js';
import type { Proof } from './prove-referrals.js';

/** Orphans that are kept by name; the counts are of all. */
const MOST_LISTED = 1_000;

/** A proof as it is kept: one for each walk. */
export interface ProofRecord {
  readonly _id: string;
  readonly at: Date;
  /** Day in Honduras, `YYYY-MM-DD`. */
  readonly date: string;
  /** The service's own timer, or somebody at the terminal. */
  readonly by: 'timer' | 'cli';
  readonly counted: number;
  /** Open notices; absent in proofs of earlier releases. */
  readonly notices?: number;
  readonly repaired: number;
  /** How many of each kind; kinds of which there are none included. */
  readonly orphans: Readonly<Record<OrphanKind, number>>;
  readonly listed: readonly Orphan[];
}

/** How many orphans of each kind. */
export const countsOf = (orphans: readonly Orphan[]): Readonly<Record<OrphanKind, number>> =>
  Object.fromEntries(
    ALL_ORPHAN_KINDS.map((kind) => [kind, orphans.filter((orphan) => orphan.kind === kind).length]),
  ) as Record<OrphanKind, number>;

/** Keeps a proof, after its audit record. */
export async function saveProof(store: Store, proof: Proof, by: ProofRecord['by']): Promise<ProofRecord> {
  const { at, counted, notices, repaired, orphans } = proof;
  const row: ProofRecord = {
    _id: randomUUID(),
    at,
    date: dateIn(at),
    by,
    counted,
    notices,
    repaired,
    orphans: countsOf(orphans),
    listed: orphans.slice(0, MOST_LISTED),
  };
  await store.auditor.record(
    auditDraft(
      { caller: SERVICE_CALLER, id: randomUUID() },
      {
        act: 'E',
        sub: 'referral-proof',
        ent: row.listed.map(({ referral }) => referral),
        det: {
          by,
          counted: String(counted),
          notices: String(notices),
          orphans: String(orphans.length),
          repaired: String(repaired),
        },
      },
    ),
  );
  await store.support<ProofRecord>('proofs').insertOne(row, { writeConcern: { w: 'majority' } });
  return row;
}

/** Has the timer made the proof of this day? */
export const hasProofOf = async (store: Store, date: string): Promise<boolean> =>
  (await store.support<ProofRecord>('proofs').countDocuments({ date, by: 'timer' }, { limit: 1 })) > 0;

/** The newest proof; undefined before the first. */
export const newestProof = async (store: Store): Promise<ProofRecord | undefined> =>
  (await store.support<ProofRecord>('proofs').findOne({}, { sort: { at: -1 }, maxTimeMS: 2_000 })) ?? undefined;
