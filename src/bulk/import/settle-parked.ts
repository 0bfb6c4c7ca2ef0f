import type { Finding } from '../../errors.js';
import type { Candidate, Reject } from './candidate.js';
import { isCandidate, isReject, rejectOf } from './candidate.js';
import { checkLine } from './check-line.js';
import { importBatch } from './import-batch.js';
import type { ImportContext } from './import-context.js';
import {
  type ImportCounts,
  type ImportLine,
  type ImportPosition,
  ImportState,
  positionRow,
  rejectedRow,
  settledRow,
  sumCounts,
} from './import-state.js';
import { importPlan } from './import-plan.js';
import type { Known } from './known-records.js';
import { settleBatch } from './settle-batch.js';

const BATCH_LINES = 500;
const PATIENTS = /^Patient\//;
const OTHERS = /^(?!Patient\/)/;

export interface ParkedOptions {
  readonly known: Known;
  readonly by: string;
  readonly custodian?: string;
}

/** What is stored, and what is put aside and will be. */
const withParked = (known: Known, state: ImportState): Known => ({
  async stored(names) {
    const there = new Set(await known.stored(names));
    const missing = [...new Set(names)].filter((name) => !there.has(name));
    for (const name of (await state.parkedRefs(missing)).keys()) there.add(name);
    return there;
  },
  async holders(claims) {
    const parked = [...(await state.parkedClaims(claims))].map(([key, { ref = '' }]) => [key, ref] as const);
    return new Map([...parked, ...(await known.holders(claims))]);
  },
});

/** Lines that were put aside in all the files of a run, in the end. */
export class ParkedLines {
  readonly #state: ImportState;
  readonly #positions = new Map<string, ImportPosition>();

  constructor(
    private readonly context: ImportContext,
    positions: readonly ImportPosition[],
    private readonly options: ParkedOptions,
  ) {
    this.#state = new ImportState(context.store);
    for (const position of positions) this.#positions.set(position._id, position);
  }

  #candidates(lines: readonly ImportLine[], at: Date): (Candidate | Reject)[] {
    const { custodian } = this.options;
    return lines.map(({ file, line, text = '' }) =>
      checkLine(
        this.context,
        file,
        { line, bytes: Buffer.from(text), end: 0 },
        { at, ...(custodian === undefined ? {} : { custodian }) },
      ),
    );
  }

  #after(file: string, counts: ImportCounts): ImportPosition {
    const position = this.#positions.get(file);
    if (!position) throw new Error(`no position of ${file}`);
    return { ...position, counts: sumCounts(position.counts, counts) };
  }

  #tale(page: readonly ImportLine[], file: string): { file: string; name: string; lines: string; by: string } {
    const lines = `${page[0]?.line ?? 0}-${page.at(-1)?.line ?? 0}`;
    return { file, name: this.#positions.get(file)?.name ?? '', lines, by: this.options.by };
  }

  /** Rejects what refers to nothing, and what claims what another has; true when there was any. */
  async #eliminate(page: readonly ImportLine[], file: string): Promise<boolean> {
    const lines = this.#candidates(page, new Date());
    const candidates = lines.filter(isCandidate);
    const first = await this.#state.parkedRefs(candidates.map(({ ref }) => ref));
    const isFirst = (one: Candidate): boolean => {
      const parked = first.get(one.ref);
      return !parked || (parked.file === one.file && parked.line === one.line);
    };
    const known = withParked(this.options.known, this.#state);
    const settled = await settleBatch(this.context, known, candidates.filter(isFirst));
    const twice = candidates
      .filter((one) => !isFirst(one))
      .map((one) => rejectOf(one, { code: 'import-duplicate', params: { kind: 'id', holder: one.ref } }));
    const dangling = await Promise.all(settled.parked.map((one) => this.#dangling(one, known)));
    const rejected = [...lines.filter(isReject), ...settled.rejected, ...twice, ...dangling];
    const kept = new Set([...settled.accepted.map(({ line }) => line), ...rejected.map(({ line }) => line)]);
    const present = candidates.filter(({ line }) => !kept.has(line));
    if (rejected.length === 0 && present.length === 0) return false;
    const counts = { read: 0, written: 0, present: present.length, rejected: rejected.length };
    const position = this.#after(file, counts);
    const support = [positionRow(position), ...rejected.map(rejectedRow), ...present.map(settledRow)];
    await this.context.store.write(await importPlan(this.context, [], { support, tale: this.#tale(page, file) }));
    this.#positions.set(file, position);
    return true;
  }

  async #dangling(candidate: Candidate, known: Known): Promise<Reject> {
    const there = await known.stored([...candidate.targets.keys()]);
    const findings = [...candidate.targets]
      .filter(([name]) => !there.has(name))
      .map(([, { reference, expression }]): Finding => {
        return { code: 'reference-not-found', params: { reference }, expression };
      });
    const finding: Finding = { code: 'reference-not-found', params: { reference: candidate.ref } };
    return { ...rejectOf(candidate, finding), ...(findings.length > 0 ? { findings } : {}) };
  }

  async #write(page: readonly ImportLine[], file: string): Promise<void> {
    const at = new Date();
    // Whatever is left refers to what is there, or to what is written in this walk.
    const known: Known = {
      stored: (names) => Promise.resolve(new Set(names)),
      holders: (claims) => this.options.known.holders(claims),
    };
    const lines = this.#candidates(page, at);
    const counts = await importBatch(this.context, known, {
      lines,
      at,
      tale: this.#tale(page, file),
      support: (found, { rejected }) => {
        const refused = new Set(rejected.map(({ line }) => line));
        const done = lines.filter((one) => isCandidate(one) && !refused.has(one.line));
        return [positionRow(this.#after(file, { ...found, read: 0 })), ...done.map(settledRow)];
      },
    });
    this.#positions.set(file, this.#after(file, { ...counts, read: 0 }));
  }

  /**
   * Settles every line that waits for others: first those that nothing can help are rejected, and those that refer to
   * them, until none is left that refers to nothing; then the rest is written, patients first. Rings of references hold.
   * @returns the positions of all files in the end
   */
  async settle(): Promise<readonly ImportPosition[]> {
    const files = [...this.#positions.keys()];
    for (let changed = true; changed;) {
      changed = false;
      for (const file of files)
        for await (const page of this.#state.lines(file, 'parked', { limit: BATCH_LINES }))
          if (await this.#eliminate(page, file)) changed = true;
    }
    for (const refs of [PATIENTS, OTHERS])
      for (const file of files)
        for await (const page of this.#state.lines(file, 'parked', { limit: BATCH_LINES, refs }))
          await this.#write(page, file);
    for (const file of files) await this.#state.forgetSettled(file);
    return [...this.#positions.values()];
  }
}
