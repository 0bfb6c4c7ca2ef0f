import type { Patient } from '@medplum/fhirtypes';
import { instantIn } from '../../../../config/honduras-time.js';
import { codeSystemUrl, extensionUrl } from '../../../../config/canonical.js';
import { dispositionOf } from '../../../../referral/answer-document.js';
import type { AnswerSectionCode } from '../../../../referral/answer-section.js';
import { type AnswerEdition, type AnswerText, buildAnswer } from '../../../../referral/build-answer.js';
import { hasDied } from '../../../../referral/has-died.js';
import { narrativeLines } from '../../../../referral/narrative-text.js';
import { lastOutput } from '../../../../referral/task-io.js';
import { hasCoding } from '../../../../referral/vocabulary.js';
import type { FormFields } from '../../../form-fields.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { ANSWER_SHEET_INPUTS, readAnswerSheet } from './answer-sheet.js';
import type { FieldForm, FormInput, FormMistake, FormScene } from './move-form.js';

/** Longest message to the patient, in characters: what fits on a slip and in one reading. */
export const LONGEST_MESSAGE = 300;

/** A code of CIE-10 at the start of the diagnosis: "I10 Hipertensión", "e11.9". */
const CIE10 = /^([A-TV-Z]\d{2})(?:\.?(\d{1,2}))?(?![\p{L}\d])/iu;

/** CIE-10 code in front of the words of a diagnosis, in its usual form; undefined when there is none. */
export function diagnosisCode(text: string): string | undefined {
  const [, category, detail] = CIE10.exec(text) ?? [];
  if (category === undefined) return undefined;
  return `${category.toUpperCase()}${detail === undefined ? '' : `.${detail}`}`;
}

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What the destination writes, in the order of the norm. */
const INPUTS: readonly FormInput[] = [
  { name: 'summary', label: T.summary, hint: T.summaryHint, widget: 'lines', rows: 5 },
  { name: 'diagnosis', label: T.diagnosis, hint: T.diagnosisHint, widget: 'line' },
  { name: 'findings', label: T.findings, widget: 'lines', optional: true },
  { name: 'treatment', label: T.treatment, widget: 'lines', optional: true },
  { name: 'medications', label: T.medications, hint: T.medicationsHint, widget: 'lines' },
  { name: 'noMedications', label: T.noMedications, widget: 'mark', optional: true },
  { name: 'plan', label: T.plan, hint: T.planHint, widget: 'lines' },
  { name: 'warning', label: T.warning, hint: T.warningHint, widget: 'lines', rows: 2, optional: true },
  ...ANSWER_SHEET_INPUTS,
  { name: 'message', label: T.message, hint: T.messageHint, widget: 'lines', rows: 4 },
  {
    name: 'disposition',
    label: T.disposition,
    widget: 'list',
    // Without a visit there is nothing but advice (profile `respuesta`, hn-res-1).
    choices: (scene) =>
      codeChoices(scene.page, 'disposition').filter(({ value }) => visitOf(scene) !== undefined || value === 'advice'),
    initial: (scene) => (visitOf(scene) === undefined ? 'advice' : isDead(scene) ? 'died' : undefined),
  },
];

/** The record says that the person died while the referral was open. */
const isDead = ({ view }: FormScene): boolean =>
  (view.patient !== undefined && hasDied(view.patient)) ||
  (view.leg?.extension ?? []).some(({ url }) => url === extensionUrl('death-recorded'));

/** Section of the respuesta whose words stand in an input. */
const SECTION_OF: Readonly<Record<string, AnswerSectionCode>> = {
  summary: 'summary',
  diagnosis: 'diagnosis',
  findings: 'findings',
  treatment: 'treatment',
  medications: 'medications',
  noMedications: 'medications',
  plan: 'plan',
  warning: 'warning-signs',
  message: 'patient-message',
};

/** The same input, with what the answer says now. */
const withOldWords = (input: FormInput): FormInput => ({
  ...input,
  initial: ({ view }) => {
    const answer = view.find('Composition', view.leg && lastOutput(view.leg, 'respuesta'));
    if (input.name === 'disposition') return dispositionOf(answer);
    const code = SECTION_OF[input.name];
    const section = answer?.section?.find((one) => hasCoding(one.code, codeSystemUrl('respuesta-section'), code ?? ''));
    if (input.name === 'noMedications') return section?.emptyReason ? 'yes' : undefined;
    if (input.name === 'medications' && section?.emptyReason) return undefined;
    const words = narrativeLines(section?.text?.div);
    return words.length === 0 ? undefined : words.join('\n');
  },
});

const REQUIRED = ['summary', 'diagnosis', 'plan', 'message', 'disposition'] as const;

const visitOf = ({ view }: FormScene): string | undefined => view.leg && lastOutput(view.leg, 'encounter');

function mistakesIn(given: FormFields): FormMistake[] {
  const { length } = given.get('message').replaceAll('\r\n', '\n');
  const told = lines(given.get('medications')).length > 0;
  const medicines = told === given.has('noMedications');
  return [
    ...REQUIRED.filter((name) => given.get(name) === '').map((input) => ({ input })),
    ...(medicines ? [{ input: 'medications', words: told ? T.medicinesBoth : T.medicinesMissing }] : []),
    ...(length > LONGEST_MESSAGE
      ? [{ input: 'message', words: T.messageLong, values: { n: length, most: LONGEST_MESSAGE } }]
      : []),
  ];
}

function answerIn(given: FormFields): AnswerText {
  const optional = (name: 'findings' | 'treatment' | 'warning'): Partial<AnswerText> =>
    given.get(name) === '' ? {} : { [name]: given.get(name) };
  const code = diagnosisCode(given.get('diagnosis'));
  return {
    summary: given.get('summary'),
    diagnosis: given.get('diagnosis'),
    ...(code === undefined ? {} : { diagnosisCode: code }),
    ...optional('findings'),
    ...optional('treatment'),
    ...optional('warning'),
    medications: lines(given.get('medications')),
    plan: given.get('plan'),
    message: given.get('message'),
    disposition: given.get('disposition'),
  };
}

/** Number of this answer among those of the referral. */
function editionOf({ view }: FormScene, status: AnswerEdition['status']): AnswerEdition {
  const early = status === 'preliminary';
  const before = view.all('Composition').filter((one) => (one.status === 'preliminary') === early).length;
  return { status, suffix: `${early ? 'P' : 'R'}${before + 1}` };
}

/**
 * The respuesta: what the person writes becomes the FHIR document that the move carries. A corrected one begins with the
 * words of the one before.
 */
const answerForm = (status: AnswerEdition['status']): FieldForm => ({
  field: 'document',
  inputs: () => (status === 'amended' ? INPUTS.map(withOldWords) : INPUTS),
  read(given, scene) {
    const { sheet, nextVisit, mistakes: wrong } = readAnswerSheet(given, scene);
    const mistakes = [...mistakesIn(given), ...wrong];
    if (mistakes.length > 0) return { values: [], mistakes };
    const { view, now } = scene;
    const { displayName, facility = '', practitionerRole = '' } = scene.page.signedIn();
    const encounter = visitOf(scene);
    const patient: Patient & { id: string } = view.patient ?? { resourceType: 'Patient', id: view.sides.patient ?? '' };
    const document = buildAnswer(
      { ...answerIn(given), ...(nextVisit === undefined ? {} : { nextVisit }) },
      {
        number: view.number,
        order: view.order.id,
        patient,
        ...(encounter === undefined ? {} : { encounter: { reference: encounter } }),
        facility: { reference: `Organization/${facility}`, display: view.facilityName(facility) },
        author: { reference: `PractitionerRole/${practitionerRole}`, display: displayName },
        time: instantIn(now),
        ...(status === 'final' ? {} : { edition: editionOf(scene, status) }),
      },
      sheet,
    );
    return { values: [{ resource: document }] };
  },
});

export const answerField = answerForm('final');
export const interimField = answerForm('preliminary');
export const amendedField = answerForm('amended');
