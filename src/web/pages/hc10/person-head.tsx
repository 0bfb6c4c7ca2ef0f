import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { deniesAllergies } from '../../../config/no-known-allergies.js';
import { AllergyAlarm } from '../../components/allergy-alarm.js';
import { Choices } from '../../components/choices.js';
import { TextField } from '../../components/text-field.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { allergyText } from '../../resources/allergy-text.js';
import { ageText, identifierTexts, nameOrUnknown, sexText } from '../../resources/person.js';
import { HC10 } from '../../texts/hc10.js';
import { FieldsContext } from './hc10-input.js';
import type { RecordForForm } from './record-for-form.js';

/** Who is referred, so that nobody writes for the wrong person; allergies first. */
export function PersonHead({ page, record }: { readonly page: PageContext; readonly record: RecordForForm }): VNode {
  const { say, language } = page;
  const { patient, allergies } = record;
  const named = allergies.filter((one) => !deniesAllergies(one));
  const about = [ageText(patient, say), sexText(patient, language), ...identifierTexts(patient, say)];
  return (
    <>
      <p>
        <strong>{nameOrUnknown(patient, say)}</strong>
        <br />
        {about.join(' · ')}
      </p>
      {named.length > 0 && <AllergyAlarm texts={named.map((allergy) => allergyText(page, allergy))} />}
      {named.length === 0 && allergies.length > 0 && <p>{say(HC10.noAllergies)}</p>}
    </>
  );
}

/** Asked only when the record says nothing about allergies. */
export function AllergyQuestion(): VNode {
  const say = useSay();
  const { filled, problems } = useContext(FieldsContext);
  const choices = [
    { value: 'si', text: say(HC10.allergyYes) },
    { value: 'ninguna', text: say(HC10.allergyNone) },
    { value: 'no-se-pregunto', text: say(HC10.allergyNotAsked) },
  ];
  return (
    <>
      <Choices
        name="alergias"
        label={HC10.askAllergies}
        hint={HC10.askAllergiesHint}
        choices={choices}
        chosen={[filled.get('alergias')]}
        error={problems.find(({ field }) => field === 'alergias')?.text}
      />
      <TextField
        name="alergias-cuales"
        label={HC10.allergyWhich}
        value={filled.raw('alergias-cuales')}
        error={problems.find(({ field }) => field === 'alergias-cuales')?.text}
        optional
      />
    </>
  );
}
