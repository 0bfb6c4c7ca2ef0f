import type { Observation } from '@medplum/fhirtypes';
import { resultText } from '../../record/result-text.js';
import { timeText } from '../dates.js';
import type { Say } from '../language.js';
import { HC10 } from '../texts/hc10.js';
import { REFERRAL } from '../texts/referral.js';
import { conceptText, type Terms } from './coded-text.js';
import { plainUnits } from './plain-units.js';

/** An observation as people read it. */
export interface ObservationText {
  readonly name: string;
  readonly value: string;
  /** FHIR date or dateTime. */
  readonly at?: string;
  readonly vital: boolean;
}

const ABNORMAL = {
  H: REFERRAL.high,
  HH: REFERRAL.high,
  L: REFERRAL.low,
  LL: REFERRAL.low,
  A: REFERRAL.abnormal,
} as const;

const isKnown = (code: string | undefined): code is keyof typeof ABNORMAL =>
  code !== undefined && Object.hasOwn(ABNORMAL, code);

type Page = Terms & { readonly say: Say };

/** Parts of a finding that are words, as of a physical examination. */
const wordParts = (page: Page, { component = [] }: Observation): readonly (readonly [name: string, value: string])[] =>
  component.flatMap(({ code, valueString, valueCodeableConcept, valueBoolean, valueInteger, valueDateTime }) => {
    const told = valueBoolean === undefined ? undefined : page.say(valueBoolean ? HC10.yes : HC10.no);
    const moment = valueDateTime === undefined ? undefined : timeText(valueDateTime, page.language);
    const value = valueString ?? told ?? moment ?? valueInteger?.toString() ?? conceptText(page, valueCodeableConcept);
    return value === '' ? [] : [[conceptText(page, code), value] as const];
  });

function valueText(page: Page, observation: Observation): string {
  const flag = observation.interpretation?.[0]?.coding?.[0]?.code;
  const value =
    observation.valueDateTime === undefined
      ? plainUnits(resultText(observation))
      : timeText(observation.valueDateTime, page.language);
  return isKnown(flag) ? `${value} (${page.say(ABNORMAL[flag])})` : value;
}

/** Name, value with unit, whether out of range in words, and when it was measured. */
export function observationText(page: Page, observation: Observation): ObservationText {
  const [first = { name: '', value: '', vital: false }, ...more] = observationTexts(page, observation);
  if (more.length === 0) return first;
  const value = [first, ...more].map((one) => `${one.name}: ${one.value}`).join('; ');
  return { ...first, name: conceptText(page, observation.code), value };
}

/** The same; one line for each part of a finding that has parts in words. */
export function observationTexts(page: Page, observation: Observation): readonly ObservationText[] {
  const at = observation.effectiveDateTime ?? observation.effectivePeriod?.start ?? observation.issued;
  const base = {
    ...(at === undefined ? {} : { at }),
    vital: (observation.category ?? []).some(({ coding }) => coding?.some(({ code }) => code === 'vital-signs')),
  };
  const parts = wordParts(page, observation);
  return parts.length > 0
    ? parts.map(([name, value]) => ({ ...base, name, value }))
    : [{ ...base, name: conceptText(page, observation.code), value: valueText(page, observation) }];
}
