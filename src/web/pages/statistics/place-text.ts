import { MEASURES } from '../../../statistics/measures.js';
import { BREAKDOWNS, type Category, type TablePlan, TOTAL } from '../../../statistics/table-types.js';
import type { Words } from '../../../words.js';
import type { Language } from '../../language.js';

const SEPARATOR = ' - ';

/** One place by its codes (`rowKey` of the audit: measure, region, sex, age, specialty); margins go unsaid. */
function oneText(figure: string, { regions, breakdowns }: TablePlan, language: Language): string {
  const [measure = '', region = '', ...codes] = figure.split('|');
  if (!Object.hasOwn(MEASURES, measure) || codes.length !== BREAKDOWNS.length) return figure;
  const named = (list: readonly Category[], code: string): readonly string[] =>
    code === TOTAL ? [] : [list.find((one) => one.code === code)?.[language] ?? code];
  const { [language]: name }: Words = MEASURES[measure as keyof typeof MEASURES];
  return [
    name,
    ...named(regions, region),
    ...BREAKDOWNS.flatMap((breakdown, index) => named(breakdowns[breakdown], codes[index] ?? TOTAL)),
  ].join(', ');
}

/**
 * Where a finding of the audit is, in words: "Referencias enviadas, Atlántida, Mujer"; a difference names both sides.
 * What is no place (a threshold, a month) stays as it is.
 */
export const placeText = (figure: string, plan: TablePlan, language: Language): string =>
  figure
    .split(SEPARATOR)
    .map((one) => oneText(one, plan, language))
    .join(' − ');
