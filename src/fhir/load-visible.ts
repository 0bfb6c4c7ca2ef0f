import { canSee } from '../access/policy/visibility.js';
import { fault } from '../errors.js';
import type { StoredResource } from '../store/envelope.js';
import { auditDraft } from './audit-draft.js';
import type { FhirRequest } from './exchange.js';
import type { FhirContext } from './fhir-context.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;

/**
 * Current version of an instance that the caller may see. Throws 404 for an unknown one and for one out of reach
 * (same body), 410 for a deleted one that the caller could see (design.md 3a.6). Refusals of existing
 * resources are audited before the answer leaves.
 */
export async function loadVisible(
  context: FhirContext,
  request: FhirRequest,
  type: string,
  id: string,
): Promise<StoredResource> {
  const stored = ID.test(id) ? await context.store.read(type, id) : undefined;
  if (!stored) throw fault('not-found', { type, id });
  if (!(await canSee(context.store, request.caller, type, stored))) {
    await context.store.auditor.record(
      auditDraft(request, {
        act: 'R',
        sub: 'read',
        out: '4',
        pt: stored.pt === undefined ? [] : [stored.pt],
        ent: [`${type}/${id}`],
        det: { refused: 'not-found' },
      }),
    );
    throw fault('not-found', { type, id });
  }
  if (stored.del) throw fault('deleted', { type, id });
  return stored;
}
