import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle } from '@medplum/fhirtypes';
import { createRandom } from '../../src/seed/random.js';
import { startService, type TestService } from '../support/service.js';
import { order, send, submission } from '../service/referral/referral-fixture.js';
import { brokenInvariants, storedReferral } from './referral-invariants.js';
import { walkReferrals } from './referral-walk.js';
import { DESTINATIONS, facilityId, walkCast } from './walk-cast.js';

/** The long walk: `WALK_STEPS=10000 npm test -- test/referral-walk`; another path: `WALK_SEED=7`. */
const STEPS = Number(process.env.WALK_STEPS ?? 300);
const SEED = process.env.WALK_SEED ?? '1';

describe('random moves by random people, some at the same moment', () => {
  let service: TestService;
  const locations: Record<string, string> = {};

  beforeAll(async () => {
    service = await startService();
    for (const alias of DESTINATIONS) {
      const found = await service.call<Bundle>(
        'conformance',
        'GET',
        `Location?organization=Organization/${facilityId(alias)}&_count=1`,
      );
      locations[alias] = `Location/${found.body.entry?.[0]?.resource?.id ?? ''}`;
    }
  });
  afterAll(() => service.stop());

  it(`${STEPS} steps: every answer as the table says, every invariant after each`, { timeout: 3_600_000 }, async () => {
    const report = await walkReferrals(service, await walkCast(), locations, {
      steps: STEPS,
      random: createRandom(`walk|${SEED}`),
    });
    console.log(
      `${report.steps} steps: ${report.accepted} moves, ${report.refused} refused, ${report.races} at the same moment, ${report.edges.size} ways`,
    );
    expect(report.faults).toEqual([]);
    expect(report.accepted).toBeGreaterThan(STEPS / 5);
    expect(report.races).toBeGreaterThan(STEPS / 50);
  });

  it('the invariants see what is wrong in the database', async () => {
    const { referral, task } = await send(service, 'clinician.uaps1', submission(order()));
    const broken = async (): Promise<string[]> => brokenInvariants(await storedReferral(service.db, referral.id), 1);
    expect(await broken()).toEqual([]);
    const tasks = service.db.collection<{ _id: string; json: string }>('Task');
    const row = await tasks.findOne({ _id: task.id });
    const plant = async (change: Record<string, unknown>): Promise<string[]> => {
      await tasks.updateOne({ _id: task.id }, { $set: change });
      const found = await broken();
      await tasks.replaceOne({ _id: task.id }, row!);
      return found;
    };
    expect(await plant({ 'w.owner': 'nobody' })).toEqual(['w.owner is nobody in sent']);
    expect(await plant({ 'w.state': 'closed' })).toEqual(['w.state is closed, the state is sent']);
    expect(await plant({ 'w.due': null })).toEqual(['no term in sent']);
    expect(await plant({ json: row!.json.replace('"status":"requested"', '"status":"completed"') })).toEqual([
      'sent with Task.status completed',
      'completed without a respuesta',
    ]);
    expect(brokenInvariants(await storedReferral(service.db, referral.id), 2)).toEqual([
      '2 moves acknowledged, 1 in the trail',
    ]);
  });
});
