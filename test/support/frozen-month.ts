import type { FhirContext } from '../../src/fhir/fhir-context.js';
import { createRandom } from '../../src/seed/random.js';
import { countCube, type ReferralFact } from '../../src/statistics/count-cube.js';
import { type SnapshotDocument, snapshotId } from '../../src/statistics/release/release-documents.js';
import { tablePlan } from '../../src/statistics/table-plan.js';
import type { Category, TablePlan } from '../../src/statistics/table-types.js';

/** What a closed month is made of. */
export interface FrozenMonth {
  readonly month: string;
  readonly referrals: number;
  readonly seed: string;
  /** Specialties and age bands of the tables; fewer are protected faster. */
  readonly specialties?: number;
  readonly ages?: number;
}

/** Referrals that are many in some regions and categories, few or none in others. */
function factsOf({ regions, breakdowns }: TablePlan, { referrals, seed }: FrozenMonth): ReferralFact[] {
  const random = createRandom(seed);
  const uneven = (list: readonly Category[]): string =>
    list[Math.floor(random.next() ** 2 * (list.length - 1))]?.code ?? 'sin-dato';
  return Array.from({ length: referrals }, () => {
    const answered = random.chance(0.7);
    return {
      region: uneven(regions),
      sex: uneven(breakdowns.sex),
      age: uneven(breakdowns.age),
      specialty: uneven(breakdowns.specialty),
      fulfils: {
        answered,
        'answered-on-time': answered && random.chance(0.8),
        oportuna: answered && random.chance(0.75),
        justificada: answered && random.chance(0.85),
      },
    };
  });
}

/** The first of a list and its last, which is where something is not known. */
const fewer = (list: readonly Category[], count = list.length - 1): readonly Category[] => [
  ...list.slice(0, count),
  ...list.slice(-1),
];

/**
 * Freezes a closed month as its first build would have done after counting so many referrals: a test of what comes
 * after the counting needs no thousand patients.
 */
export async function freezeMonth(
  { store, definitions }: Pick<FhirContext, 'store' | 'definitions'>,
  frozen: FrozenMonth,
): Promise<SnapshotDocument> {
  const whole = tablePlan(definitions);
  const { sex, age, specialty } = whole.breakdowns;
  const plan: TablePlan = {
    ...whole,
    breakdowns: { sex, age: fewer(age, frozen.ages), specialty: fewer(specialty, frozen.specialties) },
  };
  const snapshot: SnapshotDocument = {
    _id: snapshotId(frozen.month),
    kind: 'snapshot',
    month: frozen.month,
    threshold: 5,
    plan,
    counts: countCube(factsOf(plan, frozen)).entries(),
    takenAt: new Date(),
  };
  await store.support<SnapshotDocument>('statistics').insertOne(snapshot);
  return snapshot;
}
