import { randomUUID } from 'node:crypto';
import type {
  Bundle,
  BundleEntry,
  Composition,
  OperationOutcome,
  Parameters,
  ParametersParameter,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { demoPractitionerRoleId } from '../../../src/access/accounts.js';
import { codeSystemUrl, extensionUrl, SID } from '../../../src/config/canonical.js';
import { type MoveName, moveRow } from '../../../src/referral/moves.js';
import { serviceId } from '../../../src/seed/catalogue-ids.js';
import { facilityByAlias, organizationByAlias } from '../../../src/seed/find-facility.js';
import type { Answer, TestService } from '../../support/service.js';
import { momentAhead } from '../../support/days-ahead.js';

export const facility = (alias: string): string => organizationByAlias(alias)?.id ?? '';
/** The first service that a facility offers. */
export function anyService(alias: string): string {
  const found = facilityByAlias(alias);
  return `HealthcareService/${serviceId(found?.rups ?? '', Object.keys(found?.services ?? {})[0] ?? '')}`;
}
export const post = (name: string): string => `PractitionerRole/${demoPractitionerRoleId(name)}`;
export const placer = (): string => `T-${randomUUID()}`;

const coded = (system: string, code: string) => ({ coding: [{ system: codeSystemUrl(system), code }] });

export interface OrderOptions {
  readonly placer?: string;
  readonly requester?: string;
  readonly destination?: string;
  readonly priority?: ServiceRequest['priority'];
  readonly subject?: string;
  /** An interconsulta that the origin lets be converted. */
  readonly advice?: boolean;
  /** When an emergency is awaited, FHIR dateTime. */
  readonly arrives?: string;
}

/** A referral as form HC-10 asks for it. */
export function order(options: OrderOptions = {}): ServiceRequest {
  const priority = options.priority ?? 'routine';
  return {
    resourceType: 'ServiceRequest',
    extension: [
      { url: extensionUrl('clinical-question'), valueString: '¿Amerita prueba de esfuerzo?' },
      ...(priority === 'routine'
        ? []
        : [{ url: extensionUrl('urgency-justification'), valueString: 'Dolor torácico en reposo' }]),
      ...(options.advice ? [{ url: extensionUrl('conversion-authorised'), valueBoolean: true }] : []),
    ],
    identifier: [{ system: SID.placer, value: options.placer ?? placer() }],
    status: 'draft',
    intent: options.advice ? 'proposal' : 'order',
    category: [coded('referral-category', options.advice ? 'interconsulta' : 'referencia')],
    priority,
    subject: { reference: options.subject ?? 'urn:uuid:00000000-0000-4000-8000-000000000001' },
    ...(options.arrives === undefined ? {} : { occurrenceDateTime: options.arrives }),
    authoredOn: '2026-11-01T09:30:00-06:00',
    requester: { reference: options.requester ?? post('clinician.uaps1') },
    performerType: coded('specialty', 'cardiologia'),
    performer: [{ reference: options.destination ?? `Organization/${facility('hosp1')}` }],
    reasonCode: [{ ...coded('referral-purpose', 'diagnostico'), text: 'Dolor torácico de esfuerzo' }],
  };
}

const PATIENT: BundleEntry = {
  fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001',
  resource: {
    resourceType: 'Patient',
    name: [{ family: 'Mejía López', given: ['Ana'] }],
    gender: 'female',
    birthDate: '1980-05-03',
  },
  request: { method: 'POST', url: 'Patient' },
};

/** Bundle for `$submit`: the patient and the referral, and what else is given. */
export const submission = (request: ServiceRequest, more: readonly BundleEntry[] = []): Bundle => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    structuredClone(PATIENT),
    ...more,
    {
      fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000002',
      resource: request,
      request: { method: 'POST', url: 'ServiceRequest' },
    },
  ],
});

/** A referral as moves answer it. */
export interface Moved {
  readonly answer: Answer<Parameters>;
  readonly referral: ServiceRequest & { id: string };
  readonly task: Task & { id: string };
  readonly etag: string;
  readonly state: string | undefined;
}

export function moved(answer: Answer<Parameters>): Moved {
  const part = (name: string) => answer.body.parameter?.find((parameter) => parameter.name === name)?.resource;
  const task = part('task') as Task & { id: string };
  return {
    answer,
    referral: part('referral') as ServiceRequest & { id: string },
    task,
    etag: answer.headers.get('etag') ?? '',
    state: task?.businessStatus?.coding?.[0]?.code,
  };
}

export const errorCode = (answer: Answer<unknown>): string | undefined =>
  (answer.body as OperationOutcome).issue?.[0]?.details?.coding?.[0]?.code;

/** Text of the first error, in English. */
export const errorText = (answer: Answer<unknown>): string =>
  (answer.body as OperationOutcome).issue?.[0]?.diagnostics ?? '';

export async function send(service: TestService, account: string, bundle: Bundle): Promise<Moved> {
  return moved(await service.call<Parameters>(account, 'POST', 'ServiceRequest/$submit', { body: bundle }));
}

export interface Acting {
  readonly account: string;
  /** Post to name as `actor`; people name nobody. */
  readonly actor?: string;
  readonly etag?: string;
}

/** One move on the newest leg (or on the order), with the version last seen unless told otherwise. */
export async function move(
  service: TestService,
  before: Moved,
  name: string,
  { account, actor, etag }: Acting,
  parameter: readonly ParametersParameter[] = [],
): Promise<Moved> {
  const onOrder = moveRow(name as MoveName).on === 'ServiceRequest';
  const target = onOrder ? `ServiceRequest/${before.referral.id}` : `Task/${before.task.id}`;
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: [...(actor ? [{ name: 'actor', valueReference: { reference: post(actor) } }] : []), ...parameter],
  };
  const match = etag ?? before.etag;
  const answer = await service.call<Parameters>(account, 'POST', `${target}/$${name}`, {
    body: body.parameter?.length ? body : { resourceType: 'Parameters' },
    headers: match === 'none' ? {} : { 'if-match': match },
  });
  return moved(answer);
}

/** Parameters of moves, as a person would fill them. */
/** So many hours from now, a term that every priority allows. */
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

export const FIELDS = {
  accept: [
    { name: 'priority', valueCode: 'routine' },
    { name: 'modality', valueCoding: { system: codeSystemUrl('modality'), code: 'in-person' } },
    { name: 'service', valueCoding: { system: codeSystemUrl('specialty'), code: 'cardiologia' } },
  ],
  'request-info': [
    { name: 'reason', valueString: 'Falta el electrocardiograma' },
    { name: 'item', valueCoding: { system: codeSystemUrl('information-item'), code: 'ecg' } },
    { name: 'due', valueDateTime: inHours(20) },
  ],
  'provide-info': [
    {
      name: 'answer',
      part: [
        { name: 'item', valueCoding: { system: codeSystemUrl('information-item'), code: 'ecg' } },
        { name: 'value', valueString: 'Ritmo sinusal, sin isquemia' },
      ],
    },
  ],
  reject: [
    { name: 'reason', valueCoding: { system: codeSystemUrl('reject-reason'), code: 'prerequisites-pending' } },
    { name: 'comment', valueString: 'Primero perfil lipídico' },
    { name: 'nextStep', part: [{ name: 'advice', valueString: 'Enviar de nuevo con los resultados' }] },
  ],
  revoke: [
    { name: 'reason', valueCoding: { system: codeSystemUrl('exit-cause'), code: 'patient-declined' } },
    { name: 'patientInformed', valueBoolean: true },
  ],
  close: [
    { name: 'outcome', valueCoding: { system: codeSystemUrl('follow-up-outcome'), code: 'controlled' } },
    {
      name: 'item',
      part: [
        { name: 'text', valueString: 'Control de presión en un mes' },
        { name: 'done', valueBoolean: true },
      ],
    },
  ],
} satisfies Record<string, ParametersParameter[]>;

export const booking = (location: string): ParametersParameter[] => [
  { name: 'start', valueDateTime: momentAhead(10, '09:00') },
  { name: 'end', valueDateTime: momentAhead(10, '09:30') },
  { name: 'participant', valueReference: { reference: post('specialist.hosp1') } },
  { name: 'location', valueReference: { reference: location } },
  { name: 'contactResult', valueCoding: { system: codeSystemUrl('contact-medium'), code: 'phone' } },
];

/** The same visit, begun a minute ago: one that is still to come cannot be missed. */
export const begun = (fields: ParametersParameter[]): ParametersParameter[] =>
  fields.map((field) =>
    field.name === 'start' || field.name === 'end'
      ? {
          name: field.name,
          valueDateTime: new Date(Date.now() + (field.name === 'start' ? -60_000 : 1_740_000)).toISOString(),
        }
      : field,
  );

const section = (code: string, text: string): NonNullable<Composition['section']>[number] => ({
  title: code,
  code: coded('respuesta-section', code),
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>` },
});

/** The respuesta to a referral, as a document. */
export function answerDocument(
  referral: ServiceRequest & { id: string },
  disposition = 'discharge',
  status: Composition['status'] = 'final',
): ParametersParameter[] {
  const composition: Composition = {
    resourceType: 'Composition',
    extension: [{ url: extensionUrl('disposition'), valueCodeableConcept: coded('disposition', disposition) }],
    identifier: { system: SID.placer, value: placer() },
    status,
    type: { coding: [{ system: 'http://loinc.org', code: '11488-4' }] },
    subject: referral.subject as Composition['subject'],
    date: '2026-11-20T11:00:00-06:00',
    author: [{ reference: post('specialist.hosp1') }],
    title: 'Respuesta de cardiología',
    attester: [{ mode: 'professional', party: { reference: post('specialist.hosp1') } }],
    custodian: { reference: `Organization/${facility('hosp1')}` },
    event: [{ detail: [{ reference: `ServiceRequest/${referral.id}` }] }],
    section: [
      section('summary', 'Sin isquemia.'),
      section('diagnosis', 'I10 Hipertensión esencial'),
      section('medications', 'Enalapril 10 mg cada día'),
      section('plan', 'Control de presión en un mes'),
      section('patient-message', 'Tome su medicina cada día.'),
    ],
  };
  const document: Bundle = {
    resourceType: 'Bundle',
    identifier: { system: SID.placer, value: placer() },
    type: 'document',
    timestamp: '2026-11-20T11:00:00-06:00',
    entry: [{ fullUrl: `urn:uuid:${randomUUID()}`, resource: composition }],
  };
  return [
    { name: 'document', resource: document },
    { name: 'oportuna', valueCode: 'yes' },
    { name: 'justificada', valueCode: 'unclassified' },
  ];
}
