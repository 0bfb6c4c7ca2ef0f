import type { Bundle } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import type { FhirRequest, FhirResponse } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { requireBody } from '../request-body.js';
import { batch, type Dispatch } from './batch.js';
import { transaction } from './transaction.js';

/** POST to the base: a batch or a transaction Bundle. Every entry passes its own policy check. */
export async function bundle(context: FhirContext, request: FhirRequest, dispatch: Dispatch): Promise<FhirResponse> {
  const body = requireBody(request, 'Bundle') as Bundle;
  if (body.type === 'transaction') return transaction(context, request, body, dispatch);
  if (body.type === 'batch') return batch(context, request, body, dispatch);
  throw fault('bundle-invalid', { reason: 'type: batch, transaction' }, 'Bundle.type');
}
