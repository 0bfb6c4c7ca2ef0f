import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Observation, Patient, Resource } from '@medplum/fhirtypes';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { bundleOf, created, facilityOf, verdict } from '../policy/policy-fixture.js';

const JSON_PATCH = { 'content-type': 'application/json-patch+json' };

describe('PATCH', () => {
  let service: TestService;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (family = 'Parche'): Promise<Patient & { id: string }> =>
    created(service, as, { resourceType: 'Patient', name: [{ family }], birthDate: '1990-05-01' });

  const jsonPatch = (
    path: string,
    patch: unknown,
    headers: Record<string, string> = {},
    who: string = as,
  ): Promise<Answer<Patient>> =>
    service.call<Patient>(who, 'PATCH', path, {
      body: typeof patch === 'string' ? patch : JSON.stringify(patch),
      headers: { ...JSON_PATCH, ...headers },
    });

  const parameters = (...parameter: object[]): Resource => ({ resourceType: 'Parameters', parameter }) as Resource;
  const operation = (type: string, path: string, ...parts: object[]): object => ({
    name: 'operation',
    part: [{ name: 'type', valueCode: type }, { name: 'path', valueString: path }, ...parts],
  });

  it('applies a JSON Patch: a new version, audited as a patch', async () => {
    const { id } = await person();
    const answer = await jsonPatch(`Patient/${id}`, [{ op: 'replace', path: '/birthDate', value: '1991' }]);
    expect([answer.status, answer.body.birthDate, answer.headers.get('etag')]).toEqual([200, '1991', 'W/"2"']);
    const record = await service.db
      .collection<AuditRecord>('audit')
      .findOne({ req: answer.headers.get('x-request-id') ?? '' });
    expect(record).toMatchObject({ act: 'U', sub: 'patch', pt: [id], ent: [`Patient/${id}/_history/2`] });
  });

  it('applies a FHIRPath Patch', async () => {
    const { id } = await person();
    const body = parameters(
      operation('add', 'Patient', { name: 'name', valueString: 'gender' }, { name: 'value', valueCode: 'female' }),
      operation('delete', 'Patient.birthDate'),
    );
    const answer = await service.call<Patient>(as, 'PATCH', `Patient/${id}`, { body });
    expect([answer.status, answer.body.gender, answer.body.birthDate]).toEqual([200, 'female', undefined]);
  });

  it('keeps the digits of numbers that it does not touch, and of those that it brings', async () => {
    const { id } = await person();
    const text = `{"resourceType":"Observation","status":"final","code":{"text":"Hb"},"subject":{"reference":"Patient/${id}"},"valueQuantity":{"value":1.10}}`;
    const observation = await service.call<Observation>(as, 'POST', 'Observation', { body: text });
    const at = `Observation/${observation.body.id}`;
    const first = await jsonPatch(at, '[{"op":"add","path":"/method","value":{"text":"x"}}]');
    expect(first.text).toContain('"value":1.10');
    const second = await jsonPatch(at, '[{"op":"replace","path":"/valueQuantity/value","value":2.50}]');
    expect(second.text).toContain('"value":2.50');
    const third = await service.call(as, 'PATCH', at, {
      body: JSON.stringify(
        parameters(operation('replace', 'Observation.value.value', { name: 'value', valueDecimal: 'D' })),
      ).replace('"D"', '3.00'),
    });
    expect(third.text).toContain('"value":3.00');
  });

  it('takes If-Match: 412 for another version, and both forms of an ETag', async () => {
    const { id } = await person();
    const patch = [{ op: 'add', path: '/gender', value: 'male' }];
    expect(verdict(await jsonPatch(`Patient/${id}`, patch, { 'if-match': 'W/"7"' }))).toEqual([
      412,
      'version-conflict',
    ]);
    expect((await jsonPatch(`Patient/${id}`, patch, { 'if-match': '"1"' })).status).toBe(200);
  });

  const refused: readonly (readonly [string, unknown, number, string])[] = [
    ['no JSON', '[{', 400, 'body-unreadable'],
    ['no patch', {}, 400, 'patch-malformed'],
    ['an unknown op', [{ op: 'fly', path: '/id' }], 400, 'patch-malformed'],
    ['a place that is not there', [{ op: 'remove', path: '/photo' }], 422, 'patch-failed'],
    ['a test that fails', [{ op: 'test', path: '/birthDate', value: '1' }], 422, 'patch-test-failed'],
    ['another id', [{ op: 'replace', path: '/id', value: 'x' }], 422, 'patch-protected'],
    ['another version', [{ op: 'replace', path: '/meta/versionId', value: '9' }], 422, 'patch-protected'],
    ['another time', [{ op: 'remove', path: '/meta/lastUpdated' }], 422, 'patch-protected'],
    ['another type', [{ op: 'replace', path: '/resourceType', value: 'Person' }], 422, 'patch-protected'],
    ['no resource at all', [{ op: 'replace', path: '', value: [] }], 422, 'patch-protected'],
    ['what is not valid', [{ op: 'add', path: '/gender', value: 'hombre' }], 422, 'code-invalid'],
    ['an unknown element', [{ op: 'add', path: '/apellido', value: 'x' }], 422, 'element-unknown'],
    ['a null', [{ op: 'add', path: '/gender', value: null }], 422, 'value-null'],
    [
      'a reference to nothing',
      [{ op: 'add', path: '/generalPractitioner', value: [{ reference: 'Practitioner/nadie' }] }],
      422,
      'reference-not-found',
    ],
  ];
  it.each(refused)('refuses %s and changes nothing', async (_title, patch, status, code) => {
    const { id } = await person();
    expect(verdict(await jsonPatch(`Patient/${id}`, patch))).toEqual([status, code]);
    expect((await service.call<Patient>(as, 'GET', `Patient/${id}`)).headers.get('etag')).toBe('W/"1"');
  });

  it('names the part of a FHIRPath Patch that is wrong', async () => {
    const { id } = await person();
    const body = parameters(operation('delete', 'Patient.birthDate'), operation('delete', 'Patient.apellido'));
    const answer = await service.call(as, 'PATCH', `Patient/${id}`, { body });
    expect(verdict(answer)).toEqual([400, 'patch-malformed']);
    expect(answer.text).toContain('Parameters.parameter[1].part[1]');
  });

  it('says which formats there are: 415 with Accept-Patch; 400 without a body', async () => {
    const { id } = await person();
    const answer = await jsonPatch(`Patient/${id}`, '<diff/>', { 'content-type': 'text/plain' });
    expect(verdict(answer)).toEqual([415, 'content-type-unsupported']);
    expect(answer.headers.get('accept-patch')).toBe(
      'application/json-patch+json, application/fhir+json, application/fhir+xml',
    );
    expect(verdict(await service.call(as, 'PATCH', `Patient/${id}`))).toEqual([400, 'body-missing']);
    const other = await service.call(as, 'PATCH', `Patient/${id}`, { body: { resourceType: 'Patient' } });
    expect(verdict(other)).toEqual([400, 'type-mismatch']);
  });

  it('is 404 for an unknown resource and 410 for a deleted one', async () => {
    const { id } = await person();
    expect(verdict(await jsonPatch('Patient/nadie', []))).toEqual([404, 'not-found']);
    await service.call(as, 'DELETE', `Patient/${id}`);
    expect(verdict(await jsonPatch(`Patient/${id}`, []))).toEqual([410, 'deleted']);
  });

  it('patches the one resource that its criteria find: 404 for none, 412 for several', async () => {
    const { id } = await created(service, as, {
      resourceType: 'Patient',
      identifier: [{ system: 'urn:p', value: 'one' }],
    });
    const patch = [{ op: 'add', path: '/gender', value: 'male' }];
    const found = await jsonPatch('Patient?identifier=urn:p|one', patch);
    expect([found.status, found.body.id, found.body.gender]).toEqual([200, id, 'male']);
    expect(verdict(await jsonPatch('Patient?identifier=urn:p|none', patch))).toEqual([404, 'match-none']);
    await person('Doble');
    await person('Doble');
    expect(verdict(await jsonPatch('Patient?family=doble', patch))).toEqual([412, 'match-multiple']);
    expect(verdict(await jsonPatch('Patient?identifier=urn:p|one', patch, { 'if-match': 'W/"1"' }))).toEqual([
      412,
      'version-conflict',
    ]);
  });

  it.each(['batch', 'transaction'] as const)('stands in a %s as Binary and as Parameters', async (type) => {
    const [one, two] = [await person(), await person()];
    const data = Buffer.from(JSON.stringify([{ op: 'replace', path: '/birthDate', value: '1999' }])).toString('base64');
    const entry = [
      {
        resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data } as Resource,
        request: { method: 'PATCH' as const, url: `Patient/${one.id}`, ifMatch: 'W/"1"' },
      },
      {
        resource: parameters(operation('delete', 'Patient.birthDate')),
        request: { method: 'PATCH' as const, url: `Patient?_id=${two.id}` },
      },
    ];
    const answer = await service.call<Bundle>(as, 'POST', '', { body: bundleOf(type, entry) });
    expect(answer.body.entry?.map(({ response }) => response?.status)).toEqual(['200 OK', '200 OK']);
    const read = (id: string): Promise<Answer<Patient>> => service.call<Patient>(as, 'GET', `Patient/${id}`);
    expect((await read(one.id)).body.birthDate).toBe('1999');
    expect((await read(two.id)).body).not.toHaveProperty('birthDate');
    const bad = { ...entry[0]!, resource: { resourceType: 'Binary', contentType: 'image/png', data } as Resource };
    const refusal = await service.call<Bundle>(as, 'POST', '', { body: bundleOf(type, [bad]) });
    expect(refusal.text).toContain('content-type-unsupported');
  });

  it('is judged by the policy before and after: scope, custodian, facility, patient', async () => {
    const own = await created(service, 'clinician.uaps1', { resourceType: 'Patient', name: [{ family: 'Propia' }] });
    const foreign = await jsonPatch(`Patient/${own.id}`, [{ op: 'remove', path: '/name' }], {}, 'specialist.hosp1');
    expect(verdict(foreign)).toEqual([404, 'not-found']);
    const other = await facilityOf(service, 'specialist.hosp1');
    const moved = await jsonPatch(
      `Patient/${own.id}`,
      [{ op: 'replace', path: '/managingOrganization/reference', value: `Organization/${other}` }],
      {},
      'clinician.uaps1',
    );
    expect(verdict(moved)).toEqual([403, 'facility-foreign']);
    const second = await created(service, 'clinician.uaps1', {
      resourceType: 'Patient',
      name: [{ family: 'Segunda' }],
    });
    const observation = await created(service, 'clinician.uaps1', {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Peso' },
      subject: { reference: `Patient/${own.id}` },
    });
    const swapped = await jsonPatch(
      `Observation/${observation.id}`,
      [{ op: 'replace', path: '/subject/reference', value: `Patient/${second.id}` }],
      {},
      'clinician.uaps1',
    );
    expect(verdict(swapped)).toEqual([422, 'patient-change']);
    const tagged = await jsonPatch(
      `Observation/${observation.id}`,
      [{ op: 'add', path: '/meta/tag', value: [{ system: 'urn:owner', code: other }] }],
      {},
      'clinician.uaps1',
    );
    expect(tagged.status).toBe(200);
    const stored = await service.context.store.read('Observation', observation.id);
    expect(stored?.own).toBe(await facilityOf(service, 'clinician.uaps1'));
    expect((await service.call('specialist.hosp1', 'GET', `Observation/${observation.id}`)).status).toBe(404);
  });
});
