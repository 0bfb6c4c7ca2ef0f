import { setTimeout as sleep } from 'node:timers/promises';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { type AnswerEdition, type AnswerText, buildAnswer } from '../referral/build-answer.js';
import { MOVES } from '../referral/moves.js';
import { lastOutput } from '../referral/task-io.js';
import { stateOf } from '../referral/vocabulary.js';
import { localInstant } from '../seed/history/calendar.js';
import { Differs } from './differs.js';
import type { Post } from './directory.js';
import { type AnswerStep, moveInput } from './move-inputs.js';
import type { PlannedStep } from './plan-case.js';
import { availableActions } from './referral-view.js';
import { numberOf, pairIn, type ReferralPair, type SentCase } from './sent-case.js';
import type { Stage } from './stage.js';

const SECOND = 1_000;

/** A step about to be made: by whom, at which facility (alias). */
interface Making {
  readonly planned: PlannedStep;
  readonly actor: Post;
  readonly place: string;
}

/** The answer that the destination's specialist writes. */
async function documentOf(
  stage: Stage,
  sent: SentCase,
  { actor, place }: Making,
  step: AnswerStep,
  now: number,
): Promise<Bundle> {
  const encounter = lastOutput(sent.task, 'encounter');
  if (encounter === undefined && step.disposition !== 'advice') throw new Differs('la referencia no tiene encuentro');
  return buildAnswer(
    { ...answerText(step), diagnosis: `${sent.each.diagnosis}: ${step.summary}`, diagnosisCode: sent.each.diagnosis },
    {
      number: numberOf(sent),
      order: sent.order.id,
      patient: await stage.system(place).read<Patient & { id: string }>(`Patient/${sent.person.id}`),
      ...(encounter === undefined ? {} : { encounter: { reference: encounter } }),
      facility: (await stage.directory.facility(place)).reference,
      author: actor,
      time: localInstant(now),
      ...editionOf(sent, step),
    },
  );
}

/** Which of the answers to the referral it is; the version of the leg tells them apart. */
function editionOf({ task }: SentCase, { move }: AnswerStep): { edition?: AnswerEdition } {
  const version = task.meta?.versionId ?? '';
  if (move === 'interim') return { edition: { status: 'preliminary', suffix: `P${version}` } };
  return move === 'amend' ? { edition: { status: 'amended', suffix: `R${version}` } } : {};
}

/** Waits until the term of the state is over. */
async function termOver({ task }: SentCase): Promise<void> {
  const end = Date.parse(task.restriction?.period?.end ?? '');
  await sleep(Math.max(0, end + SECOND - Date.now()));
}

/** Words of the answer as the script has them. */
function answerText(step: AnswerStep): Omit<AnswerText, 'diagnosis'> {
  const { summary, medications, plan, message, disposition, findings, treatment, warning } = step;
  return {
    ...{ summary, medications, plan, message, disposition },
    ...(findings === undefined ? {} : { findings }),
    ...(treatment === undefined ? {} : { treatment }),
    ...(warning === undefined ? {} : { warning }),
  };
}

/**
 * Makes one move, when the service says that it is possible now and that the referral stands where the script thinks.
 * @returns the referral afterwards
 * @throws Differs when one of the two is not so, or when the move leads elsewhere; the client's error for a refusal
 */
export async function makeMove(stage: Stage, sent: SentCase, making: Making): Promise<ReferralPair> {
  const { planned, actor, place } = making;
  const { step, from, to, destination } = planned;
  const { state, version, moves } = await availableActions(stage.system(place), sent.task.id, actor);
  if (state !== from) throw new Differs(`está en «${state}», se esperaba «${from}»`);
  if (!moves.includes(step.move)) throw new Differs(`no se ofrece; se ofrece: ${moves.join(', ') || 'nada'}`);
  if (step.move === 'no-response' || step.move === 'not-arrived') await termOver(sent);
  const now = Date.now();
  const parameter = await moveInput(step, {
    each: sent.each,
    destination,
    directory: stage.directory,
    actor,
    now,
    document: (answer) => documentOf(stage, sent, making, answer, now),
  });
  const target = MOVES[step.move].on === 'Task' ? `Task/${sent.task.id}` : `ServiceRequest/${sent.order.id}`;
  const { body } = await stage.system(place).operation(step.move, target, {
    input: { resourceType: 'Parameters', parameter },
    ifMatch: version,
  });
  const moved = pairIn(body);
  const after = stateOf(moved.task);
  if (after !== to) throw new Differs(`quedó en «${after ?? '?'}», se esperaba «${to}»`);
  return moved;
}
