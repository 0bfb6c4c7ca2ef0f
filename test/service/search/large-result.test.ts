import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import { openSearchFixture, type SearchFixture } from './search-fixture.js';

const ROWS = 20;
/** A document of MongoDB ends at 16 MB; an answer does not. */
const TEXT = 1_000_000;
let fixture: SearchFixture;

beforeAll(async () => {
  fixture = await openSearchFixture();
  for (let number = 0; number < ROWS; number += 1)
    await fixture.load([
      {
        resourceType: 'Communication',
        id: `c${number}`,
        status: 'completed',
        subject: { reference: 'Patient/p1' },
        payload: [{ contentString: 'x'.repeat(TEXT) }],
      } as Resource & { id: string },
      ...(number === 0 ? [{ resourceType: 'Patient', id: 'p1' } as Resource & { id: string }] : []),
    ]);
}, 60_000);
afterAll(() => fixture.close());

describe('a result of more than 16 MB', () => {
  it.each([
    'Communication?status=completed&_count=50&_total=accurate',
    'Patient?_id=p1&_revinclude=Communication:patient',
  ])('%s arrives whole', async (path) => {
    const bundle = await fixture.search(path);
    const found = (bundle.entry ?? []).filter(({ resource }) => resource.resourceType === 'Communication');
    expect(found).toHaveLength(ROWS);
    expect(JSON.stringify(bundle).length).toBeGreaterThan(16 * 1_048_576);
  });

  it('is small when only the summary is asked for', async () => {
    const bundle = await fixture.search('Communication?_count=50&_summary=true');
    expect(bundle.entry).toHaveLength(ROWS);
    expect(JSON.stringify(bundle).length).toBeLessThan(50_000);
  });
});
