import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import type { AbsenceCondition } from '../../store/write-plan.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { parseCondition } from './conditional-create.js';

/**
 * Condition of a conditional create and what it finds now. The finding is a first look only: the condition is
 * checked again inside the write's transaction. Throws 412 `match-multiple` when it finds several.
 */
export async function findCondition(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  ifNoneExist: string,
): Promise<{ condition: AbsenceCondition; found?: FoundResource }> {
  const condition = await parseCondition(context, request, type, ifNoneExist);
  const matches = await context.store.find(type, condition.filter, { limit: 2 });
  if (matches.length > 1) throw fault('match-multiple', {}, 'http.if-none-exist');
  return { condition, ...(matches[0] ? { found: matches[0] } : {}) };
}
