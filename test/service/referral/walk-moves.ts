import { setTimeout as sleep } from 'node:timers/promises';
import type { Bundle, Parameters, ParametersParameter, ServiceRequest } from '@medplum/fhirtypes';
import { demoPatientId } from '../../../src/access/accounts.js';
import { dateIn } from '../../../src/config/honduras-time.js';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { after, type Standing, type Walk } from '../../../src/demo/edge-walks.js';
import type { Edge } from '../../../src/referral/edges.js';
import { type MoveName, moveRow } from '../../../src/referral/moves.js';
import type { Party } from '../../../src/referral/parties.js';
import { serviceId } from '../../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../../src/seed/find-facility.js';
import type { TestService } from '../../support/service.js';
import {
  answerDocument,
  begun,
  booking,
  facility,
  FIELDS,
  type Moved,
  moved,
  order,
  type OrderOptions,
  placer,
  post,
} from './referral-fixture.js';
import { dayFromNow, makeSlots, pattern, slotsOf } from './slot-fixture.js';

/** A referral of a walk, as far as it has come. */
export interface Walker {
  readonly moved: Moved;
  readonly standing: Standing;
  /** Alias of the present destination. */
  readonly destination: 'hosp1' | 'hosp2';
}

/** What all walks of one test share. */
export interface WalkScene {
  readonly service: TestService;
  /** `Patient/id` of an account: an adult of no group that must be looked for. */
  readonly patient: string;
  /** Free slots that nobody has taken yet. */
  readonly slots: { id: string }[];
  /** Location references by alias of the hospital. */
  readonly locations: Readonly<Record<string, string>>;
  /** Visits are still to come: a patient changes only such; otherwise they have just begun, so that they can be missed. */
  readonly ahead?: true;
}

const SHORT_TERM_MS = 2_000;
/** Account of the person whose referrals walk. */
const WALKING_PATIENT = 'patient.1';
/** Slots of the destination's cardiology: the patient chooses one of them. */
const SLOTS_DAY = 60;

const coding = (system: string, code: string) => ({ system: codeSystemUrl(system), code });

/** Looks up the places and opens slots. */
export async function walkScene(service: TestService): Promise<WalkScene> {
  const day = dayFromNow(SLOTS_DAY);
  const cardiology = `HealthcareService/${serviceId(facilityByAlias('hosp1')?.rups ?? '', 'cardiologia')}`;
  await makeSlots(service, pattern({ from: day }), { of: cardiology });
  const place = async (alias: string): Promise<readonly [string, string]> => {
    const query = `Location?organization=Organization/${facility(alias)}&_count=1`;
    const { body } = await service.call<Bundle>('conformance', 'GET', query);
    return [alias, `Location/${body.entry?.[0]?.resource?.id ?? ''}`];
  };
  const locations = Object.fromEntries(await Promise.all(['hosp1', 'hosp2'].map(place)));
  const slots = await slotsOf(service, day, 'free');
  return { service, patient: `Patient/${demoPatientId(WALKING_PATIENT)}`, slots, locations };
}

/** Account of a person who is a party of a walking referral. */
export const accountOf = (party: Party, { destination }: Pick<Walker, 'destination'>): string | undefined =>
  ({
    OC: 'clinician.uaps1',
    OA: 'clerk.uaps1',
    DD: `clerk.${destination}`,
    DT: `triage.${destination}`,
    DS: `scheduler.${destination}`,
    DC: `specialist.${destination}`,
    RG: 'manager.red1',
    PT: WALKING_PATIENT,
    // Timers act inside the service.
    SY: undefined,
  })[party];

const DISPOSITIONS: Readonly<Record<string, string>> = { advice: 'advice', onward: 'onward', died: 'died' };

/** What a patient gives: a reason of a patient, and a free slot. */
const PATIENT_INPUTS: Partial<Record<MoveName, (scene: WalkScene) => ParametersParameter[]>> = {
  reschedule: ({ slots }) => [
    { name: 'reason', valueCoding: coding('cancel-reason', 'patient-transport') },
    { name: 'slot', valueReference: { reference: `Slot/${slots.shift()?.id ?? ''}` } },
  ],
  'cancel-appointment': () => [{ name: 'reason', valueCoding: coding('cancel-reason', 'patient-unwell') }],
};

/** Everything that a move must carry where a referral stands. */
export function inputOf(
  scene: WalkScene,
  { moved: { referral }, destination, standing }: Walker,
  edge: Edge,
  account = 'conformance',
): ParametersParameter[] {
  if (account === WALKING_PATIENT) return PATIENT_INPUTS[edge.move]?.(scene) ?? [];
  const usual = edge.move === 'amend' && !standing.care ? 'advice' : 'discharge';
  const disposition = DISPOSITIONS[edge.when ?? ''] ?? usual;
  const document = (status: 'final' | 'preliminary' | 'amended') =>
    answerDocument(referral, disposition, status).slice(0, 1);
  const visit = booking(scene.locations[destination] ?? '');
  const booked = scene.ahead ? visit : begun(visit);
  const inputs: Partial<Record<MoveName, ParametersParameter[]>> = {
    ...FIELDS,
    // A short term, so that whoever asked can soon say that nobody answered.
    'request-info': FIELDS['request-info'].map((field) =>
      field.name === 'due' ? { name: 'due', valueDateTime: new Date(Date.now() + SHORT_TERM_MS).toISOString() } : field,
    ),
    'withdraw-info': [{ name: 'reason', valueString: 'Ya estaba en el expediente' }],
    'pause-waiting': [
      { name: 'from', valueDate: dateIn(new Date()) },
      { name: 'until', valueDate: dateIn(new Date(Date.now() + 86_400_000)) },
      { name: 'reason', valueCoding: coding('unavailable-reason', 'travel') },
    ],
    'no-response': [{ name: 'comment', valueString: 'No llegó el electrocardiograma' }],
    redirect: [
      { name: 'reason', valueCoding: coding('redirect-reason', 'capacity') },
      {
        name: 'performer',
        valueReference: { reference: `Organization/${facility(destination === 'hosp1' ? 'hosp2' : 'hosp1')}` },
      },
    ],
    resubmit: [{ name: 'change', valueString: 'Resultados adjuntos' }],
    convert: [{ name: 'reason', valueString: 'Hay que verlo' }],
    book: booked,
    reschedule: [{ name: 'reason', valueCoding: coding('cancel-reason', 'provider-schedule') }, ...booked],
    'cancel-appointment': [{ name: 'reason', valueCoding: coding('cancel-reason', 'provider-absent') }],
    'no-show': [{ name: 'reason', valueCoding: coding('no-show-reason', 'unknown') }],
    'not-arrived': [{ name: 'reason', valueCoding: coding('no-show-reason', 'unknown') }],
    'contact-attempt': [
      { name: 'medium', valueCoding: coding('contact-medium', 'phone') },
      { name: 'reached', valueBoolean: true },
    ],
    'leave-list': [
      { name: 'reason', valueCoding: coding('exit-cause', 'improved') },
      { name: 'approver', valueReference: { reference: post(`triage.${destination}`) } },
    ],
    'start-care': [
      { name: 'practitioner', valueReference: { reference: post(`specialist.${destination}`) } },
      { name: 'start', valueDateTime: '2026-11-29T09:05:00-06:00' },
    ],
    interim: document('preliminary'),
    respond: answerDocument(referral, disposition),
    amend: [{ name: 'reason', valueString: 'La dosis estaba mal' }, ...document('amended')],
    'request-cancel': [{ name: 'reason', valueCoding: coding('exit-cause', 'improved') }],
    'record-death': [{ name: 'reason', valueCoding: coding('exit-cause', 'died') }],
    void: [{ name: 'reason', valueString: 'Era de otro paciente' }],
  };
  return inputs[edge.move] ?? [];
}

/** Asks for a move with the version last seen, or with another one. */
export async function ask(
  { service }: WalkScene,
  { moved: before }: Walker,
  move: MoveName,
  account: string,
  parameter: readonly ParametersParameter[],
  etag = before.etag,
): Promise<Moved> {
  const target = moveRow(move).on === 'Task' ? `Task/${before.task.id}` : `ServiceRequest/${before.referral.id}`;
  const answer = await service.call<Parameters>(account, 'POST', `${target}/$${move}`, {
    body: { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) },
    headers: { 'if-match': etag },
  });
  return moved(answer);
}

/** A draft of the walk's kind. */
export async function startWalk(
  { service, patient }: WalkScene,
  standing: Standing,
  options: OrderOptions = {},
): Promise<Walker> {
  const draft = order({
    placer: placer(),
    subject: patient,
    priority: standing.stat ? 'stat' : 'routine',
    advice: standing.advice,
    ...(standing.stat ? { arrives: new Date(Date.now() + SHORT_TERM_MS).toISOString() } : {}),
    ...options,
  });
  const saved = await service.call<ServiceRequest & { id: string }>('clinician.uaps1', 'POST', 'ServiceRequest', {
    body: draft,
  });
  if (saved.status !== 201) throw new Error(saved.text);
  const etag = saved.headers.get('etag') ?? '';
  const none = undefined as unknown as Moved['task'];
  const first: Moved = { answer: saved as never, referral: saved.body, task: none, etag, state: 'draft' };
  return { moved: first, standing, destination: 'hosp1' };
}

/** Moves that somebody may make when the term of the state is over. */
const WAITING: ReadonlySet<MoveName> = new Set(['no-response', 'not-arrived']);

/** Follows one edge as an account. Throws Error when the service does not lead where the table says. */
export async function step(scene: WalkScene, walker: Walker, edge: Edge, account = 'conformance'): Promise<Walker> {
  const end = walker.moved.task?.restriction?.period?.end;
  if (WAITING.has(edge.move) && end !== undefined) await sleep(Math.max(0, Date.parse(end) + 1 - Date.now()));
  const next = await ask(scene, walker, edge.move, account, inputOf(scene, walker, edge, account));
  const way = `T${edge.t} ${walker.standing.state} $${edge.move} as ${account}`;
  if (next.answer.status !== 200) throw new Error(`${way}: ${next.answer.status} ${next.answer.text}`);
  const state = next.state ?? (next.referral.status === 'entered-in-error' ? 'error' : 'draft');
  if (state !== edge.to) throw new Error(`${way}: leads to ${state}, not to ${edge.to}`);
  const elsewhere = walker.destination === 'hosp1' ? 'hosp2' : 'hosp1';
  return {
    moved: next,
    standing: after(edge, walker.standing),
    destination: edge.move === 'redirect' ? elsewhere : walker.destination,
  };
}

/** Follows a walk to its end, all of it as somebody who may be anyone. */
export async function follow(scene: WalkScene, { start, edges }: Walk, options: OrderOptions = {}): Promise<Walker> {
  let walker = await startWalk(scene, start, options);
  for (const edge of edges) walker = await step(scene, walker, edge);
  return walker;
}
