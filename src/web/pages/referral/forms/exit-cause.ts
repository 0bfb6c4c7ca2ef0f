import { listFacts } from '../../../../referral/list-facts.js';
import { obstacles } from '../../../../referral/leave-list-rules.js';
import type { Choice } from '../../../components/select.js';
import { codeChoices } from '../../../resources/code-choices.js';
import { REFERRAL_FORMS as T } from '../../../texts/referral-forms.js';
import { codedValue, values } from './field-forms.js';
import type { FieldForm, FormScene } from './move-form.js';

/** Causes, each that cannot be chosen yet with what is still missing for it; those that can be come first. */
async function causes({ page, view, now }: FormScene): Promise<readonly Choice[]> {
  const all = codeChoices(page, 'exit-cause').filter(({ value }) => value !== 'died');
  if (!view.leg) return all;
  const about = { leg: view.leg, referral: view.order.id, patient: view.sides.patient };
  const facts = await listFacts(page.services.fhir, about, now);
  const judged = all.map((choice): Choice => {
    const missing = obstacles(choice.value, facts).map((words) => page.say(words));
    return missing.length === 0
      ? choice
      : { ...choice, disabled: true, hint: page.say(T.notYet, { why: missing.join(' ') }) };
  });
  return [...judged.filter(({ disabled }) => !disabled), ...judged.filter(({ disabled }) => disabled)];
}

/** Why somebody leaves the list; a death has a move of its own. */
export const exitCause: FieldForm = {
  field: 'reason',
  inputs: () => [{ name: 'reason', label: T.exitCause, widget: 'list', choices: causes }],
  read: (given) => values(codedValue('exit-cause', given.get('reason'))),
};
