import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import { startService, type TestService } from '../../support/service.js';
import { created } from '../policy/policy-fixture.js';

const HERE = 'system.uaps1';

describe('a write that is refused after a look at what is stored', () => {
  let service: TestService;
  let patient: string;
  beforeAll(async () => {
    service = await startService();
    const identifier = [{ system: 'http://example.org/n', value: '1' }];
    patient = (
      await created<Patient>(service, HERE, { resourceType: 'Patient', identifier, name: [{ family: 'Ñame' }] })
    ).id;
  }, 60_000);
  afterAll(() => service.stop());

  /** Status of one request, and the records of refusals that it left. */
  async function refusal(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> },
  ): Promise<{ status: number; records: AuditRecord[] }> {
    const id = `refusal-${Math.random().toString(36).slice(2)}`;
    const headers = { ...options.headers, 'x-request-id': id };
    const { status } = await service.call(HERE, method, path, { ...options, headers });
    const records = await service.db.collection<AuditRecord>('audit').find({ req: id, out: '4' }).toArray();
    return { status, records };
  }

  it('by a patch whose test does not hold names the instance and its patient', async () => {
    const body = [{ op: 'test', path: '/name/0/family', value: 'Mango' }];
    const headers = { 'content-type': 'application/json-patch+json' };
    const { status, records } = await refusal('PATCH', `Patient/${patient}`, { body, headers });
    expect(status).toBe(422);
    expect(records).toMatchObject([{ sub: 'PATCH', pt: [patient], ent: [`Patient/${patient}`], who: HERE }]);
  });

  it('by another version is on record once', async () => {
    const body = { resourceType: 'Patient', id: patient };
    const { status, records } = await refusal('PUT', `Patient/${patient}`, { body, headers: { 'if-match': 'W/"99"' } });
    expect(status).toBe(412);
    expect(records).toMatchObject([{ pt: [patient], det: { refused: 'version-conflict' } }]);
  });

  it('in a transaction names what the entries before had found', async () => {
    const entry = [
      {
        resource: { resourceType: 'Patient' },
        request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=http://example.org/n|1' },
      },
      { resource: { resourceType: 'Patient', gender: 'x' }, request: { method: 'POST', url: 'Patient' } },
    ];
    const { status, records } = await refusal('POST', '', {
      body: { resourceType: 'Bundle', type: 'transaction', entry },
    });
    expect(status).toBe(422);
    expect(records).toMatchObject([
      {
        q: 'POST Patient If-None-Exist: identifier=http://example.org/n|1',
        pt: [patient],
        ent: [`Patient/${patient}`],
      },
    ]);
  });

  it('in a batch is on record entry by entry', async () => {
    const request = { method: 'DELETE', url: `Patient/${patient}`, ifMatch: 'W/"99"' };
    const { status, records } = await refusal('POST', '', {
      body: { resourceType: 'Bundle', type: 'batch', entry: [{ request }] },
    });
    expect(status).toBe(200);
    expect(records).toMatchObject([{ sub: 'DELETE', pt: [patient], ent: [`Patient/${patient}`] }]);
  });

  it('by a number that somebody else has names that person', async () => {
    const person = (): Patient => ({
      resourceType: 'Patient',
      identifier: [{ system: SID.dni, value: '0801199912345' }],
      name: [{ family: 'Dueña', given: ['Eva'] }],
    });
    const { id } = await created<Patient>(service, HERE, person());
    const { status, records } = await refusal('POST', 'Patient', { body: person() });
    expect(status).toBe(409);
    expect(records).toMatchObject([{ pt: [id], ent: [`Patient/${id}`], det: { refused: 'duplicate' } }]);
  });

  it('for its own content alone leaves no record', async () => {
    const { status, records } = await refusal('POST', 'Patient', { body: { resourceType: 'Patient', gender: 'x' } });
    expect([status, records]).toEqual([422, []]);
  });
});
