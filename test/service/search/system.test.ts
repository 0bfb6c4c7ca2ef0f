import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import { type Answer, startService, type TestService } from '../../support/service.js';

const linkOf = ({ body }: Answer<Bundle>, relation: string): string | undefined =>
  body.link?.find((one) => one.relation === relation)?.url;
const names = ({ body }: Answer<Bundle>): string[] =>
  (body.entry ?? []).map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
const code = ({ body }: Answer<OperationOutcome>): string | undefined => body.issue[0]?.details?.coding?.[0]?.code;

/** A developer asks several types one question: what was tagged, what changed since this morning. */
describe('search over several types', () => {
  let service: TestService;
  const tag = { system: 'urn:prueba', code: 'lote-1' };
  const made: string[] = [];
  const search = (query: string, as = 'conformance'): Promise<Answer<Bundle>> =>
    service.call<Bundle>(as, 'GET', `?${query}`);
  const refused = async (query: string, as = 'conformance'): Promise<[number, string | undefined]> => {
    const answer = await service.call<OperationOutcome>(as, 'GET', `?${query}`);
    return [answer.status, code(answer)];
  };

  beforeAll(async () => {
    service = await startService();
    const create = async (type: string, body: object): Promise<string> => {
      const answer = await service.call<{ id: string }>('conformance', 'POST', type, {
        body: { resourceType: type, meta: { tag: [tag] }, ...body },
      });
      made.push(`${type}/${answer.body.id}`);
      return answer.body.id;
    };
    for (const family of ['Uno', 'Dos', 'Tres']) {
      const patient = await create('Patient', { name: [{ family }] });
      for (const value of ['a', 'b'])
        await create('Observation', {
          status: 'final',
          category: [
            { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'exam' }] },
          ],
          code: { text: value },
          subject: { reference: `Patient/${patient}` },
          effectiveDateTime: '2026-05-03T10:00:00-06:00',
          valueString: value,
        });
    }
    await create('Organization', { name: 'Otra' });
  });
  afterAll(() => service.stop());

  const asked = `_type=Patient,Observation&_tag=${tag.system}|${tag.code}`;
  const wanted = (): string[] => made.filter((name) => !name.startsWith('Organization'));

  it('gives the types in the order named, and the number of all', async () => {
    const answer = await search(`${asked}&_total=accurate`);
    expect(answer.status).toBe(200);
    expect(answer.body.total).toBe(9);
    expect(names(answer).sort()).toEqual(wanted().sort());
    expect(names(answer).map((name) => name.split('/')[0])).toEqual([
      ...Array.from({ length: 3 }, () => 'Patient'),
      ...Array.from({ length: 6 }, () => 'Observation'),
    ]);
    expect((await search(`${asked}&_summary=count`)).body).toMatchObject({ total: 9 });
  });

  it.each([1, 2, 3, 4, 9])('walks all of them once, %i a page', async (count) => {
    const seen: string[] = [];
    let answer = await search(`${asked}&_count=${count}`);
    for (let pages = 0; ; pages += 1) {
      expect(answer.status).toBe(200);
      seen.push(...names(answer));
      const next = linkOf(answer, 'next');
      if (next === undefined || pages > 20) break;
      answer = await search(next.split('?')[1] ?? '');
    }
    expect(seen.sort()).toEqual(wanted().sort());
  });

  it('counts the types that the first page does not reach', async () => {
    for (const count of [1, 2, 3, 5]) {
      const first = await search(`${asked}&_count=${count}&_total=accurate`);
      expect([count, first.body.total]).toEqual([count, 9]);
      const next = await search(linkOf(first, 'next')?.split('?')[1] ?? '');
      expect([next.status, next.body.total]).toEqual([200, undefined]);
    }
  });

  it('includes from the types where the include starts, and shows nothing twice', async () => {
    const query = `_type=Observation,Patient&_tag=${tag.system}|${tag.code}&_include=Observation:patient`;
    const answer = await search(`${query}&_total=accurate`);
    expect([answer.status, answer.body.total]).toEqual([200, 9]);
    expect(names(answer).sort()).toEqual(wanted().sort());
    expect(answer.body.entry?.map(({ search: one }) => one?.mode)).not.toContain('include');
    const narrow = await search(
      `_type=Observation,Organization&_tag=${tag.system}|${tag.code}&_include=Observation:patient`,
    );
    expect((narrow.body.entry ?? []).filter(({ search: one }) => one?.mode === 'include')).toHaveLength(3);
    expect(await refused(`${asked}&_include=Encounter:patient`)).toEqual([400, 'include-unknown']);
    expect(await refused(`${query}&_summary=text`)).toEqual([400, 'parameter-value']);
  });

  it('passes over what one of the types does not know, where the client prefers that', async () => {
    const headers = { prefer: 'handling=lenient' };
    const query = `?${asked}&name=x&_include:once=Observation:patient&_include=Encounter:patient&_count=4`;
    const answer = await service.call<Bundle>('conformance', 'GET', query, { headers });
    expect(answer.status).toBe(200);
    // Each type says what it does not know.
    expect(answer.body.entry?.map(({ search: one }) => one?.mode)).toEqual([
      ...Array.from({ length: 4 }, () => 'match'),
      'outcome',
      'outcome',
    ]);
    // The link stands alone: whoever follows it need not prefer anything.
    const next = await search(linkOf(answer, 'next')?.split('?')[1] ?? '');
    expect([next.status, names(next).length]).toEqual([200, 4]);
  });

  it('is asked by a form too', async () => {
    const answer = await service.call<Bundle>('conformance', 'POST', '_search', {
      body: asked,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(names(answer).sort()).toEqual(wanted().sort());
  });

  it('shows to each what is theirs, and opens a cursor for its caller only', async () => {
    expect(names(await search(asked, 'clinician.uaps1'))).toEqual([]);
    expect(await refused(asked, 'privacy')).toEqual([403, 'role-forbidden']);
    const next = linkOf(await search(`${asked}&_count=2`), 'next')?.split('?')[1] ?? '';
    expect(await refused(next, 'system.uaps1')).toEqual([400, 'cursor-invalid']);
  });

  it('refuses what it does not understand completely', async () => {
    expect(await refused('_tag=x')).toEqual([400, 'parameter-value']);
    expect(await refused('_type=Patient,Nada&_tag=x')).toEqual([400, 'parameter-value']);
    expect(await refused('_type=Patient,AuditEvent&_tag=x')).toEqual([400, 'parameter-value']);
    expect(await refused('_type=Patient,Observation&name=x')).toEqual([400, 'parameter-unknown']);
    expect(await refused(`${asked}&_sort=_lastUpdated`)).toEqual([400, 'parameter-value']);
    expect(await refused(`${asked}&_cursor=x`)).toEqual([400, 'cursor-invalid']);
    expect((await service.call('conformance', 'DELETE', `?${asked}`)).status).toBe(405);
  });
});
