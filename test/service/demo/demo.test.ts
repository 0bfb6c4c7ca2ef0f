import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Patient, Task } from '@medplum/fhirtypes';
import { demoClientKey } from '../../../src/access/accounts.js';
import { codeSystemUrl, SID } from '../../../src/config/canonical.js';
import { loadDemoData } from '../../../src/demo/demo-data.js';
import { type DemoResult, playDemo } from '../../../src/demo/play-demo.js';
import { startService, type TestService } from '../../support/service.js';

const { cases, people } = loadDemoData();
/** One step for each registration and sending, and those of the scripts. */
const STEPS = people.length + cases.reduce((sum, { steps }) => sum + 1 + steps.length, 0);
/** The people of demonstration accounts are there before. */
const KNOWN = people.filter(({ account }) => account !== undefined).length;

describe('the demonstration', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startService('demo');
  }, 60_000);
  afterAll(() => service.stop());

  async function play(): Promise<DemoResult & { lines: string[] }> {
    const lines: string[] = [];
    const result = await playDemo({
      url: service.url,
      keys: async (account) => {
        const key = await demoClientKey(service.context.store, account);
        if (!key) throw new Error(`no key of ${account}`);
        return key;
      },
      out: (line) => lines.push(line),
    });
    return { ...result, lines };
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

  it('does every step as expected, and nothing when it is played again', async () => {
    const first = await play();
    expect(first.differences).toEqual([]);
    expect({ done: first.done, already: first.already }).toEqual({ done: STEPS - KNOWN, already: KNOWN });
    const after = await counts();
    expect(after['ServiceRequest']).toBe(cases.length);

    const second = await play();
    expect(second.differences).toEqual([]);
    expect({ done: second.done, already: second.already }).toEqual({ done: 0, already: STEPS });
    expect(await counts()).toEqual(after);
    for (const title of ['Línea de tiempo', 'Listas de trabajo', 'Registro diario'])
      expect(second.lines.some((line) => line.startsWith(title))).toBe(true);
  }, 40_000);

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
    const task = found.body.entry?.[0]?.resource;
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
    expect(moved.status).toBe(200);
    // Going on with a referral of the demonstration is no difference: its script had ended.
    expect((await play()).differences).toEqual([]);

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
  }, 40_000);
});
