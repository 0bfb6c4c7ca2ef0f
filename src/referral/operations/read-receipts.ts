import type { ParametersParameter } from '@medplum/fhirtypes';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { readInput } from '../../fhir/operations/read-input.js';
import type { AuditRecord } from '../../store/audit-record.js';
import type { Store } from '../../store/store.js';
import { addressedReferral, type Referral } from '../load-referral.js';
import { operationUrl } from '../move-operation.js';

/** Audit codes of opening a referral by itself; that it stood in a list is no opening. */
const OPENINGS = ['$referral', 'read'];

/**
 * The first time that somebody of a facility opened a referral, from the records of access: no second register of it
 * could disagree with them. Served by the index `entity` of the audit collection.
 * @param facility Organization id
 * @param since nothing before it counts: of an answer, the moment it was given
 */
export async function firstOpening(
  store: Pick<Store, 'findAudits'>,
  order: string,
  facility: string | undefined,
  since?: string,
): Promise<AuditRecord | undefined> {
  if (facility === undefined) return undefined;
  const filter = {
    ent: `ServiceRequest/${order}`,
    fac: facility,
    sub: { $in: OPENINGS },
    out: '0',
    ...(since === undefined ? {} : { at: { $gte: new Date(since) } }),
  };
  return (await store.findAudits(filter, { sort: { at: 1, _id: 1 }, limit: 1 }))[0];
}

const opened = (name: string, facility: string | undefined, record: AuditRecord | undefined): ParametersParameter[] =>
  record === undefined
    ? []
    : [
        {
          name,
          part: [
            { name: 'facility', valueReference: { reference: `Organization/${facility ?? ''}` } },
            // Who of the facility it was stands in the audit; colleagues are told the post only.
            { name: 'role', valueCode: record.rol },
            { name: 'at', valueInstant: record.at.toISOString() },
          ],
        },
      ];

/** Moment at which the answer in force was given; undefined while there is none. */
const answeredAt = ({ leg }: Referral): string | undefined =>
  leg?.task.status === 'completed' ? leg.task.executionPeriod?.end : undefined;

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  readInput(request, []);
  const { store } = context;
  const { referral } = await addressedReferral(context, request);
  const { id } = referral.resource;
  const { origin, destination, patient } = referral.sides;
  const answered = answeredAt(referral);
  const [received, read] = await Promise.all([
    firstOpening(store, id, destination),
    answered === undefined ? undefined : firstOpening(store, id, origin, answered),
  ]);
  await store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$read-receipts',
      pt: patient === undefined ? [] : [patient],
      ent: [`ServiceRequest/${id}`],
    }),
  );
  return resourceAnswer(200, {
    resourceType: 'Parameters',
    parameter: [...opened('opened', destination, received), ...opened('answer-opened', origin, read)],
  });
}

/**
 * `GET ServiceRequest/{id}/$read-receipts`: when the destination first opened the referral, and when the origin first opened
 * the answer: post and moment, from the audit (referral-anchors.md 4.6). What was not opened yet is absent.
 */
export const readReceipts: Operation = {
  name: 'read-receipts',
  definition: operationUrl('read-receipts'),
  level: 'instance',
  type: 'ServiceRequest',
  method: 'GET',
  affectsState: false,
  purpose:
    'Cuándo abrió la referencia el destino y cuándo abrió la respuesta el origen, con la función de quien la abrió.',
  handle,
};
