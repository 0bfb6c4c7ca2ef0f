import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, Patient, Task } from '@medplum/fhirtypes';
import { demoClientKey } from '../../../src/access/accounts.js';
import { demo } from '../../../src/cli/demo.js';
import { demonstrateStatistics } from '../../../src/cli/demo-statistics.js';
import { codeSystemUrl, SID } from '../../../src/config/canonical.js';
import { loadDemoData } from '../../../src/demo/demo-data.js';
import { type DemoResult, playDemo } from '../../../src/demo/play-demo.js';
import { tourCases } from '../../../src/demo/tour-cases.js';
import { edgeName } from '../../../src/referral/edge-name.js';
import { EDGES } from '../../../src/referral/edges.js';
import { recordedProgress } from '../../../src/progress.js';
import { buildRelease } from '../../../src/statistics/release/build-release.js';
import type { ReleaseDocument } from '../../../src/statistics/release/release-documents.js';
import { releaseFiles } from '../../../src/statistics/release/release-files.js';
import type { PublishedCounts } from '../../../src/statistics/table-types.js';
import { startService, type TestService } from '../../support/service.js';

const { cases, people } = loadDemoData();
/** One step for each registration and sending, and those of the scripts. */
const STEPS = people.length + cases.reduce((sum, { steps }) => sum + 1 + steps.length, 0);
/** The people of demonstration accounts are there before. */
const KNOWN = people.filter(({ account }) => account !== undefined).length;

const specialtyIn = (task: Task): string | undefined => task.performerType?.[0]?.coding?.[0]?.code;

describe('the demonstration', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  async function play(tour = false): Promise<DemoResult & { lines: string[] }> {
    const lines: string[] = [];
    const result = await playDemo({
      url: service.url,
      tour,
      keys: async (account) => {
        const key = await demoClientKey(service.context.store, account);
        if (!key) throw new Error(`no key of ${account}`);
        return key;
      },
      out: (line) => lines.push(line),
    });
    return { ...result, lines };
  }

  /** `npm run demo -- --url` with the keys of a file: it knows the service, not its database. */
  async function command(): Promise<{ status: number; lines: string[] }> {
    const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
    const file = join(folder, 'keys.json');
    const accounts = await service.context.store.support<{ _id: string }>('accounts').find().toArray();
    const keys = await Promise.all(
      accounts.map(async ({ _id }) => [_id, await demoClientKey(service.context.store, _id)] as const),
    );
    await writeFile(file, JSON.stringify(Object.fromEntries(keys)));
    const lines: string[] = [];
    const env = { DEMO_KEYS_FILE: file };
    const status = await demo({ args: ['--url', service.url], env, out: (line) => lines.push(line) });
    await rm(folder, { recursive: true });
    return { status, lines };
  }

  async function counts(): Promise<Record<string, number>> {
    const types = service.context.definitions.resourceTypes.filter((type) => type !== 'AuditEvent');
    const totals = await Promise.all(
      types.map(async (type) => {
        const { body } = await service.call<Bundle>('conformance', 'GET', `${type}?_summary=count`);
        return [type, body.total ?? -1] as const;
      }),
    );
    return Object.fromEntries(totals);
  }

  it('does every step as expected, makes every transition of the table, and nothing when it is played again', async () => {
    const first = await play(true);
    expect(first.differences).toEqual([]);
    expect(first.transitions).toEqual(new Set(EDGES.map(edgeName)));
    expect(first.already).toBe(KNOWN);
    expect(first.done).toBeGreaterThan(STEPS - KNOWN + EDGES.length);
    for (const { t } of EDGES) expect(first.lines.some((line) => line.includes(`✓ T${t} `))).toBe(true);
    expect(first.lines).toContain(`Transiciones / transitions: ${EDGES.length} / ${EDGES.length}`);
    const after = await counts();
    expect(after['ServiceRequest']).toBeGreaterThan(cases.length + tourCases(cases).length);

    // Again, by the command that people type: nothing is done twice, and the statistics stay with the service.
    const { status, lines } = await command();
    expect(status).toBe(0);
    expect(lines).toContain(`0 steps done now, ${first.done + KNOWN} done before, 0 differences`);
    expect(await counts()).toEqual(after);
    for (const title of ['Línea de tiempo', 'Listas de trabajo', 'Registro diario', 'Estadísticas: se publican desde'])
      expect(lines.some((line) => line.startsWith(title))).toBe(true);
    expect(await service.context.store.support('statistics').countDocuments()).toBe(0);
  }, 480_000);

  it('leaves people of every kind: with and without documents, with their mothers, with an interpreter', async () => {
    const { body } = await service.call<Bundle<Patient>>(
      'conformance',
      'GET',
      `Patient?identifier=${encodeURIComponent(`${SID.temporal}|DEMO-rn-lucia`)}`,
    );
    const newborn = body.entry?.[0]?.resource;
    expect(newborn?.name?.[0]?.text).toBe('RN de Lucía Isabel Murillo Cárcamo');
    const mother = newborn?.extension?.find(({ url }) => url.endsWith('/mother'))?.valueReference?.reference ?? '';
    expect((await service.call<Patient>('conformance', 'GET', mother)).body.gender).toBe('female');

    const spoken = await service.call<Bundle<Patient>>(
      'conformance',
      'GET',
      `Patient?identifier=${encodeURIComponent(`${SID.dni}|0901199280015`)}`,
    );
    const speaker = spoken.body.entry?.[0]?.resource;
    expect(speaker?.communication?.[0]?.language?.coding?.[0]?.code).toBe('miq');
    expect(speaker?.extension?.some(({ url, valueBoolean }) => /interpreterRequired$/.test(url) && valueBoolean)).toBe(
      true,
    );
  });

  it('says what differs when somebody has made another move than the script', async () => {
    const system = codeSystemUrl('referral-status');
    const found = await service.call<Bundle<Task>>(
      'conformance',
      'GET',
      `Task?business-status=${encodeURIComponent(`${system}|in-triage`)}`,
    );
    // One that a script has left there, not the tour.
    const task = (found.body.entry ?? [])
      .map(({ resource }) => resource)
      .find((one) => one?.priority === 'routine' && specialtyIn(one) !== 'cardiologia');
    const moved = await service.call('conformance', 'POST', `Task/${task?.id}/$accept`, {
      headers: { 'if-match': `W/"${task?.meta?.versionId}"` },
      body: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'priority', valueCode: task?.priority },
          { name: 'modality', valueCode: 'in-person' },
          { name: 'service', valueCodeableConcept: { text: 'Neurología' } },
        ],
      },
    });
    // Going on with a referral of the demonstration is no difference: its script had ended.
    expect(moved.status).toBe(200);

    const [provenance] = (
      await service.context.store.find('Provenance', { 's.ref': `target~Task/${task?.id}` }, { limit: 10 })
    ).filter(({ json }) => json.includes('"receive"'));
    await service.db
      .collection('Provenance')
      .updateOne(
        { _id: provenance?._id as never },
        { $set: { json: provenance?.json.replace('"receive"', '"reject"') } },
      );
    const { differences } = await play();
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/recibir.*antes se hizo otra cosa: reject/);
  }, 240_000);

  describe('its statistics', () => {
    const MONTHS = 1;
    const PEOPLE = 100;

    async function publish(url = service.url): Promise<{ faults: readonly string[]; text: string }> {
      const lines: string[] = [];
      const faults = await demonstrateStatistics(service.context, {
        url,
        out: (line) => lines.push(line),
        progress: recordedProgress(),
        people: PEOPLE,
        months: MONTHS,
      });
      return { faults, text: lines.join('\n') };
    }
    const releases = () => service.context.store.support<ReleaseDocument>('statistics');

    it('publishes seeded months that an attack recovers nothing of, and changes nothing when it runs again', async () => {
      const first = await publish();
      expect(first.faults).toEqual([]);
      expect(first.text).toContain(`${PEOPLE} pacientes nuevos`);
      expect(first.text).toContain(`${MONTHS} meses: ${MONTHS} preparados ahora, 0 ya publicados`);
      expect(first.text).toContain('datos recuperados: 0 / figures recovered: 0');
      expect(first.text).toMatch(/figures hidden: [1-9]/);
      expect(first.text).toContain(`${service.url}/datos/v1/releases`);
      const after = await counts();
      const documents = await releases().find().toArray();

      const second = await publish();
      expect(second.faults).toEqual([]);
      expect(second.text).toContain(`0 pacientes nuevos (0 recursos), ${PEOPLE} ya estaban`);
      expect(second.text).toContain(`${MONTHS} meses: 0 preparados ahora, ${MONTHS} ya publicados`);
      expect(await counts()).toEqual(after);
      expect(await releases().find().toArray()).toEqual(documents);
    }, 240_000);

    it('leaves a correction that waits for approval alone', async () => {
      const month = (await releases().findOne({ kind: 'release' }))!.month;
      const built = await buildRelease(service.context, { month, account: 'statistics' });
      expect((await publish()).faults).toEqual([]);
      expect(await releases().findOne({ _id: built._id })).toMatchObject({ version: 2, state: 'protected' });
    }, 240_000);

    it('finds months that cannot be read at the service', async () => {
      const { faults } = await publish(`${service.url}/elsewhere`);
      expect(faults).toHaveLength(MONTHS);
      expect(faults[0]).toMatch(/no se lee en el servicio/);
    }, 240_000);

    it('finds a published figure that gives a hidden one away', async () => {
      const release = (await releases().findOne({ kind: 'release', state: 'published' }))!;
      const hidden = release.figures.find(([, value]) => value === null)![0];
      const figures = new Map(release.figures).set(hidden, 3);
      const files = releaseFiles(release.plan, figures as unknown as PublishedCounts, {
        ...release,
        software: '0',
        figures: figures.size,
        hidden: 0,
      });
      await releases().updateOne({ _id: release._id }, { $set: { files } });
      const { faults } = await publish();
      expect(faults.length).toBeGreaterThan(0);
      expect(faults[0]).toMatch(new RegExp(`^${release.month}: se recuperó`));
    }, 240_000);
  });
});
