import type { FoundResource } from '../../src/store/envelope.js';

export interface SearchRow {
  readonly type: string;
  readonly stored: FoundResource;
  readonly mode: 'match' | 'include';
}

/** Text of a searchset: as many bytes as the service sends, without its rules. */
export function searchset(self: string, rows: readonly SearchRow[]): string {
  const entries = rows.map(
    ({ type, stored, mode }) =>
      `{"fullUrl":"http://127.0.0.1:8080/fhir/${type}/${stored._id}","resource":${stored.json},"search":{"mode":"${mode}"}}`,
  );
  const link = JSON.stringify([{ relation: 'self', url: `http://127.0.0.1:8080${self}` }]);
  return `{"resourceType":"Bundle","type":"searchset","link":${link},"entry":[${entries.join(',')}]}`;
}
