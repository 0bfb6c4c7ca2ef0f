import type { PatientRelation, StoredResource } from './envelope.js';

const keyOf = ({ f, k }: PatientRelation): string => `${f} ${k}`;
/** An end far away counts as none when two ends are compared. */
const endOf = ({ u }: PatientRelation): number => u?.getTime() ?? Number.POSITIVE_INFINITY;

/** Ends that differ by less are not worth a write. */
const TOLERANCE_MS = 24 * 3_600_000;

/** One relation for each facility and kind out of the facts of one moment: the one that lasts longest. */
export function longestRelations(relations: readonly PatientRelation[]): PatientRelation[] {
  const longest = new Map<string, PatientRelation>();
  for (const relation of relations) {
    const known = longest.get(keyOf(relation));
    if (!known || endOf(known) < endOf(relation)) longest.set(keyOf(relation), relation);
  }
  return [...longest.values()];
}

/** Is this newer fact different from what the patient's envelope says? */
export function changesRelation(stored: readonly PatientRelation[], relation: PatientRelation): boolean {
  const known = stored.find((one) => keyOf(one) === keyOf(relation));
  if (!known) return true;
  const [before, after] = [endOf(known), endOf(relation)];
  return before !== after && !(Math.abs(before - after) < TOLERANCE_MS);
}

/**
 * Update of a Patient to a new version. Relations are added without a version, so the version that this one was made from
 * may know less of them, or know one that has been replaced: what stands in the envelope stays, only facilities and kinds
 * it does not have are added. Every value is a literal: a text may begin with `$`.
 */
export function patientUpdate({ acc, rel = [], _id, ...fields }: StoredResource): Record<string, unknown>[] {
  const stored = { $ifNull: ['$rel', []] };
  const names = { $map: { input: stored, in: { $concat: ['$$this.f', ' ', '$$this.k'] } } };
  const added = rel.map((relation) => ({
    $cond: [{ $in: [{ $literal: keyOf(relation) }, names] }, [], [{ $literal: relation }]],
  }));
  return [
    {
      $set: {
        ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { $literal: value }])),
        acc: { $setUnion: ['$acc', { $literal: acc }] },
        rel: { $concatArrays: [stored, ...added] },
      },
    },
  ];
}

/**
 * Update that gives a patient a relation, in place of an older one of the same facility and kind
 * (an aggregation pipeline: the list is rewritten on the server, so parallel writers do not overwrite each other).
 */
export const relationUpdate = (relation: PatientRelation): Record<string, unknown>[] => [
  {
    $set: {
      acc: { $setUnion: ['$acc', [relation.f]] },
      rel: {
        $concatArrays: [
          {
            $filter: {
              input: { $ifNull: ['$rel', []] },
              cond: { $not: [{ $and: [{ $eq: ['$$this.f', relation.f] }, { $eq: ['$$this.k', relation.k] }] }] },
            },
          },
          [{ $literal: relation }],
        ],
      },
    },
  },
];
