import type { Appointment, Bundle, Encounter, Parameters, Resource, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../../src/config/canonical.js';
import type { MoveName } from '../../../src/referral/moves.js';
import type { ReferralState } from '../../../src/referral/states.js';
import { lastOutput } from '../../../src/referral/task-io.js';
import { ioType, stateConcept } from '../../../src/referral/vocabulary.js';
import type { Answer, TestService } from '../../support/service.js';
import {
  begun,
  booking,
  facility,
  FIELDS,
  type Moved,
  move,
  order,
  post,
  send,
  submission,
} from './referral-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

/** A request that an outside system makes. */
export interface PlainRequest {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: Resource;
  readonly headers?: Record<string, string>;
}

/** A referral at some point of its way, with what hangs on it. */
export interface Scene extends Moved {
  readonly location: string;
  readonly appointment?: Appointment & { id: string };
  readonly encounter?: Encounter & { id: string };
  readonly question?: Task & { id: string };
}

/** One write that means a move: where the referral stands, who writes what, where it stands after. */
export interface Example {
  readonly name: string;
  readonly move: MoveName;
  readonly at: ReferralState;
  readonly to: ReferralState;
  readonly by: string;
  /** Somebody who may write such a resource but does not do this move. */
  readonly notBy: string;
  /** A state in which the move is not possible. */
  readonly notAt?: ReferralState;
  readonly write: (scene: Scene) => PlainRequest;
}

const coded = (system: string, code: string) => ({ coding: [{ system: codeSystemUrl(system), code }] });

/** How each state is reached. */
const WAYS: Partial<Record<ReferralState, readonly [MoveName, string][]>> = {
  sent: [],
  'in-triage': [['receive', 'clerk.hosp1']],
  'info-requested': [
    ['receive', 'clerk.hosp1'],
    ['request-info', 'triage.hosp1'],
  ],
  'accepted-waiting': [
    ['receive', 'clerk.hosp1'],
    ['accept', 'triage.hosp1'],
  ],
  scheduled: [
    ['receive', 'clerk.hosp1'],
    ['accept', 'triage.hosp1'],
    ['book', 'scheduler.hosp1'],
  ],
  arrived: [
    ['receive', 'clerk.hosp1'],
    ['accept', 'triage.hosp1'],
    ['book', 'scheduler.hosp1'],
    ['arrive', 'clerk.hosp1'],
  ],
};

/** A new referral, brought to a state by operations. */
export async function sceneAt(service: TestService, state: ReferralState): Promise<Scene> {
  const found = await service.call<Bundle>(
    'system.hosp1',
    'GET',
    `Location?organization=Organization/${facility('hosp1')}&_count=1`,
  );
  const location = `Location/${found.body.entry?.[0]?.resource?.id ?? ''}`;
  let now = await send(service, 'system.uaps1', submission(order()));
  for (const [name, account] of WAYS[state] ?? []) {
    const fields =
      name === 'book' ? begun(booking(location)) : (FIELDS as Partial<Record<MoveName, Parameters['parameter']>>)[name];
    now = await move(service, now, name, { account }, fields ?? []);
    if (now.answer.status !== 200) throw new Error(now.answer.text);
  }
  const read = async <T>(reference: string | undefined): Promise<T | undefined> =>
    reference === undefined ? undefined : (await service.call<T>('system.hosp1', 'GET', reference)).body;
  const asked = await service.call<Bundle>('system.uaps1', 'GET', `Task?part-of=Task/${now.task.id}`);
  const scene = {
    appointment: await read<Appointment & { id: string }>(lastOutput(now.task, 'appointment')),
    encounter: await read<Encounter & { id: string }>(lastOutput(now.task, 'encounter')),
    question: asked.body.entry?.[0]?.resource as (Task & { id: string }) | undefined,
  };
  return { ...now, location, ...(JSON.parse(JSON.stringify(scene)) as Partial<Scene>) };
}

export const write = (service: TestService, account: string, { method, path, body, headers }: PlainRequest) =>
  service.call<Resource & { id: string }>(account, method, path, { body, ...(headers ? { headers } : {}) });

/** Newest version of the referral's leg. */
export const legOf = async (service: TestService, { task }: Moved): Promise<Answer<Task & { id: string }>> =>
  service.call('system.hosp1', 'GET', `Task/${task.id}`);

const told = (medium: string) => ({
  url: extensionUrl('contact-attempt'),
  extension: [
    { url: 'time', valueDateTime: '2026-12-01T08:00:00-06:00' },
    { url: 'medium', valueCode: medium },
    { url: 'reached', valueBoolean: true },
  ],
});

/** Appointment as a hospital's own system would write it. */
export const ownAppointment = ({ referral, location }: Scene): Appointment => ({
  resourceType: 'Appointment',
  identifier: [{ system: 'https://hospital.example/citas', value: `C-${referral.id}` }],
  status: 'booked',
  description: 'Primera consulta de cardiología',
  start: momentAhead(10, '09:00'),
  end: momentAhead(10, '09:30'),
  basedOn: [{ reference: `ServiceRequest/${referral.id}` }],
  extension: [told('phone')],
  participant: [
    { actor: { reference: referral.subject.reference ?? '' }, status: 'needs-action' },
    { actor: { reference: post('specialist.hosp1') }, status: 'accepted' },
    { actor: { reference: location }, status: 'accepted' },
  ],
});

export const ownEncounter = ({ referral }: Scene, status: Encounter['status']): Encounter => ({
  resourceType: 'Encounter',
  identifier: [{ system: 'https://hospital.example/visitas', value: `V-${referral.id}` }],
  status,
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: referral.subject.reference ?? '' },
  basedOn: [{ reference: `ServiceRequest/${referral.id}` }],
  period: { start: momentAhead(10, '08:50') },
});

const put = (body: Resource & { id: string }, headers?: Record<string, string>): PlainRequest => ({
  method: 'PUT',
  path: `${body.resourceType}/${body.id}`,
  body,
  ...(headers ? { headers } : {}),
});
const create = (body: Resource): PlainRequest => ({ method: 'POST', path: body.resourceType, body });

const change = (resource: (Resource & { id: string }) | undefined, what: object): PlainRequest => {
  if (!resource) throw new Error('the scene does not have it');
  return put({ ...resource, ...what } as Resource & { id: string });
};

/** The leg with another pair and what else is given. */
export const legWrite = (
  { task, etag }: Moved,
  status: Task['status'],
  state: ReferralState,
  more: Partial<Task> = {},
): PlainRequest => put({ ...task, status, businessStatus: stateConcept(state), ...more }, { 'if-match': etag });

const attended = {
  individual: { reference: post('specialist.hosp1') },
  period: { start: momentAhead(10, '09:05') },
};

export const EXAMPLES: readonly Example[] = [
  {
    name: 'POST Appointment booked',
    move: 'book',
    at: 'accepted-waiting',
    to: 'scheduled',
    by: 'scheduler.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'in-triage',
    write: (scene) => create(ownAppointment(scene)),
  },
  {
    name: 'PUT Appointment with other times',
    move: 'reschedule',
    at: 'scheduled',
    to: 'scheduled',
    by: 'scheduler.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'arrived',
    write: ({ appointment }) => ({
      ...change(appointment, {
        start: momentAhead(11, '10:00'),
        end: momentAhead(11, '10:30'),
        status: 'booked',
        extension: [...(appointment?.extension ?? []), told('sms')],
      }),
      headers: {
        'x-provenance': JSON.stringify({
          resourceType: 'Provenance',
          reason: [coded('cancel-reason', 'provider-absent')],
        }),
      },
    }),
  },
  {
    name: 'PUT Appointment cancelled',
    move: 'cancel-appointment',
    at: 'scheduled',
    to: 'appointment-cancelled',
    by: 'scheduler.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'arrived',
    write: ({ appointment }) =>
      change(appointment, { status: 'cancelled', cancelationReason: coded('cancel-reason', 'provider-absent') }),
  },
  {
    name: 'PUT Appointment noshow',
    move: 'no-show',
    at: 'scheduled',
    to: 'no-show',
    by: 'clerk.hosp1',
    notBy: 'triage.hosp1',
    notAt: 'arrived',
    write: ({ appointment }) =>
      change(appointment, {
        status: 'noshow',
        extension: [
          ...(appointment?.extension ?? []),
          { url: extensionUrl('no-show-reason'), valueCodeableConcept: coded('no-show-reason', 'unknown') },
        ],
      }),
  },
  {
    name: 'POST Encounter arrived',
    move: 'arrive',
    at: 'scheduled',
    to: 'arrived',
    by: 'clerk.hosp1',
    notBy: 'triage.hosp1',
    notAt: 'in-triage',
    write: (scene) => create(ownEncounter(scene, 'arrived')),
  },
  {
    name: 'PUT Encounter in-progress',
    move: 'start-care',
    at: 'arrived',
    to: 'in-care',
    by: 'specialist.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'scheduled',
    write: (scene) =>
      scene.encounter
        ? change(scene.encounter, { status: 'in-progress', participant: [attended] })
        : create({ ...ownEncounter(scene, 'in-progress'), participant: [attended] }),
  },
  {
    name: 'PUT Task (question) completed',
    move: 'provide-info',
    at: 'info-requested',
    to: 'in-triage',
    by: 'clinician.uaps1',
    notBy: 'triage.hosp1',
    write: ({ question }) =>
      change(question, {
        status: 'completed',
        output: [
          {
            type: {
              coding: [
                ...(ioType('provided-item').coding ?? []),
                { system: codeSystemUrl('information-item'), code: 'ecg' },
              ],
            },
            valueString: 'Ritmo sinusal',
          },
        ],
      }),
  },
  {
    name: 'PUT Task received',
    move: 'receive',
    at: 'sent',
    to: 'in-triage',
    by: 'clerk.hosp1',
    notBy: 'scheduler.hosp1',
    notAt: 'accepted-waiting',
    write: (scene) => legWrite(scene, 'received', 'in-triage'),
  },
  {
    name: 'PUT Task on-hold',
    move: 'request-info',
    at: 'in-triage',
    to: 'info-requested',
    by: 'triage.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'scheduled',
    write: (scene) =>
      legWrite(scene, 'on-hold', 'info-requested', {
        statusReason: { text: 'Falta el electrocardiograma' },
        input: [
          ...(scene.task.input ?? []),
          { type: ioType('requested-item'), valueCodeableConcept: coded('information-item', 'ecg') },
        ],
        restriction: { period: { start: new Date().toISOString(), end: momentAhead(20, '12:00') } },
      }),
  },
  {
    name: 'PUT Task received again',
    move: 'withdraw-info',
    at: 'info-requested',
    to: 'in-triage',
    by: 'triage.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'scheduled',
    write: (scene) => {
      const write = legWrite(scene, 'received', 'in-triage');
      const provenance = {
        resourceType: 'Provenance',
        target: [{ reference: `Task/${scene.task.id}` }],
        recorded: new Date().toISOString(),
        reason: [{ text: 'Ya estaba en el expediente' }],
        agent: [{ who: { reference: post('triage.hosp1') } }],
      };
      return { ...write, headers: { ...write.headers, 'x-provenance': JSON.stringify(provenance) } };
    },
  },
  {
    name: 'PUT Task accepted',
    move: 'accept',
    at: 'in-triage',
    to: 'accepted-waiting',
    by: 'triage.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'scheduled',
    write: (scene) =>
      legWrite(scene, 'accepted', 'accepted-waiting', {
        output: [
          { type: ioType('modality'), valueCodeableConcept: coded('modality', 'in-person') },
          { type: ioType('service'), valueCodeableConcept: coded('specialty', 'cardiologia') },
        ],
      }),
  },
  {
    name: 'PUT Task rejected',
    move: 'reject',
    at: 'in-triage',
    to: 'rejected',
    by: 'triage.hosp1',
    notBy: 'clerk.hosp1',
    notAt: 'scheduled',
    write: (scene) =>
      legWrite(scene, 'rejected', 'rejected', {
        statusReason: { ...coded('reject-reason', 'prerequisites-pending'), text: 'Primero perfil lipídico' },
        output: [
          { type: ioType('next-step'), valueString: 'Enviar de nuevo con los resultados' },
          { type: ioType('requested-item'), valueCodeableConcept: coded('information-item', 'ecg') },
        ],
      }),
  },
  {
    name: 'PUT Task redirected',
    move: 'redirect',
    at: 'in-triage',
    to: 'redirected',
    by: 'triage.hosp1',
    notBy: 'scheduler.hosp1',
    notAt: 'scheduled',
    write: (scene) =>
      legWrite(scene, 'rejected', 'redirected', {
        statusReason: { ...coded('redirect-reason', 'capacity'), text: 'Sin cupo' },
        output: [{ type: ioType('redirected-to'), valueReference: { reference: `Organization/${facility('hosp2')}` } }],
      }),
  },
  {
    name: 'PUT Task with a contact attempt',
    move: 'contact-attempt',
    at: 'accepted-waiting',
    to: 'accepted-waiting',
    by: 'scheduler.hosp1',
    notBy: 'clerk.hosp1',
    write: (scene) =>
      legWrite(scene, 'accepted', 'accepted-waiting', {
        extension: [
          ...(scene.task.extension ?? []),
          {
            url: extensionUrl('contact-attempt'),
            extension: [
              { url: 'time', valueDateTime: '2026-12-01T08:00:00-06:00' },
              { url: 'medium', valueCode: 'phone' },
              { url: 'reached', valueBoolean: true },
            ],
          },
        ],
      }),
  },
  {
    name: 'PUT Task cancel-requested',
    move: 'request-cancel',
    at: 'scheduled',
    to: 'cancel-requested',
    by: 'clinician.uaps1',
    notBy: 'clerk.uaps1',
    notAt: 'in-triage',
    write: (scene) => {
      const request = legWrite(scene, 'in-progress', 'cancel-requested');
      const said = { resourceType: 'Provenance', reason: [coded('exit-cause', 'patient-declined')] };
      return { ...request, headers: { ...request.headers, 'x-provenance': JSON.stringify(said) } };
    },
  },
  {
    name: 'PUT Task arrived',
    move: 'arrive',
    at: 'scheduled',
    to: 'arrived',
    by: 'clerk.hosp1',
    notBy: 'triage.hosp1',
    notAt: 'in-triage',
    write: (scene) => legWrite(scene, 'in-progress', 'arrived'),
  },
];
