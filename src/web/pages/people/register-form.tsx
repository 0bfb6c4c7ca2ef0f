import type { ComponentChildren, VNode } from 'preact';
import { DEPARTMENTS, municipalitiesOf } from '../../../record/catalogue/places.js';
import { Button } from '../../components/button.js';
import { Choices } from '../../components/choices.js';
import { DateParts } from '../../components/date-parts.js';
import { Form } from '../../components/form.js';
import { GroupedSelect } from '../../components/grouped-select.js';
import { TextField } from '../../components/text-field.js';
import type { FormFields } from '../../form-fields.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import type { Problem } from '../../problems.js';
import { PERSON } from '../../texts/person.js';
import { REGISTER } from '../../texts/people-register.js';
import type { Words } from '../../../words.js';
import { MoreFields } from './register-more.js';
import { type FieldValues, yesChoice } from './register-fields.js';
import { PaperFields } from './register-papers.js';
import { BIRTH, typedDate } from './typed-date.js';

export interface RegisterFormProps {
  readonly page: PageContext;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
  readonly action: string;
  readonly button: Words;
  /** A person who is registered already: nobody asks for the mother again. */
  readonly editing?: boolean;
  /** What was written is all right: it is folded below a button that sends it as it is. */
  readonly folded?: boolean;
  /** Hidden fields. */
  readonly children?: ComponentChildren;
}

function PersonFields({ form, errorOf }: FieldValues): VNode {
  const say = useSay();
  const text = (name: string, label: Words, more: { readonly optional?: boolean } = {}): VNode => (
    <TextField name={name} label={label} value={form.get(name)} error={errorOf(name)} maxLength={80} {...more} />
  );
  return (
    <>
      {text('nombres', REGISTER.given)}
      {text('apellido1', REGISTER.surname)}
      {text('apellido2', REGISTER.secondSurname, { optional: true })}
      <DateParts
        name={BIRTH}
        label={REGISTER.born}
        hint={REGISTER.bornHint}
        typed={typedDate(form, BIRTH)}
        error={errorOf(BIRTH)}
      />
      <TextField
        name="edad"
        label={REGISTER.age}
        hint={REGISTER.ageHint}
        value={form.get('edad')}
        error={errorOf('edad')}
        inputMode="numeric"
        width="short"
        maxLength={3}
      />
      <Choices
        name="sin-nacimiento"
        label={REGISTER.bornUnknown}
        take="many"
        choices={yesChoice(say(REGISTER.noBirth))}
        chosen={form.all('sin-nacimiento')}
      />
      <Choices
        name="sexo"
        label={REGISTER.sex}
        error={errorOf('sexo')}
        choices={[
          { value: 'female', text: say(PERSON.female) },
          { value: 'male', text: say(PERSON.male) },
          ...(form.get('sexo') === 'other' ? [{ value: 'other', text: say(PERSON.other) }] : []),
          { value: 'unknown', text: say(REGISTER.sexUnknown) },
        ]}
        chosen={[form.get('sexo')]}
      />
    </>
  );
}

function HomeFields({ form, errorOf }: FieldValues): VNode {
  const groups = DEPARTMENTS.map(({ code, name }) => ({
    name,
    choices: municipalitiesOf(code).map((one) => ({ value: one.code, text: one.name })),
  }));
  return (
    <>
      <TextField
        name="telefono"
        label={REGISTER.phone}
        hint={REGISTER.phoneHint}
        value={form.get('telefono')}
        error={errorOf('telefono')}
        type="tel"
        inputMode="numeric"
        width="medium"
        maxLength={25}
        optional
      />
      <GroupedSelect name="municipio" label={REGISTER.place} value={form.get('municipio')} groups={groups} optional />
      <TextField name="aldea" label={REGISTER.line} value={form.get('aldea')} maxLength={200} optional />
      <TextField
        name="expediente"
        label={REGISTER.file}
        value={form.get('expediente')}
        error={errorOf('expediente')}
        width="medium"
        maxLength={30}
        optional
      />
    </>
  );
}

/** The form of registration, empty or with what was typed and what is wrong with it. */
export function RegisterForm(props: RegisterFormProps): VNode {
  const { page, form, problems, action, button, editing = false, folded = false, children } = props;
  const errorOf = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.text;
  const values: FieldValues = { form, errorOf };
  const fields = (
    <>
      <PaperFields {...values} editing={editing} />
      <PersonFields {...values} />
      <HomeFields {...values} />
      <MoreFields page={page} {...values} />
      <Button label={button} />
    </>
  );
  return (
    <Form action={action}>
      {children}
      {folded ? (
        <>
          <Button label={button} kind="plain" />
          <details class="rr-fold">
            <summary>{page.say(REGISTER.written)}</summary>
            {fields}
          </details>
        </>
      ) : (
        fields
      )}
    </Form>
  );
}
