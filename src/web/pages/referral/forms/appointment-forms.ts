import { dateIn, instantIn } from '../../../../config/honduras-time.js';
import type { Words } from '../../../../words.js';
import type { FormFields } from '../../../form-fields.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { isDay, isWeekend, nextWorkingDay } from '../../../resources/working-day.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { attendants, ownPlaces, triagePosts, usualService } from './directory-choices.js';
import { codedValue, codeField, referenceField, textField, values, yesNoField } from './field-forms.js';
import { exitCause } from './exit-cause.js';
import type { FieldForm, FormMistake, FormScene, MoveForm } from './move-form.js';
import { slotChoices, slotIn } from './slot-choices.js';

/** Hour at which clinics open. */
const OPENING = '08:00';
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const DURATIONS = [15, 20, 30, 45, 60] as const;
const USUAL_DURATION = '30';
const MINUTE_MS = 60_000;
/** Value of the choice that nobody was told yet. */
const NOT_TOLD = 'none';

/** Start of the visit, when date and hour are readable. */
function startIn(given: FormFields): string | undefined {
  const [day, clock] = [given.get('start'), given.get('clock').slice(0, 5)];
  return isDay(day) && CLOCK.test(clock) ? `${day}T${clock}:00-06:00` : undefined;
}

function dayMistakes(given: FormFields, now: Date): FormMistake[] {
  const day = given.get('start');
  if (!isDay(day)) return [{ input: 'start', words: T.badDay }];
  if (day < dateIn(now)) return [{ input: 'start', words: T.pastDay }];
  return isWeekend(day) && !given.has('weekend') ? [{ input: 'start', words: T.weekendWarning }] : [];
}

/** A slot says when, where and with whom: what is typed beside it does not count. */
const withoutSlot = (form: FieldForm): FieldForm => ({
  ...form,
  read: (given, scene) => (slotIn(given) === undefined ? form.read(given, scene) : { values: [], mistakes: [] }),
});

const slot: FieldForm = {
  field: 'slot',
  inputs: () => [
    {
      name: 'slot',
      label: T.slot,
      hint: T.slotHint,
      widget: 'one',
      choices: slotChoices,
      initial: (scene, choices) => (choices.find(({ value }) => value === scene.slot) ?? choices[0])?.value,
    },
  ],
  read(given) {
    const reference = slotIn(given);
    return values(reference === undefined ? undefined : { valueReference: { reference } });
  },
};

const start: FieldForm = {
  field: 'start',
  inputs: () => [
    { name: 'start', label: T.day, widget: 'date', initial: ({ now }) => nextWorkingDay(now) },
    {
      name: 'weekend',
      label: T.weekend,
      widget: 'mark',
      optional: true,
      shown: (given) => isWeekend(given.get('start')),
    },
    { name: 'clock', label: T.clock, hint: T.clockHint, widget: 'clock', initial: () => OPENING },
  ],
  read(given, { now }) {
    const moment = startIn(given);
    const mistakes = [
      ...dayMistakes(given, now),
      ...(CLOCK.test(given.get('clock').slice(0, 5)) ? [] : [{ input: 'clock', words: T.badClock }]),
    ];
    return { values: moment === undefined ? [] : [{ valueDateTime: moment }], mistakes };
  },
};

const end: FieldForm = {
  field: 'end',
  inputs: () => [
    {
      name: 'duration',
      label: T.duration,
      widget: 'one',
      initial: () => USUAL_DURATION,
      choices: ({ page }) => DURATIONS.map((n) => ({ value: String(n), text: page.say(T.minutes, { n }) })),
    },
  ],
  read(given) {
    const minutes = DURATIONS.find((n) => String(n) === given.get('duration'));
    if (minutes === undefined) return { values: [], mistakes: [{ input: 'duration', words: T.chooseDuration }] };
    const from = startIn(given);
    // What is wrong with the start is told there.
    if (from === undefined) return { values: [], mistakes: [] };
    return values({ valueDateTime: instantIn(new Date(Date.parse(from) + minutes * MINUTE_MS)) });
  },
};

/** A day from today on. */
const dayField = (field: string, label: Words, initial?: (scene: FormScene) => string): FieldForm => ({
  field,
  inputs: () => [{ name: field, label, widget: 'date', ...(initial ? { initial } : {}) }],
  read(given, { now }) {
    const day = given.get(field);
    if (day === '') return values();
    if (!isDay(day)) return { values: [], mistakes: [{ input: field, words: T.badDay }] };
    if (day < dateIn(now)) return { values: [], mistakes: [{ input: field, words: T.pastDay }] };
    return values({ valueDate: day });
  },
});

const contactResult: FieldForm = {
  field: 'contactResult',
  inputs: () => [
    {
      name: 'contactResult',
      label: T.contactResult,
      widget: 'list',
      choices: ({ page }) => [...codeChoices(page, 'contact-medium'), { value: NOT_TOLD, text: page.say(T.notTold) }],
    },
  ],
  read(given) {
    const chosen = given.get('contactResult');
    return values(chosen === NOT_TOLD ? { valueString: T.notTold.es } : codedValue('contact-medium', chosen));
  },
};

const BOOKING: readonly FieldForm[] = [
  slot,
  ...[
    start,
    end,
    referenceField('participant', attendants, { label: T.attendant, hint: T.attendantHint, initial: usualService }),
    referenceField('location', ownPlaces, { label: T.place, initial: (_scene, choices) => choices[0]?.value }),
  ].map(withoutSlot),
  contactResult,
];

/** Forms of whoever gives appointments. */
export const APPOINTMENT_FORMS = {
  book: { fields: BOOKING },
  reschedule: { fields: [codeField('reason', 'cancel-reason', { label: T.rescheduleReason }), ...BOOKING] },
  'cancel-appointment': {
    intro: T.cancelIntro,
    fields: [
      codeField('reason', 'cancel-reason', { label: T.cancelReason }),
      textField('comment', { label: T.comment, optional: true }),
    ],
  },
  'no-show': {
    intro: T.noShowIntro,
    fields: [codeField('reason', 'no-show-reason', { label: T.noShowReason, initial: () => 'unknown' })],
  },
  'not-arrived': {
    intro: T.notArrivedIntro,
    fields: [
      codeField('reason', 'no-show-reason', { label: T.noShowReason, initial: () => 'unknown' }),
      textField('comment', { label: T.comment, optional: true }),
    ],
  },
  'leave-list': {
    intro: T.leaveListIntro,
    fields: [
      exitCause,
      referenceField('approver', triagePosts, { label: T.approver, hint: T.approverHint }),
      textField('comment', { label: T.comment, optional: true }),
    ],
  },
  'pause-waiting': {
    intro: T.pauseIntro,
    fields: [
      dayField('from', T.pauseFrom, ({ now }) => dateIn(now)),
      dayField('until', T.pauseUntil),
      codeField('reason', 'unavailable-reason', { label: T.pauseReason }),
    ],
  },
  'contact-attempt': {
    fields: [
      codeField('medium', 'contact-medium', { label: T.medium }),
      yesNoField('reached', { label: T.reached }),
      codeField('reason', 'not-reached-reason', { label: T.notReached, hint: T.notReachedHint, optional: true }),
      textField('note', { label: T.note, hint: T.noteHint, widget: 'line', optional: true }),
    ],
  },
} as const satisfies Record<string, MoveForm>;
