import type { Bundle } from '@medplum/fhirtypes';
import { randomInt } from 'node:crypto';
import { createRandom } from '../../src/seed/random.js';
import { peersPerson } from './peers-person.js';

/** Stands for the number of the person in a Bundle's text: as long as the numbers that take its place. */
const MARK = '@DNI@';

const urn = (type: string, number: number): string => {
  const serial = String(number).padStart(12, '0');
  const kind = Buffer.from(type).toString('hex').slice(0, 8).padEnd(8, '0');
  return `urn:uuid:${kind}-0000-4000-8000-${serial}`;
};

/**
 * Text of a transaction Bundle of one person in the peers' data shape, linked by `urn:uuid`, its number left open.
 * @param more Observations beyond the five
 */
export function bundleTemplate(facility: string, more = 0): string {
  const link = (type: string, number: number): { reference: string } => ({ reference: urn(type, number) });
  const records = peersPerson({ dni: MARK, facility, random: createRandom('bundle'), link, more });
  const entry = records.map(({ number, resource }) => ({
    fullUrl: urn(resource.resourceType, number),
    resource,
    request: { method: 'POST' as const, url: resource.resourceType },
  }));
  const bundle: Bundle = { resourceType: 'Bundle', type: 'transaction', entry };
  return JSON.stringify(bundle);
}

/** Gives out Bundles of people that differ by their number, in this run and from the runs before. */
export function bundleMaker(template: string): () => string {
  const run = `98${String(randomInt(100_000)).padStart(5, '0')}`;
  let next = 0;
  return () => template.replace(MARK, `${run}${String(next++).padStart(6, '0')}`);
}
