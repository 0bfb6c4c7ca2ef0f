import type { Resource } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';
import { groupOf } from '../access/policy/type-groups.js';
import { canSee } from '../access/policy/visibility.js';
import type { Finding } from '../errors.js';
import type { Store } from '../store/store.js';
import type { FhirContext } from './fhir-context.js';
import { patientOf } from './patient-of.js';
import { type FoundReference, localTarget, referencesOf } from './references.js';

/** What a plan of writes brings along: resources of its own, and relations to patients. */
export interface PlanReach {
  /** True when the plan writes `Type/id`. */
  readonly has: (name: string) => boolean;
  /** True when the plan deletes `Type/id`. */
  readonly deletes: (name: string) => boolean;
  /** True when the plan gives the caller's facility a relation to a patient: the record is then in reach of the rest. */
  readonly relates: (patient: string) => boolean;
  /** True when nothing is written: no gate follows, and the patient of the record must be visible like all else. */
  readonly onlyAsks?: true;
}

/**
 * Checks that literal references to resources of this server exist and may be seen by the caller; the two cases
 * look the same, so that a reference is no oracle. The patient whose record is written needs existence only: the gate
 * for that is the one of the write; a question without a write has none. Returns one 422 finding per bad reference.
 */
export async function missingReferences(
  context: Pick<FhirContext, 'baseUrl' | 'definitions'>,
  store: Pick<Store, 'heads'>,
  caller: Caller,
  resources: readonly Resource[],
  plan: PlanReach,
): Promise<readonly Finding[]> {
  const gated = new Set(
    plan.onlyAsks ? [] : resources.map((resource) => patientOf(context.definitions, resource, context.baseUrl)),
  );
  const wanted = new Map<string, Map<string, FoundReference>>();
  for (const found of resources.flatMap(referencesOf)) {
    const target = localTarget(found.reference, context.baseUrl);
    if (!target || !context.definitions.isResourceType(target.type) || plan.has(`${target.type}/${target.id}`))
      continue;
    const ids = wanted.get(target.type) ?? new Map<string, FoundReference>();
    if (!ids.has(target.id)) ids.set(target.id, found);
    wanted.set(target.type, ids);
  }
  const checks = [...wanted].map(async ([type, ids]) => {
    const heads = (await store.heads(type, [...ids.keys()])).filter(
      ({ _id, del }) => !del && !plan.deletes(`${type}/${_id}`),
    );
    const visible = await Promise.all(
      heads.map(async (head) => {
        const open = type === 'Patient' ? gated.has(head._id) : groupOf(type) === 'directory';
        const seen = open || (await canSee(store, caller, type, head));
        return seen || (head.pt !== undefined && plan.relates(head.pt)) ? head._id : undefined;
      }),
    );
    const known = new Set(visible);
    return [...ids].filter(([id]) => !known.has(id)).map(([, found]) => found);
  });
  return (await Promise.all(checks)).flat().map(({ reference, expression }) => ({
    code: 'reference-not-found' as const,
    params: { reference },
    expression,
  }));
}
