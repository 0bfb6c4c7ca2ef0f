import type { Task, TaskInput, TaskOutput } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { stateRow } from '../../../../referral/states.js';
import { hasIo } from '../task-rows.js';
import { Facts } from '../../../components/facts.js';
import { Notice } from '../../../components/notice.js';
import { timeText } from '../../../dates.js';
import type { PageContext } from '../../../page-context.js';
import { conceptText } from '../../../resources/coded-text.js';
import { REFERRAL_FORMS } from '../../../texts/referral-forms.js';
import { REFERRAL } from '../../../texts/referral.js';
import { actorName } from '../actor-name.js';
import type { ReferralView } from '../referral-view.js';

interface SectionProps {
  readonly page: PageContext;
  readonly view: ReferralView;
}

const rowText = (page: PageContext, { valueString, valueCodeableConcept }: TaskInput | TaskOutput): string =>
  valueString ?? conceptText(page, valueCodeableConcept);

/** Name of an item that was answered: its own code or words stand beside the mark of being an answer. */
function itemName(page: PageContext, { type }: TaskOutput): string {
  if (type.text !== undefined) return type.text;
  const own = (type.coding ?? []).filter(({ code }) => code !== 'provided-item');
  return conceptText(page, { coding: own }) || page.say(REFERRAL.information);
}

/** What a provided value says; a reference by its name or as a hint to the attachment. */
const provided = ({ page, view }: SectionProps, row: TaskOutput): string => {
  const { valueReference, valueQuantity, valueBoolean } = row;
  if (valueReference) return actorName(view, valueReference) || page.say(REFERRAL.answeredElsewhere);
  if (valueQuantity) return `${String(valueQuantity.value ?? '')} ${valueQuantity.unit ?? ''}`.trim();
  if (valueBoolean !== undefined) return page.say(valueBoolean ? REFERRAL_FORMS.yes : REFERRAL_FORMS.no);
  return rowText(page, row);
};

function Asked({ page, view, task }: SectionProps & { readonly task: Task & { id: string } }): VNode {
  const { say, language } = page;
  const question = view
    .all('Communication')
    .find(({ partOf = [] }) => partOf.some(({ reference }) => reference === `Task/${task.id}`))
    ?.payload?.[0]?.contentString;
  const answers = (task.output ?? []).filter(hasIo('provided-item'));
  const open = answers.length === 0;
  const end = task.restriction?.period?.end;
  return (
    <>
      {question !== undefined && <p class="rr-lines">{question}</p>}
      {open && task.status === 'requested' && end !== undefined && (
        <p>{say(REFERRAL.informationUntil, { when: timeText(end, language) })}</p>
      )}
      <Facts
        facts={
          open
            ? (task.input ?? [])
                .filter(hasIo('requested-item'))
                .map((row) => ({ name: rowText(page, row), value: say(REFERRAL.notAnswered) }))
            : answers.map((row) => ({ name: itemName(page, row), value: provided({ page, view }, row) }))
        }
      />
    </>
  );
}

/** What the destination asked for and what the origin answered; nothing when nothing was asked. */
export function Information({ page, view }: SectionProps): VNode | null {
  const tasks = view.sideTasks('provide-information');
  if (tasks.length === 0) return null;
  return (
    <>
      <h2>{page.say(REFERRAL.information)}</h2>
      {tasks.map((task) => (
        <Asked page={page} view={view} task={task} />
      ))}
    </>
  );
}

/** Why the destination did not take it and what the origin can do now; why it ended without care. */
export function Rejection({ page, view }: SectionProps): VNode | null {
  const { say } = page;
  const { leg, state } = view;
  const ended = stateRow(state).request === 'revoked';
  if (!leg || (state !== 'rejected' && !ended)) return null;
  const reason = leg.statusReason;
  const coded = conceptText(page, { coding: reason?.coding ?? [] });
  const steps = (leg.output ?? []).filter(hasIo('next-step'));
  const missing = (leg.output ?? []).filter(hasIo('requested-item'));
  return (
    <Notice kind="warn" title={say(ended ? REFERRAL.cancelled : REFERRAL.rejection)}>
      {coded !== '' && (
        <p>
          <strong>{coded}</strong>
        </p>
      )}
      {reason?.text !== undefined && reason.text !== coded && <p class="rr-lines">{reason.text}</p>}
      {steps.length + missing.length > 0 && (
        <>
          <h3>{say(REFERRAL.nextStep)}</h3>
          <ul>
            {steps.map((row) => (
              <li>{row.valueReference ? actorName(view, row.valueReference) : rowText(page, row)}</li>
            ))}
            {missing.map((row) => (
              <li>{`${say(REFERRAL.missing)}: ${rowText(page, row)}`}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
