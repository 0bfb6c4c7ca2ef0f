import type { SearchQuery } from './search-query.js';

/** A condition on resources that a match is linked with (FHIR R4 search, 3.1.1.4.6 and 3.1.1.4.7). */
export interface LinkedCriterion {
  /** The parameter as written, for messages. */
  readonly name: string;
  /** `chain`: the match refers to the linked resource; `has`: the linked resource refers to the match. */
  readonly direction: 'chain' | 'has';
  /** Reference parameter of the resource that refers. */
  readonly param: string;
  /** True when the resource that refers has one such reference at most. */
  readonly single: boolean;
  /** What the linked resource must satisfy, for each type it may have: one of them holds. */
  readonly branches: readonly SearchQuery[];
}

/** A wish for resources beside the matches (FHIR R4 search, 3.1.1.5.4). */
export interface Include {
  /** `_include`: follow the reference; `_revinclude`: find who refers. */
  readonly direction: 'include' | 'revinclude';
  /** Type that refers. */
  readonly source: string;
  readonly param: string;
  /** Types that are referred to: the asked one, else all that the parameter allows. */
  readonly targets: readonly string[];
  /** From what was included too, not from the matches only. */
  readonly iterate: boolean;
}

/** What a query says about resources around its matches. */
export interface SearchGraph {
  /** All hold. */
  readonly linked: readonly LinkedCriterion[];
  readonly includes: readonly Include[];
}
