import { randomUUID } from 'node:crypto';
import type { Bundle, OperationOutcome, Parameters, Patient } from '@medplum/fhirtypes';
import { caseBundle } from '../demo/case-bundle.js';
import { type DemoCase, type DemoPerson, type DemoStep, loadDemoData } from '../demo/demo-data.js';
import { Directory, type Post } from '../demo/directory.js';
import { moveInput } from '../demo/move-inputs.js';
import { identifierOf, personResource } from '../demo/person-resource.js';
import { pairIn, type ReferralPair } from '../demo/sent-case.js';
import { buildAnswer } from '../referral/build-answer.js';
import { moveRow } from '../referral/moves.js';
import type { ReferralState } from '../referral/states.js';
import { lastOutput } from '../referral/task-io.js';
import { stateOf } from '../referral/vocabulary.js';
import { localInstant } from '../seed/history/calendar.js';
import type { PeerAnswer, PeerClient } from './peer-client.js';
import { unmet } from './requirement.js';

/** A referral as the endpoint answered last. */
export interface Standing extends ReferralPair {
  readonly etag: string;
  readonly patient: Patient & { readonly id: string };
}

/** The two systems that the kit plays, and the facilities (aliases of the directory) for which it does. */
export interface Peers {
  readonly origin: PeerClient;
  readonly destination: PeerClient;
  readonly from: string;
  readonly to: string;
}

/** The one point of the plan in the answer: the closing names it by these words. */
export const PLAN = 'Control en un mes.';

/** Post that makes each step: role and side. */
const MAKERS: Readonly<Partial<Record<DemoStep['move'], readonly [string, 'origin' | 'destination']>>> = {
  receive: ['clerk', 'destination'],
  'request-info': ['triage', 'destination'],
  'provide-info': ['clinician', 'origin'],
  accept: ['triage', 'destination'],
  reject: ['triage', 'destination'],
  book: ['scheduler', 'destination'],
  arrive: ['clerk', 'destination'],
  'start-care': ['specialist', 'destination'],
  respond: ['specialist', 'destination'],
  acknowledge: ['clinician', 'origin'],
  close: ['clinician', 'origin'],
  revoke: ['clinician', 'origin'],
};

export interface MoveOptions {
  /** If-Match; that of the last answer when absent, none when `''`. */
  readonly etag?: string;
  /** Another maker than the usual one. */
  readonly by?: readonly [string, 'origin' | 'destination'];
  /** Parameters to leave out. */
  readonly without?: readonly string[];
}

export const outcomeText = ({ body }: PeerAnswer<unknown>): string =>
  ((body as OperationOutcome | undefined)?.issue ?? [])
    .map(({ diagnostics, details }) => diagnostics ?? details?.text ?? '')
    .join(' | ');

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new RangeError(`the demonstration data have no ${what}`);
  return value;
};

/** Plays both sides of referrals against an endpoint, as the systems of two facilities would. */
export class EndpointScene {
  readonly directory: Directory;
  readonly #each: DemoCase;
  readonly #person: DemoPerson;
  #patient: Promise<Patient & { id: string }> | undefined;

  constructor(readonly peers: Peers) {
    const { cases, people } = loadDemoData();
    const first = cases.find(({ ends }) => ends === 'sent');
    this.#each = { ...found(first, 'case'), from: peers.from, to: peers.to };
    this.#person = {
      ...found(
        people.find(({ key }) => key === first?.patient),
        'person',
      ),
      at: peers.from,
    };
    this.directory = new Directory(peers.origin);
  }

  /** The person whom all referrals of the kit are about. */
  patient(): Promise<Patient & { id: string }> {
    this.#patient ??= this.#register();
    return this.#patient;
  }

  async #register(): Promise<Patient & { id: string }> {
    const { system, value } = identifierOf(this.#person);
    const facility = await this.directory.facility(this.peers.from);
    const answer = await this.peers.origin.call<Patient & { id: string }>('POST', 'Patient', {
      body: personResource(this.#person, { facility, now: Date.now() }),
      headers: { 'if-none-exist': new URLSearchParams({ identifier: `${system}|${value}` }).toString() },
    });
    if (answer.status >= 300)
      throw unmet(
        `no registra una persona: HTTP ${answer.status}`,
        `does not register a person: HTTP ${answer.status}`,
      );
    return answer.body;
  }

  /** Bundle of a new referral, with a placer number of its own. */
  async bundle(): Promise<Bundle> {
    const { from, to } = this.peers;
    const patient = await this.patient();
    const [origin, destination, author] = await Promise.all([
      this.directory.facility(from),
      this.directory.facility(to),
      this.directory.post('clinician', from),
    ]);
    const each = { ...this.#each, key: `KIT-${randomUUID()}` };
    const reference = { reference: `Patient/${patient.id}` };
    return caseBundle(each, {
      origin,
      destination,
      author,
      patient: reference,
      person: this.#person,
      first: false,
      now: Date.now(),
    });
  }

  submit(body: Bundle): Promise<PeerAnswer<Parameters>> {
    return this.peers.origin.call('POST', 'ServiceRequest/$submit', { body });
  }

  /** A referral that was sent. */
  async sent(): Promise<Standing> {
    return this.standing(await this.submit(await this.bundle()), 'sent', '$submit');
  }

  /** The referral in an answer; Unmet when it is none, or in another state than expected. */
  async standing(answer: PeerAnswer<Parameters>, state: ReferralState, what: string): Promise<Standing> {
    if (answer.status >= 300)
      throw unmet(
        `${what} contesta HTTP ${answer.status}: ${outcomeText(answer)}`,
        `${what} answers HTTP ${answer.status}: ${outcomeText(answer)}`,
      );
    const pair = pairIn(answer.body);
    const now = stateOf(pair.task);
    if (now !== state)
      throw unmet(`${what} deja «${now ?? '?'}», no «${state}»`, `${what} leads to "${now ?? '?'}", not "${state}"`);
    return {
      ...pair,
      etag: answer.headers.get('etag') ?? `W/"${pair.task.meta?.versionId ?? ''}"`,
      patient: await this.patient(),
    };
  }

  /** Asks for one move. */
  async ask(at: Standing, step: DemoStep, options: MoveOptions = {}): Promise<PeerAnswer<Parameters>> {
    const [role, side] = options.by ?? found(MAKERS[step.move], `maker of ${step.move}`);
    const actor = await this.directory.post(role, side === 'origin' ? this.peers.from : this.peers.to);
    const scene = { each: this.#each, destination: this.peers.to, directory: this.directory, actor, now: Date.now() };
    const parameter = await moveInput(step, { ...scene, document: () => this.#document(at, actor) });
    const { on } = moveRow(step.move);
    const target = on === 'Task' ? `Task/${at.task.id}` : `ServiceRequest/${at.order.id}`;
    const etag = options.etag ?? at.etag;
    return this.peers[side].call('POST', `${target}/$${step.move}`, {
      body: { resourceType: 'Parameters', parameter: parameter.filter(({ name }) => !options.without?.includes(name)) },
      headers: etag === '' ? {} : { 'if-match': etag },
    });
  }

  /** Makes one move; Unmet when it does not lead where it should. */
  async move(at: Standing, step: DemoStep, state: ReferralState): Promise<Standing> {
    return this.standing(await this.ask(at, step), state, `$${step.move}`);
  }

  async #document(at: Standing, author: Post): Promise<Bundle> {
    const encounter = lastOutput(at.task, 'encounter');
    const facility = await this.directory.facility(this.peers.to);
    return buildAnswer(
      {
        summary: 'Prueba de conformidad.',
        diagnosis: 'Prueba de conformidad',
        medications: [],
        plan: PLAN,
        message: 'Esta es una prueba.',
        disposition: 'discharge',
      },
      {
        number: at.task.groupIdentifier?.value ?? '',
        order: at.order.id,
        patient: at.patient,
        ...(encounter === undefined ? {} : { encounter: { reference: encounter } }),
        facility: facility.reference,
        author,
        time: localInstant(Date.now()),
      },
    );
  }
}
