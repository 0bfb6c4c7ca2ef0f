import type { Observation, Resource } from '@medplum/fhirtypes';
import type { mongo } from 'mongoose';
import type { StoredResource } from '../src/store/envelope.js';

/** What the scenarios ask for, drawn from the loaded data. */
export interface DataSample {
  /** `Type/id` of resources to read. */
  readonly reads: readonly string[];
  /** Observations of the facility, to update: id and FHIR text. */
  readonly updates: readonly { readonly id: string; readonly json: string }[];
  readonly create: { readonly type: string; readonly doc: StoredResource; readonly body: string };
  readonly transaction: readonly { readonly type: string; readonly doc: StoredResource }[];
  readonly transactionBody: string;
}

/** Resources in one transaction Bundle. */
const ENTRIES = 12;

function withoutIdentity(json: string): Resource {
  const { id: _id, meta: _meta, ...rest } = JSON.parse(json) as Resource;
  return rest as Resource;
}

const sampled = (db: mongo.Db, type: string, own: string, size: number): Promise<StoredResource[]> =>
  db
    .collection<StoredResource>(type)
    .aggregate<StoredResource>([{ $match: { own, del: false } }, { $sample: { size } }])
    .toArray();

/** Draws the sample among the records that one facility keeps, so that its system may read and write them. */
export async function drawSample(db: mongo.Db, facility: string): Promise<DataSample> {
  const types = ['Patient', 'Encounter', 'Condition', 'Observation', 'ServiceRequest'];
  const reads = await Promise.all(
    types.map(async (type) => (await sampled(db, type, facility, 500)).map(({ _id }) => `${type}/${_id}`)),
  );
  const observations = await sampled(db, 'Observation', facility, 500);
  const [template] = observations;
  if (!template) throw new Error('the data set holds no Observation of the facility');
  const body = JSON.stringify(withoutIdentity(template.json));
  const bodies = observations.filter(({ pt }) => pt === template.pt);
  const transaction = Array.from({ length: ENTRIES }, (_, index) => ({
    type: 'Observation',
    doc: bodies[index % bodies.length] ?? template,
  }));
  const entry = transaction.map(({ doc }) => {
    const resource = withoutIdentity(doc.json) as Observation;
    return { resource, request: { method: 'POST', url: 'Observation' } };
  });
  return {
    reads: reads.flat(),
    updates: observations.map(({ _id, json }) => ({ id: _id, json })),
    create: { type: 'Observation', doc: template, body },
    transaction,
    transactionBody: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  };
}
