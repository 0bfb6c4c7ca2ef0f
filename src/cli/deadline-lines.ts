import type { Edition } from '../referral/deadlines/edition.js';
import { LEVELS } from '../referral/deadlines/levels.js';
import { type Decided, editionChanges, inOrder, keyOf, termText } from '../referral/deadlines/table-text.js';
import { bilingual } from '../words.js';

/** An edition for people: what it is, its terms, its workday, its holidays of a year and who is told. */
export function deadlineLines(edition: Edition, holidays: readonly { date: string; name: string }[]): string[] {
  const { number, validFrom, approvedBy, note, by, at, terms, workday, escalation } = edition;
  return [
    bilingual({
      es: `Edición ${number}, rige desde ${validFrom}; aprobada por: ${approvedBy}`,
      en: `edition ${number}, valid from ${validFrom}; approved by: ${approvedBy}`,
    }),
    bilingual({ es: `cargada por ${by} el ${at.toISOString()}`, en: `loaded by ${by} on ${at.toISOString()}` }),
    ...(note === undefined ? [] : [note]),
    ...inOrder(terms).map((row) => `  ${keyOf(row).padEnd(40)} ${termText(row)}`),
    bilingual({
      es: `jornada ${workday.opens}-${workday.closes}, días ${workday.weekdays.join(' ')} (0 es domingo)`,
      en: `workday ${workday.opens}-${workday.closes}, days ${workday.weekdays.join(' ')} (0 is Sunday)`,
    }),
    ...holidays.map(({ date, name }) => `  ${date} ${name}`),
    ...escalation.map(
      ({ clock, level, share }) => `  ${clock ?? '*'}: ${bilingual(LEVELS[level])}, +${Math.round(share * 100)} %`,
    ),
  ];
}

/** What a new edition changes of another, one line each. */
export const changedLines = (before: Decided, after: Decided): readonly string[] =>
  editionChanges(before, after).map((change) => `  ${change.key}: ${change.before ?? '-'} -> ${change.after ?? '-'}`);
