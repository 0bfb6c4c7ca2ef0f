import { moveRow } from '../referral/moves.js';
import { STATES } from '../referral/states.js';
import { Differs, whyText } from './differs.js';
import { makeMove } from './make-move.js';
import { availableActions, movesMade } from './referral-view.js';
import { numberOf, type SentCase } from './sent-case.js';
import type { Stage } from './stage.js';

/** A case after its steps. */
export interface AdvancedCase extends SentCase {
  /** True when it stands where its script ends: nothing went wrong, and nobody moved it on since. */
  readonly asScripted: boolean;
}

/** Says what the service thinks of the state at the end of the script. */
async function standsAtEnd(stage: Stage, sent: SentCase): Promise<boolean> {
  const { ends, from } = sent.each;
  const { state } = await availableActions(stage.system(from), sent.task.id);
  if (state !== ends) stage.report.differs(`${numberOf(sent)}: está en «${state}», se esperaba «${ends}»`);
  return state === ends;
}

/**
 * Makes the steps of a case that are still to be made and tells each. What is done already is known from the
 * Provenance of the referral: those steps are told and left alone.
 */
export async function advanceCase(stage: Stage, sent: SentCase): Promise<AdvancedCase> {
  const { each, plan, person } = sent;
  const { directory, report, system } = stage;
  const origin = await directory.facility(each.from);
  const trail = await movesMade(system(each.from), sent.order.id);
  let now: SentCase = sent;
  for (const [index, planned] of plan.steps.entries()) {
    const { step, role, side, destination, to } = planned;
    const place = side === 'origin' ? each.from : destination;
    const actor = await directory.post(role, place);
    const goal = await directory.facility(destination);
    const what = `${numberOf(sent)} · ${person.name} · ${origin.name} → ${goal.name} · ${moveRow(step.move).es} · ${actor.display}`;
    const made = trail[index];
    try {
      if (made !== undefined && made !== step.move) throw new Differs(`antes se hizo otra cosa: ${made}`);
      if (made === undefined) now = { ...now, ...(await makeMove(stage, now, { planned, actor, place })) };
      report.step(made === undefined ? 'done' : 'already', `${what} → ${STATES[to].es}`, planned.edge);
    } catch (error) {
      report.step('different', `${what}: ${whyText(error)}`);
      return { ...now, asScripted: false };
    }
  }
  // Somebody may have gone on with the referral since: that is what it is for.
  const movedOn = trail.length > plan.steps.length;
  return { ...now, asScripted: !movedOn && (await standsAtEnd(stage, now)) };
}
