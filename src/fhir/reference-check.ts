import type { Resource } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';
import { groupOf } from '../access/policy/type-groups.js';
import { canSee } from '../access/policy/visibility.js';
import type { Finding } from '../errors.js';
import type { Store } from '../store/store.js';
import type { FhirContext } from './fhir-context.js';
import { patientOf } from './patient-of.js';
import { type FoundReference, localTarget, referencesOf } from './references.js';

/**
 * Checks that literal references to resources of this server exist and may be seen by the caller; the two cases
 * look the same, so that a reference is no oracle. The patient whose record is written needs existence only: the gate
 * for that is the one of the write. Returns one 422 finding per bad reference.
 */
export async function missingReferences(
  context: Pick<FhirContext, 'baseUrl' | 'definitions'>,
  store: Pick<Store, 'heads'>,
  caller: Caller,
  resources: readonly Resource[],
  inPlan: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const gated = new Set(resources.map((resource) => patientOf(context.definitions, resource, context.baseUrl)));
  const wanted = new Map<string, Map<string, FoundReference>>();
  for (const found of resources.flatMap(referencesOf)) {
    const target = localTarget(found.reference, context.baseUrl);
    if (!target || !context.definitions.isResourceType(target.type) || inPlan(`${target.type}/${target.id}`)) continue;
    const ids = wanted.get(target.type) ?? new Map<string, FoundReference>();
    if (!ids.has(target.id)) ids.set(target.id, found);
    wanted.set(target.type, ids);
  }
  const checks = [...wanted].map(async ([type, ids]) => {
    const heads = (await store.heads(type, [...ids.keys()])).filter(({ del }) => !del);
    const seen = await Promise.all(
      heads.map(async (head) => {
        const open = type === 'Patient' ? gated.has(head._id) : groupOf(type) === 'directory';
        return open || (await canSee(store, caller, type, head)) ? head._id : undefined;
      }),
    );
    const known = new Set(seen);
    return [...ids].filter(([id]) => !known.has(id)).map(([, found]) => found);
  });
  return (await Promise.all(checks)).flat().map(({ reference, expression }) => ({
    code: 'reference-not-found' as const,
    params: { reference },
    expression,
  }));
}
