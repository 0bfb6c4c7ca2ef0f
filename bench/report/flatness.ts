import { sizeOf, type StoredResult } from '../result-file.js';
import { countText } from './cells.js';
import { table } from './markdown.js';

/** Issue 5: from the smallest to the largest size p50 may grow by this factor. */
const MOST = 1.5;
/** Callers at which growth is looked at: fewer waits of one request for another. */
const USERS = 8;

/**
 * How p50 of ours grows with the data, scenario by scenario, for each data shape that was measured at two sizes or more.
 * @param results of one suite, smallest first within a shape
 */
export function flatness(results: readonly StoredResult[]): string[] {
  const shapes = [...new Set(results.map(({ result }) => result.shape ?? 'seed'))];
  return shapes.flatMap((shape) => {
    const own = results.filter(({ result }) => (result.shape ?? 'seed') === shape);
    if (own.length < 2) return [];
    const scenarios = [...new Set(own.flatMap(({ result }) => result.rows.map(({ scenario }) => scenario)))];
    const rows = scenarios.flatMap((scenario) => {
      const times = own.map(
        ({ result }) => result.rows.find((row) => row.scenario === scenario && row.users === USERS)?.ours.p50 ?? 0,
      );
      const known = times.filter((time) => time > 0);
      const [first, last] = [known[0], known.at(-1)];
      if (first === undefined || last === undefined || known.length < 2) return [];
      const growth = last / first;
      const cells = times.map((time) => (time > 0 ? time.toFixed(1) : '–'));
      return [[scenario, ...cells, `${growth.toFixed(2)} ${growth <= MOST ? '✓' : '✗'}`]];
    });
    if (rows.length === 0) return [];
    const head = ['p50 of ours, ms', ...own.map(({ result }) => countText(sizeOf(result))), `growth (at most ${MOST})`];
    return [`## Growth with the data, shape \`${shape}\`, ${USERS} callers`, '', ...table(head, rows), ''];
  });
}
