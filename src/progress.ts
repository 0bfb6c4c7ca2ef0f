import { SingleBar } from 'cli-progress';
import type { Words } from './words.js';
import { bilingual } from './words.js';

/** A count that grows towards a total (bytes, records). */
export interface ProgressBar {
  /** Sets what is done so far; a total may become known later. `note` is shown behind the figures, for example a rate. */
  update(done: number, total?: number, note?: string): void;
  /** Ends the bar where it stands. */
  end(): void;
}

/** How the service tells people what it is doing while it starts, seeds or downloads. */
export interface Progress {
  /** One line of words. */
  say(words: Words): void;
  /** A bar for a countable piece of work; `unit` is `MB` (values in bytes) or a noun. `total` in the same unit as updates. */
  bar(title: Words, unit: string, total?: number): ProgressBar;
}

const MEGABYTE = 1_000_000;
const scaled = (value: number, unit: string): string =>
  unit === 'MB' ? (value / MEGABYTE).toFixed(1) : String(Math.round(value));

/** Bar on a terminal, drawn by cli-progress. */
function terminalBar(stream: NodeJS.WriteStream, title: Words, unit: string, total = 0): ProgressBar {
  const bar = new SingleBar({
    stream,
    format: `${bilingual(title)} [{bar}] {done} / {all} ${unit}{note}`,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
  });
  const payload = (done: number, all: number, note?: string): object => ({
    done: scaled(done, unit),
    all: all > 0 ? scaled(all, unit) : '?',
    note: note === undefined ? '' : ` · ${note}`,
  });
  bar.start(total, 0, payload(0, total));
  return {
    update(done, all, note): void {
      if (all !== undefined) bar.setTotal(all);
      bar.update(done, payload(done, bar.getTotal(), note));
    },
    end: () => bar.stop(),
  };
}

/** The same without a terminal (logs, pipes): a line at each further quarter, and the last figure at the end. */
function lineBar(write: (line: string) => void, title: Words, unit: string, total = 0): ProgressBar {
  let known = total;
  let last = 0;
  let quarter = 0;
  return {
    update(done, all, note): void {
      known = all ?? known;
      last = done;
      const reached = known > 0 ? Math.floor((4 * done) / known) : 0;
      if (reached <= quarter) return;
      quarter = reached;
      const behind = note === undefined ? '' : ` · ${note}`;
      write(`${bilingual(title)}: ${scaled(done, unit)} / ${scaled(known, unit)} ${unit}${behind}`);
    },
    end(): void {
      if (quarter < 4) write(`${bilingual(title)}: ${scaled(last, unit)} ${unit}`);
    },
  };
}

/**
 * Progress on a stream, stderr unless said, so that standard output carries results only
 * (the ready line, a token): bars where the stream is a terminal, lines elsewhere.
 */
export function streamProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const write = (line: string): void => void stream.write(`${line}\n`);
  return {
    say: (words) => write(bilingual(words)),
    bar: (title, unit, total) =>
      stream.isTTY ? terminalBar(stream, title, unit, total) : lineBar(write, title, unit, total),
  };
}

/** Progress that hands every line to a listener: tests look at what people would have read. */
export function recordedProgress(listen: (line: string) => void = () => undefined): Progress {
  return { say: (words) => listen(bilingual(words)), bar: (title, unit, total) => lineBar(listen, title, unit, total) };
}
