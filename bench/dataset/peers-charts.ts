import type { Patient, Resource } from '@medplum/fhirtypes';
import { catalogue } from '../../src/seed/catalogue.js';
import { facilityId } from '../../src/seed/catalogue-ids.js';
import type { PersonRecords } from '../../src/seed/load-patients.js';
import { createRandom } from '../../src/seed/random.js';
import { bucketOf, catalogueId } from '../../src/store/ids.js';
import { peersPerson } from './peers-person.js';

/** Facilities that have a system of their own (seed/accounts.json): the people are spread over them evenly. */
const FACILITIES = catalogue.facilities.filter(({ alias }) => alias !== undefined).map(({ rups }) => facilityId(rups));

const DATE = '2026-11-01T12:00:00.000Z';

function chart(index: number): PersonRecords {
  const key = `peers|${index}`;
  const facility = FACILITIES[index % FACILITIES.length]!;
  const patientId = catalogueId('Patient', key);
  const idOf = (type: string, number: number): string =>
    type === 'Patient' ? patientId : catalogueId(type, `${key}|${number}`, bucketOf(patientId));
  const records = peersPerson({
    dni: `99${String(index).padStart(11, '0')}`,
    facility,
    random: createRandom(key),
    link: (type, number) => ({ reference: `${type}/${idOf(type, number)}` }),
  });
  const meta = { versionId: '1', lastUpdated: DATE };
  const resources = records.map(({ number, resource }) => {
    const { resourceType, ...rest } = resource;
    return { resourceType, id: idOf(resourceType, number), meta, ...rest } as Resource & { id: string };
  });
  const custodians = new Map(resources.map(({ resourceType, id }) => [`${resourceType}/${id}`, facility]));
  return { patientId, person: resources[0] as Patient, resources, custodians };
}

/** People in the peers' data shape, one after the other; the same on every machine. */
export function* peersCharts(patients: number): Generator<PersonRecords> {
  for (let index = 0; index < patients; index += 1) yield chart(index);
}
