import type { DataSample } from '../dataset/sample.js';
import type { HttpTarget } from '../servers/http-target.js';
import type { DatabaseWork } from '../work/database-work.js';
import type { Scenario } from './scenario.js';

/** Where the three columns of a scenario are done. */
export interface Parties {
  readonly sample: DataSample;
  readonly ours: HttpTarget;
  readonly bare: HttpTarget;
  readonly work: DatabaseWork;
}

export type Column = 'ours' | 'bare' | 'raw';
export const COLUMNS: readonly Column[] = ['raw', 'bare', 'ours'];

/** What the first requests of a scenario showed. */
export interface Probe {
  /** By column: why it cannot be measured. */
  readonly errors: Readonly<Partial<Record<Column, string>>>;
  /** How the answers of ours and of the bare handler differ. */
  readonly note?: string;
}

/** Requests that are looked at before a scenario is measured. */
const PROBES = 3;
const MOST_WORDS = 200;

interface Found {
  readonly resourceType: string;
  readonly id?: string;
  readonly entry?: readonly { readonly resource?: Found }[];
  readonly issue?: readonly { readonly diagnostics?: string; readonly details?: { readonly text?: string } }[];
}

const parsed = (text: string): Found | undefined => {
  try {
    return JSON.parse(text) as Found;
  } catch {
    return undefined;
  }
};

/** Why a request failed, in words of the OperationOutcome. */
function refusal(status: number, text: string): string {
  const issue = parsed(text)?.issue?.[0];
  const words = issue?.details?.text ?? issue?.diagnostics ?? '';
  return `HTTP ${status} ${words}`.trim().slice(0, MOST_WORDS);
}

/** The resources of an answer: what they are, and, of a read, which ones. */
function contents(text: string, byId: boolean): string[] {
  const found = parsed(text);
  if (!found) return [];
  const resources =
    found.resourceType === 'Bundle' ? (found.entry ?? []).flatMap(({ resource }) => resource ?? []) : [found];
  return resources.map(({ resourceType, id }) => (byId ? `${resourceType}/${id ?? ''}` : resourceType)).sort();
}

async function answerOf(column: Column, scenario: Scenario, parties: Parties, n: number): Promise<string> {
  const ask = scenario.ask(parties.sample, n);
  if (column === 'raw') return scenario.work(parties.work, ask);
  const { status, text } = await parties[column].send(ask, { scenario: scenario.name, keep: true });
  if (status !== scenario.status) throw new Error(refusal(status, text));
  return text;
}

/**
 * Asks the first requests of a scenario in every column, so that nothing is measured that does not work, and compares the
 * answers: a bare handler that finds other resources does other work.
 */
export async function probe(scenario: Scenario, parties: Parties): Promise<Probe> {
  const errors: Partial<Record<Column, string>> = {};
  let note: string | undefined;
  for (let n = 0; n < PROBES; n += 1) {
    const answers = new Map<Column, string>();
    for (const column of COLUMNS) {
      try {
        answers.set(column, await answerOf(column, scenario, parties, n));
      } catch (error) {
        errors[column] ??= error instanceof Error ? error.message : String(error);
      }
    }
    const [ours, bare] = [answers.get('ours'), answers.get('bare')];
    if (ours === undefined || bare === undefined) continue;
    const byId = scenario.ask(parties.sample, n).method === 'GET';
    const [a, b] = [contents(ours, byId), contents(bare, byId)];
    if (a.join() !== b.join()) note ??= `answers differ: ${a.length} resources, bare ${b.length}`;
  }
  return { errors, ...(note === undefined ? {} : { note }) };
}
