import type { Resource } from '@medplum/fhirtypes';
import { claimsOf } from '../../src/fhir/claims.js';
import type { FhirContext } from '../../src/fhir/fhir-context.js';
import { toStored } from '../../src/fhir/to-stored.js';
import { createRandom } from '../../src/seed/random.js';
import { newBucket, newId } from '../../src/store/ids.js';
import type { Template } from '../work/template.js';
import { peersPerson } from './peers-person.js';

/** Stored documents and claims of one person in the peers' data shape, as a facility would have written them. */
export function personTemplates(
  context: Pick<FhirContext, 'definitions' | 'hooks'>,
  facility: string,
  more = 0,
): Template[] {
  const bucket = newBucket();
  const ids = new Map<string, string>();
  const idOf = (type: string, number: number): string => {
    const key = `${type} ${number}`;
    const id = ids.get(key) ?? newId(bucket);
    ids.set(key, id);
    return id;
  };
  const records = peersPerson({
    dni: `97${'0'.repeat(11)}`,
    facility,
    random: createRandom('template'),
    link: (type, number) => ({ reference: `${type}/${idOf(type, number)}` }),
    more,
  });
  const meta = { versionId: '1', lastUpdated: new Date().toISOString() };
  return records.map(({ number, resource }) => {
    const type = resource.resourceType;
    const stored = { ...resource, id: idOf(type, number), meta } as Resource & { id: string };
    return { type, doc: toStored(context, stored, { own: facility }), claims: claimsOf(stored, facility) };
  });
}
