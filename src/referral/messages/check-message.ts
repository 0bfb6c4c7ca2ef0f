import type { Communication, PractitionerRole, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { reachOf } from '../../access/policy/policy-table.js';
import { fault, isRefusal, ServiceError } from '../../errors.js';
import type { CheckedWrite, FhirContext } from '../../fhir/fhir-context.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Words } from '../../words.js';
import { type Referral, readReferral } from '../load-referral.js';
import { readLinked } from '../task-io.js';
import { isReferral, PROFILES } from '../vocabulary.js';
import { facilitiesAddressed, orderOfMessage, ordersOfMessage } from './message.js';

/** What a message on a referral must keep, by the element that breaks it. */
const RULES = {
  status: {
    es: 'Un mensaje se envía completo (status completed).',
    en: 'A message is sent as a whole (status completed).',
  },
  received: {
    es: 'Cuándo se leyó lo anota el servicio: use $read-messages.',
    en: 'When it was read is noted by the service: use $read-messages.',
  },
  subject: { es: 'El mensaje es sobre el paciente de la referencia.', en: 'A message is about the patient referred.' },
  recipient: {
    es: 'Un mensaje va al otro establecimiento de la referencia; además solo puede ir al paciente.',
    en: 'A message goes to the other facility of the referral; besides, only to the patient.',
  },
  inResponseTo: {
    es: 'Un mensaje contesta a otro de la misma referencia.',
    en: 'A message answers one of the same referral.',
  },
  partOf: {
    es: 'partOf nombra una tarea de la misma referencia.',
    en: 'partOf names a task of the same referral.',
  },
  basedOn: {
    es: 'Una referencia en borrador todavía no tiene a quién escribir.',
    en: 'A draft referral has nobody to write to yet.',
  },
} as const satisfies Record<string, Words>;

const KEPT = {
  es: 'Un mensaje enviado no se cambia ni se borra: escriba otro.',
  en: 'A message that was sent is not changed or deleted: write another.',
} as const satisfies Words;

const ONE = {
  es: 'Un mensaje se basa en una sola referencia y en nada más.',
  en: 'A message is based on one referral and on nothing else.',
} as const satisfies Words;

const broken = (element: keyof typeof RULES): Error => fault('rule-broken', RULES[element], `Communication.${element}`);

/** The referral's order that a Communication is based on; undefined when it is about something else. */
async function orderOf(context: FhirContext, message: Communication): Promise<FoundResource | undefined> {
  for (const id of ordersOfMessage(message)) {
    const stored = await context.store.read('ServiceRequest', id);
    if (stored && !stored.del && isReferral(resourceOf<ServiceRequest>(stored))) return stored;
  }
  return undefined;
}

/** Organization id of the facility for which somebody writes. */
async function facilityOf(context: FhirContext, sender: Reference | undefined): Promise<string | undefined> {
  const target = localTarget(sender?.reference ?? '', context.baseUrl);
  if (target?.type === 'Organization') return target.id;
  if (target?.type !== 'PractitionerRole') return undefined;
  const post = await readLinked<PractitionerRole>(context, sender?.reference);
  return localTarget(post?.resource.organization?.reference ?? '', context.baseUrl)?.id;
}

/** Throws 422 unless what a message answers and belongs to is of the same referral. */
async function assertThread(context: FhirContext, message: Communication, order: string): Promise<void> {
  for (const { reference } of message.inResponseTo ?? []) {
    const answered = await readLinked<Communication>(context, reference);
    if (orderOfMessage(answered?.resource) !== order) throw broken('inResponseTo');
  }
  for (const { reference } of message.partOf ?? []) {
    const part = await readLinked(context, reference);
    const basis = part?.resource.resourceType === 'Task' ? part.resource.basedOn : undefined;
    if (!basis?.some((one) => one.reference === `ServiceRequest/${order}`)) throw broken('partOf');
  }
}

/** Throws unless the message goes from one side of the referral to the other, written by the caller's own. */
async function assertSides(
  context: FhirContext,
  { caller }: CheckedWrite['request'],
  message: Communication,
  { sides, resource }: Referral,
): Promise<void> {
  const from = await facilityOf(context, message.sender);
  const free = reachOf(caller.role, 'workflow', 'create') === 'all';
  const isSide = from !== undefined && (from === sides.origin || from === sides.destination);
  if (!isSide || (!free && from !== caller.facility))
    throw fault('facility-foreign', { element: 'Communication.sender' }, 'Communication.sender');
  const other = from === sides.origin ? sides.destination : sides.origin;
  const facilities = facilitiesAddressed(message);
  const people = (message.recipient ?? []).filter(({ reference }) => !reference?.startsWith('Organization/'));
  const onlyPatient = people.every(({ reference }) => reference === resource.subject.reference);
  if (facilities.length !== 1 || facilities[0] !== other || !onlyPatient) throw broken('recipient');
}

/** Nobody writes in the name of another facility, whatever a Communication is about. Throws 403 `facility-foreign`. */
async function assertOwnName(
  context: FhirContext,
  { caller }: CheckedWrite['request'],
  { sender }: Communication,
): Promise<void> {
  if (reachOf(caller.role, 'workflow', 'create') === 'all') return;
  const from = await facilityOf(context, sender);
  if (from !== undefined && from !== caller.facility)
    throw fault('facility-foreign', { element: 'Communication.sender' }, 'Communication.sender');
}

/**
 * Rules of messages between clinicians on plain FHIR writes: a Communication based on a referral goes from one of its two
 * facilities to the other, is sent once and never changed; other Communications pass.
 * @throws ServiceError 403 `facility-foreign`, 422 with the element
 */
export async function checkMessage(context: FhirContext, { before, after, request }: CheckedWrite): Promise<void> {
  const was = before?.del === false && before.json !== '' ? resourceOf(before) : undefined;
  if (was?.resourceType === 'Communication' && (await orderOf(context, was))) throw fault('rule-broken', KEPT);
  if (after?.resourceType !== 'Communication') return;
  const stored = await orderOf(context, after);
  if (!stored) return assertOwnName(context, request, after);
  if ((after.basedOn ?? []).length !== 1) throw fault('rule-broken', ONE, 'Communication.basedOn');
  const refused = context.validator.validate(after, { profiles: [PROFILES.message] }).filter(isRefusal);
  if (refused.length > 0) throw new ServiceError(refused);
  if (after.status !== 'completed') throw broken('status');
  if (after.received !== undefined) throw broken('received');
  const referral = await readReferral(context, stored);
  if (!referral?.leg) throw broken('basedOn');
  if (after.subject?.reference !== referral.resource.subject.reference) throw broken('subject');
  await assertSides(context, request, after, referral);
  await assertThread(context, after, stored._id);
}
