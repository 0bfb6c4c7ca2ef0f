import type { Observation, ObservationComponent } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import type { Hc10Place } from './hc10-field.js';
import { ALL_HC10_FIELDS, type Hc10Field, hc10Row, type Hc10Values } from './hc10-fields.js';
import { quantity } from './vital-signs.js';

type ObservationPlace = Extract<Hc10Place, { in: 'observation' }>;

/** What an observation says, without patient, visit, time and performer. */
export type ObservationContent = Partial<Observation> & Pick<Observation, 'code'>;

const PLACED: readonly { readonly field: Hc10Field; readonly at: ObservationPlace }[] = ALL_HC10_FIELDS.flatMap(
  (field) => {
    const { at } = hc10Row(field);
    return at.in === 'observation' ? [{ field, at }] : [];
  },
);

const CATEGORY = {
  'vital-signs': 'Vital Signs',
  exam: 'Exam',
  'social-history': 'Social History',
} as const satisfies Record<ObservationPlace['category'], string>;

const categoryOf = (code: ObservationPlace['category']): NonNullable<Observation['category']> => [
  { coding: [{ system: CODE_SYSTEMS.observationCategory, code, display: CATEGORY[code] }] },
];
const concept = (code: string, display: string): Observation['code'] => ({
  coding: [{ system: CODE_SYSTEMS.loinc, code, display }],
  text: display,
});

function valueOf({ value, measure }: ObservationPlace, text: string): Partial<Observation & ObservationComponent> {
  if (value === 'Quantity' && measure) return { valueQuantity: quantity(Number(text), measure.unit, measure.digits) };
  if (value === 'integer') return { valueInteger: Number(text) };
  return value === 'dateTime' ? { valueDateTime: text } : { valueString: text };
}

/** Observations that a form fills: one for each field, and one for all parts of a panel. */
export function hc10Observations(values: Hc10Values): readonly ObservationContent[] {
  const filled = PLACED.flatMap(({ field, at }) => {
    const text = values[field];
    return text === undefined ? [] : [{ at, text, key: at.of?.code ?? at.code }];
  });
  return [...new Set(filled.map(({ key }) => key))].flatMap((key): ObservationContent[] => {
    const parts = filled.filter((one) => one.key === key);
    const [first] = parts;
    if (!first) return [];
    const { of, category, code, display } = first.at;
    if (!of)
      return [{ category: categoryOf(category), code: concept(code, display), ...valueOf(first.at, first.text) }];
    const component = parts.map(({ at, text }) => ({ code: concept(at.code, at.display), ...valueOf(at, text) }));
    return [{ category: categoryOf(category), code: concept(of.code, of.display), component }];
  });
}

const hasCode = ({ code }: Pick<Observation, 'code'>, loinc: string): boolean =>
  (code.coding ?? []).some((coding) => coding.system === CODE_SYSTEMS.loinc && coding.code === loinc);

function textOf({ valueQuantity, valueInteger, valueDateTime, valueString }: ObservationComponent): string | undefined {
  return valueString ?? valueDateTime ?? (valueInteger ?? valueQuantity?.value)?.toString();
}

/** The same read back; of several observations of one kind the first counts. */
export function readHc10Observations(observations: readonly Observation[]): Hc10Values {
  const found = PLACED.flatMap(({ field, at }) => {
    const whole = observations.find((observation) => hasCode(observation, at.of?.code ?? at.code));
    const one = at.of ? whole?.component?.find((component) => hasCode(component, at.code)) : whole;
    const text = one && textOf(one);
    return text === undefined ? [] : [[field, text] as const];
  });
  return Object.fromEntries(found);
}

/** Field that an observation fills, when the form has one for it: to know which signs are already measured. */
export const hc10FieldsOf = (observation: Observation): readonly Hc10Field[] =>
  PLACED.filter(({ at }) => hasCode(observation, at.of?.code ?? at.code)).map(({ field }) => field);
