import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { bundleOf, created, verdict } from '../policy/policy-fixture.js';

type Request = NonNullable<BundleEntry['request']>;

describe('transaction and batch', () => {
  let service: TestService;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (value: string): Patient => ({
    resourceType: 'Patient',
    identifier: [{ system: 'urn:t', value }],
    name: [{ family: 'Transacción' }],
  });
  const at = (value: string): string => `Patient?identifier=urn:t|${value}`;
  const weight = (subject: string): Resource => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Peso' },
    subject: { reference: subject },
  });
  const entry = (method: Request['method'], url: string, resource?: Resource, more: object = {}): BundleEntry => ({
    ...(resource ? { resource } : {}),
    request: { method: method!, url, ...more },
  });
  const post = (type: 'batch' | 'transaction', entries: BundleEntry[], who: string = as): Promise<Answer<Bundle>> =>
    service.call<Bundle>(who, 'POST', '', { body: bundleOf(type, entries) });
  const statuses = (answer: Answer<Bundle>): (string | undefined)[] =>
    (answer.body.entry ?? []).map(({ response }) => response?.status);
  const expressionOf = (answer: Answer<unknown>): string | undefined =>
    (answer.body as OperationOutcome).issue[0]?.expression?.[0];

  it('carries out conditional entries: create, update, patch, delete, and what finds nothing', async () => {
    await created(service, as, person('update'));
    await created(service, as, person('patch'));
    await created(service, as, person('delete'));
    const parameters = { resourceType: 'Parameters', parameter: [] } as Resource & { parameter: object[] };
    parameters.parameter.push({
      name: 'operation',
      part: [
        { name: 'type', valueCode: 'add' },
        { name: 'path', valueString: 'Patient' },
        { name: 'name', valueString: 'gender' },
        { name: 'value', valueCode: 'other' },
      ],
    });
    const answer = await post('transaction', [
      entry('PUT', at('update'), person('update')),
      entry('PUT', at('new'), person('new')),
      entry('PATCH', at('patch'), parameters),
      entry('DELETE', at('delete')),
      entry('DELETE', at('nothing')),
      entry('POST', 'Patient', person('new2'), { ifNoneExist: 'identifier=urn:t|new2' }),
      entry('PUT', 'Patient/propio', { ...person('propio'), id: 'propio' }),
    ]);
    expect(statuses(answer)).toEqual([
      '200 OK',
      '201 Created',
      '200 OK',
      '204 No Content',
      '204 No Content',
      '201 Created',
      '201 Created',
    ]);
    expect((answer.body.entry?.[2]?.resource as Patient).gender).toBe('other');
    expect((await service.call<Bundle>(as, 'GET', at('delete'))).body.entry).toBeUndefined();
  });

  const twice: readonly (readonly [string, (id: string) => BundleEntry[]])[] = [
    [
      'two conditional updates that find it',
      () => [entry('PUT', at('twice'), person('twice')), entry('PUT', at('twice'), person('twice'))],
    ],
    [
      'two conditional updates that find nothing',
      () => [entry('PUT', at('none'), person('none')), entry('PUT', at('none'), person('none'))],
    ],
    [
      'a conditional update and a plain one',
      (id) => [entry('PUT', at('twice'), person('twice')), entry('PUT', `Patient/${id}`, { ...person('twice'), id })],
    ],
    [
      'a conditional update under two criteria',
      () => [entry('PUT', at('twice'), person('twice')), entry('PUT', `${at('twice')}&name=trans`, person('twice'))],
    ],
    [
      'a conditional delete and a conditional update',
      () => [entry('DELETE', at('twice')), entry('PUT', at('twice'), person('twice'))],
    ],
    [
      'a conditional create and a conditional update that find nothing',
      () => [
        entry('POST', 'Patient', person('none'), { ifNoneExist: 'identifier=urn:t|none' }),
        entry('PUT', at('none'), person('none')),
      ],
    ],
  ];
  it.each(twice)('refuses two writes of one resource: %s', async (_title, entries) => {
    const known = (await service.call<Bundle>(as, 'GET', at('twice'))).body.entry?.[0]?.resource?.id;
    const id = known ?? (await created(service, as, person('twice'))).id;
    expect(verdict(await post('transaction', entries(id)))).toEqual([400, 'bundle-invalid']);
    const after = await service.call<Patient>(as, 'GET', `Patient/${id}`);
    expect(after.body.meta?.versionId).toBe('1');
    expect((await service.call<Bundle>(as, 'GET', at('none'))).body.entry).toBeUndefined();
  });

  it('resolves conditional references, of several types, and those under the criteria of an entry', async () => {
    const known = await created(service, as, person('ref'));
    const answer = await post('transaction', [
      entry('POST', 'Observation', weight(at('ref'))),
      entry('POST', 'Observation', weight(at('both'))),
      entry('POST', 'Patient', person('both'), { ifNoneExist: 'identifier=urn:t|both' }),
      entry('PUT', at('third'), {
        ...person('third'),
        link: [{ other: { reference: at('ref') }, type: 'seealso' }],
      } as Patient),
    ]);
    expect(statuses(answer)).toEqual(['201 Created', '201 Created', '201 Created', '201 Created']);
    const [first, second, third, fourth] = (answer.body.entry ?? []).map(({ resource }) => resource);
    expect(first).toMatchObject({ subject: { reference: `Patient/${known.id}` } });
    expect(second).toMatchObject({ subject: { reference: `Patient/${third?.id}` } });
    expect(fourth).toMatchObject({ link: [{ other: { reference: `Patient/${known.id}` } }] });
  });

  it('asks for many conditional references in one statement', async () => {
    await created(service, as, person('many'));
    const entries = Array.from({ length: 120 }, (_, index) =>
      entry('POST', 'Observation', weight(`${at('many')}&_lastUpdated=ge${1900 + index}`)),
    );
    await service.db.command({ profile: 2 });
    const answer = await post('transaction', entries);
    await service.db.command({ profile: 0 });
    const asked = await service.db
      .collection('system.profile')
      .countDocuments({ 'command.aggregate': 'Patient', 'command.pipeline.1.$limit': 2 });
    expect([answer.status, asked]).toEqual([200, 3]);
  }, 30_000);

  it.each([
    ['nothing', 'nadie', 'reference-unmatched'],
    ['several', 'pair', 'reference-ambiguous'],
  ])('refuses a conditional reference that finds %s, and names the entry', async (_title, value, code) => {
    if (value === 'pair') for (const _ of [1, 2]) await created(service, as, person('pair'));
    const answer = await post('transaction', [
      entry('POST', 'Patient', person('unseen')),
      entry('POST', 'Observation', weight(at(value))),
    ]);
    expect([...verdict(answer), expressionOf(answer)]).toEqual([
      412,
      code,
      'Bundle.entry[1].resource.subject.reference',
    ]);
    expect((await service.call<Bundle>(as, 'GET', at('unseen'))).body.entry).toBeUndefined();
  });

  it('finds no conditional reference out of reach', async () => {
    await created(service, 'specialist.hosp1', { ...person('far'), name: [{ family: 'Inalcanzable' }] });
    const answer = await post(
      'transaction',
      [entry('POST', 'Observation', weight('Patient?family=inalcanzable'))],
      'clinician.uaps1',
    );
    expect(verdict(answer)).toEqual([412, 'reference-unmatched']);
    const audits = await service.db
      .collection('audit')
      .find({ req: answer.headers.get('x-request-id'), 'det.refused': 'reference-unmatched' })
      .toArray();
    expect(audits).toHaveLength(1);
    const unknown = await post('transaction', [entry('POST', 'Observation', weight('Patient?apellido=x'))]);
    expect(verdict(unknown)).toEqual([400, 'parameter-unknown']);
  });

  it('replaces links to entries in references, in uris and in the narrative, by urn and by address', async () => {
    const urn = 'urn:uuid:0b0c3d1e-0000-4000-8000-000000000001';
    const binary = 'urn:uuid:0b0c3d1e-0000-4000-8000-000000000002';
    const div = `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${urn}">la persona</a></div>`;
    const answer = await post('transaction', [
      { fullUrl: urn, ...entry('POST', 'Patient', person('links')) },
      {
        fullUrl: binary,
        ...entry('POST', 'Binary', {
          resourceType: 'Binary',
          contentType: 'text/plain',
          data: 'eA==',
          securityContext: { reference: urn },
        }),
      },
      entry('POST', 'DocumentReference', {
        resourceType: 'DocumentReference',
        text: { status: 'additional', div },
        status: 'current',
        subject: { reference: urn },
        identifier: [{ system: 'urn:ietf:rfc:3986', value: urn }],
        content: [{ attachment: { url: binary } }],
      }),
      { fullUrl: 'http://elsewhere.hn/fhir/Patient/1', ...entry('POST', 'Patient', person('links2')) },
      {
        fullUrl: 'http://elsewhere.hn/fhir/Observation/1',
        ...entry('POST', 'Observation', weight('Patient/1')),
      },
    ]);
    expect(statuses(answer)).toEqual(Array.from({ length: 5 }, () => '201 Created'));
    const [patient, data, document, other, observation] = (answer.body.entry ?? []).map(({ resource }) => resource);
    expect(document).toMatchObject({
      subject: { reference: `Patient/${patient?.id}` },
      identifier: [{ value: urn }],
      content: [{ attachment: { url: `Binary/${data?.id}` } }],
    });
    expect(JSON.stringify(document)).toContain(`href=\\"Patient/${patient?.id}\\"`);
    expect(observation).toMatchObject({ subject: { reference: `Patient/${other?.id}` } });
  });

  it('takes ifMatch and ifNoneExist, and tells where they fail', async () => {
    const known = await created(service, as, person('if'));
    const answer = await post('transaction', [
      entry('PUT', `Patient/${known.id}`, { ...person('if'), id: known.id }, { ifMatch: 'W/"9"' }),
    ]);
    expect([...verdict(answer), expressionOf(answer)]).toEqual([412, 'version-conflict', 'Bundle.entry[0]']);
    const gone = await post('transaction', [entry('DELETE', `Patient/${known.id}`, undefined, { ifMatch: 'W/"1"' })]);
    expect(statuses(gone)).toEqual(['204 No Content']);
    const again = await post('transaction', [
      entry('DELETE', `Patient/${known.id}`),
      entry('PUT', at('other'), person('other'), { ifMatch: 'W/"1"' }),
    ]);
    expect(verdict(again)).toEqual([412, 'version-conflict']);
    const back = await post('transaction', [
      entry('PUT', `Patient/${known.id}`, { ...person('if'), id: known.id }, { ifMatch: 'W/"2"' }),
    ]);
    expect(statuses(back)).toEqual(['201 Created']);
    const deletedTwice = await post('transaction', [entry('DELETE', `Patient/${known.id}`)]);
    const thrice = await post('transaction', [entry('DELETE', `Patient/${known.id}`)]);
    expect([statuses(deletedTwice), statuses(thrice)]).toEqual([['204 No Content'], ['204 No Content']]);
  });

  it('reads after the writes, also what the Bundle itself makes', async () => {
    const answer = await post('transaction', [
      entry('GET', 'Patient/propio-leido'),
      entry('PUT', 'Patient/propio-leido', { ...person('leido'), id: 'propio-leido' }),
    ]);
    expect(statuses(answer)).toEqual(['200 OK', '201 Created']);
    expect(answer.body.entry?.[0]).toMatchObject({
      fullUrl: `${service.base}/Patient/propio-leido`,
      resource: { id: 'propio-leido', meta: { versionId: '1' } },
    });
  });

  it('refuses before it writes: a read of what is not there, or of what it deletes', async () => {
    const { id } = await created(service, as, person('kept'));
    const unknown = await post('transaction', [
      entry('PUT', 'Patient/propio-no', { ...person('no'), id: 'propio-no' }),
      entry('GET', 'Patient/propio-otro'),
    ]);
    expect(verdict(unknown)).toEqual([404, 'not-found']);
    const gone = await post('transaction', [entry('GET', `Patient/${id}`), entry('DELETE', `Patient/${id}`)]);
    expect(verdict(gone)).toEqual([400, 'bundle-invalid']);
    expect((await service.call(as, 'GET', 'Patient/propio-no')).status).toBe(404);
    expect((await service.call(as, 'GET', `Patient/${id}`)).status).toBe(200);
  });

  it('answers reads that are known already with 304, by version and by time', async () => {
    const { id, meta } = await created(service, as, person('304'));
    for (const type of ['batch', 'transaction'] as const) {
      const answer = await post(type, [
        entry('GET', `Patient/${id}`, undefined, { ifNoneMatch: 'W/"1"' }),
        entry('GET', `Patient/${id}`, undefined, { ifNoneMatch: 'W/"2"' }),
        entry('GET', `Patient/${id}`, undefined, { ifModifiedSince: meta?.lastUpdated }),
        entry('GET', at('304'), undefined, { ifNoneMatch: '*' }),
      ]);
      expect(statuses(answer)).toEqual(['304 Not Modified', '200 OK', '304 Not Modified', '200 OK']);
      expect(answer.body.entry?.map(({ resource }) => resource !== undefined)).toEqual([false, true, false, true]);
    }
  });

  it('says in a batch where each resource lives', async () => {
    const { id } = await created(service, as, person('lugar'));
    const answer = await post('batch', [
      entry('GET', `Patient/${id}`),
      entry('POST', 'Observation', weight(`Patient/${id}`)),
      entry('GET', at('lugar')),
      entry('GET', 'Patient/nadie'),
    ]);
    const [, observation] = answer.body.entry ?? [];
    expect(answer.body.entry?.map(({ fullUrl }) => fullUrl)).toEqual([
      `${service.base}/Patient/${id}`,
      `${service.base}/Observation/${observation?.resource?.id}`,
      undefined,
      undefined,
    ]);
  });

  it('keeps the entries of a batch independent, conditional ones too', async () => {
    const answer = await post('batch', [
      entry('DELETE', at('lote')),
      entry('PUT', at('lote'), person('lote')),
      entry('PUT', 'Patient', person('lote')),
      entry('PUT', `Patient?identifier=${SID.dni}|0801199077777`, person('lote2')),
      entry('POST', 'Observation', weight(at('lote'))),
    ]);
    expect(statuses(answer)).toEqual([
      '204 No Content',
      '201 Created',
      '400 Bad Request',
      '201 Created',
      '422 Unprocessable Entity',
    ]);
  });
});
