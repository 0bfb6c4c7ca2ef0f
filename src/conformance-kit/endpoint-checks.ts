import type {
  Appointment,
  Bundle,
  CapabilityStatement,
  Communication,
  DocumentReference,
  Parameters,
  Provenance,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { extensionUrl, SID } from '../config/canonical.js';
import type { DemoStep } from '../demo/demo-data.js';
import { lastOutput } from '../referral/task-io.js';
import { stateOf } from '../referral/vocabulary.js';
import { atHour, DAY, HOUR, localInstant, onWeekday } from '../seed/history/calendar.js';
import { type EndpointScene, outcomeText, PLAN, type Standing } from './endpoint-scene.js';
import type { PeerAnswer } from './peer-client.js';
import { unmet } from './requirement.js';

const RECEIVE: DemoStep = { move: 'receive' };
const ACCEPT: DemoStep = { move: 'accept', modality: 'in-person' };
const BOOK: DemoStep = { move: 'book', inDays: 7 };
const REVOKE: DemoStep = {
  move: 'revoke',
  reason: 'patient-declined',
  informed: true,
  comment: 'Prueba de conformidad',
};
const REJECT: DemoStep = {
  move: 'reject',
  reason: 'prerequisites-pending',
  comment: 'Prueba',
  advice: 'Enviar con los resultados',
};
const ASK: DemoStep = { move: 'request-info', reason: 'Falta el electrocardiograma', items: ['ecg'], dueDays: 5 };
const TELL: DemoStep = { move: 'provide-info', answers: [{ item: 'ecg', value: 'Ritmo sinusal' }] };
const RESPOND: DemoStep = {
  move: 'respond',
  oportuna: 'yes',
  justificada: 'yes',
  disposition: 'discharge',
  summary: 'Prueba',
  medications: [],
  plan: PLAN,
  message: 'Prueba',
};
const CLOSE: DemoStep = { move: 'close', outcome: 'controlled', items: [{ text: PLAN, done: true }] };

/** The status of an answer is one of these; Unmet says what came instead. */
function expectStatus(answer: PeerAnswer<unknown>, what: string, ...statuses: number[]): void {
  if (statuses.includes(answer.status)) return;
  const said = `HTTP ${answer.status} ${outcomeText(answer)}`.trim();
  throw unmet(
    `${what}: ${said}, se esperaba ${statuses.join(', ')}`,
    `${what}: ${said}, expected ${statuses.join(', ')}`,
  );
}

/** An answer names these words in its OperationOutcome. */
function expectNamed(answer: PeerAnswer<unknown>, what: string, ...words: string[]): void {
  const text = JSON.stringify(answer.body);
  const missing = words.filter((word) => !text.includes(word));
  if (missing.length > 0)
    throw unmet(`${what}: no nombra ${missing.join(', ')}`, `${what}: does not name ${missing.join(', ')}`);
}

const received = async (scene: EndpointScene): Promise<Standing> =>
  scene.move(await scene.sent(), RECEIVE, 'in-triage');
const accepted = async (scene: EndpointScene): Promise<Standing> =>
  scene.move(await received(scene), ACCEPT, 'accepted-waiting');
const booked = async (scene: EndpointScene): Promise<Standing> => scene.move(await accepted(scene), BOOK, 'scheduled');

async function attended(scene: EndpointScene): Promise<Standing> {
  const arrived = await scene.move(await booked(scene), { move: 'arrive' }, 'arrived');
  return scene.move(arrived, { move: 'start-care' }, 'in-care');
}

export async function capability({ peers }: EndpointScene): Promise<void> {
  const answer = await peers.origin.call<CapabilityStatement>('GET', 'metadata');
  expectStatus(answer, 'metadata', 200);
  if (answer.body.fhirVersion !== '4.0.1')
    throw unmet('metadata no dice FHIR 4.0.1', 'metadata does not say FHIR 4.0.1');
  expectNamed(answer, 'metadata', '"submit"', '"revoke"');
}

export async function repeats(scene: EndpointScene): Promise<void> {
  const bundle = await scene.bundle();
  const first = await scene.standing(await scene.submit(bundle), 'sent', '$submit');
  const number = first.order.identifier?.find(({ system }) => system === SID.referencia)?.value;
  if (number === undefined)
    throw unmet('la referencia no recibe número nacional', 'the referral gets no national number');
  const again = await scene.submit(bundle);
  expectStatus(again, '$submit × 2', 200);
  const second = await scene.standing(again, 'sent', '$submit × 2');
  if (second.order.id !== first.order.id)
    throw unmet('repetir el envío hace otra referencia', 'sending again makes another referral');
}

export async function incomplete(scene: EndpointScene): Promise<void> {
  const bundle = await scene.bundle();
  const order = bundle.entry?.map(({ resource }) => resource).find((one) => one?.resourceType === 'ServiceRequest');
  delete (order as Partial<ServiceRequest>).priority;
  const answer = await scene.submit(bundle);
  expectStatus(answer, '$submit sin prioridad', 422);
  if (outcomeText(answer) === '') throw unmet('no contesta un OperationOutcome', 'the answer is no OperationOutcome');
}

export async function revokes(scene: EndpointScene): Promise<void> {
  const sent = await scene.sent();
  expectStatus(await scene.ask(sent, REVOKE, { etag: '' }), '$revoke sin If-Match', 428);
  expectStatus(await scene.ask(sent, REVOKE, { etag: 'W/"999"' }), '$revoke con otra versión', 412);
  const revoked = await scene.move(sent, REVOKE, 'cancelled');
  if (revoked.order.status !== 'revoked') throw unmet('la orden no queda anulada', 'the order is not revoked');
}

export async function status(scene: EndpointScene): Promise<void> {
  const now = await received(scene);
  const { origin } = scene.peers;
  const [leg] = await origin.search<Task>('Task', { focus: `ServiceRequest/${now.order.id}` });
  if (!leg || stateOf(leg) !== 'in-triage')
    throw unmet('el origen no encuentra el estado', 'the origin does not find the state');
  const actions = await origin.call<Parameters>('GET', `Task/${leg.id ?? ''}/$available-actions`);
  expectStatus(actions, '$available-actions', 200);
  expectNamed(actions, '$available-actions', 'in-triage', '$revoke');
}

export async function leavesTrail(scene: EndpointScene): Promise<void> {
  const now = await received(scene);
  const trail = await scene.peers.origin.search<Provenance>('Provenance', { target: `ServiceRequest/${now.order.id}` });
  const move = trail.find(({ activity }) => activity?.coding?.some(({ code }) => code === 'receive'));
  if (!move?.agent.some(({ who }) => who.reference?.startsWith('PractitionerRole/')))
    throw unmet('el movimiento no deja Provenance con quién lo hizo', 'the move leaves no Provenance with who made it');
}

export async function asksAndTells(scene: EndpointScene): Promise<void> {
  const asked = await scene.move(await received(scene), ASK, 'info-requested');
  await scene.move(asked, TELL, 'in-triage');
}

export async function accepts(scene: EndpointScene): Promise<void> {
  const now = await received(scene);
  const bare = await scene.ask(now, ACCEPT, { without: ['modality', 'service'] });
  expectStatus(bare, '$accept incompleto', 422);
  expectNamed(bare, '$accept incompleto', 'modality', 'service');
  await scene.move(now, ACCEPT, 'accepted-waiting');
}

export async function rejects(scene: EndpointScene): Promise<void> {
  const now = await received(scene);
  expectStatus(await scene.ask(now, REJECT, { without: ['nextStep'] }), '$reject sin paso siguiente', 422);
  await scene.move(now, REJECT, 'rejected');
}

export async function refuses(scene: EndpointScene): Promise<void> {
  const now = await received(scene);
  expectStatus(await scene.ask(now, ACCEPT, { by: ['clerk', 'destination'] }), '$accept por admisión', 403);
  const early = await scene.ask(now, BOOK);
  expectStatus(early, '$book en triaje', 422);
}

export async function books(scene: EndpointScene): Promise<void> {
  const now = await booked(scene);
  const reference = lastOutput(now.task, 'appointment') ?? 'Appointment/-';
  expectStatus(await scene.peers.origin.call<Appointment>('GET', reference), 'cita leída por el origen', 200);
}

export async function booksPlainly(scene: EndpointScene): Promise<void> {
  const now = await accepted(scene);
  const { to, destination } = scene.peers;
  const [specialist, scheduler, place] = await Promise.all([
    scene.directory.post('specialist', to),
    scene.directory.post('scheduler', to),
    scene.directory.location(to),
  ]);
  const start = atHour(onWeekday(Date.now() + 7 * DAY), 9);
  const appointment: Appointment = {
    resourceType: 'Appointment',
    extension: [
      {
        url: extensionUrl('contact-attempt'),
        extension: [
          { url: 'time', valueDateTime: localInstant(Date.now()) },
          { url: 'medium', valueCode: 'phone' },
          { url: 'reached', valueBoolean: true },
        ],
      },
    ],
    status: 'booked',
    start: localInstant(start),
    end: localInstant(start + HOUR / 2),
    basedOn: [{ reference: `ServiceRequest/${now.order.id}` }],
    participant: [now.order.subject, specialist, place].map((actor) => ({
      actor: { reference: actor.reference ?? '' },
      status: 'accepted',
    })),
  };
  const said = { resourceType: 'Provenance', agent: [{ who: { reference: scheduler.reference } }] };
  const answer = await destination.call('POST', 'Appointment', {
    body: appointment,
    headers: { 'x-provenance': JSON.stringify(said) },
  });
  expectStatus(answer, 'POST Appointment', 201);
  const leg = await destination.call<Task>('GET', `Task/${now.task.id}`);
  if (stateOf(leg.body) !== 'scheduled')
    throw unmet('la cita no mueve la referencia', 'the appointment does not move the referral');
}

export async function carriesMessages(scene: EndpointScene): Promise<void> {
  const now = await received(scene);
  const { origin, destination, to, from } = scene.peers;
  const [sender, facility] = await Promise.all([scene.directory.post('triage', to), scene.directory.facility(from)]);
  const message: Communication = {
    resourceType: 'Communication',
    status: 'completed',
    basedOn: [{ reference: `ServiceRequest/${now.order.id}` }],
    subject: { reference: now.order.subject.reference ?? '' },
    sent: new Date().toISOString(),
    sender: { reference: sender.reference },
    recipient: [{ reference: facility.reference.reference }],
    payload: [{ contentString: 'Mensaje de prueba de conformidad.' }],
  };
  expectStatus(await destination.call('POST', 'Communication', { body: message }), 'POST Communication', 201);
  const read = await origin.search<Communication>('Communication', { 'based-on': `ServiceRequest/${now.order.id}` });
  if (read.length === 0) throw unmet('el origen no ve el mensaje', 'the origin does not see the message');
}

export async function answers(scene: EndpointScene): Promise<void> {
  const answered = await scene.move(await attended(scene), RESPOND, 'answered');
  const { origin } = scene.peers;
  const [document] = await origin.search<DocumentReference>('DocumentReference', {
    patient: answered.order.subject.reference ?? '',
    related: `ServiceRequest/${answered.order.id}`,
  });
  const bundle = await origin.call<Bundle>('GET', document?.content[0]?.attachment.url ?? 'Bundle/-');
  expectStatus(bundle, 'respuesta leída por el origen', 200);
  if (bundle.body.type !== 'document') throw unmet('la respuesta no es un documento', 'the answer is no document');
  const read = await scene.move(answered, { move: 'acknowledge' }, 'follow-up');
  await scene.move(read, CLOSE, 'closed');
}
