import type { Binary } from '@medplum/fhirtypes';
import { operationUrl } from '../../../config/canonical.js';
import { fault } from '../../../errors.js';
import { resourceAnswer } from '../../../fhir/answer.js';
import { auditDraft } from '../../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../../fhir/exchange.js';
import type { FhirContext } from '../../../fhir/fhir-context.js';
import type { Operation } from '../../../fhir/operation.js';
import { fhirCalls } from '../../fhir-call.js';
import { sayIn } from '../../language.js';
import { loadSheet } from './load-sheet.js';
import { sheetPdf } from './pdf/sheet-pdf.js';
import type { SheetKind } from './sheet-data.js';

/** `sheet=respuesta` asks for the sheet of the answer. @throws ServiceError 400 for anything else */
function kindAsked({ query }: FhirRequest): SheetKind {
  for (const [name, value] of query) {
    if (name !== 'sheet') throw fault('parameter-unknown', { parameter: name, type: 'ServiceRequest/$hc10' });
    if (value !== 'referencia' && value !== 'respuesta')
      throw fault('parameter-value', { parameter: name, value, reason: 'referencia | respuesta' });
    return value;
  }
  return 'referencia';
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { caller, resourceId = '' } = request;
  const kind = kindAsked(request);
  // What is printed is read as the caller, by the same calls as the page: same policy, same audit records.
  const calls = fhirCalls(context, caller, {
    requestId: request.id,
    signal: request.signal ?? new AbortController().signal,
    ...(request.ip === undefined ? {} : { ip: request.ip }),
  });
  const publicUrl = context.baseUrl.replace(/\/fhir$/, '');
  const loaded = await loadSheet(
    { ...calls, signedIn: () => caller },
    { language: 'es', say: sayIn('es'), services: { fhir: context, publicUrl } },
    resourceId,
    kind,
  );
  if ('moved' in loaded) throw fault('not-found', { type: 'ServiceRequest', id: resourceId });
  const { sheet, referral } = loaded;
  const patient = referral.patient?.id;
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$hc10',
      pt: patient === undefined ? [] : [patient],
      ent: [`ServiceRequest/${referral.order.id}`],
    }),
  );
  const binary: Binary = {
    resourceType: 'Binary',
    contentType: 'application/pdf',
    ...(patient === undefined ? {} : { securityContext: { reference: `Patient/${patient}` } }),
    data: (await sheetPdf(sheet, new Date())).toString('base64'),
  };
  return resourceAnswer(200, binary);
}

/**
 * `GET ServiceRequest/{id}/$hc10`: the printed sheet HC-10 as a Binary with a PDF; with `Accept: application/pdf` the file
 * itself. `sheet=respuesta` gives the sheet of the answer. Made anew each time, in Spanish; nothing is stored.
 */
export const sheetOperation: Operation = {
  name: 'hc10',
  definition: operationUrl('hc10'),
  level: 'instance',
  type: 'ServiceRequest',
  method: 'GET',
  affectsState: false,
  purpose: 'La hoja HC-10 impresa (PDF, carta) de una referencia o de su respuesta.',
  handle,
};
