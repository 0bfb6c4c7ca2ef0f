import type { DataSample } from '../dataset/sample.js';
import { type Ask, pick, type Scenario } from './scenario.js';

const placeOf = ({ path }: Ask): { type: string; id: string } => {
  const [, , type = '', id = ''] = path.split('/');
  return { type, id };
};

/** Transaction Bundle of a person whom nobody knows yet, linked by `urn:uuid`. */
const transaction = (name: string): Scenario => ({
  name,
  status: 200,
  ask: (sample: DataSample) => ({ method: 'POST', path: '/fhir', body: sample.nextBundle(name) }),
  work: (work) => work.writes.transaction(name),
});

/** The core rows of the contract (design.md 4a). Reads go round the sample, updates too, so that few of them meet. */
export const CORE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'read',
    status: 200,
    ask: ({ reads }, n) => ({ method: 'GET', path: `/fhir/${pick(reads, n, 'resource')}` }),
    async work(work, ask) {
      const { type, id } = placeOf(ask);
      const { pt, json } = await work.read(type, id);
      await work.audit({ act: 'R', sub: 'read', pt: pt === undefined ? [] : [pt], ent: [`${type}/${id}`] });
      return json;
    },
  },
  {
    name: 'create',
    status: 201,
    ask: ({ create }) => ({ method: 'POST', path: `/fhir/${create.type}`, body: create.body }),
    work: (work) => work.writes.create(),
  },
  {
    name: 'update',
    status: 200,
    ask({ updates }, n) {
      const { id, json } = pick(updates, n, 'Observation');
      return { method: 'PUT', path: `/fhir/Observation/${id}`, body: json };
    },
    work(work, ask) {
      const { type, id } = placeOf(ask);
      return work.writes.update(type, id);
    },
  },
  transaction('transaction'),
  transaction('transaction-50'),
];
