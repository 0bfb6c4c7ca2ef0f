import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../errors.js';
import type { WriteIntent } from '../fhir/fhir-context.js';
import { allowedMoves, allowedText } from './allowed-moves.js';
import { referralOperations } from './operations.js';
import { ALL_PARTIES } from './parties.js';
import type { ReferralState } from './states.js';
import { isLeg, isReferral, stateOf } from './vocabulary.js';

const isGoverned = (resource: Resource | undefined): boolean => isReferral(resource) || isLeg(resource);

/** A draft may be written, rewritten and thrown away freely; `$submit` itself creates the sent order. */
function isDraftWork({ interaction, before, after, request }: WriteIntent): boolean {
  const wasDraft = !before || (isReferral(before.resource) && before.resource.status === 'draft');
  if (!wasDraft) return false;
  if (interaction === 'delete') return true;
  if (!isReferral(after)) return false;
  return after.status === 'draft' || (interaction === 'create' && request.operation === 'submit');
}

/** State that a governed resource shows by itself: of a leg its own, of an order what can be told from it. */
function shownState(resource: Resource | undefined): ReferralState | undefined {
  if (isLeg(resource)) return stateOf(resource);
  return isReferral(resource) && resource.status === 'draft' ? 'draft' : undefined;
}

/**
 * Guard on plain FHIR writes of what the state table governs (design.md 3a.15): a ServiceRequest of category
 * `referencia` and its legs. Drafts are free; everything else moves by operations only.
 * Throws 422 `use-operation` with the moves of the state; other ServiceRequests and Tasks pass.
 */
export async function guardWrite(intent: WriteIntent): Promise<void> {
  const { before, after } = intent;
  if (!isGoverned(before?.resource) && !isGoverned(after)) return;
  if (isDraftWork(intent)) return;
  const state = shownState(before?.resource) ?? (before ? undefined : 'draft');
  const allowed = state ? allowedText(allowedMoves(referralOperations, state, ALL_PARTIES)) : 'GET $available-actions';
  throw fault('use-operation', { allowed });
}
