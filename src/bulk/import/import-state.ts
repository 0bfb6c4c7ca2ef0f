import { type Finding, toOperationOutcome } from '../../errors.js';
import { keyHash } from '../../store/ids.js';
import type { Store } from '../../store/store.js';
import type { Claim, SupportRow } from '../../store/write-plan.js';
import type { Candidate, LinePlace, Reject } from './candidate.js';

/** What became of the lines of a file. */
export interface ImportCounts {
  /** Lines with content. */
  readonly read: number;
  /** Records that are new. */
  readonly written: number;
  /** Records that were there already, with the same content. */
  readonly present: number;
  readonly rejected: number;
}

export const NO_COUNTS: ImportCounts = { read: 0, written: 0, present: 0, rejected: 0 };

export const sumCounts = (a: ImportCounts, b: ImportCounts): ImportCounts => ({
  read: a.read + b.read,
  written: a.written + b.written,
  present: a.present + b.present,
  rejected: a.rejected + b.rejected,
});

/** How far the import of one file has come; written together with the records of each batch. */
export interface ImportPosition {
  /** Id of the file. */
  readonly _id: string;
  readonly name: string;
  readonly line: number;
  /** Bytes of the unpacked file. */
  readonly offset: number;
  readonly counts: ImportCounts;
  /** True when its last line has been read; lines that were put aside may still wait for their end. */
  readonly read: boolean;
}

/** A line that is remembered: put aside until its references are there, settled after that, or rejected. */
export interface ImportLine {
  /** `file|line` */
  readonly _id: string;
  readonly file: string;
  readonly line: number;
  readonly state: 'parked' | 'rejected' | 'settled';
  /** Parked: the line, its `Type/id`, the hashes of what it claims. */
  readonly text?: string;
  readonly ref?: string;
  readonly claims?: readonly string[];
  /** Rejected. */
  readonly type?: string;
  readonly id?: string;
  readonly issues?: readonly unknown[];
}

const lineId = (file: string, line: number): string => `${file}|${line}`;

export const claimKey = ({ kind, value }: Pick<Claim, 'kind' | 'value'>): string => keyHash(kind, value);

export const positionRow = (position: ImportPosition): SupportRow => ({
  collection: 'imports',
  row: { ...position, at: new Date() },
});

export const parkedRow = ({ file, line, text, ref, claims }: Candidate): SupportRow => ({
  collection: 'import_lines',
  row: { _id: lineId(file, line), file, line, state: 'parked', text, ref, claims: claims.map(claimKey) },
});

/** The line was put aside and needs no more care. */
export const settledRow = ({ file, line }: LinePlace): SupportRow => ({
  collection: 'import_lines',
  row: { _id: lineId(file, line), file, line, state: 'settled' },
});

const issuesOf = (findings: readonly Finding[]): readonly unknown[] => toOperationOutcome(findings).issue;

export const rejectedRow = ({ file, line, type, id, findings }: Reject): SupportRow => ({
  collection: 'import_lines',
  row: {
    _id: lineId(file, line),
    file,
    line,
    state: 'rejected',
    ...(type === undefined ? {} : { type }),
    ...(id === undefined ? {} : { id }),
    issues: issuesOf(findings),
  },
});

/** What imports remember between batches, and after a crash. */
export class ImportState {
  constructor(private readonly store: Pick<Store, 'support'>) {}

  get #lines(): ReturnType<typeof this.store.support<ImportLine>> {
    return this.store.support<ImportLine>('import_lines');
  }

  async position(file: string): Promise<ImportPosition | undefined> {
    const found = await this.store.support<ImportPosition>('imports').findOne({ _id: file });
    return found ?? undefined;
  }

  /** Forgets a file, so that it is read from its beginning. */
  async forget(file: string): Promise<void> {
    await this.#lines.deleteMany({ file });
    await this.store.support<ImportPosition>('imports').deleteOne({ _id: file });
  }

  /** Lines of a file in a state, in their order, `limit` at a time. A list may change while it is walked. */
  async *lines(
    file: string,
    state: ImportLine['state'],
    options: { readonly limit: number; readonly refs?: RegExp },
  ): AsyncGenerator<ImportLine[]> {
    const { limit, refs } = options;
    for (let after = 0; ;) {
      const filter = { file, state, line: { $gt: after }, ...(refs ? { ref: refs } : {}) };
      const page = await this.#lines.find(filter).sort({ line: 1 }).limit(limit).toArray();
      if (page.length > 0) yield page;
      if (page.length < limit) return;
      after = page.at(-1)?.line ?? after;
    }
  }

  /** Forgets the lines of a file that need no more care. */
  async forgetSettled(file: string): Promise<void> {
    await this.#lines.deleteMany({ file, state: 'settled' });
  }

  /** Which of these `Type/id` are put aside: the first line that has each. */
  async parkedRefs(refs: readonly string[]): Promise<ReadonlyMap<string, ImportLine>> {
    if (refs.length === 0) return new Map();
    const found = this.#lines.find({ ref: { $in: [...refs] }, state: 'parked' }, { projection: { text: 0 } });
    return firstBy(await found.toArray(), ({ ref = '' }) => [ref]);
  }

  /** Which of these claims belong to a line that is put aside: the first line that has each. */
  async parkedClaims(claims: readonly Claim[]): Promise<ReadonlyMap<string, ImportLine>> {
    if (claims.length === 0) return new Map();
    const keys = claims.map(claimKey);
    const found = this.#lines.find({ claims: { $in: keys }, state: 'parked' }, { projection: { text: 0 } });
    return firstBy(await found.toArray(), ({ claims: held = [] }) => held);
  }
}

/** Order of lines of several files: any, but always the same. */
export const isBefore = (a: Pick<ImportLine, 'file' | 'line'>, b: Pick<ImportLine, 'file' | 'line'>): boolean =>
  a.file === b.file ? a.line < b.line : a.file < b.file;

function firstBy(
  lines: readonly ImportLine[],
  keysOf: (line: ImportLine) => readonly string[],
): Map<string, ImportLine> {
  const first = new Map<string, ImportLine>();
  for (const line of lines)
    for (const key of keysOf(line)) {
      const known = first.get(key);
      if (!known || isBefore(line, known)) first.set(key, line);
    }
  return first;
}
