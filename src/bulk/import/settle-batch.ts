import { stringifyFhir } from '../../fhir/exact-json.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { StoredResource } from '../../store/envelope.js';
import { type Candidate, type Reject, rejectOf } from './candidate.js';
import type { ImportContext } from './import-context.js';
import { claimKey } from './import-state.js';
import type { Known } from './known-records.js';

/** What is to become of each line of a batch. */
export interface SettledBatch {
  readonly accepted: readonly Candidate[];
  /** Refer to something that is not there yet. */
  readonly parked: readonly Candidate[];
  readonly rejected: readonly Reject[];
  /** Are there already with the same content. */
  readonly present: number;
}

/** A stored text without what the server says in `meta`. */
function contentOf(stored: Pick<StoredResource, 'json'>): string {
  const resource = resourceOf(stored);
  const { versionId: _v, lastUpdated: _l, ...meta } = resource.meta ?? {};
  return stringifyFhir({ ...resource, meta });
}

/** Splits off the lines whose id is taken: by the same content (present) or by other content (rejected). */
async function byIdentity(
  { store }: Pick<ImportContext, 'store'>,
  candidates: readonly Candidate[],
): Promise<{ fresh: Candidate[]; rejected: Reject[]; present: number }> {
  const fresh = new Map<string, Candidate>();
  const rejected: Reject[] = [];
  let present = 0;
  const taken = await existing({ store }, candidates);
  for (const candidate of candidates) {
    const same = taken.get(candidate.ref) ?? fresh.get(candidate.ref)?.doc;
    if (same === undefined) fresh.set(candidate.ref, candidate);
    else if (contentOf(same) === contentOf(candidate.doc)) present += 1;
    else
      rejected.push(rejectOf(candidate, { code: 'import-duplicate', params: { kind: 'id', holder: candidate.ref } }));
  }
  return { fresh: [...fresh.values()], rejected, present };
}

/** First versions of those ids that are there: what came after an import is nobody's mistake when it is read again. */
async function existing(
  { store }: Pick<ImportContext, 'store'>,
  candidates: readonly Candidate[],
): Promise<Map<string, Pick<StoredResource, 'json'>>> {
  const byType = new Map<string, string[]>();
  for (const { type, doc } of candidates) byType.set(type, [...(byType.get(type) ?? []), doc._id]);
  const found = new Map<string, Pick<StoredResource, 'json'>>();
  for (const [type, ids] of byType) {
    const heads = await store.heads(type, ids);
    const unchanged = heads.filter(({ vid }) => vid === 1).map(({ _id }) => _id);
    for (const stored of await store.readMany(type, unchanged)) found.set(`${type}/${stored._id}`, stored);
    for (const { _id } of heads.filter(({ vid }) => vid > 1)) {
      const first = await store.readVersion(type, _id, 1);
      found.set(`${type}/${_id}`, first ?? { json: '{}' });
    }
  }
  return found;
}

/** Splits off the lines that claim a number which somebody else has: stored, put aside, or earlier in this batch. */
async function byClaims(
  known: Known,
  candidates: readonly Candidate[],
): Promise<{ fresh: Candidate[]; rejected: Reject[] }> {
  const claims = candidates.flatMap((candidate) => candidate.claims);
  const holders = new Map(await known.holders(claims));
  const rejected: Reject[] = [];
  const fresh = candidates.filter((candidate) => {
    const held = candidate.claims.find((claim) => (holders.get(claimKey(claim)) ?? candidate.ref) !== candidate.ref);
    if (held) {
      const params = { kind: held.kind, holder: holders.get(claimKey(held)) ?? '' };
      rejected.push(rejectOf(candidate, { code: 'import-duplicate', params }));
      return false;
    }
    for (const claim of candidate.claims) holders.set(claimKey(claim), candidate.ref);
    return true;
  });
  return { fresh, rejected };
}

/** Splits off the lines that refer to what is neither stored nor among those that stay. */
async function byReferences(
  known: Known,
  candidates: readonly Candidate[],
): Promise<{ accepted: Candidate[]; parked: Candidate[] }> {
  const there = await known.stored(candidates.flatMap(({ targets }) => [...targets.keys()]));
  let accepted = [...candidates];
  const parked: Candidate[] = [];
  // What waits takes those along that refer to it.
  for (;;) {
    const here = new Set(accepted.map(({ ref }) => ref));
    const waits = ({ targets }: Candidate): boolean =>
      [...targets.keys()].some((target) => !here.has(target) && !there.has(target));
    const waiting = accepted.filter(waits);
    if (waiting.length === 0) return { accepted, parked };
    parked.push(...waiting);
    accepted = accepted.filter((candidate) => !waiting.includes(candidate));
  }
}

/**
 * Decides what becomes of valid lines: ids that are taken, numbers that somebody holds (design.md 3.4: uniqueness is a claim),
 * references to what is not there yet.
 */
export async function settleBatch(
  context: Pick<ImportContext, 'store'>,
  known: Known,
  candidates: readonly Candidate[],
): Promise<SettledBatch> {
  const identity = await byIdentity(context, candidates);
  const claims = await byClaims(known, identity.fresh);
  const { accepted, parked } = await byReferences(known, claims.fresh);
  return { accepted, parked, rejected: [...identity.rejected, ...claims.rejected], present: identity.present };
}
