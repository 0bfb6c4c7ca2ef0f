import type { Patient, ServiceRequest } from '@medplum/fhirtypes';
import { provesSheet, type SheetProof, wholeBirthDate } from '../../access/sheet-proof.js';
import { readShortCode } from '../../access/short-code.js';
import { createCodeLimits } from '../../access/sign-in-limits.js';
import { operationUrl } from '../../config/canonical.js';
import { fault, ServiceError } from '../../errors.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import { readReferral } from '../load-referral.js';
import { trackAnswer } from '../track-answer.js';
import { objectsIn } from '../untrusted.js';
import { isReferral } from '../vocabulary.js';

/** Read in place of what a wrong code does not lead to, so that wrong answers take the same steps. */
const NOBODY = '0000-00000000-0000-7000-8000-000000000000';

/** What somebody shows to follow a referral. */
interface Shown extends SheetProof {
  /** Undefined when what was typed can be no code. */
  readonly code: string | undefined;
}

/** Inputs of the request. Throws 400 when the code is missing, or when there is not exactly one of birth date and PIN. */
function readShown({ body }: FhirRequest): Shown {
  if (body?.resourceType !== 'Parameters') throw fault('body-missing');
  const given = (name: string, key: 'valueString' | 'valueDate'): string | undefined => {
    const value: unknown = objectsIn(body.parameter).find((parameter) => parameter.name === name)?.[key];
    return typeof value === 'string' ? value : undefined;
  };
  const [typed, birthDate, pin] = [
    given('code', 'valueString'),
    given('birthDate', 'valueDate'),
    given('pin', 'valueString'),
  ];
  if (typed === undefined) throw fault('operation-parameter', { parameter: 'code', reason: 'valueString' }, 'code');
  if ((birthDate === undefined) === (pin === undefined))
    throw fault('operation-parameter', { parameter: 'birthDate | pin', reason: 'valueDate | valueString' });
  return { code: readShortCode(typed), birthDate, pin };
}

interface Held {
  readonly order: FoundResource;
  readonly patient: Patient;
}

/** What a code leads to: always the same three reads. */
async function heldBy({ store }: FhirContext, code: string | undefined): Promise<Held | undefined> {
  const holder = await store.claimHolder('seguimiento', code ?? '');
  const order = await store.read('ServiceRequest', localTarget(holder?.ref ?? '')?.id ?? NOBODY);
  const patient = await store.read('Patient', order?.pt ?? NOBODY);
  if (!order || order.del || !patient || patient.del) return undefined;
  const resource = resourceOf<ServiceRequest>(order);
  if (!isReferral(resource) || resource.status === 'draft') return undefined;
  return { order, patient: resourceOf<Patient>(patient) };
}

async function audit({ store }: FhirContext, request: FhirRequest, order?: FoundResource, refused?: string) {
  await store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$track',
      ...(refused === undefined ? {} : { out: '4' as const, det: { refused } }),
      pt: order?.pt === undefined ? [] : [order.pt],
      ent: order ? [`ServiceRequest/${order._id}`] : [],
    }),
  );
}

async function answer(context: FhirContext, request: FhirRequest, { order, patient }: Held): Promise<FhirResponse> {
  const referral = await readReferral(context, order);
  if (!referral) throw fault('paper-code-unknown');
  await audit(context, request, order);
  return trackAnswer(context, referral, patient);
}

/** By paper code: a wrong code and a wrong birth date get one answer (404); five wrong tries, then a wait (429). */
async function byCode(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const shown = readShown(request);
  const limits = createCodeLimits(context.store, 'paper-code');
  const [code, address] = [shown.code ?? '', request.ip ?? 'unknown'];
  const seconds = await limits.begin(code, address);
  if (seconds > 0) {
    await audit(context, request, undefined, 'too-many');
    throw new ServiceError({ code: 'too-many', params: { seconds } }, { headers: { 'Retry-After': String(seconds) } });
  }
  const held = await heldBy(context, shown.code);
  const known = held && wholeBirthDate(held.patient);
  if (!held || !provesSheet(context.paperSecret, { code, known }, shown)) {
    await audit(context, request, held?.order, 'paper-code-unknown');
    throw fault('paper-code-unknown');
  }
  await limits.succeeded(code, address);
  return answer(context, request, held);
}

/** The own referral: of the patient's account, or the one whose paper code was shown before. */
async function ownReferral(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { caller, resourceId = '' } = request;
  if (caller.role === 'paper-code' && caller.referral !== resourceId)
    throw fault('not-found', { type: 'ServiceRequest', id: resourceId });
  const order =
    caller.role === 'paper-code'
      ? await context.store.read('ServiceRequest', resourceId)
      : await loadVisible(context, request, 'ServiceRequest', resourceId);
  const patient = await context.store.read('Patient', order?.pt ?? NOBODY);
  if (!order || !patient || !isReferral(resourceOf(order)))
    throw fault('not-found', { type: 'ServiceRequest', id: resourceId });
  return answer(context, request, { order, patient: resourceOf<Patient>(patient) });
}

const shared = {
  name: 'track',
  definition: operationUrl('track'),
  type: 'ServiceRequest',
  affectsState: false,
  purpose:
    'En palabras sencillas, qué pasa con una referencia: qué sigue, la cita y qué llevar; sin contenido clínico.',
} as const;

/** `$track`: where a referral stands, for the person it is about (design.md 3a.11). */
export const track: readonly Operation[] = [
  { ...shared, level: 'type', method: 'POST', withoutToken: true, handle: byCode },
  { ...shared, level: 'instance', method: 'GET', handle: ownReferral },
];
