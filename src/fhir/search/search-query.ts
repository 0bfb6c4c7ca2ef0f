import type { Decimal } from '../ucum/decimal.js';
import type { Interval } from './date-interval.js';
import type { SearchKind } from './parameters.js';
import type { SearchGraph } from './search-graph.js';
import type { SortKey } from './sort-keys.js';

/** Comparison prefixes of dates, numbers and quantities (FHIR R4 search, 3.1.1.4.5). */
export const DATE_PREFIXES = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'sa', 'eb', 'ap'] as const;
export type DatePrefix = (typeof DATE_PREFIXES)[number];

/** One asked token. Without `system` any system, without `code` any code of the system. */
export interface TokenValue {
  readonly system?: string;
  readonly code?: string;
}

export interface TypedIdentifier {
  /** Code of `Identifier.type`. */
  readonly system: string;
  readonly code: string;
  readonly value: string;
}

export interface DateComparison {
  readonly prefix: DatePrefix;
  readonly interval: Interval;
}

export interface NumberComparison {
  readonly prefix: DatePrefix;
  readonly number: Decimal;
}

export interface QuantityComparison extends NumberComparison {
  /** Unit as asked; absent for "whatever the unit". Without `system` the code or the text of the unit. */
  readonly unit?: { readonly system?: string; readonly code: string };
}

/** One value of a composite: both hold in the same element. */
export interface CompositeValue {
  readonly first: TokenValue & { readonly code: string };
  /** Of the kind of the second part, with one value; `param` is that of the composite. */
  readonly second: Criterion;
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
  | { readonly kind: 'number'; readonly param: string; readonly values: readonly NumberComparison[] }
  | { readonly kind: 'quantity'; readonly param: string; readonly values: readonly QuantityComparison[] }
  | { readonly kind: 'composite'; readonly param: string; readonly values: readonly CompositeValue[] }
  /** A string that holds the text anywhere (`:contains`). */
  | { readonly kind: 'contains'; readonly param: string; readonly texts: readonly string[] }
  /** A code whose display or text starts with the text, at any word (`:text`). */
  | { readonly kind: 'text'; readonly param: string; readonly texts: readonly string[] }
  /** A reference by the identifier of its target (`:identifier`). */
  | { readonly kind: 'logical'; readonly param: string; readonly values: readonly TokenValue[] }
  /** An identifier of a kind (`:of-type`). */
  | { readonly kind: 'ofType'; readonly param: string; readonly values: readonly TypedIdentifier[] }
  /** A URL and everything under it (`:below` on uri). */
  | { readonly kind: 'uriBelow'; readonly param: string; readonly uris: readonly string[] }
  /** Has no value, or has one (`:missing`). */
  | {
      readonly kind: 'missing';
      readonly param: string;
      readonly missing: boolean;
      /** The parameters that hold its values; more than one for a union. */
      readonly parameters: readonly { readonly code: string; readonly kind: SearchKind }[];
    }
  /** One of these holds: a parameter that is the union of others. */
  | { readonly kind: 'any'; readonly param: string; readonly of: readonly Criterion[] }
  /** Does not hold (`:not`, `:not-in`). */
  | { readonly kind: 'not'; readonly of: Criterion }
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
  /** Names of parameters that were passed over (`Prefer: handling=lenient`). */
  readonly ignored: readonly string[];
  /** The parameters as given, without the cursor and what was passed over: for links, for the audit, and to bind cursors. */
  readonly parameters: readonly (readonly [string, string])[];
}
