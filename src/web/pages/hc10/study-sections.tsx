import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { studies } from '../../../record/catalogue/studies.js';
import { Button } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { Fold } from '../../components/fold.js';
import { Notice } from '../../components/notice.js';
import { TextField } from '../../components/text-field.js';
import { dateText } from '../../dates.js';
import type { FormFields } from '../../form-fields.js';
import { sayIn, useLanguage, useSay } from '../../language.js';
import { HC10 } from '../../texts/hc10.js';
import {
  ASKED_FIELD,
  askedStudies,
  decisionField,
  type ExistingStudy,
  reasonField,
  STUDY_FIELDS,
} from './existing-studies.js';
import { FieldsContext } from './hc10-input.js';

const KINDS = ['laboratory', 'imaging'] as const;

/** Studies that can be asked for with the referral. */
export function StudyList({ filled }: { readonly filled: FormFields }): VNode {
  const say = useSay();
  return (
    <Fold title={HC10.ask} open={askedStudies(filled).length > 0}>
      <p>{say(HC10.askHint)}</p>
      {KINDS.map((kind) => (
        <Choices
          name={STUDY_FIELDS[kind]}
          label={HC10[kind]}
          choices={studies
            .filter(({ category }) => category === kind)
            .map(({ code, display }) => ({ value: code, text: display }))}
          chosen={filled.all(STUDY_FIELDS[kind])}
          take="many"
        />
      ))}
    </Fold>
  );
}

function Existing({ existing: { asked, found } }: { readonly existing: ExistingStudy }): VNode {
  const say = useSay();
  const language = useLanguage();
  const { filled, problems } = useContext(FieldsContext);
  const errorOf = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.text;
  const [decision, reason] = [decisionField(asked), reasonField(asked)];
  return (
    <>
      <input type="hidden" name={ASKED_FIELD} value={asked.key} />
      <ul>
        {found.map(({ study, result, date, place }) => (
          <li>
            <strong>{say(HC10.existing, { study, result })}</strong>
            <br />
            {say(HC10.existingWhen, { date: dateText(date, language), place })}
          </li>
        ))}
      </ul>
      <Choices
        name={decision}
        label={{
          es: sayIn('es')(HC10.whatToDo, { study: asked.display }),
          en: sayIn('en')(HC10.whatToDo, { study: asked.display }),
        }}
        choices={[
          { value: 'usar', text: say(HC10.useExisting), hint: say(HC10.useExistingHint) },
          { value: 'pedir', text: say(HC10.askAgain) },
        ]}
        chosen={[filled.get(decision)]}
        error={errorOf(decision)}
      />
      <TextField
        name={reason}
        label={HC10.askAgainWhy}
        hint={HC10.askAgainHint}
        value={filled.raw(reason)}
        error={errorOf(reason)}
      />
    </>
  );
}

/** Before anything is sent: what exists already, and two clear choices for each study. */
export function ExistingStudies({ existing }: { readonly existing: readonly ExistingStudy[] }): VNode | null {
  const say = useSay();
  if (existing.length === 0) return null;
  return (
    <Notice kind="warn" title={say(HC10.duplicates)}>
      <p>{say(HC10.duplicatesText)}</p>
      {existing.map((one) => (
        <Existing existing={one} />
      ))}
      <Button label={HC10.send} />
    </Notice>
  );
}
