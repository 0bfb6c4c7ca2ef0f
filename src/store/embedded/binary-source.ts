import type { Progress } from '../../progress.js';
import type { MongodSource } from '../../config/variables.js';
import type { Words } from '../../words.js';

/** A `mongod` that ran `--version` here. */
export interface MongodBinary {
  readonly path: string;
  /** For example `6.0.5`. */
  readonly version: string;
}

/** What a source may look at. */
export interface SourceContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Binary that the operator named. */
  readonly systemBinary?: string | undefined;
  /** Folder of fetched binaries: `<cacheDir>/<version>/mongod`. */
  readonly cacheDir: string;
  /** Release series that the data folder needs, for example `6.0`; undefined for an empty folder. */
  readonly series?: string | undefined;
  readonly progress: Progress;
}

/**
 * Answer of a source: a binary, or why there is none. `final` stops the search:
 * what the operator set explicitly must not be passed over in silence.
 */
export type SourceAnswer = { readonly binary: MongodBinary } | { readonly reason: Words; readonly final?: true };

/** A place where `mongod` may come from (design.md 4). */
export interface BinarySource {
  /** Name in `MONGOD_SOURCES`. */
  readonly name: MongodSource;
  readonly title: Words;
  find(context: SourceContext): Promise<SourceAnswer>;
}
