import { canSee } from '../access/policy/visibility.js';
import { fault } from '../errors.js';
import type { StoredHead, FoundResource } from '../store/envelope.js';
import { auditDraft } from './audit-draft.js';
import type { FhirRequest } from './exchange.js';
import type { FhirContext } from './fhir-context.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

type Interaction = 'read' | 'vread' | 'history-instance';

/**
 * 404 for unknown and for out of reach alike: same body, same work. 410 says that something was there. All are audited
 * before the answer leaves.
 */
export async function refuseRead(
  { store }: Pick<FhirContext, 'store'>,
  request: FhirRequest,
  interaction: Interaction,
  place: { type: string; id: string; pt?: string | undefined },
  code: 'not-found' | 'deleted' = 'not-found',
): Promise<never> {
  const { type, id, pt } = place;
  await store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: interaction,
      out: '4',
      pt: pt === undefined ? [] : [pt],
      ent: [`${type}/${id}`],
      det: { refused: code },
    }),
  );
  throw fault(code, { type, id });
}

/** The instance when the caller may see it; else 404 as for an unknown one, audited. */
export async function assertVisible<T extends StoredHead>(
  context: FhirContext,
  request: FhirRequest,
  interaction: Interaction,
  place: { type: string; id: string },
  stored: T | undefined,
): Promise<T> {
  if (stored && (await canSee(context.store, request.caller, place.type, stored))) return stored;
  return refuseRead(context, request, interaction, { ...place, pt: stored?.pt });
}

const assertId = (type: string, id: string): void => {
  if (!ID.test(id)) throw fault('not-found', { type, id });
};

/**
 * Current version of an instance that the caller may see. Throws 404 for an unknown one and for one out of reach
 * (same body), 410 for a deleted one that the caller could see (design.md 3a.6).
 */
export async function loadVisible(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  id: string,
): Promise<FoundResource> {
  assertId(type, id);
  const stored = await assertVisible(context, request, 'read', { type, id }, await context.store.read(type, id));
  if (stored.del) return refuseRead(context, request, 'read', { type, id, pt: stored.pt }, 'deleted');
  return stored;
}

/**
 * Newest version of an instance that a write is about, a deletion included. Undefined for an unknown id; throws 404 for one
 * out of reach.
 */
export async function loadForWrite(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  id: string,
): Promise<FoundResource | undefined> {
  assertId(type, id);
  const stored = await context.store.read(type, id);
  return stored && assertVisible(context, request, 'read', { type, id }, stored);
}

/**
 * Envelope of the current version, deleted or not, of an instance that the caller may see: old versions are judged by
 * today's rule. Throws 404 like {@link loadVisible}.
 */
export async function headVisible(
  context: FhirContext,
  request: FhirRequest,
  interaction: 'vread' | 'history-instance',
  type: string,
  id: string,
): Promise<StoredHead> {
  assertId(type, id);
  const [head] = await context.store.heads(type, [id]);
  return assertVisible(context, request, interaction, { type, id }, head);
}
