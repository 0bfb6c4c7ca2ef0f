import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes';
import { decodePosition, FEED_START } from '../../../src/store/feed-position.js';
import { openPosition, sealPosition } from '../../../src/fhir/operations/feed-handle.js';
import { startService, type TestService } from '../../support/service.js';

describe('$feed', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const person = (family: string) => ({
    resourceType: 'Patient',
    name: [{ family, given: ['Ana'] }],
    gender: 'female',
    birthDate: '1980-05-03',
  });
  const nextOf = ({ link }: Bundle): string =>
    link?.find(({ relation }) => relation === 'next')?.url.split('/fhir/')[1] ?? '';
  const nameOf = ({ fullUrl = '', response }: BundleEntry): string =>
    `${fullUrl.split('/fhir/')[1] ?? ''} ${response?.etag ?? ''}`;

  /** Pages until a version has come; an empty page only says that nothing came in time. */
  async function follow(account: string, from: string, until: string): Promise<{ names: string[]; next: string }> {
    const names: string[] = [];
    let next = from;
    while (!names.includes(until)) {
      const { status, body } = await service.call<Bundle>(account, 'GET', next);
      expect([status, body.type]).toEqual([200, 'history']);
      names.push(...(body.entry ?? []).map(nameOf));
      next = nextOf(body);
    }
    return { names, next };
  }

  it('gives every version, in order, and goes on behind the last', async () => {
    const made = await service.call<{ id: string }>('system.uaps1', 'POST', 'Patient', { body: person('Uno') });
    const path = `Patient/${made.body.id}`;
    const { names, next } = await follow('conformance', '$feed?_type=Patient&_count=3', `${path} W/"1"`);
    expect(new Set(names).size).toBe(await service.db.collection('history').countDocuments({ type: 'Patient' }));

    await service.call('system.uaps1', 'PUT', path, { body: { ...person('Dos'), id: made.body.id } });
    await service.call('system.uaps1', 'DELETE', path);
    const more = await follow('conformance', next, `${path} W/"3"`);
    // Behind a scan of what is old a version may come twice; none is missed.
    expect([...new Set(more.names)]).toEqual([`${path} W/"2"`, `${path} W/"3"`]);
    expect(await service.db.collection('audit').findOne({ sub: '$feed', ent: `${path}/_history/2` })).toMatchObject({
      who: 'conformance',
    });
  });

  it('tells a system only what it may read, and others nothing', async () => {
    const foreign = await service.call<{ id: string }>('system.hosp2', 'POST', 'Patient', { body: person('Ajena') });
    expect(foreign.status).toBe(201);
    const own = await service.call<{ id: string }>('system.uaps1', 'POST', 'Patient', { body: person('Propia') });
    const { names } = await follow('system.uaps1', '$feed?_type=Patient&_count=500', `Patient/${own.body.id} W/"1"`);
    expect(names.some((name) => name.startsWith(`Patient/${foreign.body.id} `))).toBe(false);
    for (const account of ['clinician.uaps1', 'patient.1', 'statistics', 'manager.red1'])
      expect((await service.call(account, 'GET', '$feed')).status).toBe(403);
  });

  it('runs once a client at a time: the second is told when to come again', async () => {
    const next = '$feed?_type=Patient&_count=500';
    const both = await Promise.all([1, 2].map(() => service.call<OperationOutcome>('conformance', 'GET', next)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
    const refused = both.find(({ status }) => status === 429);
    expect(refused?.body.issue?.[0]?.details?.coding?.[0]?.code).toBe('too-many');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await service.call('conformance', 'GET', next)).status).toBe(200);
  });

  describe('position', () => {
    const handleOf = (next: string): string => new URLSearchParams(next.split('?')[1]).get('after') ?? '';
    const withHandle = (handle: string): string => `$feed?_type=Patient&_count=1&after=${handle}`;
    async function refused(account: string, handle: string): Promise<void> {
      const { status, body } = await service.call<OperationOutcome>(account, 'GET', withHandle(handle));
      expect([status, body.issue?.[0]?.details?.coding?.[0]?.code]).toEqual([400, 'parameter-value']);
    }
    const firstPage = async (account: string): Promise<Bundle> =>
      (await service.call<Bundle>(account, 'GET', '$feed?_type=Patient&_count=1')).body;

    it('tells nothing of the last change, and is another text each time', async () => {
      await service.call('system.uaps1', 'POST', 'Patient', { body: person('Sellada') });
      const handle = handleOf(nextOf(await firstPage('conformance')));
      const { cursorSecret } = service.context;
      const position = openPosition(cursorSecret, 'conformance', handle);
      const place = decodePosition(position);
      const id = place.scan ?? '';
      expect(id).toMatch(/^Patient\/.+/);
      const bytes = Buffer.from(handle, 'base64url');
      const plain = [position, id, id.split('/')[1] ?? '', 'Patient', '"lu"', '_data'];
      for (const part of plain) {
        expect(bytes.includes(part)).toBe(false);
        expect(handle).not.toContain(Buffer.from(part).toString('base64url'));
      }
      expect(() => {
        JSON.parse(bytes.toString());
      }).toThrow();
      expect(handleOf(nextOf(await firstPage('conformance')))).not.toBe(handle);
    });

    it('goes on where the page ended; self is what was asked', async () => {
      await service.call('system.uaps1', 'POST', 'Patient', { body: person('Otra') });
      const first = await firstPage('conformance');
      expect(first.link?.[0]?.url).toBe(`${service.base}/$feed?_type=Patient&_count=1`);
      const next = nextOf(first);
      const { status, body } = await service.call<Bundle>('conformance', 'GET', next);
      expect([status, body.entry?.length, body.link?.[0]?.url]).toEqual([200, 1, `${service.base}/${next}`]);
      expect(nameOf(body.entry?.[0] ?? {})).not.toBe(nameOf(first.entry?.[0] ?? {}));
    });

    it('400 for that of another account', async () => {
      await refused('system.uaps1', handleOf(nextOf(await firstPage('conformance'))));
      await refused('system.hosp2', handleOf(nextOf(await firstPage('system.uaps1'))));
    });

    it('400 for one that was altered, cut, plain or made with another secret', async () => {
      const handle = handleOf(nextOf(await firstPage('conformance')));
      const { length } = Buffer.from(handle, 'base64url');
      for (const at of [0, 12, 28, length - 1]) {
        const bytes = Buffer.from(handle, 'base64url');
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        await refused('conformance', bytes.toString('base64url'));
      }
      for (const text of [handle.slice(0, -4), `${handle}.`, '', FEED_START]) await refused('conformance', text);
      await refused('conformance', sealPosition('another secret', 'conformance', FEED_START));
    });

    it('an error tells the text that was sent, never what it holds', async () => {
      const foreign = Buffer.from(JSON.stringify({ t: { _data: 'zz' }, lu: 1 })).toString('base64url');
      const handle = sealPosition(service.context.cursorSecret, 'conformance', foreign);
      const { status, text } = await service.call('conformance', 'GET', withHandle(handle));
      expect([status, text.includes(foreign), text.includes(handle.slice(0, 100))]).toEqual([400, false, true]);
    });
  });

  it.each(['after=x', '_count=0', '_count=501', '_type=Nada', '_since=2026', '_count=1&_count=2'])(
    '400 for %s',
    async (query) => {
      const { status, body } = await service.call<OperationOutcome>('conformance', 'GET', `$feed?${query}`);
      expect([status, body.resourceType]).toEqual([400, 'OperationOutcome']);
    },
  );
});
