import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statistics } from '../../../src/cli/statistics.js';
import { loadPatients } from '../../../src/seed/load-patients.js';
import { publishDemonstration, type DemonstrationReport } from '../../../src/statistics/demonstration.js';
import { buildRelease } from '../../../src/statistics/release/build-release.js';
import { approveRelease, publishApproved } from '../../../src/statistics/release/publish-release.js';
import { writeReleaseFolders } from '../../../src/statistics/release/write-folders.js';
import type { ReleaseEntry } from '../../../src/statistics/release/released-files.js';
import { startService, type TestService } from '../../support/service.js';

const MONTHS = 2;

describe('open statistics, from referrals to public files', () => {
  let service: TestService;
  let folder: string;
  let report: DemonstrationReport;
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, { headers });
  const attackLines: string[] = [];
  const runAttack = (target: string): Promise<number> =>
    statistics({ args: ['attack', target], env: {}, out: (line) => void attackLines.push(line) });

  beforeAll(async () => {
    service = await startService();
    await loadPatients(service.context, { patients: 200, seed: 'statistics' });
    report = await publishDemonstration(service.context, MONTHS);
    folder = await mkdtemp(join(tmpdir(), 'statistics-test-'));
    await writeReleaseFolders(service.context.store, folder);
  }, 300_000);
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await service.stop();
  });

  it('publishes the closed months, hides small counts, and an attack recovers none', () => {
    expect(report.releases.map(({ state }) => state)).toEqual(new Array(MONTHS).fill('published'));
    expect(report.releases.every(({ report: { ok, hidden } }) => ok && hidden > 0)).toBe(true);
    expect(report.attack).toMatchObject({ releases: MONTHS, recovered: [], narrowed: 0 });
    expect(report.attack.hidden).toBeGreaterThan(0);
  });

  it('serves list and files without a token, as the manifest says, to be kept for ever', async () => {
    const list = await get('/datos/v1/releases');
    expect(list.status).toBe(200);
    const { releases } = (await list.json()) as { releases: ReleaseEntry[] };
    expect(releases).toHaveLength(MONTHS);
    const [newest] = releases;
    for (const { path, bytes, sha256 } of newest!.files) {
      const answer = await get(`/datos/v1/releases/${path}`);
      const body = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, body.byteLength]).toEqual([200, bytes]);
      expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toMatch(path.endsWith('.csv') ? /^text\/csv/ : /^application\/json/);
      const again = await get(`/datos/v1/releases/${path}`, { 'If-None-Match': answer.headers.get('etag') ?? '' });
      expect(again.status).toBe(304);
    }
  });

  it('writes the columns of the contract; hidden is empty with status c', async () => {
    const text = await (await get(`/datos/v1/releases/${report.releases[0]!.month}/v1/region-sex.csv`)).text();
    const [header, ...lines] = text.trimEnd().split('\r\n');
    expect(header).toBe('geo,time,sex,age,specialty,group,measure,value,status');
    const rows = lines.map((line) => line.split(','));
    expect(rows.every((row) => row.length === 9)).toBe(true);
    const hidden = rows.filter((row) => row[8] === 'c');
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every((row) => row[7] === '')).toBe(true);
    const shown = rows.filter((row) => row[8] === '').map((row) => Number(row[7]));
    expect(shown.every((value) => value === 0 || value > 5)).toBe(true);
    expect(shown.length).toBeGreaterThan(0);
  });

  it.each(['2026-03/v9/release.json', 'x/v1/release.json', '2026-03/v1/..%2Fsnapshot', '2026-03/vx/region-sex.csv'])(
    'answers 404 for %s',
    async (path) => {
      expect((await get(`/datos/v1/releases/${path}`)).status).toBe(404);
    },
  );

  it('counts what is stored: the national figure of referrals sent is that of the legs in the database', async () => {
    const { store } = service.context;
    for (const { month } of report.releases) {
      const snapshot = await store
        .support<{ _id: string; counts: [string, number][] }>('statistics')
        .findOne({ _id: `snapshot|${month}` });
      const sent = new Map(snapshot?.counts).get('sent|total|total|total') ?? 0;
      const legs = await service.db
        .collection('Task')
        .find({ 'w.state': { $exists: true } })
        .toArray();
      const inMonth = legs
        .map(({ json }) => JSON.parse(json as string) as { authoredOn: string; focus: { reference: string } })
        .filter(({ authoredOn }) => {
          const local = new Date(Date.parse(authoredOn) - 6 * 3_600_000).toISOString();
          return local.startsWith(month);
        });
      expect(sent).toBe(new Set(inMonth.map(({ focus }) => focus.reference)).size);
    }
  });

  it('builds the same bytes again, and a second version that is as safe as the first', async () => {
    const { month } = report.releases[0]!;
    const file = async (version: number, name: string): Promise<string> =>
      (await get(`/datos/v1/releases/${month}/v${version}/${name}`)).text();
    const built = await buildRelease(service.context, { month, account: 'statistics' });
    const again = await buildRelease(service.context, { month, account: 'statistics' });
    expect(again.files).toEqual(built.files);
    expect(built.version).toBe(2);
    await approveRelease(service.context, month, { account: 'approver' });
    await publishApproved(service.context, { account: 'statistics' });
    expect(await file(2, 'region-age.csv')).toBe(await file(1, 'region-age.csv'));
    await writeReleaseFolders(service.context.store, folder);
    expect(await runAttack(folder)).toBe(0);
    expect(attackLines.join('\n')).toContain('figures recovered: 0');
  }, 60_000);

  it('wants a closed month, the right role and a second person', async () => {
    const { context } = service;
    const open = new Date().toISOString().slice(0, 7);
    const { month } = report.releases[1]!;
    await expect(buildRelease(context, { month: open, account: 'statistics' })).rejects.toMatchObject({
      code: 'month-open',
    });
    await expect(buildRelease(context, { month: '2026-13', account: 'statistics' })).rejects.toMatchObject({
      status: 400,
    });
    await expect(buildRelease(context, { month, account: 'clinician.uaps1' })).rejects.toMatchObject({ status: 403 });
    await expect(buildRelease(context, { month, account: 'statistics', threshold: 0 })).rejects.toMatchObject({
      status: 400,
    });
    await buildRelease(context, { month, account: 'statistics' });
    await expect(approveRelease(context, month, { account: 'statistics' })).rejects.toMatchObject({ status: 403 });
    expect(await publishApproved(context, { account: 'statistics' })).toEqual([]);
    await context.store
      .support<{ _id: string; builtBy: string }>('statistics')
      .updateOne({ _id: `release|${month}|v2` }, { $set: { builtBy: 'approver' } });
    await expect(approveRelease(context, month, { account: 'approver' })).rejects.toMatchObject({
      code: 'second-person',
    });
  }, 60_000);

  it('leaves an audit record of every step', async () => {
    const records = await service.context.store.findAudits({ sub: { $regex: '^statistics-' } }, { limit: 100 });
    for (const step of ['build', 'approve', 'publish'])
      expect(records.filter(({ sub }) => sub === `statistics-${step}`).length).toBeGreaterThanOrEqual(MONTHS);
    expect(records.find(({ sub }) => sub === 'statistics-approve')).toMatchObject({ who: 'approver', rol: 'approver' });
  });

  it('finds a release in which somebody put a hidden figure back, and files that were altered', async () => {
    const version = join(folder, report.releases[0]!.month, 'v1');
    const csv = join(version, 'region-sex.csv');
    const text = await readFile(csv, 'utf8');
    await appendFile(csv, 'x');
    await expect(runAttack(version)).rejects.toThrow('not what manifest.json says');
    const shown = text.replace(/,,c\r\n/, ',3,\r\n');
    await writeFile(csv, shown);
    const manifest = JSON.parse(await readFile(join(version, 'manifest.json'), 'utf8')) as {
      files: { path: string; bytes: number; sha256: string }[];
    };
    const entry = manifest.files.find(({ path }) => path === 'region-sex.csv')!;
    entry.bytes = Buffer.byteLength(shown);
    entry.sha256 = createHash('sha256').update(shown).digest('hex');
    await writeFile(join(version, 'manifest.json'), JSON.stringify(manifest));
    expect(await runAttack(version)).toBe(1);
  }, 30_000);
});
