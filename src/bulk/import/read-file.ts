import { setImmediate } from 'node:timers/promises';
import type { Candidate, Reject } from './candidate.js';
import { checkLine } from './check-line.js';
import { importBatch } from './import-batch.js';
import type { ImportContext } from './import-context.js';
import { type ImportCounts, type ImportPosition, NO_COUNTS, positionRow, sumCounts } from './import-state.js';
import type { Known } from './known-records.js';
import type { SourceFile } from './source-file.js';
import { type SourceLine, sourceLines } from './source-lines.js';

/** Lines of a batch: one transaction. */
const BATCH_LINES = 500;
/** Text of a batch at most, bytes: a transaction and its copy in memory stay small. */
const BATCH_BYTES = 8_000_000;
/** Lines checked in one go; in between, the write that is under way goes on. */
const TURN = 25;

export interface ReadOptions {
  readonly custodian?: string;
  readonly by: string;
  readonly known: Known;
  /** Told after each batch. */
  readonly tell: (counts: ImportCounts) => void;
}

async function* batches(source: AsyncIterable<SourceLine[]>): AsyncGenerator<SourceLine[]> {
  let batch: SourceLine[] = [];
  let size = 0;
  for await (const lines of source)
    for (const line of lines) {
      batch.push(line);
      size += line.bytes?.length ?? 0;
      if (batch.length < BATCH_LINES && size < BATCH_BYTES) continue;
      yield batch;
      batch = [];
      size = 0;
    }
  if (batch.length > 0) yield batch;
}

async function checkLines(
  context: ImportContext,
  file: string,
  lines: readonly SourceLine[],
  options: { at: Date; custodian?: string },
): Promise<(Candidate | Reject)[]> {
  const checked: (Candidate | Reject)[] = [];
  for (const line of lines) {
    checked.push(checkLine(context, file, line, options));
    if (checked.length % TURN === 0) await setImmediate();
  }
  return checked;
}

/**
 * Reads one file from where an earlier run stopped to its end; one batch is written while the next is checked.
 * @param from position of an earlier run; undefined to begin at the first line
 * @returns the position at the end
 */
export async function readFile(
  context: ImportContext,
  file: SourceFile,
  from: ImportPosition | undefined,
  options: ReadOptions,
): Promise<ImportPosition> {
  const { known, tell, by, custodian } = options;
  let position: ImportPosition = from ?? {
    _id: file.id,
    name: file.name,
    line: 0,
    offset: 0,
    counts: NO_COUNTS,
    read: false,
  };
  let writing: Promise<void> = Promise.resolve();
  const write = async (
    batch: readonly SourceLine[],
    lines: readonly (Candidate | Reject)[],
    at: Date,
  ): Promise<void> => {
    const last = batch.at(-1);
    const next = { ...position, line: last?.line ?? position.line, offset: last?.end ?? position.offset };
    const after = (counts: ImportCounts): ImportPosition => ({ ...next, counts: sumCounts(position.counts, counts) });
    const tale = { file: file.id, name: file.name, lines: `${batch[0]?.line ?? 0}-${next.line}`, by };
    const counts = await importBatch(context, known, {
      lines,
      at,
      tale,
      support: (found) => [positionRow(after(found))],
    });
    position = after(counts);
    tell(position.counts);
  };
  for await (const batch of batches(sourceLines(file.open(position.offset), position))) {
    const at = new Date();
    const checking = checkLines(context, file.id, batch, { at, ...(custodian === undefined ? {} : { custodian }) });
    const [lines] = await Promise.all([checking, writing]);
    writing = write(batch, lines, at);
    // A failure is met at the next `await`; until then it must not count as unhandled.
    writing.catch(() => undefined);
  }
  await writing;
  position = { ...position, read: true };
  await context.store.support('imports').updateOne({ _id: file.id } as never, { $set: position }, { upsert: true });
  return position;
}
