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
  /** Links of one chain or `_has`. */
  linkLevels: 4,
  /** Chains and `_has` of one query. */
  links: 6,
  /** Ways through different types of a chain that names none: each is a look-up of its own. */
  linkPaths: 30,
  /** Resources that a step of a chain or `_has` may find on the way (design.md 3.7: within the caller's reach). */
  linkRows: 10_000,
  /** `_include` and `_revinclude` of one query. */
  includes: 10,
  /** Times that `:iterate` goes further. */
  includeLevels: 4,
  /** Resources that are included in one page; more are left out, and the page says so. */
  included: 1_000,
  /** Combinations of a joined pair that are worth one look-up each. */
  pairKeys: 200,
} as const;
