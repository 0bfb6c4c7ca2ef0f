import { describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import { fault, isServiceError } from '../errors.js';
import { aboutInstance, aboutInstances } from './about-instance.js';
import type { FhirRequest } from './exchange.js';
import { inEntry } from './interactions/in-entry.js';
import { tellingRefusal } from './telling-refusal.js';

const request = (given: Partial<FhirRequest> = {}): FhirRequest => ({
  method: 'POST',
  id: 'r',
  query: [],
  caller: {
    sub: 'x',
    clientId: 'x',
    role: 'system',
    actsAs: ['system'],
    facilities: [],
    scope: 'system/*.cruds',
    purpose: 'TREAT',
    displayName: 'X',
  },
  ...given,
});

const invalid = fault('code-invalid');

async function refusalOf(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('tellingRefusal', () => {
  it('passes over what was refused without a look at what is stored', () => {
    expect(tellingRefusal(invalid, request(), 'Patient')).toBeUndefined();
    expect(tellingRefusal(fault('body-missing'), request(), 'Patient')).toBeUndefined();
    expect(tellingRefusal(invalid, request({ method: 'GET', query: [['a', 'b']] }), 'Patient')).toBeUndefined();
    const body = { resourceType: 'Bundle', entry: [null, {}, { request: { method: 'POST', url: 'Patient' } }] };
    expect(tellingRefusal(invalid, request({ body: body as unknown as Resource }), '')).toBeUndefined();
  });

  it('keeps the condition that a write was sent with', () => {
    const create = request({ ifNoneExist: 'identifier=s|1' });
    expect(tellingRefusal(invalid, create, 'Patient')).toMatchObject({
      sub: 'POST',
      out: '4',
      q: 'Patient If-None-Exist: identifier=s|1',
      det: { refused: 'code-invalid' },
    });
    const put = request({ method: 'PUT', query: [['identifier', 's|1']] });
    expect(tellingRefusal(fault('match-multiple'), put, 'Patient')?.q).toMatch(/^Patient\?identifier=s(\||%7C)1$/);
    const entry = [
      { request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=s|1' } },
      { request: { method: 'DELETE', url: 'Patient?identifier=s|2' } },
      { request: { method: 'GET', url: 'Patient?identifier=s|3' } },
    ];
    const bundle = request({ body: { resourceType: 'Bundle', entry } as unknown as Resource });
    expect(tellingRefusal(invalid, bundle, '/')?.q).toBe(
      'POST Patient If-None-Exist: identifier=s|1; DELETE Patient?identifier=s|2',
    );
    const long = request({ ifNoneExist: 'x'.repeat(9_000) });
    expect(tellingRefusal(invalid, long, 'Patient')?.q).toHaveLength(2_000);
  });

  it('names the instances that were looked at, through entries of a Bundle too', async () => {
    const refused = await refusalOf(() =>
      inEntry(3, () =>
        aboutInstance('Observation', { _id: 'o', pt: 'p' }, () => {
          throw fault('patch-test-failed', { part: 'patch[0]' });
        }),
      ),
    );
    const all = aboutInstances(refused, [{ name: 'Patient/q', pt: 'q' }, { name: 'Location/l' }]);
    if (!isServiceError(all)) throw new Error('it is another error');
    expect([all.status, all.code]).toEqual([422, 'patch-test-failed']);
    expect(tellingRefusal(all, request({ method: 'PATCH' }), '')).toMatchObject({
      pt: ['p', 'q'],
      ent: ['Observation/o', 'Patient/q', 'Location/l'],
    });
  });

  it('records what a later entry of a transaction betrays of an earlier one', () => {
    const later = aboutInstances(fault('not-found', { type: 'Patient', id: 'x' }), [{ name: 'Patient/p', pt: 'p' }]);
    if (!isServiceError(later)) throw new Error('it is another error');
    expect(tellingRefusal(later, request(), '')).toMatchObject({ pt: ['p'], det: { refused: 'not-found' } });
    expect(tellingRefusal(fault('not-found'), request(), '')).toBeUndefined();
  });

  it('records every 409 and 412 of a write, and 422 of an operation', () => {
    for (const code of ['version-conflict', 'duplicate', 'still-referenced'] as const)
      expect(tellingRefusal(fault(code), request({ method: 'PUT' }), 'Patient/x')).toMatchObject({ q: 'Patient/x' });
    expect(tellingRefusal(fault('move-not-allowed'), request(), 'Task/x/$accept')).toBeDefined();
    expect(tellingRefusal(fault('reference-not-found'), request(), 'Observation')).toBeDefined();
  });
});
