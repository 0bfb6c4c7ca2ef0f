import type { Task, TaskInput } from '@medplum/fhirtypes';
import { isOpenItem } from '../../../../referral/follow-up/item-tasks.js';
import { ioType } from '../../../../referral/vocabulary.js';
import type { Choice } from '../../../components/select.js';
import { conceptText } from '../../../resources/coded-text.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { datedItems } from '../dated-items.js';
import { planItemText } from '../plan-item-text.js';
import {
  codedValue,
  codeField,
  part,
  textField,
  textValue,
  values,
  wordField,
  yesNo,
  yesNoField,
  yesNoInput,
} from './field-forms.js';
import type { FieldForm, FormInput, FormScene, MoveForm, ParameterValue } from './move-form.js';

const inputsOf = (task: Task | undefined, code: string): readonly TaskInput[] =>
  (task?.input ?? []).filter(({ type }) => (type.coding ?? []).some((coding) => coding.code === code));

/** What the destination asked for last and waits for. */
const askedItems = ({ view }: FormScene): readonly TaskInput[] =>
  inputsOf(view.sideTasks('provide-information').at(-1), 'requested-item');

/** Points of the answer's plan that are still to be told: those without a day, and the dated ones that are open. */
const planItems = ({ view }: FormScene): readonly TaskInput[] => [
  ...inputsOf(view.sideTasks('follow-up').at(-1), 'plan-item'),
  ...datedItems(view)
    .filter(isOpenItem)
    .map(({ description = '' }) => ({ type: ioType('plan-item'), valueString: description })),
];

const asked = ({ valueCodeableConcept, valueString = '' }: TaskInput): ParameterValue =>
  valueCodeableConcept ? { valueCodeableConcept } : { valueString };

const itemText = ({ page }: FormScene, { valueCodeableConcept, valueString }: TaskInput): string =>
  valueString ?? conceptText(page, valueCodeableConcept);

/** One answer for each item that was asked. */
const answers: FieldForm = {
  field: 'answer',
  inputs: (scene) =>
    askedItems(scene).map((item, index) => ({
      name: `answer-${index}`,
      label: T.answerItem,
      labelValues: { item: itemText(scene, item) },
      widget: 'lines',
      rows: 3,
    })),
  read(given, scene) {
    const read = askedItems(scene).map((item, index) => ({ item, input: `answer-${index}` }));
    return {
      values: read.map(({ item, input }) => ({
        part: [...part('item', asked(item)), ...part('value', textValue(given.get(input)))],
      })),
      mistakes: read
        .filter(({ input }) => given.get(input) === '')
        .map(({ item, input }) => ({ input, words: T.noAnswer, values: { item: itemText(scene, item) } })),
    };
  },
};

const planInputs = (item: string, index: number): FormInput[] => [
  { ...yesNoInput(`item-${index}`, { label: T.planItem }), labelValues: { item } },
  { name: `item-${index}-reason`, label: T.notDone, hint: T.notDoneHint, widget: 'line', optional: true },
];

/** For each point of the plan: done, or why not. */
const planDone: FieldForm = {
  field: 'item',
  inputs: (scene) => planItems(scene).flatMap((item, index) => planInputs(planItemText(scene.view, item), index)),
  read(given, scene) {
    const items = planItems(scene).map((item, index) => ({
      text: planItemText(scene.view, item),
      done: yesNo(given.get(`item-${index}`)),
      reason: given.get(`item-${index}-reason`),
      index,
    }));
    return {
      values: items.map(({ text, done, reason }) => ({
        part: [
          ...part('text', textValue(text)),
          ...part('done', done === undefined ? undefined : { valueBoolean: done }),
          ...part('reason', textValue(reason)),
        ],
      })),
      mistakes: items.flatMap(({ text, done, reason, index }) => [
        ...(done === undefined ? [{ input: `item-${index}`, words: T.chooseDone, values: { item: text } }] : []),
        ...(done === false && reason === ''
          ? [{ input: `item-${index}-reason`, words: T.whyNotDone, values: { item: text } }]
          : []),
      ]),
    };
  },
};

const askedBy = ({ page }: FormScene): readonly Choice[] => [
  { value: 'patient', text: page.say(T.askedByPatient) },
  { value: 'clinician', text: page.say(T.askedByClinician) },
];

/** The one cause of this move, once the person confirms what is said. */
const died: FieldForm = {
  field: 'reason',
  inputs: () => [{ name: 'reason', label: T.sureDied, widget: 'mark' }],
  read: (given) =>
    given.has('reason')
      ? values(codedValue('exit-cause', 'died'))
      : { values: [], mistakes: [{ input: 'reason', words: T.tick }] },
};

/** Forms of the origin. */
export const ORIGIN_FORMS = {
  submit: { oneClick: true, fields: [] },
  'provide-info': { fields: [answers] },
  resubmit: { intro: T.resubmitIntro, fields: [textField('change', { label: T.change, hint: T.changeHint })] },
  revoke: {
    intro: T.revokeIntro,
    fields: [
      codeField('reason', 'exit-cause', { label: T.reason }),
      yesNoField('patientInformed', { label: T.patientInformed }),
      textField('comment', { label: T.comment, optional: true }),
    ],
  },
  'request-cancel': {
    intro: T.requestCancelIntro,
    fields: [
      codeField('reason', 'exit-cause', { label: T.reason }),
      wordField('askedBy', askedBy, { label: T.askedBy, optional: true }),
      textField('comment', { label: T.comment, optional: true }),
    ],
  },
  'record-death': { intro: T.diedIntro, fields: [died] },
  void: {
    intro: T.voidIntro,
    fields: [textField('reason', { label: T.voidReason, hint: T.voidReasonHint, widget: 'line' })],
  },
  acknowledge: { oneClick: true, fields: [] },
  close: {
    beside: 'answer',
    fields: [planDone, codeField('outcome', 'follow-up-outcome', { label: T.outcome, widget: 'one' })],
  },
} as const satisfies Record<string, MoveForm>;
