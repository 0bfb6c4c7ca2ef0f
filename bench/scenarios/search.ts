import { TYPE_GROUPS, type TypeGroup } from '../../src/access/policy/type-groups.js';
import { codeTokenKey, pairKey, referenceKey, systemTokenKey, textRange } from '../../src/fhir/search/search-keys.js';
import type { Filter } from '../../src/store/write-plan.js';
import type { DatabaseWork } from '../work/database-work.js';
import { searchset, type SearchRow } from '../work/searchset.js';
import { type Ask, pick, type Scenario } from './scenario.js';

const NEWEST = { lu: -1, _id: -1 } as const;
const AUTHORED = { 'k.authored': -1, _id: -1 } as const;
const MODIFIED = { 'k.modified': -1, _id: -1 } as const;

const search = (type: string, parameters: Readonly<Record<string, string>>): Ask => ({
  method: 'GET',
  path: `/fhir/${type}?${new URLSearchParams(parameters).toString()}`,
});

/** Parameters of a request; an absent one is a mistake of the scenario. */
function parametersOf(ask: Ask): (name: string) => string {
  const { searchParams } = new URL(ask.path, 'http://127.0.0.1');
  return (name) => {
    const value = searchParams.get(name);
    if (value === null) throw new Error(`${ask.path} has no ${name}`);
    return value;
  };
}

const idIn = (ask: Ask): string => ask.path.split('/')[3] ?? '';

/** `system|value` as the search values hold it. */
function tokenFilter(param: string, token: string): Filter {
  const bar = token.lastIndexOf('|');
  return { 's.tok': systemTokenKey(param, token.slice(0, bar), token.slice(bar + 1)) };
}

/** Audit record of a search, then its Bundle. */
async function answer(work: DatabaseWork, ask: Ask, rows: readonly SearchRow[], sub = 'search-type'): Promise<string> {
  const pt = [...new Set(rows.flatMap((row) => row.stored.pt ?? []))];
  const ent = rows.map(({ type, stored }) => `${type}/${stored._id}`);
  await work.audit({ act: 'E', sub, pt, ent, q: ask.path });
  return searchset(ask.path, rows);
}

const rowsOf = (type: string, found: readonly SearchRow['stored'][], mode: SearchRow['mode'] = 'match'): SearchRow[] =>
  found.map((stored) => ({ type, stored, mode }));

/** Tasks of one status that the facility must see to, newest first. */
function worklist(work: DatabaseWork, ask: Ask, count: number, references = false): Promise<SearchRow['stored'][]> {
  const value = parametersOf(ask);
  const keys = [codeTokenKey('status', value('status')), referenceKey('owner', value('owner'))] as const;
  const filter = { ...work.reach, 's.tok': pairKey('status', 'owner', ...keys) };
  return work.page({ type: 'Task', filter, sort: MODIFIED, count, references });
}

const IN_COMPARTMENT: readonly TypeGroup[] = ['person', 'workflow', 'visit', 'clinical', 'provenance'];
const COMPARTMENT = IN_COMPARTMENT.flatMap((group): readonly string[] => TYPE_GROUPS[group]);

/** The search rows of issue 5, among them those that HAPI and Medplum were measured by (bench/targets.json). */
export const SEARCH_SCENARIOS: readonly Scenario[] = [
  {
    name: 'identifier',
    status: 200,
    ask: ({ identifiers }, n) => search('Patient', { identifier: pick(identifiers, n, 'identified Patient') }),
    async work(work, ask) {
      // A whole identifier finds people never seen here too: no filter by facility (design.md 3.7).
      const filter = tokenFilter('identifier', parametersOf(ask)('identifier'));
      const found = await work.page({ type: 'Patient', filter, sort: NEWEST, count: 20 });
      return answer(work, ask, rowsOf('Patient', found));
    },
  },
  {
    name: 'name-prefix',
    status: 200,
    ask: ({ prefixes }, n) => search('Patient', { name: pick(prefixes, n, 'named Patient'), _count: '20' }),
    async work(work, ask) {
      const { from, before } = textRange('name', parametersOf(ask)('name'));
      const filter = { ...work.reach, 's.str': { $elemMatch: { $gte: from, $lt: before } } };
      const found = await work.page({ type: 'Patient', filter, sort: NEWEST, count: 20 });
      return answer(work, ask, rowsOf('Patient', found));
    },
  },
  {
    name: 'patient-requests',
    status: 200,
    ask: ({ referred }, n) =>
      search('ServiceRequest', { patient: pick(referred, n, 'ServiceRequest'), _sort: '-authored' }),
    async work(work, ask) {
      const patient = parametersOf(ask)('patient');
      await work.head('Patient', patient);
      const filter = { pt: patient, 's.ref': referenceKey('patient', `Patient/${patient}`) };
      const found = await work.page({ type: 'ServiceRequest', filter, sort: AUTHORED, count: 20 });
      return answer(work, ask, rowsOf('ServiceRequest', found));
    },
  },
  {
    name: 'worklist',
    status: 200,
    ask: ({ facility, statuses }, n) =>
      search('Task', {
        status: pick(statuses, n, 'Task'),
        owner: `Organization/${facility}`,
        _sort: '-modified',
        _count: '50',
      }),
    work: async (work, ask) => answer(work, ask, rowsOf('Task', await worklist(work, ask, 50))),
  },
  {
    name: 'chain',
    status: 200,
    ask: ({ identifiers }, n) =>
      search('ServiceRequest', { 'subject:Patient.identifier': pick(identifiers, n, 'identified Patient') }),
    async work(work, ask) {
      const person = tokenFilter('identifier', parametersOf(ask)('subject:Patient.identifier'));
      const patients = await work.hop('Patient', { ...work.reach, ...person }, '_id');
      const keys = patients.map((id) => referenceKey('subject', `Patient/${id}`));
      const filter = { ...work.reach, 's.ref': { $in: keys } };
      const found = await work.page({ type: 'ServiceRequest', filter, sort: AUTHORED, count: 20 });
      return answer(work, ask, rowsOf('ServiceRequest', found));
    },
  },
  {
    name: 'has',
    status: 200,
    ask: ({ conditions }, n) =>
      search('Patient', { '_has:Condition:patient:code': pick(conditions, n, 'Condition'), _count: '20' }),
    async work(work, ask) {
      const coded = tokenFilter('code', parametersOf(ask)('_has:Condition:patient:code'));
      const patients = await work.hop('Condition', { ...work.reach, ...coded }, 'pt');
      const filter = { ...work.reach, _id: { $in: patients } };
      const found = await work.page({ type: 'Patient', filter, sort: { _id: -1 }, count: 20 });
      return answer(work, ask, rowsOf('Patient', found));
    },
  },
  {
    name: 'include',
    status: 200,
    ask: ({ facility, statuses }, n) =>
      search('Task', {
        status: pick(statuses, n, 'Task'),
        owner: `Organization/${facility}`,
        _sort: '-modified',
        _count: '20',
        _include: 'Task:focus:ServiceRequest',
      }),
    async work(work, ask) {
      const tasks = await worklist(work, ask, 20, true);
      const focus = tasks.flatMap(({ s: values }) =>
        (values?.ref ?? []).flatMap((key) => /^focus~ServiceRequest\/(.+)$/.exec(key)?.[1] ?? []),
      );
      await work.heads('Patient', [...new Set(tasks.flatMap(({ pt }) => pt ?? []))]);
      const requests = await work.many('ServiceRequest', [...new Set(focus)]);
      return answer(work, ask, [...rowsOf('Task', tasks), ...rowsOf('ServiceRequest', requests, 'include')]);
    },
  },
  {
    name: 'everything',
    status: 200,
    ask: ({ referred }, n) => ({
      method: 'GET',
      path: `/fhir/Patient/${pick(referred, n, 'ServiceRequest')}/$everything`,
    }),
    async work(work, ask) {
      const patient = idIn(ask);
      await work.head('Patient', patient);
      const found = await work.compartment(COMPARTMENT, patient);
      const rows = found.flatMap(({ type, ...stored }) => rowsOf(type, [stored]));
      return answer(work, ask, rows, '$everything');
    },
  },
  {
    name: 'history',
    status: 200,
    ask: ({ changed }, n) => ({ method: 'GET', path: `/fhir/Observation/${pick(changed, n, 'Observation')}/_history` }),
    async work(work, ask) {
      const id = idIn(ask);
      const { pt = '' } = await work.head('Observation', id);
      const versions = await work.history('Observation', id);
      const ent = versions.map(({ vid }) => `Observation/${id}/_history/${vid}`);
      await work.audit({ act: 'R', sub: 'history-instance', pt: [pt], ent });
      const entries = versions.map(
        ({ json, vid }) =>
          `{"fullUrl":"${ask.path}","resource":${json},"request":{"method":"PUT","url":"Observation/${id}"},"response":{"status":"200","etag":"W/\\"${vid}\\""}}`,
      );
      return `{"resourceType":"Bundle","type":"history","total":${versions.length},"entry":[${entries.join(',')}]}`;
    },
  },
];
