import type { Interval } from './date-interval.js';
import type { SearchGraph } from './search-graph.js';
import type { SortKey } from './sort-keys.js';

/** Comparison prefixes of dates (FHIR R4 search, 3.1.1.4.5). */
export const DATE_PREFIXES = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb', 'ap'] as const;
export type DatePrefix = (typeof DATE_PREFIXES)[number];

/** One asked token. Without `system` any system, without `code` any code of the system. */
export interface TokenValue {
  readonly system?: string;
  readonly code?: string;
}

export interface DateComparison {
  readonly prefix: DatePrefix;
  readonly interval: Interval;
}

/** One parameter of a query: its values are alternatives, the criteria of a query all hold. */
export type Criterion =
  | { readonly kind: 'token'; readonly param: string; readonly values: readonly TokenValue[] }
  | {
      readonly kind: 'reference';
      readonly param: string;
      /** `Type/id` and absolute URLs. */
      readonly targets: readonly string[];
      /** True when the parameter has one value at most. */
      readonly single: boolean;
    }
  | { readonly kind: 'string'; readonly param: string; readonly exact: boolean; readonly texts: readonly string[] }
  | { readonly kind: 'date'; readonly param: string; readonly values: readonly DateComparison[] }
  | { readonly kind: 'uri'; readonly param: string; readonly uris: readonly string[] }
  | { readonly kind: 'id'; readonly ids: readonly string[] }
  | { readonly kind: 'lastUpdated'; readonly values: readonly DateComparison[] };

export interface SortTerm {
  readonly key: SortKey;
  readonly direction: 1 | -1;
}

/** A search that was understood completely. */
export interface SearchQuery extends SearchGraph {
  readonly type: string;
  readonly criteria: readonly Criterion[];
  /** As asked; empty when the order is ours to choose. */
  readonly sort: readonly SortTerm[];
  /** Rows of a page. */
  readonly count: number;
  /** `count`: only the number of matches (`_summary=count`, `_count=0`). */
  readonly answer: 'rows' | 'count';
  /** The number of matches goes with the rows (`_total`). */
  readonly total: boolean;
  readonly cursor?: string;
  /** The parameters as given, without the cursor: for links, for the audit, and to bind cursors. */
  readonly parameters: readonly (readonly [string, string])[];
}
