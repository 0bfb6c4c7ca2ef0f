import { instantIn } from '../../../../config/honduras-time.js';
import type { Choice } from '../../../components/select.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { amendedField, answerField, interimField } from './answer-field.js';
import { knownField, sureField, textField, wordField } from './field-forms.js';
import type { FormScene, MoveForm } from './move-form.js';

const judgements = ({ page }: FormScene): readonly Choice[] => codeChoices(page, 'judgement');

/** Forms of whoever attends. */
export const CARE_FORMS = {
  arrive: { oneClick: true, fields: [] },
  'start-care': {
    oneClick: true,
    fields: [
      knownField('practitioner', ({ page }) => {
        const { practitionerRole } = page.signedIn();
        return practitionerRole === undefined
          ? undefined
          : { valueReference: { reference: `PractitionerRole/${practitionerRole}` } };
      }),
      knownField('start', ({ now }) => ({ valueDateTime: instantIn(now) })),
    ],
  },
  respond: {
    beside: 'question',
    fields: [
      answerField,
      wordField('oportuna', judgements, { label: T.oportuna, hint: T.oportunaHint }),
      wordField('justificada', judgements, { label: T.justificada, hint: T.justificadaHint }),
    ],
  },
  interim: { intro: T.interimIntro, beside: 'question', fields: [interimField] },
  amend: {
    intro: T.amendIntro,
    beside: 'question',
    fields: [textField('reason', { label: T.amendReason, hint: T.amendReasonHint, widget: 'line' }), amendedField],
  },
  'confirm-cancel': { intro: T.confirmCancelIntro, fields: [sureField('comment', T.sureCancel, { label: T.comment })] },
} as const satisfies Record<string, MoveForm>;
