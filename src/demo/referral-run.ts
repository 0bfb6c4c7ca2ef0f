import type { Parameters, Patient, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { SID } from '../config/canonical.js';
import { MOVES } from '../referral/moves.js';
import { type ReferralState, STATES } from '../referral/states.js';
import { lastOutput } from '../referral/task-io.js';
import { stateOf } from '../referral/vocabulary.js';
import { answerDocument } from './answer-document.js';
import { caseBundle } from './case-bundle.js';
import type { DemoCase, StepOf } from './demo-data.js';
import type { Post } from './directory.js';
import { availableActions, movesMade } from './referral-view.js';
import { moveInput } from './move-inputs.js';
import { type PlannedCase, type PlannedStep, planCase } from './plan-case.js';
import { refusalText } from './refusal-text.js';
import { registerPerson } from './register-people.js';
import type { Registered, Stage } from './stage.js';

type WithId<T> = T & { readonly id: string };

const resourceIn = <T extends Resource>({ parameter }: Parameters, name: string): WithId<T> => {
  const found = parameter?.find((each) => each.name === name)?.resource;
  if (!found) throw new Error(`the answer has no ${name}`);
  return found as WithId<T>;
};

/** Why a step is not as expected, in words. */
class Differs extends Error {}

/** One case on the service: sent once, then moved step by step as far as its script goes. */
export class ReferralRun {
  readonly plan: PlannedCase;
  readonly #stage: Stage;
  #person!: Registered;
  #order?: WithId<ServiceRequest>;
  #task?: WithId<Task>;
  #asScripted = false;
  #failed = false;

  constructor(
    stage: Stage,
    readonly each: DemoCase,
  ) {
    this.#stage = stage;
    this.plan = planCase(each);
  }

  /** True when the service has the referral. */
  get wasSent(): boolean {
    return this.#task !== undefined;
  }

  /** True when the referral stands where its script ends, and not somewhere else or further on. */
  get asScripted(): boolean {
    return this.#asScripted;
  }

  get number(): string {
    return this.#order.identifier?.find(({ system }) => system === SID.referencia)?.value ?? '';
  }

  get order(): WithId<ServiceRequest> {
    return this.#order;
  }

  get task(): WithId<Task> {
    return this.#task;
  }

  get person(): Registered {
    return this.#person;
  }

  /** Sends the case; sent before, it is found by its placer number and stays as it is. */
  async send(): Promise<void> {
    const { each, plan } = this;
    const { directory, system, report } = this.#stage;
    const [origin, destination, author] = await Promise.all([
      directory.facility(each.from),
      directory.facility(each.to),
      directory.post('clinician', each.from),
    ]);
    const way = `${origin.name} → ${destination.name}`;
    try {
      this.#person = await this.#patient();
      const patient = { reference: `Patient/${this.#person.id}` };
      const scene = { origin, destination, author, patient, person: this.#person.person, now: Date.now() };
      const { body, status } = await system(each.from).operation('submit', 'ServiceRequest', {
        input: caseBundle(each, scene),
      });
      this.#take(body);
      const state = stateOf(this.#task);
      if (status === 201 && state !== plan.sent) throw new Differs(`quedó en «${state ?? '?'}»`);
      const word = STATES[status === 201 ? plan.sent : (state ?? plan.sent)].es;
      report.step(
        status === 201 ? 'done' : 'already',
        `${this.#who()} · ${way} · enviar · ${author.display} → ${word}`,
      );
    } catch (error) {
      this.#failed = true;
      report.step('different', `caso ${each.key} · ${way} · enviar: ${this.#why(error)}`);
    }
  }

  /** Makes the steps that are still to be made; those of an earlier run are told and left alone. */
  async advance(): Promise<void> {
    if (this.#failed) return;
    const { report } = this.#stage;
    const trail = await movesMade(this.#stage.system(this.each.from), this.#order.id);
    for (const [index, planned] of this.plan.steps.entries()) {
      const made = trail[index];
      const line = `${this.#who()} · ${await this.#way(planned)} · ${MOVES[planned.step.move].es}`;
      const actor = await this.#actor(planned);
      try {
        if (made !== undefined && made !== planned.step.move)
          throw new Differs(`ya se hizo «${MOVES[made as keyof typeof MOVES]?.es ?? made}»`);
        if (made === undefined) await this.#move(planned, actor);
        report.step(made === undefined ? 'done' : 'already', `${line} · ${actor.display} → ${STATES[planned.to].es}`);
      } catch (error) {
        this.#failed = true;
        report.step('different', `${line} · ${actor.display}: ${this.#why(error)}`);
        return;
      }
    }
    await this.#assertEnd(trail.length);
  }

  #why = (error: unknown): string => (error instanceof Differs ? error.message : refusalText(error));
  #who = (): string => `${this.number} · ${this.#person.name}`;

  #take(answer: Parameters): void {
    this.#order = resourceIn<ServiceRequest>(answer, 'referral');
    this.#task = resourceIn<Task>(answer, 'task');
  }

  /** The patient as the origin knows him or her; somebody registered elsewhere is found by identifier. */
  async #patient(): Promise<Registered> {
    const { people } = this.#stage;
    const known = people.get(this.each.patient);
    if (!known) throw new Differs(`${this.each.patient} no está registrado`);
    return known.person.at === this.each.from
      ? known
      : (await registerPerson(this.#stage, known.person, this.each.from)).found;
  }

  async #way({ destination }: PlannedStep): Promise<string> {
    const { directory } = this.#stage;
    const [origin, goal] = await Promise.all([directory.facility(this.each.from), directory.facility(destination)]);
    return `${origin.name} → ${goal.name}`;
  }

  #place = ({ side, destination }: PlannedStep): string => (side === 'origin' ? this.each.from : destination);
  #actor = (planned: PlannedStep): Promise<Post> => this.#stage.directory.post(planned.role, this.#place(planned));

  async #move(planned: PlannedStep, actor: Post): Promise<void> {
    const { step, from, to, destination } = planned;
    const { directory, system } = this.#stage;
    const alias = this.#place(planned);
    const { state, version, moves } = await availableActions(system(alias), this.#task.id, actor);
    if (state !== from) throw new Differs(`está en «${state}», se esperaba «${from}»`);
    if (!moves.includes(step.move)) throw new Differs(`no se ofrece; se ofrece: ${moves.join(', ') || 'nada'}`);
    const now = Date.now();
    const parameter = await moveInput(step, {
      each: this.each,
      destination,
      directory,
      actor,
      now,
      document: (answer) => this.#document(answer, alias, actor, now),
    });
    const target = MOVES[step.move].on === 'Task' ? `Task/${this.#task.id}` : `ServiceRequest/${this.#order.id}`;
    const { body } = await system(alias).operation(step.move, target, {
      input: { resourceType: 'Parameters', parameter },
      ifMatch: version,
    });
    this.#take(body);
    const after = stateOf(this.#task);
    if (after !== to) throw new Differs(`quedó en «${after ?? '?'}», se esperaba «${to}»`);
  }

  async #document(step: StepOf<'respond'>, alias: string, author: Post, now: number): Promise<Resource> {
    const encounter = lastOutput(this.#task, 'encounter');
    return answerDocument(step, {
      number: this.number,
      order: this.#order.id,
      patient: await this.#stage.system(alias).read<WithId<Patient>>(`Patient/${this.#person.id}`),
      encounter: { reference: encounter },
      diagnosis: `${this.each.diagnosis}: ${step.summary}`,
      facility: await this.#stage.directory.facility(alias),
      author,
      now,
    });
  }

  /** What the service says of the referral at the end; somebody else may have moved it on since the script ended. */
  async #assertEnd(made: number): Promise<void> {
    if (made > this.plan.steps.length) return;
    const { state } = await availableActions(this.#stage.system(this.each.from), this.#task.id);
    const expected: ReferralState = this.each.ends;
    if (state !== expected) this.#stage.report.differs(`${this.#who()}: está en «${state}», se esperaba «${expected}»`);
  }
}
