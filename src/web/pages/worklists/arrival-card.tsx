import type { VNode } from 'preact';
import { LinkButton } from '../../components/button.js';
import { Facts } from '../../components/facts.js';
import { StateTag, UrgencyTag } from '../../components/referral-tags.js';
import { Tag } from '../../components/tag.js';
import { timeText } from '../../dates.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { ageText, identifierTexts, nameOrUnknown } from '../../resources/person.js';
import { type ReferralRow, specialtyText } from '../../resources/referral-rows.js';
import type { SlotRow } from '../../resources/slot-rows.js';
import { RECEPTION } from '../../texts/reception.js';
import { INBOX } from '../../texts/worklists.js';
import { isNotYet } from '../referral/not-yet.js';
import { isToday } from './find-arrivals.js';
import { Offers } from './lost-slots.js';
import { movesHere, turnOf } from './next-step.js';

/** Buttons of the desk: move -> its words; the first one that is possible is the main one. */
const DESK_MOVES = [
  ['arrive', RECEPTION.arrived],
  ['no-show', RECEPTION.noShow],
  ['not-arrived', RECEPTION.noShow],
  ['receive', RECEPTION.receive],
] as const;

/** One open referral at the desk: who, for what, when, and the buttons that the person at the desk may press now. */
export function ArrivalCard({
  page,
  row,
  origin,
  now,
  offers,
}: {
  readonly page: PageContext;
  readonly row: ReferralRow;
  /** Name of the facility that sent it. */
  readonly origin: string;
  readonly now: Date;
  /** Free slots that suit a person who has no appointment. */
  readonly offers: readonly SlotRow[];
}): VNode {
  const say = useSay();
  const { patient, task, state, appointment, referralId } = row;
  const visit = state === 'scheduled' ? appointment?.start : undefined;
  const moves = movesHere(page, row);
  const buttons = DESK_MOVES.filter(([move]) => moves.includes(move) && !isNotYet(move, { leg: task, visit }, now));
  const who = turnOf(state, page.language);
  return (
    <article class="rr-card">
      <h3 class="rr-card__title">{patient ? nameOrUnknown(patient, say) : say(INBOX.noPatient)}</h3>
      <p>
        <UrgencyTag priority={task.priority ?? 'routine'} /> <StateTag state={state} />{' '}
        {isToday(row, now) && <Tag label={RECEPTION.today} tone="soon" />}
      </p>
      <Facts
        facts={[
          ...(patient
            ? [
                {
                  name: say(RECEPTION.identifiers),
                  value: [ageText(patient, say, now), ...identifierTexts(patient, say)].join(' · '),
                },
              ]
            : []),
          { name: say(RECEPTION.service), value: specialtyText(page, row) },
          // An emergency comes without an appointment.
          ...(state === 'in-transit'
            ? []
            : [
                {
                  name: say(RECEPTION.visit),
                  value: visit === undefined ? say(RECEPTION.noVisit) : timeText(visit, page.language),
                },
              ]),
          { name: say(RECEPTION.origin), value: origin },
        ]}
      />
      {buttons.map(([move, label], index) => (
        <LinkButton label={label} href={`/referencias/${referralId}/${move}`} kind={index === 0 ? 'send' : 'plain'} />
      ))}
      <Offers page={page} row={row} slots={offers} />
      {buttons.length === 0 && who !== undefined && <p>{say(INBOX.turnOf, { who })}</p>}
      <p>
        <a href={`/referencias/${referralId}`}>{say(RECEPTION.open, { number: task.groupIdentifier?.value ?? '' })}</a>
      </p>
    </article>
  );
}
