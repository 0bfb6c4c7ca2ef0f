import type { VNode } from 'preact';
import type { Role } from '../../../../access/caller.js';
import { noResponseProposal } from '../../../../referral/no-response-proposal.js';
import { PARTIES } from '../../../../referral/parties.js';
import { stateRow } from '../../../../referral/states.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { Button, LinkButton } from '../../../components/button.js';
import { ClockTag } from '../../../components/clock-tag.js';
import { Form } from '../../../components/form.js';
import { Notice } from '../../../components/notice.js';
import { StateTag, UrgencyTag } from '../../../components/referral-tags.js';
import { timeText } from '../../../dates.js';
import { useLanguage, useSay } from '../../../language.js';
import type { PageContext } from '../../../page-context.js';
import { awayText } from '../../../resources/away-words.js';
import { QUEUE } from '../../../texts/queue.js';
import { MOVE_WORDS } from '../../../texts/referral-moves.js';
import { NEXT_STEPS } from '../../../texts/referral-states.js';
import { REFERRAL } from '../../../texts/referral.js';
import { INBOX } from '../../../texts/worklists.js';
import { MOVE_FORMS } from '../forms/move-forms.js';
import { type MoveButton, moveButtons } from '../move-buttons.js';
import { isNotYet } from '../not-yet.js';
import { mayMoveInQueue, queueHref } from '../queue-right.js';
import type { ReferralView } from '../referral-view.js';

/** Hidden fields of every form of a move: what the person saw. */
export function SeenFields({ view }: { readonly view: ReferralView }): VNode {
  return (
    <>
      <input type="hidden" name="version" value={view.version} />
      <input type="hidden" name="task" value={view.leg?.id ?? ''} />
    </>
  );
}

/** One move: posted at once when nothing is to be filled in, else a link to its form. */
function Move({ view, button: { move, kind } }: { readonly view: ReferralView; readonly button: MoveButton }): VNode {
  const href = `/referencias/${view.order.id}/${move}`;
  const { button: label } = MOVE_WORDS[move];
  return MOVE_FORMS[move].oneClick ? (
    <Form action={href}>
      <SeenFields view={view} />
      <Button label={label} kind={kind} />
    </Form>
  ) : (
    <LinkButton label={label} href={href} kind={kind} />
  );
}

interface BoxProps {
  readonly page: PageContext;
  readonly view: ReferralView;
}

/** Whose turn it is: "Triaje del destino, en Hospital 1". */
function TurnOf({ page, view }: BoxProps): VNode {
  const say = useSay();
  const { actsNext, worklist } = stateRow(view.state);
  if (!actsNext) return <p>{say(REFERRAL.nobodyTurn)}</p>;
  const { role } = page.signedIn();
  const yours = worklist.some(
    (party) => PARTIES[party].side === view.side && PARTIES[party].roles.some((one: Role) => one === role),
  );
  if (yours && actsNext === view.side) return <p>{say(REFERRAL.turnYours)}</p>;
  const who = worklist.filter((party) => PARTIES[party].side === actsNext).map((party) => say(PARTIES[party]));
  return (
    <p>{say(REFERRAL.turnOf, { who: who.join(say(REFERRAL.or)), where: view.facilityName(view.sides[actsNext]) })}</p>
  );
}

/** What the service proposes once the origin's term has passed; a person confirms it, changes its words, or leaves it. */
function Proposal({ page, view }: BoxProps): VNode | null {
  const { say } = page;
  if (!view.actions.includes('no-response')) return null;
  const { leg, state } = view;
  const asked = view.sideTasks('provide-information').at(-1);
  const proposal = noResponseProposal({ state, leg, asked }, new Date());
  if (!proposal) return null;
  const href = `/referencias/${view.order.id}/no-response`;
  return (
    <Notice kind="warn" title={say(REFERRAL.proposal)}>
      <p>{say(proposal)}</p>
      <p>{say(REFERRAL.proposalWhy)}</p>
      <Form action={href}>
        <SeenFields view={view} />
        <input type="hidden" name="comment" value={proposal.es} />
        <Button label={REFERRAL.proposalConfirm} kind="danger" />
        <LinkButton label={REFERRAL.proposalChange} href={href} />
      </Form>
    </Notice>
  );
}

/** Where the referral stands, whose turn it is and until when, what to do next, and the buttons for it. */
export function StateBox({ page, view }: BoxProps): VNode {
  const say = useSay();
  const language = useLanguage();
  const visit = view.find('Appointment', view.leg && lastOutput(view.leg, 'appointment'))?.start;
  const now = new Date();
  const buttons = moveButtons(view.actions.filter((move) => !isNotYet(move, { leg: view.leg, visit }, now)));
  const [main, ...others] = buttons;
  const { clock, actsNext } = stateRow(view.state);
  const due = clock ? view.leg?.restriction?.period?.end : undefined;
  const next = NEXT_STEPS[view.state][view.side ?? 'origin'];
  const away = view.leg && awayText(page, view.leg, now);
  return (
    <section class="rr-box" aria-labelledby="como-va">
      <h2 id="como-va">{say(REFERRAL.state)}</h2>
      <p class="rr-tags">
        <StateTag state={view.state} />
        <UrgencyTag priority={view.leg?.priority ?? view.order.priority ?? 'routine'} />
        {due !== undefined && <ClockTag due={new Date(due)} kind={view.state === 'scheduled' ? 'visit' : 'term'} />}
      </p>
      <p class="rr-next">{say(next)}</p>
      {away !== undefined && (
        <p>
          <strong>{away}</strong> {say(INBOX.awayWhy)}
        </p>
      )}
      <TurnOf page={page} view={view} />
      <Proposal page={page} view={view} />
      {due !== undefined && actsNext && clock !== 'visit' && (
        <p>{say(REFERRAL.due, { when: timeText(due, language) })}</p>
      )}
      {mayMoveInQueue(page, view) && (
        <p>
          <a href={queueHref(view)}>{say(QUEUE.link)}</a>
        </p>
      )}
      {main ? (
        <div class="rr-moves">
          <Move view={view} button={main} />
          {others.map((button) => (
            <Move view={view} button={button} />
          ))}
        </div>
      ) : (
        actsNext && <p class="rr-quiet">{say(REFERRAL.nothingForYou)}</p>
      )}
    </section>
  );
}
