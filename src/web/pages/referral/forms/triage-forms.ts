import { noResponseProposal } from '../../../../referral/no-response-proposal.js';
import { clockOf } from '../../../../referral/run-clock.js';
import { dateIn } from '../../../../config/honduras-time.js';
import { URGENCY } from '../../../components/referral-tags.js';
import { isDay } from '../../../resources/working-day.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { advisedServices, otherServices, ownServices, usualService } from './directory-choices.js';
import {
  codedValue,
  codeField,
  part,
  referenceField,
  referenceValue,
  textField,
  textValue,
  values,
  wordField,
} from './field-forms.js';
import type { FieldForm, FormInput, FormScene, MoveForm } from './move-form.js';

const DAY_MS = 24 * 3_600_000;
const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;

const priorityOf = ({ view }: FormScene): (typeof PRIORITIES)[number] =>
  view.leg?.priority ?? view.order.priority ?? 'routine';

/** The last day of the origin's own clock, never today. */
function usualTerm(scene: FormScene): string {
  const { deadlines, now, view } = scene;
  const which = view.leg ? clockOf(view.leg, 'origin-reply') : undefined;
  const due = deadlines.dueAt(which ?? { clock: 'origin-reply', priority: priorityOf(scene) }, now);
  return dateIn(new Date(Math.max(due.getTime(), now.getTime() + DAY_MS)));
}

/** Codes and words of what is missing. */
const askedItems: FieldForm = {
  field: 'item',
  inputs: () => [
    {
      name: 'item',
      label: T.items,
      hint: T.itemsHint,
      widget: 'many',
      choices: ({ page }) => codeChoices(page, 'information-item').filter(({ value }) => value !== 'other'),
    },
    { name: 'otherItem', label: T.otherItem, widget: 'line', optional: true },
  ],
  read: (given) =>
    values(...given.all('item').map((code) => codedValue('information-item', code)), textValue(given.get('otherItem'))),
};

const term: FieldForm = {
  field: 'due',
  inputs: () => [{ name: 'due', label: T.due, hint: T.dueHint, widget: 'date', initial: usualTerm }],
  read(given, { now }) {
    const day = given.get('due');
    if (day === '') return values();
    if (!isDay(day)) return { values: [], mistakes: [{ input: 'due', words: T.badDay }] };
    if (day < dateIn(now)) return { values: [], mistakes: [{ input: 'due', words: T.pastDay }] };
    return values({ valueDateTime: `${day}T23:59:59-06:00` });
  },
};

/** What the origin can do next: advice, another service, what is missing; one of them at least, where it is required. */
const nextStepForm = (required: boolean): FieldForm => ({
  field: 'nextStep',
  inputs: () => [
    { name: 'advice', label: T.advice, hint: T.adviceHint, widget: 'lines', optional: true },
    { name: 'service', label: T.otherService, widget: 'list', optional: true, choices: advisedServices },
    {
      name: 'missing',
      label: T.missing,
      widget: 'many',
      optional: true,
      choices: ({ page }) => codeChoices(page, 'information-item').filter(({ value }) => value !== 'other'),
    },
  ],
  read(given) {
    const parts = [
      ...part('advice', textValue(given.get('advice'))),
      ...part('service', referenceValue(given.get('service'))),
      ...given.all('missing').flatMap((code) => part('missing', codedValue('information-item', code))),
    ];
    if (parts.length > 0) return values({ part: parts });
    return { values: [], mistakes: required ? [{ input: 'advice', words: T.noNextStep }] : [] };
  },
});

/** The words that the service proposes for a rejection, once there are any. */
const proposed: NonNullable<FormInput['initial']> = ({ view, now }) =>
  noResponseProposal({ state: view.state, leg: view.leg, asked: view.sideTasks('provide-information').at(-1) }, now)
    ?.es;

/** Forms of the desk that receives and of triage. */
export const TRIAGE_FORMS = {
  receive: {
    oneClick: true,
    fields: [textField('identifier', { label: T.ownNumber, widget: 'line', optional: true })],
  },
  'request-info': {
    intro: T.requestIntro,
    beside: 'question',
    fields: [askedItems, textField('reason', { label: T.requestReason, hint: T.requestReasonHint }), term],
  },
  accept: {
    beside: 'question',
    fields: [
      wordField('priority', ({ page }) => PRIORITIES.map((value) => ({ value, text: page.say(URGENCY[value]) })), {
        label: T.priority,
        hint: T.priorityHint,
        initial: priorityOf,
      }),
      textField('priorityReason', {
        label: T.priorityReason,
        hint: T.priorityReasonHint,
        widget: 'line',
        optional: true,
      }),
      codeField('modality', 'modality', { label: T.modality, widget: 'one', initial: () => 'in-person' }),
      referenceField('service', ownServices, { label: T.service, hint: T.serviceHint, initial: usualService }),
    ],
  },
  reject: {
    intro: T.rejectIntro,
    beside: 'question',
    fields: [
      codeField('reason', 'reject-reason', { label: T.rejectReason }),
      textField('comment', { label: T.rejectComment, hint: T.rejectCommentHint }),
      nextStepForm(true),
    ],
  },
  'withdraw-info': {
    intro: T.withdrawIntro,
    fields: [textField('reason', { label: T.withdrawReason, hint: T.withdrawReasonHint, widget: 'line' })],
  },
  'no-response': {
    intro: T.noResponseIntro,
    fields: [
      textField('comment', { label: T.rejectComment, hint: T.rejectCommentHint, initial: proposed }),
      nextStepForm(false),
    ],
  },
  convert: {
    intro: T.convertIntro,
    beside: 'question',
    fields: [textField('reason', { label: T.convertReason, hint: T.convertReasonHint })],
  },
  redirect: {
    intro: T.redirectIntro,
    beside: 'question',
    fields: [
      codeField('reason', 'redirect-reason', { label: T.reason }),
      referenceField('performer', otherServices, { label: T.performer, hint: T.performerHint }),
      textField('comment', { label: T.comment, optional: true }),
    ],
  },
} as const satisfies Record<string, MoveForm>;
