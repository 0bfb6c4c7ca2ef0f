import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { SID } from '../../src/config/canonical.js';
import { type Answer, startService, type TestService } from '../support/service.js';

const PARALLEL = 50;

const tally = (answers: readonly Answer<unknown>[]): Record<string, number> =>
  answers.reduce<Record<string, number>>((sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {});

const together = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('races of conditional writes, patches and repeated requests', () => {
  let service: TestService;
  const as = 'conformance';

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (value: string, more: object = {}): Patient => ({
    resourceType: 'Patient',
    identifier: [{ system: 'urn:race', value }],
    ...more,
  });
  const at = (value: string): string => `Patient?identifier=urn:race|${value}`;
  const found = async (value: string): Promise<(Patient & { id: string })[]> =>
    ((await service.call<Bundle>(as, 'GET', at(value))).body.entry ?? []).map(
      ({ resource }) => resource as Patient & { id: string },
    );
  /** Versions of a resource are 1, 2, ... without a gap. */
  const versionsOf = async (id: string): Promise<number[]> => service.db.collection('history').distinct('vid', { id });
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

  it(`makes one resource out of ${PARALLEL} conditional updates, all of which succeed`, async () => {
    const answers = await together(PARALLEL, (index) =>
      service.call<Patient>(as, 'PUT', at('put'), { body: person('put', { name: [{ family: `N${index}` }] }) }),
    );
    expect(answers.filter(({ status }) => status > 201).map(({ text }) => text)).toEqual([]);
    expect(tally(answers)).toEqual({ 201: 1, 200: PARALLEL - 1 });
    const [only, ...others] = await found('put');
    expect([others, only?.meta?.versionId]).toEqual([[], String(PARALLEL)]);
    expect(await versionsOf(only?.id ?? '')).toEqual(upTo(PARALLEL));
  }, 60_000);

  it(`makes one resource out of ${PARALLEL} updates under one id of the client, whatever it claims`, async () => {
    const body = { ...person('id'), id: 'carrera', identifier: [{ system: SID.dni, value: '0801199099999' }] };
    const answers = await together(PARALLEL, () => service.call(as, 'PUT', 'Patient/carrera', { body }));
    expect(tally(answers)).toEqual({ 201: 1, 200: PARALLEL - 1 });
    expect(await versionsOf('carrera')).toEqual(upTo(PARALLEL));
  }, 60_000);

  it(`makes one resource out of ${PARALLEL} posts under one key, and gives all the same answer`, async () => {
    for (const [value, more] of [
      ['key', {}],
      [
        'claiming',
        {
          identifier: [
            { system: 'urn:race', value: 'claiming' },
            { system: SID.dni, value: '0801199098888' },
          ],
        },
      ],
    ] as const) {
      const answers = await together(PARALLEL, () =>
        service.call<Patient>(as, 'POST', 'Patient', {
          body: person(value, more),
          headers: { 'idempotency-key': `"${value}"` },
        }),
      );
      expect(tally(answers)).toEqual({ 201: PARALLEL });
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await found(value)).toHaveLength(1);
    }
  }, 60_000);

  it(`lets one of ${PARALLEL} patches with the same If-Match win, then goes on`, async () => {
    const { id } = (await service.call<Patient>(as, 'POST', 'Patient', { body: person('patch') })).body;
    const patch = (index: number, headers: Record<string, string> = {}): Promise<Answer<Patient>> =>
      service.call<Patient>(as, 'PATCH', `Patient/${id}`, {
        body: JSON.stringify([{ op: 'add', path: '/identifier/-', value: { system: 'urn:n', value: String(index) } }]),
        headers: { 'content-type': 'application/json-patch+json', ...headers },
      });
    const guarded = await together(PARALLEL, (index) => patch(index, { 'if-match': 'W/"1"' }));
    expect(tally(guarded)).toEqual({ 200: 1, 412: PARALLEL - 1 });
    // Without it each is applied to what the others left: none is lost.
    expect(tally(await together(12, (index) => patch(100 + index)))).toEqual({ 200: 12 });
    const { body } = await service.call<Patient>(as, 'GET', `Patient/${id}`);
    expect([body.meta?.versionId, body.identifier?.length]).toEqual(['14', 14]);
  }, 60_000);

  it('lets conditional deletes race conditional creates: never two, never an error, no gap in the versions', async () => {
    for (const round of [1, 2, 3]) {
      const value = `delete-${round}`;
      const headers = { 'if-none-exist': `identifier=urn:race|${value}` };
      const answers = await together<Answer<Partial<Patient>>>(20, (index) =>
        index % 2 === 0
          ? service.call(as, 'POST', 'Patient', { body: person(value), headers })
          : service.call(as, 'DELETE', at(value)),
      );
      expect(answers.filter(({ status }) => ![200, 201, 204, 404].includes(status)).map(({ text }) => text)).toEqual(
        [],
      );
      const left = await found(value);
      expect(left.length).toBeLessThanOrEqual(1);
      for (const { body } of answers.filter(({ status }) => status === 201))
        expect([upTo(1), upTo(2)]).toContainEqual(await versionsOf(body.id ?? ''));
    }
  }, 60_000);

  it('makes one resource out of transactions that update under one condition', async () => {
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: person('bundle'), request: { method: 'PUT', url: at('bundle') } }],
    };
    const answers = await together(10, () => service.call(as, 'POST', '', { body: bundle }));
    expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
    expect(tally(answers)[200]).toBeGreaterThan(0);
    expect(await found('bundle')).toHaveLength(1);
  }, 60_000);
});
