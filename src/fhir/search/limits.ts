/** Every cap of a search, in one place. Going over one is 400, never a silent cut. */
export const SEARCH_LIMITS = {
  /** Rows of a page when `_count` is absent. */
  defaultCount: 20,
  maxCount: 1_000,
  /** Parameters of one query, repeated ones counted. */
  parameters: 40,
  /** OR values of a token, reference or `_id` parameter (clients send lists of 1,500 ids). */
  orKeys: 2_000,
  /** Identifiers of one search that may find people never seen at the caller's facility: no fishing with lists. */
  strangers: 10,
  /** OR values of a string or date parameter: each is a range of its own. */
  orRanges: 50,
  /** Characters of one OR value. */
  valueLength: 1_000,
  /** Characters of a string value that are indexed. */
  textLength: 100,
  /** Words of one string that a search can start at. */
  textWords: 12,
  sortKeys: 3,
  /** Rows that may be sorted when no index gives the order (design.md 3a.14). */
  candidates: 10_000,
  /** OR values up to which MongoDB merges index scans in order instead of sorting. */
  mergedScans: 200,
  /** Combinations of a joined pair that are worth one look-up each. */
  pairKeys: 200,
} as const;
