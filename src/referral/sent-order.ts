import type { Reference, ServiceRequest } from '@medplum/fhirtypes';
import { SID } from '../config/canonical.js';
import { dateIn } from '../config/honduras-time.js';
import type { Store } from '../store/store.js';
import { withReferences } from './known-allergies.js';
import { withPaperCode } from './paper-code.js';
import { PROFILES } from './vocabulary.js';

/** Next national number: `REF-<year in Honduras>-<seven digits>`; gaps are allowed, repetitions are not. */
async function nextNumber(store: Store, now: Date): Promise<string> {
  const count = await store.next('referencia');
  return `REF-${dateIn(now).slice(0, 4)}-${String(count).padStart(7, '0')}`;
}

/**
 * A draft as it is sent: active, with its national number and its paper code, the time of writing (now, when the draft has none) and the
 * patient's known allergies among what travels with it. From here on its clinical content is frozen.
 */
export async function sentOrder(
  store: Store,
  draft: ServiceRequest,
  allergies: readonly Reference[],
  now: Date,
): Promise<ServiceRequest> {
  const supporting = withReferences(draft.supportingInfo, allergies);
  const identifiers = (draft.identifier ?? []).filter(({ system }) => system !== SID.referencia);
  return {
    ...draft,
    meta: { ...draft.meta, profile: [...new Set([...(draft.meta?.profile ?? []), PROFILES.referral])] },
    identifier: withPaperCode([...identifiers, { system: SID.referencia, value: await nextNumber(store, now) }]),
    status: 'active',
    priority: draft.priority ?? 'routine',
    authoredOn: draft.authoredOn ?? now.toISOString(),
    ...(supporting.length > 0 ? { supportingInfo: supporting } : {}),
  };
}
