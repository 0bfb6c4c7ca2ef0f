import type { Coding, Observation, ObservationComponent } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import type { Hc10Place } from './hc10-field.js';
import { ALL_HC10_FIELDS, type Hc10Field, hc10Row, type Hc10Values } from './hc10-fields.js';
import { quantity } from './vital-signs.js';

type ObservationPlace = Extract<Hc10Place, { in: 'observation' }>;

/** What an observation says, without patient, visit, time and performer. */
export type ObservationContent = Partial<Observation> & Pick<Observation, 'code'>;

interface Placed {
  readonly field: Hc10Field;
  readonly at: ObservationPlace;
}

const PLACED: readonly Placed[] = ALL_HC10_FIELDS.flatMap((field) => {
  const { at } = hc10Row(field);
  return at.in === 'observation' ? [{ field, at }] : [];
});

const CATEGORY = {
  'vital-signs': 'Vital Signs',
  exam: 'Exam',
  'social-history': 'Social History',
  survey: 'Survey',
} as const satisfies Record<ObservationPlace['category'], string>;

const categoryOf = (code: ObservationPlace['category']): NonNullable<Observation['category']> => [
  { coding: [{ system: CODE_SYSTEMS.observationCategory, code, display: CATEGORY[code] }] },
];
const systemOf = ({ system }: ObservationPlace): string =>
  system === undefined ? CODE_SYSTEMS.loinc : codeSystemUrl(system);
const concept = (system: string, code: string, display: string): Observation['code'] => ({
  coding: [{ system, code, display }],
  text: display,
});
const keyOf = ({ system = '', of, code }: ObservationPlace): string => `${system} ${of?.code ?? code}`;

/** The code of a field's values, as `hc10Values` holds them: several with a space between them. */
const codesIn = (field: Hc10Field, text: string): readonly Coding[] =>
  text.split(' ').map((code) => ({ system: codeSystemUrl(hc10Row(field).system ?? ''), code }));

type Value = Partial<Observation & ObservationComponent>;

/** One value, or one for each of several codes. */
function valuesOf({ field, at: { value, measure } }: Placed, text: string): readonly Value[] {
  if (value === 'Quantity' && measure) return [{ valueQuantity: quantity(Number(text), measure.unit, measure.digits) }];
  if (value === 'integer') return [{ valueInteger: Number(text) }];
  if (value === 'boolean') return [{ valueBoolean: text === 'true' }];
  if (value === 'CodeableConcept')
    return codesIn(field, text).map((coding) => ({ valueCodeableConcept: { coding: [coding] } }));
  return [value === 'dateTime' ? { valueDateTime: text } : { valueString: text }];
}

/** Observations that a form fills: one for each field, and one for all parts of a panel. */
export function hc10Observations(values: Hc10Values): readonly ObservationContent[] {
  const filled = PLACED.flatMap((placed) => {
    const text = values[placed.field];
    return text === undefined ? [] : [{ ...placed, text, key: keyOf(placed.at) }];
  });
  return [...new Set(filled.map(({ key }) => key))].flatMap((key): ObservationContent[] => {
    const parts = filled.filter((one) => one.key === key);
    const [first] = parts;
    if (!first) return [];
    const { of, category, code, display } = first.at;
    const system = systemOf(first.at);
    const about = { category: categoryOf(category), code: concept(system, of?.code ?? code, of?.display ?? display) };
    if (!of) return [{ ...about, ...valuesOf(first, first.text)[0] }];
    const component = parts.flatMap((part) =>
      valuesOf(part, part.text).map((value) => ({ code: concept(system, part.at.code, part.at.display), ...value })),
    );
    return [{ ...about, component }];
  });
}

const hasCode = ({ code }: Pick<Observation, 'code'>, system: string, wanted: string): boolean =>
  (code.coding ?? []).some((coding) => coding.system === system && coding.code === wanted);

function textOf(one: ObservationComponent): string | undefined {
  const { valueQuantity, valueInteger, valueDateTime, valueString, valueBoolean, valueCodeableConcept } = one;
  const coded = valueCodeableConcept?.coding?.[0]?.code;
  return valueString ?? valueDateTime ?? coded ?? (valueBoolean ?? valueInteger ?? valueQuantity?.value)?.toString();
}

/** The same read back; of several observations of one kind the first counts. */
export function readHc10Observations(observations: readonly Observation[]): Hc10Values {
  const found = PLACED.flatMap(({ field, at }) => {
    const system = systemOf(at);
    const whole = observations.find((observation) => hasCode(observation, system, at.of?.code ?? at.code));
    if (!whole) return [];
    const parts = at.of ? (whole.component ?? []).filter((part) => hasCode(part, system, at.code)) : [whole];
    const texts = parts.flatMap((part) => textOf(part) ?? []);
    return texts.length > 0 ? [[field, texts.join(' ')] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Fields that an observation fills, when the form has one for it: to know which signs are already measured. */
export const hc10FieldsOf = (observation: Observation): readonly Hc10Field[] =>
  PLACED.filter(({ at }) => hasCode(observation, systemOf(at), at.of?.code ?? at.code)).map(({ field }) => field);
