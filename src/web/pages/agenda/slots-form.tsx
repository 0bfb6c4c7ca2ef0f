import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { CheckBox } from '../../components/check-box.js';
import { Choices } from '../../components/choices.js';
import { Form } from '../../components/form.js';
import { type Choice, Select } from '../../components/select.js';
import { TextField } from '../../components/text-field.js';
import { useSay } from '../../language.js';
import type { FormFields } from '../../form-fields.js';
import type { Problem } from '../../problems.js';
import { AGENDA } from '../../texts/agenda.js';
import { SLOT_INPUTS, WEEK } from './read-slots-form.js';

export interface SlotsFormProps {
  readonly services: readonly Choice[];
  /** What was typed, or the defaults. */
  readonly given: FormFields;
  readonly problems: readonly Problem[];
}

/** What one fills in to open the slots of a service. */
export function SlotsForm({ services, given, problems }: SlotsFormProps): VNode {
  const say = useSay();
  const field = (name: keyof typeof SLOT_INPUTS) => ({
    name: SLOT_INPUTS[name],
    value: given.get(SLOT_INPUTS[name]),
    error: problems.find((problem) => problem.field === SLOT_INPUTS[name])?.text,
  });
  return (
    <Form action="/agenda/cupos">
      <h2>{say(AGENDA.make)}</h2>
      <p>{say(AGENDA.makeText)}</p>
      <Select {...field('service')} label={AGENDA.service} choices={services} />
      <TextField {...field('from')} label={AGENDA.from} type="date" width="medium" />
      <TextField {...field('to')} label={AGENDA.to} type="date" width="medium" />
      <Choices
        {...field('weekday')}
        label={AGENDA.weekdays}
        take="many"
        chosen={given.all(SLOT_INPUTS.weekday)}
        choices={WEEK.map((value) => ({ value, text: say(AGENDA[value]) }))}
      />
      <TextField {...field('opens')} label={AGENDA.opens} hint={AGENDA.clockHint} width="short" />
      <TextField {...field('closes')} label={AGENDA.closes} width="short" />
      <TextField {...field('minutes')} label={AGENDA.minutes} inputMode="numeric" width="short" />
      <TextField {...field('holiday')} label={AGENDA.holidays} hint={AGENDA.holidaysHint} optional />
      <CheckBox {...field('includeHolidays')} label={AGENDA.includeHolidays} optional />
      <Button label={AGENDA.send} kind="send" />
    </Form>
  );
}
