import { instantIn } from '../../../../config/honduras-time.js';
import type { Choice } from '../../../components/select.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { answerField } from './answer-field.js';
import { knownField, wordField } from './field-forms.js';
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
} as const satisfies Record<string, MoveForm>;
