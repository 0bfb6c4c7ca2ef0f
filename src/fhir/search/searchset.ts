/** One row of a searchset: where it lives, and its FHIR JSON text. */
export interface SearchsetEntry {
  readonly fullUrl: string;
  readonly json: string;
  /** `include`: it stands there because a match refers to it. */
  readonly mode?: 'match' | 'include';
}

export interface Searchset {
  readonly self: string;
  readonly next?: string;
  /** Number of all matches, when it was asked for. */
  readonly total?: number;
  readonly entries: readonly SearchsetEntry[];
  /** JSON text of an OperationOutcome about the search itself. */
  readonly outcome?: string;
}

/**
 * JSON text of a Bundle of type searchset (FHIR R4 search, 3.1.1.7). Stored texts go in as they are: nothing is parsed,
 * `1.10` stays `1.10`.
 */
export function searchsetText({ self, next, total, entries, outcome }: Searchset): string {
  const link = [{ relation: 'self', url: self }, ...(next === undefined ? [] : [{ relation: 'next', url: next }])];
  const rows = [
    ...entries.map(
      ({ fullUrl, json, mode = 'match' }) =>
        `{"fullUrl":${JSON.stringify(fullUrl)},"resource":${json},"search":{"mode":"${mode}"}}`,
    ),
    ...(outcome === undefined ? [] : [`{"resource":${outcome},"search":{"mode":"outcome"}}`]),
  ];
  return [
    '{"resourceType":"Bundle","type":"searchset"',
    ...(total === undefined ? [] : [`,"total":${total}`]),
    `,"link":${JSON.stringify(link)}`,
    // FHIR JSON has no empty arrays.
    ...(rows.length === 0 ? [] : [`,"entry":[${rows.join(',')}]`]),
    '}',
  ].join('');
}
