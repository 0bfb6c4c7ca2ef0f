import type { PolicyInteraction } from '../access/policy/policy-table.js';
import { TYPE_GROUPS } from '../access/policy/type-groups.js';
import { policyKey, policyType, REST_ROUTES } from './dispatch.js';
import { createsByUpdate } from './creates-by-update.js';
import type { FhirContext } from './fhir-context.js';
import { supports } from './interaction-table.js';

/** One door of the service, as the access policy knows it. */
export interface ServedInteraction {
  readonly type: string;
  readonly interaction: PolicyInteraction;
}

/** Every pair of type and interaction that some route or operation leads to, each once. */
export function servedInteractions({
  definitions,
  operations,
}: Pick<FhirContext, 'definitions' | 'operations'>): readonly ServedInteraction[] {
  const rest = [...definitions.resourceTypes, ...TYPE_GROUPS.conformance].flatMap((type) =>
    REST_ROUTES.filter(({ interaction }) => supports(type, interaction)).map(({ interaction }) => ({
      type,
      interaction,
    })),
  );
  const created = definitions.resourceTypes
    .filter(createsByUpdate)
    .map((type): ServedInteraction => ({ type, interaction: 'update-create' }));
  const asked = operations.map((operation) => ({ type: policyType(operation), interaction: policyKey(operation) }));
  const distinct = new Map([...rest, ...created, ...asked].map((one) => [`${one.type} ${one.interaction}`, one]));
  return [...distinct.values()];
}
