import { createHash } from 'node:crypto';
import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import type { Claim } from '../../store/write-plan.js';
import { versionHeaders, versionUrl, writeAnswer } from '../answer.js';
import { auditDraft } from '../audit-draft.js';
import { stringifyFhir } from '../exact-json.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { headVisible } from '../load-visible.js';

/** Kind of the claim of a key. */
export const IDEMPOTENCY_KEY = 'idempotency-key';

/** How long a key is known at least; the database looks for expired ones once a minute. */
const KEPT_MS = 24 * 3_600_000;

/** The key of a create: who repeats the request with it gets the answer of the first one. */
export interface IdempotencyKey {
  readonly value: string;
  /** Fingerprint of the request: a key belongs to one. */
  readonly print: string;
}

/**
 * Key of a request, bound to its caller (draft-ietf-httpapi-idempotency-key-header: a string in quotes; taken without them
 * too). Undefined when the client gives none. Throws 400 `header-invalid`.
 */
export function idempotencyKey(
  { idempotencyKey: given, caller, type = '', ifNoneExist = '' }: FhirRequest,
  body: Resource,
): IdempotencyKey | undefined {
  if (given === undefined) return undefined;
  const key = /^(?:"([\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255}))$/.exec(given.trim());
  const text = key?.[1] ?? key?.[2];
  if (text === undefined) throw fault('header-invalid', { header: 'Idempotency-Key', value: given });
  const print = createHash('sha256')
    .update(JSON.stringify([type, ifNoneExist, stringifyFhir(body)]))
    .digest('hex');
  return { value: JSON.stringify([caller.sub, caller.facility ?? '', text]), print };
}

/** Claim under which the key is kept, in the transaction of the create. */
export const keyClaim = ({ value, print }: IdempotencyKey, ref: string): Claim => ({
  kind: IDEMPOTENCY_KEY,
  value,
  ref,
  notes: { print, expiresAt: new Date(Date.now() + KEPT_MS) },
});

/**
 * The answer that the first request with this key got, or undefined when there was none. Throws 422
 * `idempotency-key-reused` when that was another request; 404 when the caller may no longer see what it made.
 */
export async function earlierAnswer(
  context: FhirContext,
  request: FhirRequest,
  key: IdempotencyKey,
): Promise<FhirResponse | undefined> {
  const holder = await context.store.claimHolder(IDEMPOTENCY_KEY, key.value);
  if (!holder) return undefined;
  if (holder.print !== key.print) throw fault('idempotency-key-reused', {}, 'http.idempotency-key');
  const [type = '', id = ''] = holder.ref.split('/');
  const head = await headVisible(context, request, 'vread', type, id);
  const first = await context.store.readVersion(type, id, 1);
  if (!first) throw fault('not-found', { type, id });
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: 'create',
      pt: head.pt === undefined ? [] : [head.pt],
      ent: [`${type}/${id}/_history/1`],
      det: { repeated: IDEMPOTENCY_KEY },
    }),
  );
  const stored = { ...head, vid: 1, lu: first.lu, k: {}, json: first.json };
  return writeAnswer(request, 201, stored, {
    headers: { ...versionHeaders(stored), Location: versionUrl(context.baseUrl, type, stored) },
  });
}
