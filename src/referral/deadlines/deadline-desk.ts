import type { Caller } from '../../access/caller.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { checkEdition, type EditionProblem } from './check-edition.js';
import { deadlineBook } from './deadline-book.js';
import { editionAt } from './edition-at.js';
import type { Edition, EditionContent } from './edition.js';
import { completedTable, type GivenDeadlines, lineOf, parseTable, type TableAbout, TableError } from './given-table.js';
import { knownKeys } from './known-keys.js';
import { assertDecides, assertNotPast, loadEdition } from './load-edition.js';
import { type EditionChange, editionChanges } from './table-text.js';

/** A table that somebody wants to put in force: its text (CSV or JSON) and what is said beside it. */
export interface ProposedTable extends TableAbout {
  readonly text: string;
}

/** A problem of a proposed table, with its line where the text has lines. */
export interface ProposedProblem extends EditionProblem {
  readonly line?: number;
}

export type CheckedTable =
  | { readonly ok: true; readonly content: EditionContent; readonly changes: readonly EditionChange[] }
  | { readonly ok: false; readonly problems: readonly ProposedProblem[] };

/** What the ministry does with the deadlines on its page; every call asks again whether the caller decides on them. */
export interface DeadlineDesk {
  /** The edition in force, and all there are, the newest first. Throws 403. */
  readonly overview: (caller: Caller) => Promise<{ readonly current: Edition; readonly editions: readonly Edition[] }>;
  /** What a proposed table would change, or all that is wrong with it. Throws 403, 422 for a day that has passed. */
  readonly check: (caller: Caller, proposed: ProposedTable) => Promise<CheckedTable>;
  /** Puts a proposed table in force. Throws 403, 422, 409 when somebody else has just loaded one. */
  readonly load: (caller: Caller, proposed: ProposedTable) => Promise<Edition | CheckedTable>;
}

const withLine = (problem: EditionProblem, given: GivenDeadlines): ProposedProblem => {
  const at = lineOf(problem.place, given);
  return at === undefined ? problem : { ...problem, place: at.column, line: at.line };
};

/** The text as a table; what cannot be read is a problem like others. */
function read(text: string): GivenDeadlines | ProposedProblem {
  try {
    return parseTable(text);
  } catch (error) {
    if (error instanceof TableError) return { place: '', words: error.words };
    throw error;
  }
}

/** The desk on a store. @param client name by which the audit knows who asks */
export function createDeadlineDesk(fhir: Pick<FhirContext, 'store' | 'definitions'>, client: string): DeadlineDesk {
  const { store } = fhir;
  const check: DeadlineDesk['check'] = async (caller, { text, ...about }) => {
    await assertDecides(store, caller.sub);
    const now = new Date();
    const given = read(text);
    if ('words' in given) return { ok: false, problems: [given] };
    const before = editionAt((await deadlineBook(store)).editions, now);
    const table = completedTable(given, before, about);
    const checked = checkEdition(table, await knownKeys(fhir, table));
    if (!checked.ok) return { ok: false, problems: checked.problems.map((problem) => withLine(problem, given)) };
    assertNotPast(checked.content, now);
    return { ok: true, content: checked.content, changes: editionChanges(before, checked.content) };
  };
  return {
    check,
    async overview(caller) {
      await assertDecides(store, caller.sub);
      const { editions } = await deadlineBook(store);
      return {
        current: editionAt(editions, new Date()),
        editions: [...editions].sort((a, b) => b.number - a.number),
      };
    },
    async load(caller, proposed) {
      const checked = await check(caller, proposed);
      if (!checked.ok) return checked;
      return loadEdition(store, { content: checked.content, account: caller.sub, client, now: new Date() });
    },
  };
}
