import type { ProgressBar } from '../../progress.js';
import type { ImportContext } from './import-context.js';
import { type ImportCounts, type ImportPosition, ImportState, NO_COUNTS, sumCounts } from './import-state.js';
import { KnownRecords } from './known-records.js';
import { readFile } from './read-file.js';
import { ParkedLines } from './settle-parked.js';
import type { SourceFile } from './source-file.js';

export interface ImportOptions {
  /** Go on where an earlier run of the same content stopped; else every file is read from its beginning. */
  readonly resume: boolean;
  /** Person at the terminal, for the audit. */
  readonly by: string;
  /** Organization id of the custodian of records that name none. */
  readonly custodian?: string;
  readonly bar: ProgressBar;
}

export interface ImportReport extends ImportCounts {
  /** Records written by this run alone, and how long it took. */
  readonly writtenNow: number;
  readonly seconds: number;
}

/** `1m05s`. */
const spoken = (seconds: number): string =>
  seconds < 60
    ? `${Math.ceil(seconds)}s`
    : `${Math.floor(seconds / 60)}m${String(Math.ceil(seconds % 60)).padStart(2, '0')}s`;

/** Rate and time left, from what this run has done. */
function noteOf(written: number, ms: number, share: number): string {
  const rate = `${Math.round((1000 * written) / Math.max(ms, 1))} recursos/s`;
  return share > 0 && share < 1 ? `${rate} · ETA ${spoken((ms / 1000) * (1 / share - 1))}` : rate;
}

/** Shows bytes read and the rate while files are read one after the other. */
class ImportProgress {
  readonly #started = performance.now();
  readonly #total: number;
  #before = 0;
  #skipped = 0;
  #known = 0;

  constructor(
    files: readonly SourceFile[],
    private readonly bar: ProgressBar,
  ) {
    this.#total = files.reduce((sum, { size = 0 }) => sum + size, 0);
  }

  /** An earlier run has done part of this file. */
  begin({ bytesRead }: SourceFile, counts: ImportCounts): void {
    this.#skipped += bytesRead();
    this.#known += counts.written;
  }

  show(file: SourceFile, written: number): void {
    const done = this.#before + file.bytesRead();
    const ms = performance.now() - this.#started;
    const share = this.#total > 0 ? (done - this.#skipped) / Math.max(this.#total - this.#skipped, 1) : 0;
    this.bar.update(done, this.#total, noteOf(written - this.#known, ms, share));
  }

  end({ size = 0 }: SourceFile): void {
    this.#before += size;
  }

  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }
}

const total = (positions: readonly ImportPosition[]): ImportCounts =>
  positions.reduce((sum, { counts }) => sumCounts(sum, counts), NO_COUNTS);

/**
 * Imports NDJSON files: every line a resource with the id it is to keep. Lines may refer to later lines and to later files.
 * Memory does not grow with the files. What cannot be taken is remembered with its reasons (`writeRejects`); the rest goes on.
 * After a crash or an error the same call with `resume` loses nothing and writes nothing twice.
 * @throws ServiceError 503 when the database does not answer; Error when a file cannot be read
 */
export async function importFiles(
  context: ImportContext,
  files: readonly SourceFile[],
  options: ImportOptions,
): Promise<ImportReport> {
  const state = new ImportState(context.store);
  const known = new KnownRecords(context.store);
  const progress = new ImportProgress(files, options.bar);
  const shared = {
    known,
    by: options.by,
    ...(options.custodian === undefined ? {} : { custodian: options.custodian }),
  };
  const positions: ImportPosition[] = [];
  let before = 0;
  for (const file of files) {
    const from = options.resume ? await state.position(file.id) : undefined;
    if (!from) await state.forget(file.id);
    before += from?.counts.written ?? 0;
    if (from) progress.begin(file, from.counts);
    const tell = ({ written }: ImportCounts): void => progress.show(file, total(positions).written + written);
    positions.push(from?.read ? from : await readFile(context, file, from, { ...shared, tell }));
    progress.end(file);
  }
  const settled = await new ParkedLines(context, positions, shared).settle();
  const counts = total(settled);
  return { ...counts, writtenNow: counts.written - before, seconds: progress.seconds };
}
