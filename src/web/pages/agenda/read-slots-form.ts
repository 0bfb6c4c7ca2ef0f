import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { WEEKDAYS, type Weekday } from '../../../referral/slots/slot-times.js';
import type { FormFields } from '../../form-fields.js';
import type { Say } from '../../language.js';
import type { Problem } from '../../problems.js';
import { isDay } from '../../resources/working-day.js';
import { AGENDA } from '../../texts/agenda.js';

/** From Monday, as people count. */
export const WEEK: readonly Weekday[] = [...WEEKDAYS.slice(1), WEEKDAYS[0]];

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Fields of the form, with the parameter of `$make-slots` that each becomes. */
export const SLOT_INPUTS = {
  service: 'servicio',
  from: 'desde',
  to: 'hasta',
  weekday: 'dias',
  opens: 'abre',
  closes: 'cierra',
  minutes: 'minutos',
  holiday: 'feriados',
  includeHolidays: 'con-feriados',
} as const;

/** A posted form as `$make-slots` takes it. */
export interface ReadSlotsForm {
  /** `HealthcareService/id`. */
  readonly service: string;
  readonly parameters: Parameters;
  /** What must be mended before the operation is asked. */
  readonly problems: readonly Problem[];
}

const holidaysIn = (form: FormFields): readonly string[] =>
  form
    .get(SLOT_INPUTS.holiday)
    .split(/[\s,;]+/)
    .filter((text) => text !== '');

/** Reads the form of new slots; what is wrong with the pattern itself the operation says. */
export function readSlotsForm(form: FormFields, say: Say): ReadSlotsForm {
  const given = (name: keyof typeof SLOT_INPUTS): string => form.get(SLOT_INPUTS[name]);
  const weekdays = form.all(SLOT_INPUTS.weekday);
  const holidays = holidaysIn(form);
  const fits: Readonly<Record<keyof typeof SLOT_INPUTS, boolean>> = {
    service: given('service').startsWith('HealthcareService/'),
    from: isDay(given('from')),
    to: isDay(given('to')),
    weekday: weekdays.length > 0,
    opens: CLOCK.test(given('opens')),
    closes: CLOCK.test(given('closes')),
    minutes: /^\d{1,3}$/.test(given('minutes')),
    holiday: holidays.every(isDay),
    includeHolidays: true,
  };
  const labels = { ...AGENDA, weekday: AGENDA.weekdays, holiday: AGENDA.holidays };
  const problems = Object.entries(SLOT_INPUTS).flatMap(([name, field]): Problem[] =>
    fits[name as keyof typeof fits]
      ? []
      : [{ field, text: say(AGENDA.fill, { label: say(labels[name as keyof typeof SLOT_INPUTS]) }) }],
  );
  const parameter: ParametersParameter[] = [
    { name: 'from', valueDate: given('from') },
    { name: 'to', valueDate: given('to') },
    ...weekdays.map((valueCode) => ({ name: 'weekday', valueCode })),
    {
      name: 'hours',
      part: [
        { name: 'start', valueTime: `${given('opens')}:00` },
        { name: 'end', valueTime: `${given('closes')}:00` },
      ],
    },
    { name: 'minutes', valueInteger: Number(given('minutes')) },
    ...holidays.map((valueDate) => ({ name: 'holiday', valueDate })),
    ...(given('includeHolidays') === '' ? [] : [{ name: 'includeHolidays', valueBoolean: true }]),
  ];
  return { service: given('service'), parameters: { resourceType: 'Parameters', parameter }, problems };
}

/** Where a finding of `$make-slots` is shown. */
export const SLOT_PLACES: Readonly<Record<string, string>> = {
  from: SLOT_INPUTS.from,
  to: SLOT_INPUTS.to,
  hours: SLOT_INPUTS.opens,
  minutes: SLOT_INPUTS.minutes,
  holiday: SLOT_INPUTS.holiday,
  weekday: SLOT_INPUTS.weekday,
  location: SLOT_INPUTS.service,
};
