import { bilingual } from '../words.js';
import { alignTable } from '../demo/align-table.js';
import { type Graded, type Level, LEVEL_WORDS, LEVELS, type Verdict } from './requirement.js';

/** A partner's result. */
export interface Grade {
  /** Highest level of which, and of all below it, everything is met. */
  readonly reached?: Level;
  readonly rows: readonly Graded[];
}

export function gradeOf(rows: readonly Graded[]): Grade {
  const missing = LEVELS.findIndex((level) => rows.some((row) => row.level === level && row.verdict !== 'met'));
  const reached = LEVELS[(missing < 0 ? LEVELS.length : missing) - 1];
  return { ...(reached === undefined ? {} : { reached }), rows };
}

/** Is the level that was asked for reached? */
export const reaches = ({ reached }: Grade, asked: Level): boolean =>
  reached !== undefined && LEVELS.indexOf(reached) >= LEVELS.indexOf(asked);

const SIGNS: Readonly<Record<Verdict, string>> = {
  met: '✓ cumple / met',
  'not-met': '✗ no cumple / not met',
  'not-seen': '– no se vio / not seen',
};

/** Lines of a grade for people: a table, then each reason, then the level. */
export function gradeLines(grade: Grade): string[] {
  const { rows, reached } = grade;
  const table = alignTable(
    ['Nivel', 'Requisito', 'Resultado / Result', 'Qué se pide', 'What is asked'],
    rows.map(({ level, id, verdict, words }) => [level, id, SIGNS[verdict], words.es, words.en]),
  );
  const reasons = rows.flatMap(({ id, verdict, why, source }) =>
    verdict === 'met' ? [] : [`${id}: ${why ? bilingual(why) : SIGNS[verdict]} (${source})`],
  );
  const level = reached
    ? {
        es: `Nivel alcanzado: ${reached}, ${LEVEL_WORDS[reached].es}.`,
        en: `Level reached: ${reached}, ${LEVEL_WORDS[reached].en}.`,
      }
    : { es: 'Ningún nivel alcanzado.', en: 'No level reached.' };
  return [...table, '', ...reasons, ...(reasons.length > 0 ? [''] : []), bilingual(level)];
}
