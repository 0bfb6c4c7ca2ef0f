import { randomUUID } from 'node:crypto';
import type { Subscription } from '@medplum/fhirtypes';
import type { Caller } from '../../access/caller.js';
import { ROLE_PROFILES } from '../../access/role-profile.js';
import { isServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { WriteBuilder } from '../../fhir/write-builder.js';

/** The service itself, which says how a Subscription stands. */
const NOTIFIER: Caller = {
  sub: 'notifications',
  clientId: 'notifications',
  role: 'service',
  actsAs: ['service'],
  facilities: [],
  scope: ROLE_PROFILES.service.scope,
  purpose: ROLE_PROFILES.service.purpose,
  displayName: 'Notificaciones',
};

/** How often a change is tried again when somebody writes the same Subscription. */
const TRIES = 5;

/** What the server says of a Subscription. */
export interface StatusChange {
  readonly status: Subscription['status'];
  /** Words for people; none takes the earlier ones away. */
  readonly error?: string;
  /** Version that the change was decided on; absent: whatever stands. */
  readonly version?: string | undefined;
  /** Statuses from which the change makes sense; in another one nothing is changed. */
  readonly from: readonly Subscription['status'][];
}

async function attempt(
  context: FhirContext,
  id: string,
  { status, error, version, from }: StatusChange,
): Promise<void> {
  const stored = await context.store.read('Subscription', id);
  if (!stored || stored.del) return;
  const { error: _before, ...kept } = resourceOf<Subscription>(stored);
  if (!from.includes(kept.status) || (version !== undefined && version !== kept.meta?.versionId)) return;
  const request: FhirRequest = { method: 'PUT', id: randomUUID(), caller: NOTIFIER, query: [] };
  const builder = new WriteBuilder(context, request);
  const { id: _id } = builder.update(stored, { ...kept, status, ...(error === undefined ? {} : { error }) });
  builder.audit(
    auditDraft(request, { act: 'U', sub: 'update', ent: [`Subscription/${id}/_history/${stored.vid + 1}`] }),
  );
  await builder.commit();
}

/** Writes the status of a Subscription as a new version, audited like every write. */
export async function setStatus(context: FhirContext, id: string, change: StatusChange): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(context, id, change);
    } catch (error) {
      const raced = isServiceError(error) && error.code === 'version-conflict';
      if (!raced || tries === TRIES) throw error;
    }
  }
}
