import { randomUUID } from 'node:crypto';
import { readDemoAccounts } from '../access/accounts.js';
import { custodianOf } from '../fhir/custodian-of.js';
import type { Progress } from '../progress.js';
import { catalogueResources } from './catalogue-resources.js';
import { loadAudit } from './load-audit.js';
import { type LoadContext, type LoadRecord, prepareRecords, writeRecords } from './load-records.js';

async function missing(
  { store }: LoadContext,
  records: readonly LoadRecord['resource'][],
): Promise<LoadRecord['resource'][]> {
  const byType = new Map<string, string[]>();
  for (const { resourceType, id } of records) byType.set(resourceType, [...(byType.get(resourceType) ?? []), id]);
  const present = new Set<string>();
  for (const [type, ids] of byType) for (const { _id } of await store.heads(type, ids)) present.add(`${type}/${_id}`);
  return records.filter(({ resourceType, id }) => !present.has(`${resourceType}/${id}`));
}

/**
 * Writes the directory (regions, networks, facilities, services, posts) and the people of the demonstration accounts,
 * as far as they are not there; what is there stays, also when somebody changed it since.
 * @returns number of records that are new
 */
export async function loadCatalogue(context: LoadContext, progress: Progress): Promise<number> {
  const records = await missing(context, catalogueResources(await readDemoAccounts()));
  if (records.length === 0) return 0;
  const requestId = randomUUID();
  const bar = progress.bar(
    { es: 'Catálogo de establecimientos', en: 'facility catalogue' },
    'registros',
    records.length,
  );
  const prepared = prepareRecords(
    context,
    records.map((resource) => {
      const own = custodianOf(resource);
      return { resource, ...(own === undefined ? {} : { own }) };
    }),
    { trusted: true },
  );
  const written = await writeRecords(context, prepared, requestId);
  bar.update(records.length);
  bar.end();
  await context.store.auditor.record(loadAudit(requestId, { records: String(written), what: 'catalogue' }));
  return written;
}
