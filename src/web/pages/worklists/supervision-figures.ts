import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import {
  ALL_SUPERVISION_ROWS,
  type SupervisionRow,
  supervisionRow,
} from '../../../referral/supervision/supervision-rows.js';
import { csvFile } from '../../../statistics/release/csv.js';
import type { PageContext } from '../../page-context.js';
import { codingText } from '../../resources/coded-text.js';
import { parametersOf } from '../../resources/in-bundle.js';
import { SUPERVISION } from '../../texts/supervision.js';

/** One line of the supervision of one place. */
export interface SupervisionLine {
  readonly row: SupervisionRow;
  readonly what: string;
  /** Code in words; empty where the row has one figure. */
  readonly detail: string;
  readonly value: number;
  readonly rule: string;
}

/** The figures of one facility, network or region. */
export interface SupervisionScope {
  readonly place: string;
  readonly lines: readonly SupervisionLine[];
  /** Value of a row without details; 0 where nothing was counted. */
  valueOf(row: SupervisionRow): number;
}

const partOf = ({ part = [] }: ParametersParameter, name: string): ParametersParameter | undefined =>
  part.find((one) => one.name === name);

const isRow = (code: string | undefined): code is SupervisionRow => ALL_SUPERVISION_ROWS.some((row) => row === code);

function scopeOf(page: PageContext, scope: ParametersParameter): SupervisionScope {
  const lines = (scope.part ?? [])
    .filter(({ name }) => name === 'figure')
    .flatMap((figure): SupervisionLine[] => {
      const row = partOf(figure, 'row')?.valueCode;
      const value = partOf(figure, 'value')?.valueInteger;
      if (!isRow(row) || value === undefined) return [];
      const code = partOf(figure, 'code')?.valueCoding;
      const words = supervisionRow(row);
      const detail = code ? codingText(page, code) : '';
      return [{ row, what: page.say(words), detail, value, rule: page.say(words.rule) }];
    });
  return {
    place: partOf(scope, 'organization')?.valueReference?.display ?? '',
    lines,
    valueOf: (row) => lines.find((line) => line.row === row)?.value ?? 0,
  };
}

/** The total and, of a network or region, each facility, out of an answer of `$monthly-supervision`. */
export const supervisionScopes = (
  page: PageContext,
  answer: Parameters,
): { readonly total: SupervisionScope | undefined; readonly facilities: readonly SupervisionScope[] } => ({
  total: parametersOf(answer, 'total').map((scope) => scopeOf(page, scope))[0],
  facilities: parametersOf(answer, 'facility').map((scope) => scopeOf(page, scope)),
});

/** Every figure as a CSV file, the total first, in the page's language. */
export function supervisionCsv(page: PageContext, answer: Parameters): string {
  const { total, facilities } = supervisionScopes(page, answer);
  const month = parametersOf(answer, 'month')[0]?.valueString ?? '';
  const [m, place, what, detail, value, rule] = (['month', 'place', 'what', 'detail', 'value', 'rule'] as const).map(
    (name) => page.say(SUPERVISION[name]),
  ) as [string, string, string, string, string, string];
  const rows = [...(total ? [total] : []), ...facilities].flatMap((scope) =>
    scope.lines.map((line) => ({
      [m]: month,
      [place]: scope.place,
      [what]: line.what,
      [detail]: line.detail,
      [value]: line.value,
      [rule]: line.rule,
    })),
  );
  return `\uFEFF${csvFile([m, place, what, detail, value, rule], rows)}`;
}
