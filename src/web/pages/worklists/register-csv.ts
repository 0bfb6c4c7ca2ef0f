import { csvFile } from '../../../statistics/release/csv.js';
import { hourText, timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { sexText } from '../../resources/person.js';
import { REGISTER } from '../../texts/register.js';
import type { RegisterRow } from './register-rows.js';

const COLUMNS = [
  'number',
  'event',
  'time',
  'referral',
  'record',
  'identity',
  'name',
  'phone',
  'sex',
  'age',
  'motive',
  'diagnosis',
  'other',
  'visitService',
  'visitDate',
] as const satisfies readonly (keyof typeof REGISTER)[];

const isGender = (code: string): code is 'male' | 'female' | 'other' | 'unknown' =>
  ['male', 'female', 'other', 'unknown'].includes(code);

/** Sex of a line in words; empty when it was not given. */
export const sexOf = ({ sex }: RegisterRow, language: PageContext['language']): string =>
  isGender(sex) ? sexText({ gender: sex }, language) : '';

/** The register as a CSV file with one column for each of annex 8, named in the page's language. */
export function registerCsv(
  rows: readonly RegisterRow[],
  { say, language }: Pick<PageContext, 'say' | 'language'>,
): string {
  const cells = (row: RegisterRow): Record<(typeof COLUMNS)[number], string | number> => ({
    ...row,
    number: Number(row.number),
    event: say(row.event),
    time: hourText(row.at, language),
    sex: sexOf(row, language),
    visitDate: row.visitDate === '' ? '' : timeText(row.visitDate, language),
  });
  const titles = COLUMNS.map((column) => say(REGISTER[column]));
  const lines = rows.map((row) => {
    const values = cells(row);
    return Object.fromEntries(COLUMNS.map((column, index) => [titles[index] ?? column, values[column]]));
  });
  // The mark that tells spreadsheets the letters are UTF-8.
  return `\uFEFF${csvFile(titles, lines)}`;
}
