import type { Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { mongo } from 'mongoose';
import { reindexType } from '../../../src/fhir/search/reindex.js';
import { recordedProgress } from '../../../src/progress.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import type { Catalogue } from '../../../src/store/index-catalogue.js';
import { migrate } from '../../../src/store/migrate.js';
import { searchValues } from '../../../src/store/migrations/004-search-values.js';
import { openSearchFixture, type SearchFixture } from './search-fixture.js';

const ROWS = 450;
const OLD = { tok: [], ref: [], str: [], dat: [], uri: [] };
const catalogue: Catalogue = [
  { name: 'Observation', indexes: [{ name: 'tok', key: { 's.tok': 1 } }] },
  { name: 'claims', indexes: [] },
];
let fixture: SearchFixture;
const collection = (): mongo.Collection<StoredResource> => fixture.connection.collection('Observation') as never;

/** As a release before left them: without numbers, or with nothing. */
const forget = async (): Promise<void> => {
  await collection().updateMany({}, { $set: { s: OLD as never, k: {} } });
};

beforeAll(async () => {
  fixture = await openSearchFixture();
  const observation = (number: number): Resource & { id: string } => ({
    resourceType: 'Observation',
    id: `o${String(number).padStart(4, '0')}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
    effectiveDateTime: '2026-05-03',
    valueQuantity: { value: number, system: 'http://unitsofmeasure.org', code: 'g/L' },
  });
  await fixture.load(Array.from({ length: ROWS }, (_, number) => observation(number)));
}, 60_000);
afterAll(() => fixture.close());

const asked = 'Observation?value-quantity=ge44000|http://unitsofmeasure.org|mg/dL&_sort=date&_count=1000';

describe('reindexType', () => {
  it('makes everything found again and changes nothing else', async () => {
    const before = await collection().find().sort({ _id: 1 }).toArray();
    await forget();
    expect(await fixture.ids(asked)).toEqual([]);
    const seen: number[] = [];
    expect(await reindexType(fixture.context, 'Observation', ({ done }) => void seen.push(done))).toBe(ROWS);
    expect(seen).toEqual([200, 400, 450]);
    expect(await collection().find().sort({ _id: 1 }).toArray()).toEqual(before);
    expect(await fixture.ids(asked)).toHaveLength(10);
  });

  it('goes on where another run stopped', async () => {
    await forget();
    const stop = new AbortController();
    let at = '';
    const run = reindexType(
      fixture.context,
      'Observation',
      ({ after }) => {
        at = after;
        stop.abort(new Error('power cut'));
      },
      { signal: stop.signal },
    );
    await expect(run).rejects.toThrow('power cut');
    expect(await collection().countDocuments({ 's.tok': 'status~final' })).toBe(200);
    expect(await reindexType(fixture.context, 'Observation', undefined, { after: at })).toBe(ROWS - 200);
    expect(await collection().countDocuments({ 's.tok': 'status~final' })).toBe(ROWS);
  });

  it('never writes over a newer version', async () => {
    const old = (await collection().findOne({ _id: 'o0007' }))!;
    await collection().updateOne({ _id: 'o0007' }, { $set: { vid: 2, 's.tok': ['status~amended'] } });
    const { store } = fixture.context;
    expect(await store.replaceSearchValues('Observation', [{ _id: 'o0007', vid: 1, s: old.s, k: old.k }])).toBe(0);
    expect(await fixture.ids('Observation?status=amended')).toEqual(['o0007']);
  });

  it('is what the migration runs on the resources of a release before, once', async () => {
    await forget();
    const types: string[] = [];
    const run = (): Promise<void> =>
      migrate(fixture.connection.db as never, recordedProgress(), catalogue, {
        migrations: [searchValues],
        rebuildSearchValues: async (type, onProgress, options) => {
          types.push(type);
          await reindexType(fixture.context, type, onProgress, options);
        },
      });
    await run();
    expect(await fixture.ids(asked)).toHaveLength(10);
    await run();
    expect(types).toEqual(['Observation']);
  });

  it('is missed where there is something to rebuild', async () => {
    await fixture.connection.collection('schema_migrations').deleteMany({});
    const run = migrate(fixture.connection.db as never, recordedProgress(), catalogue, { migrations: [searchValues] });
    await expect(run).rejects.toThrow('Observation');
  });
});
