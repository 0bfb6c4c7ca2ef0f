import { parseArgs } from 'node:util';
import { findingText, isServiceError } from '../errors.js';
import { checkEdition, type EditionProblem } from '../referral/deadlines/check-edition.js';
import { deadlineBook } from '../referral/deadlines/deadline-book.js';
import { editionAt } from '../referral/deadlines/edition-at.js';
import { completedTable, type GivenDeadlines, lineOf } from '../referral/deadlines/given-table.js';
import { holidaysOf } from '../referral/deadlines/holidays.js';
import { knownKeys } from '../referral/deadlines/known-keys.js';
import { assertDecides, assertNotPast, loadEdition } from '../referral/deadlines/load-edition.js';
import { deadlineCsv } from '../referral/deadlines/table-text.js';
import { dayOf, localDay } from '../referral/local-day.js';
import { bilingual } from '../words.js';
import { type Command, type CommandContext, UsageError } from './command.js';
import { readDeadlineFile } from './deadline-file.js';
import { changedLines, deadlineLines } from './deadline-lines.js';
import { withDatabase } from './with-database.js';
import { withEngine } from './with-engine.js';

const DAY_MS = 86_400_000;

const usage = (): UsageError =>
  new UsageError({
    es: 'Se esperaba: show [--on AAAA-MM-DD] [--csv] o load ARCHIVO --as CUENTA [--dry-run].',
    en: 'expected: show [--on YYYY-MM-DD] [--csv] or load FILE --as ACCOUNT [--dry-run]',
  });

/** One call of the command, its arguments read. */
interface Call extends Pick<CommandContext, 'env' | 'out'> {
  readonly file: string | undefined;
  readonly values: {
    readonly on?: string;
    readonly csv?: boolean;
    readonly as?: string;
    readonly 'dry-run'?: boolean;
    readonly 'valid-from'?: string;
    readonly 'approved-by'?: string;
    readonly note?: string;
  };
}

/** The moment that a day is asked about: its end, or now for today. */
function momentOf(on: string | undefined): Date {
  const now = new Date();
  if (on === undefined || on === dayOf(now).date) return now;
  const day = localDay(on);
  if (!day) throw usage();
  return new Date(day.end.getTime() - 1);
}

function show({ env, out, file, values }: Call): Promise<number> {
  if (file !== undefined) throw usage();
  const moment = momentOf(values.on);
  return withDatabase(env, async ({ store }) => {
    const edition = editionAt((await deadlineBook(store)).editions, moment);
    if (values.csv) deadlineCsv(edition).forEach(out);
    else {
      const year = Number(dayOf(moment).date.slice(0, 4));
      const holidays = holidaysOf(year, edition.holidays).map(({ day, name }) => ({
        date: new Date(day * DAY_MS).toISOString().slice(0, 10),
        name,
      }));
      deadlineLines(edition, holidays).forEach(out);
    }
    return 0;
  });
}

/** Where a problem is, as the person sees the file: the line of a CSV file. */
function placeText({ place }: EditionProblem, given: GivenDeadlines): string {
  const at = lineOf(place, given);
  return at === undefined ? place : `línea / line ${at.line}${at.column === '' ? '' : ` (${at.column})`}`;
}

function load({ env, out, file, values }: Call): Promise<number> {
  const { as: account, 'dry-run': dry = false } = values;
  if (file === undefined || account === undefined) throw usage();
  return withDatabase(env, (opened) =>
    withEngine(opened, async ({ store, definitions }) => {
      const now = new Date();
      await assertDecides(store, account);
      const given = await readDeadlineFile(file);
      const before = editionAt((await deadlineBook(store)).editions, now);
      const table = completedTable(given, before, {
        validFrom: values['valid-from'],
        approvedBy: values['approved-by'],
        note: values.note,
      });
      const checked = checkEdition(table, await knownKeys({ store, definitions }, table));
      if (!checked.ok) {
        for (const problem of checked.problems) out(`${placeText(problem, given)}: ${bilingual(problem.words)}`);
        out(bilingual({ es: 'No se cargó nada.', en: 'nothing was loaded' }));
        return 1;
      }
      const { content } = checked;
      assertNotPast(content, now);
      const changes = changedLines(before, content);
      changes.forEach(out);
      const edition = dry ? undefined : await loadEdition(store, { content, account, now });
      const count = { es: `${changes.length} plazos cambian`, en: `${changes.length} terms change` };
      out(
        edition
          ? bilingual({
              es: `Edición ${edition.number} cargada, rige desde ${edition.validFrom}: ${count.es}`,
              en: `edition ${edition.number} loaded, valid from ${edition.validFrom}: ${count.en}`,
            })
          : bilingual({ es: `Prueba, no se cargó nada: ${count.es}`, en: `dry run, nothing was loaded: ${count.en}` }),
      );
      return 0;
    }),
  );
}

/**
 * `deadlines show [--on DATE] [--csv]`: the table of deadlines that is (or was, or will be) in force on a day.
 * `deadlines load FILE --as ACCOUNT [--valid-from DATE] [--approved-by WHO] [--note TEXT] [--dry-run]`: takes over the ministry's
 * next table (CSV or JSON), who, when and why in the audit.
 * @returns exit code: 0 done, 1 refused, with every reason
 */
export const deadlines: Command = async ({ args, env, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      on: { type: 'string' },
      csv: { type: 'boolean' },
      as: { type: 'string' },
      'dry-run': { type: 'boolean' },
      'valid-from': { type: 'string' },
      'approved-by': { type: 'string' },
      note: { type: 'string' },
    },
  });
  const [step, file, ...more] = positionals;
  if (more.length > 0 || (step !== 'show' && step !== 'load')) throw usage();
  try {
    return await (step === 'show' ? show : load)({ env, out, file, values });
  } catch (error) {
    if (!isServiceError(error)) throw error;
    for (const finding of error.findings)
      out(bilingual({ es: findingText(finding, 'es'), en: findingText(finding, 'en') }));
    return 1;
  }
};
