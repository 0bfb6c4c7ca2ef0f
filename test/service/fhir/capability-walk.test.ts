import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  OperationOutcome,
  Patient,
  Resource,
} from '@medplum/fhirtypes';
import { groupOf, isConformanceType } from '../../../src/access/policy/type-groups.js';
import { INTERACTIONS, type Interaction } from '../../../src/fhir/interaction-table.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { minimalResource, type MinimalLinks } from '../../support/minimal-resource.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { codeOf, inParallel } from '../policy/policy-fixture.js';

/** Codes of errors that mean "there is no such door". */
const NO_DOOR = ['route-unknown', 'type-unknown', 'operation-unknown', 'method-not-allowed', 'interaction-unsupported'];
const NOBODY = '0000-00000000-0000-7000-8000-000000000000';
/** A value of each kind that is understood; nothing need match it. */
const VALUES: Readonly<Record<string, string>> = {
  token: 'x',
  string: 'x',
  date: '2026-05-03',
  uri: 'urn:x',
  number: '2026',
  quantity: '2026',
  // The second part is a number, a date, a code, a text and an id alike.
  composite: 'x$2026',
  reference: NOBODY,
};

type Stored = Resource & { id: string };

describe('what the CapabilityStatement says', () => {
  let service: TestService;
  let statement: CapabilityStatement;
  let all: readonly CapabilityStatementRestResource[];
  /** Types that are stored; definitions come with the service and are only read and searched. */
  let rows: readonly CapabilityStatementRestResource[];
  let links: MinimalLinks;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
    statement = (await service.call<CapabilityStatement>(undefined, 'GET', 'metadata')).body;
    all = statement.rest?.[0]?.resource ?? [];
    rows = all.filter(({ type }) => !isConformanceType(type));
    const ids = { patient: '', organization: '', schedule: '' };
    // In this order each finds what it refers to.
    for (const [name, type] of [
      ['organization', 'Organization'],
      ['patient', 'Patient'],
      ['schedule', 'Schedule'],
    ] as const)
      ids[name] = (await service.call<Stored>(as, 'POST', type, { body: minimalResource(type, ids) })).body.id;
    expect(Object.values(ids)).not.toContain(undefined);
    links = ids;
  }, 60_000);
  afterAll(() => service.stop());

  const declares = (row: CapabilityStatementRestResource, code: Interaction): boolean =>
    row.interaction?.some((one) => one.code === code) === true;

  /** A valid body; of what clients may not make, its name. */
  const bodyOf = (type: string): Resource =>
    type === 'AuditEvent' ? ({ resourceType: type } as Resource) : minimalResource(type, links);

  /** A record that only the service writes: that of the patient's registration. */
  const anEvent = async (): Promise<string> => {
    const found = await service.call<Bundle>(as, 'GET', `AuditEvent?patient=${links.patient}&action=C`);
    return found.body.entry?.[0]?.resource?.id ?? '';
  };

  /** The request of an interaction on one resource, version 1 of it. */
  const ask = (code: Interaction, type: string, id: string, body?: Resource): Promise<Answer<Stored>> => {
    const at = `${type}/${id}`;
    const requests: Readonly<Record<Interaction, () => Promise<Answer<Stored>>>> = {
      create: () => service.call<Stored>(as, 'POST', type, { body: body ?? bodyOf(type) }),
      read: () => service.call<Stored>(as, 'GET', at),
      vread: () => service.call<Stored>(as, 'GET', `${at}/_history/1`),
      'history-instance': () => service.call<Stored>(as, 'GET', `${at}/_history`),
      'history-type': () => service.call<Stored>(as, 'GET', `${type}/_history?_count=1`),
      // A test that holds: the next version says the same.
      patch: () =>
        service.call<Stored>(as, 'PATCH', at, {
          body: JSON.stringify([{ op: 'test', path: '/resourceType', value: type }]),
          headers: { 'content-type': 'application/json-patch+json' },
        }),
      'search-type': () => service.call<Stored>(as, 'GET', `${type}?_id=${id}`),
      update: () => service.call<Stored>(as, 'PUT', at, { body: { ...(body ?? { resourceType: type }), id } }),
      delete: () => service.call<Stored>(as, 'DELETE', at),
    };
    return requests[code]();
  };

  /** In this order each finds what it needs: a resource, then its second version, then its end. */
  const LIFE: readonly Interaction[] = [
    'create',
    'read',
    'vread',
    'history-instance',
    'history-type',
    'search-type',
    'update',
    'patch',
    'delete',
  ];
  const STATUS: Partial<Record<Interaction, number>> = { create: 201, delete: 204 };
  const ACTION: Readonly<Record<Interaction, AuditRecord['act']>> = {
    create: 'C',
    read: 'R',
    vread: 'R',
    'history-instance': 'R',
    'history-type': 'R',
    'search-type': 'E',
    update: 'U',
    patch: 'U',
    delete: 'D',
  };
  const VERSION: Partial<Record<Interaction, string>> = {
    'search-type': '',
    update: '/_history/2',
    patch: '/_history/3',
    delete: '/_history/4',
  };

  it('covers every type once', () => {
    expect([...LIFE].sort()).toEqual([...INTERACTIONS].sort());
    expect(new Set(rows.map(({ type }) => type)).size).toBe(rows.length);
    expect(rows.map(({ type }) => type)).toEqual(service.context.definitions.resourceTypes);
  });

  it('does every interaction of every type, leaves exactly its audit record, and refuses the others', async () => {
    const wanted: { request: string; record: Partial<AuditRecord> }[] = [];
    const wrong: string[] = [];
    for (const row of rows) {
      const type = row.type ?? '';
      let id = declares(row, 'create') ? NOBODY : await anEvent();
      let body: Resource | undefined;
      for (const code of LIFE) {
        const answer = await ask(code, type, id, body);
        if (!declares(row, code)) {
          if (answer.status !== 405) wrong.push(`${type} ${code} is not declared and answers ${answer.status}`);
          continue;
        }
        if (answer.status !== (STATUS[code] ?? 200)) wrong.push(`${type} ${code}: ${answer.status} ${answer.text}`);
        if (code === 'create') [id, body] = [answer.body.id, answer.body];
        // A Group names several people, a Subscription none: it is nobody's own record.
        const directory = groupOf(type) === 'directory' || type === 'Group' || type === 'Subscription';
        wanted.push({
          request: answer.headers.get('x-request-id') ?? '',
          record: {
            act: ACTION[code],
            sub: code,
            out: '0',
            who: as,
            pt: directory ? [] : [type === 'Patient' ? id : links.patient],
            ent: [`${type}/${id}${type === 'AuditEvent' ? '' : (VERSION[code] ?? '/_history/1')}`],
          },
        });
      }
    }
    expect(wrong).toEqual([]);
    const records = await service.db
      .collection<AuditRecord>('audit')
      .find({ req: { $in: wanted.map(({ request }) => request) } })
      .toArray();
    expect(records).toHaveLength(wanted.length);
    for (const { request, record } of wanted)
      expect(records.filter(({ req }) => req === request)).toEqual([expect.objectContaining(record)]);
  }, 120_000);

  it('searches by every parameter, by GET and by form, and by no other', async () => {
    const wrong: string[] = [];
    for (const row of all.filter((one) => declares(one, 'search-type'))) {
      const type = row.type ?? '';
      const declared = new Set((row.searchParam ?? []).map(({ name }) => name));
      await inParallel(row.searchParam ?? [], 8, async ({ name, type: kind }) => {
        const value = VALUES[kind];
        // An id alone is a reference where one type only can be meant.
        const targets = service.context.definitions.searchParameters(type).get(name)?.targets ?? [];
        const asked = kind === 'reference' ? `${targets[0] ?? 'Patient'}/${NOBODY}` : value;
        if (value === undefined || asked === undefined) wrong.push(`${type}?${name}: kind ${kind}`);
        const answer = await service.call(as, 'GET', `${type}?${name}=${asked}&_count=1`);
        // A code of a required binding must exist; that the parameter is understood shows in the words.
        const understood = answer.status === 200 || (kind === 'token' && codeOf(answer) === 'parameter-value');
        if (!understood) wrong.push(`${type}?${name}=${asked}: ${answer.status} ${answer.text}`);
      });
      const form = await service.call(as, 'POST', `${type}/_search`, {
        body: '_count=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      if (form.status !== 200) wrong.push(`${type}/_search: ${form.status}`);
      const others = [
        'nada',
        '_text',
        '_content',
        '_has',
        '_has:Observation:patient:nada',
        'patient.nada',
        '_include',
        '_revinclude',
        '_list:nada',
        'value-quantity',
        'near',
      ];
      for (const name of others.filter((one) => !declared.has(one))) {
        const answer = await service.call<OperationOutcome>(as, 'GET', `${type}?${name}=1`);
        if (answer.status !== 400) wrong.push(`${type}?${name}: ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('includes by every name it declares, and by no other', async () => {
    const wrong: string[] = [];
    for (const { type = '', searchInclude = [], searchRevInclude = [] } of all) {
      const asked = [
        ...searchInclude.map((name) => `_include=${name}`),
        ...searchRevInclude.map((name) => `_revinclude=${name}`),
      ];
      const portions = Array.from({ length: Math.ceil(asked.length / 10) }, (_, at) =>
        asked.slice(at * 10, at * 10 + 10),
      );
      await inParallel(portions, 8, async (some) => {
        const answer = await service.call(as, 'GET', `${type}?_count=1&${some.join('&')}`);
        if (answer.status !== 200) wrong.push(`${type}?${some.join('&')}: ${answer.status} ${answer.text}`);
      });
      for (const other of ['_include=*', '_revinclude=*', `_include=${type}:nada`, '_revinclude=Nada:subject']) {
        const answer = await service.call(as, 'GET', `${type}?${other}`);
        if (answer.status !== 400) wrong.push(`${type}?${other}: ${answer.status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(rows.find(({ type }) => type === 'Patient')?.searchRevInclude).toContain('Observation:subject');
  }, 60_000);

  it('takes every parameter that it declares for all types, and searches the compartments it names', async () => {
    const values: Readonly<Record<string, string>> = {
      '_has:Observation:patient:status': 'final',
      _list: 'x',
      _include: 'Patient:organization',
      _revinclude: 'Observation:patient',
      _sort: '_id',
      _count: '1',
      _total: 'accurate',
      _summary: 'data',
      _elements: 'name',
    };
    const names = statement.rest?.[0]?.searchParam?.map(({ name }) => name);
    expect(names).toEqual(Object.keys(values).map((name) => name.split(':')[0]));
    for (const [name, value] of Object.entries(values))
      expect([name, (await service.call(as, 'GET', `Patient?${name}=${value}`)).status]).toEqual([name, 200]);
    // Linked parameters say of themselves that definitions have none.
    const plain = Object.entries(values).filter(([name]) => !/^_(has|list|include|revinclude)/.test(name));
    for (const { type = '' } of all.filter((row) => isConformanceType(row.type)))
      for (const [name, value] of plain)
        expect([type, name, (await service.call(as, 'GET', `${type}?${name}=${value}`)).status]).toEqual([
          type,
          name,
          200,
        ]);
    expect(statement.rest?.[0]?.compartment).toEqual(['http://hl7.org/fhir/CompartmentDefinition/patient']);
    const own = await service.call<Bundle>(as, 'GET', `Patient/${links.patient}/Patient`);
    expect(own.body.entry?.map(({ resource }) => resource?.id)).toEqual([links.patient]);
  });

  it('means what it says of conditions and versions', async () => {
    const wrong: string[] = [];
    for (const row of rows) {
      const type = row.type ?? '';
      const changes = declares(row, 'update');
      const clientIds = changes && groupOf(type) !== 'workflow';
      expect([type, row.updateCreate, row.conditionalUpdate, row.conditionalDelete]).toEqual([
        type,
        clientIds,
        changes,
        changes ? 'single' : 'not-supported',
      ]);
      for (const [method, found, none] of [
        ['PUT', 200, 201],
        ['PATCH', 200, 404],
        ['DELETE', 204, 204],
      ] as const) {
        const body = method === 'PUT' ? { body: bodyOf(type) } : {};
        const patch = {
          body: JSON.stringify([{ op: 'test', path: '/resourceType', value: type }]),
          headers: { 'content-type': 'application/json-patch+json' },
        };
        const given = method === 'PATCH' ? patch : body;
        const answer = await service.call<Stored>(as, method, `${type}?_id=${NOBODY}`, given);
        if (answer.status !== (changes ? none : 405))
          wrong.push(`${method} ${type}?_id: ${answer.status} ${answer.text}`);
        if (method !== 'PUT' || !changes) continue;
        const again = await service.call(as, method, `${type}?_id=${answer.body.id}`, given);
        if (again.status !== found) wrong.push(`${method} ${type}?_id again: ${again.status} ${again.text}`);
      }
      if (changes) {
        for (const [id, status] of [
          [NOBODY, 404],
          [`propio-${type}`, clientIds ? 201 : 404],
          [`propio-${type}`, clientIds ? 200 : 404],
        ] as const) {
          const body = { ...minimalResource(type, links), id };
          const answer = await service.call(as, 'PUT', `${type}/${id}`, { body });
          if (answer.status !== status) wrong.push(`PUT ${type}/${id}: ${answer.status} ${answer.text}`);
        }
      }
      if (row.conditionalCreate !== declares(row, 'create')) wrong.push(`${type} conditionalCreate`);
      if (!row.conditionalCreate) continue;
      const given = { body: minimalResource(type, links), headers: { 'if-none-exist': `_id=${NOBODY}` } };
      const created = await service.call<Stored>(as, 'POST', type, given);
      const again = await service.call<Stored>(as, 'POST', type, {
        ...given,
        headers: { 'if-none-exist': `_id=${created.body.id}` },
      });
      if (created.status !== 201 || again.status !== 200 || again.body.id !== created.body.id)
        wrong.push(`${type} If-None-Exist: ${created.status} ${again.status}`);
      const known = await service.call(as, 'GET', `${type}/${created.body.id}`, {
        // Without max-age fetch would say no-cache beside a condition of ours.
        headers: { 'if-none-match': created.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
      });
      if (row.conditionalRead === 'full-support' && known.status !== 304) wrong.push(`${type} 304: ${known.status}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('knows every profile and has a door for every operation', async () => {
    const wrong: string[] = [];
    for (const { type = '', supportedProfile = [], operation = [] } of rows) {
      for (const profile of supportedProfile) {
        const body: Partial<Patient> = { resourceType: type as 'Patient' };
        const answer = await service.call(as, 'POST', `${type}/$validate?profile=${profile}`, { body });
        if (answer.status !== 200 || answer.text.includes('profile-unknown')) wrong.push(profile);
      }
      for (const { name } of operation) {
        const doors = service.context.operations.filter((one) => one.name === name && one.type === type);
        if (doors.length === 0) wrong.push(`${type}/$${name}`);
        for (const { level, method } of doors) {
          const path = level === 'type' ? `${type}/$${name}` : `${type}/${NOBODY}/$${name}`;
          const body = { resourceType: 'Parameters' };
          const answer = await service.call(as, method, path, method === 'POST' ? { body } : {});
          if (answer.status >= 500 || NO_DOOR.includes(codeOf(answer) ?? '')) wrong.push(`${path}: ${answer.text}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('takes batch, transaction, history and search at the base, and nothing else there', async () => {
    expect(statement.rest?.[0]?.interaction?.map(({ code }) => code)).toEqual([
      'transaction',
      'batch',
      'history-system',
      'search-system',
    ]);
    for (const type of ['transaction', 'batch'])
      expect((await service.call(as, 'POST', '', { body: { resourceType: 'Bundle', type } })).status).toBe(200);
    expect((await service.call(as, 'GET', '?_type=Patient')).status).toBe(200);
    expect((await service.call(as, 'DELETE', '?_type=Patient')).status).toBe(405);
    expect((await service.call(as, 'GET', '_history?_count=1')).status).toBe(200);
    expect((await service.call(as, 'POST', '_history', { body: {} })).status).toBe(405);
  });

  it('and the OpenAPI description name the same doors, all of which open', async () => {
    const response = await fetch(`${service.url}/openapi.json`);
    const { paths } = (await response.json()) as { paths: Record<string, Record<string, { operationId: string }>> };
    const doors = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId }]) => ({ path, method: method.toUpperCase(), operationId })),
    );
    expect(new Set(doors.map(({ operationId }) => operationId)).size).toBe(doors.length);
    const wrong: string[] = [];
    for (const { path, method } of doors) {
      const place = path.replace('/fhir', '').replace(/^\//, '').replace('{id}', NOBODY).replace('{vid}', '1');
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? { body: { resourceType: 'Parameters' } } : {};
      const answer = await service.call(as, method, place, place.endsWith('_search') ? {} : body);
      if (answer.status >= 500 || NO_DOOR.includes(codeOf(answer) ?? ''))
        wrong.push(`${method} ${path}: ${answer.text}`);
    }
    expect(wrong).toEqual([]);
    // What makes something says so, with its place, and that a repeat says the same.
    const submit = paths['/fhir/ServiceRequest/$submit']?.['post'] as unknown as { responses: Record<string, object> };
    expect(Object.keys(submit.responses).sort()).toEqual(['200', '201', 'default']);
    for (const status of ['200', '201']) expect(submit.responses[status]).toHaveProperty('headers.Location');
    for (const method of ['get', 'post']) expect(paths['/fhir/Subscription/$status']).toHaveProperty(method);
    const named = new Set(doors.map(({ operationId }) => operationId));
    const missing = all.flatMap(({ type, interaction = [] }) =>
      interaction.map(({ code }) => `${code}-${type}`).filter((name) => !named.has(name)),
    );
    expect(missing).toEqual([]);
  }, 120_000);
});
