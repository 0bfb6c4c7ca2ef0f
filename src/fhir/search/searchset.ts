import type { Extension } from '@medplum/fhirtypes';
import type { BundleLink } from './search-links.js';

/** One row of a searchset: where it lives, and its FHIR JSON text. */
export interface SearchsetEntry {
  /** Absent for an outcome: it lives nowhere. */
  readonly fullUrl?: string;
  readonly json: string;
  /** `include`: it stands there because of `_include` or `_revinclude`; `outcome`: it says something about the search. */
  readonly mode?: 'match' | 'include' | 'outcome';
  /** What the search says of this row beside it (`entry.search.extension`). */
  readonly extension?: Extension;
}

export interface Searchset {
  readonly links: readonly BundleLink[];
  /** Number of all matches, when it was asked for. */
  readonly total?: number;
  readonly entries: readonly SearchsetEntry[];
}

/** Links of a page that is walked in one direction only. */
export const pageLinks = (self: string, next?: string): readonly BundleLink[] => [
  { relation: 'self', url: self },
  ...(next === undefined ? [] : [{ relation: 'next', url: next } as const]),
];

/**
 * JSON text of a Bundle of type searchset (FHIR R4 search, 3.1.1.7). Stored texts go in as they are: nothing is parsed,
 * `1.10` stays `1.10`.
 */
export function searchsetText({ links, total, entries }: Searchset): string {
  const rows = entries.map(
    ({ fullUrl, json, mode = 'match', extension }) =>
      `{${fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(fullUrl)},`}"resource":${json},"search":{${
        extension ? `"extension":[${JSON.stringify(extension)}],` : ''
      }"mode":"${mode}"}}`,
  );
  return [
    '{"resourceType":"Bundle","type":"searchset"',
    ...(total === undefined ? [] : [`,"total":${total}`]),
    `,"link":${JSON.stringify(links)}`,
    // FHIR JSON has no empty arrays.
    ...(rows.length === 0 ? [] : [`,"entry":[${rows.join(',')}]`]),
    '}',
  ].join('');
}
