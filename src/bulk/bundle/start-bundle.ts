import { randomUUID } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { stringifyFhir } from '../../fhir/exact-json.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { requestedEntries } from '../../fhir/interactions/bundle-entry.js';
import { requireBody } from '../../fhir/request-body.js';
import { SENT } from '../../store/job-files.js';
import { kickOff } from '../jobs/kick-off.js';
import type { BundleTask } from './bundle-task.js';

/** Entries of a batch that is processed later; one that is answered at once has far fewer. */
export const MOST_ENTRIES = 10_000;

const withoutAsync = (prefer: string): string =>
  prefer
    .split(',')
    .filter((one) => one.trim().toLowerCase() !== 'respond-async')
    .join(',');

/**
 * `POST [base]` with `Prefer: respond-async`: accepts a batch of up to 10,000 entries, or a transaction within its usual limit,
 * to be processed later (https://hl7.org/fhir/async-bundle.html). Rights are judged entry by entry when it is carried out.
 * @throws ServiceError 400 `bundle-invalid` for what could not be carried out at all; 429
 */
export async function startBundle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const bundle = requireBody(request, 'Bundle') as Bundle;
  const { type } = bundle;
  if (type !== 'batch' && type !== 'transaction')
    throw fault('bundle-invalid', { reason: 'type: batch, transaction' }, 'Bundle.type');
  const entries: unknown = bundle.entry ?? [];
  if (!Array.isArray(entries)) throw fault('bundle-invalid', { reason: 'Bundle.entry' }, 'Bundle.entry');
  if (type === 'transaction') requestedEntries(bundle, context.baseUrl);
  else if (entries.length > MOST_ENTRIES)
    throw fault('bundle-invalid', { reason: `> ${MOST_ENTRIES} entries` }, 'Bundle.entry');
  const id = randomUUID();
  const task: BundleTask = {
    type,
    caller: request.caller,
    prefer: withoutAsync(request.prefer ?? ''),
    bundle: await context.store.jobs.files.write(id, SENT, stringifyFhir(bundle)),
    ...(request.ip === undefined ? {} : { ip: request.ip }),
  };
  return kickOff(context, request, {
    _id: id,
    kind: 'bundle',
    task: { ...task },
    waitMs: 0,
    request: context.baseUrl,
    sub: '$async',
    q: `${type} (${entries.length})`,
  });
}
