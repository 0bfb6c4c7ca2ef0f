import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle, Composition } from '@medplum/fhirtypes';
import { dateIn } from '../../../src/config/honduras-time.js';
import { readReferrals } from '../../../src/statistics/read-referrals.js';
import { statisticsMonth } from '../../../src/statistics/statistics-month.js';
import { tablePlan } from '../../../src/statistics/table-plan.js';
import { startService, type TestService } from '../../support/service.js';
import { answerDocument, type Moved, move, order, post, send, submission } from '../referral/referral-fixture.js';

const LONG_AGO = new Date(Date.now() - 60 * 86_400_000).toISOString();

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

/** Writes the start of a period anew, as if it had begun long ago. */
async function begunLongAgo(type: 'Task' | 'Encounter', id: string, element: string): Promise<void> {
  const stored = await service.context.store.read(type, id);
  const resource = JSON.parse(stored?.json ?? '') as Record<string, object>;
  const json = JSON.stringify({ ...resource, [element]: { ...resource[element], start: LONG_AGO } });
  await service.db.collection(type).updateOne({ _id: id as never }, { $set: { json } });
}

async function onTime(): Promise<boolean[]> {
  const month = statisticsMonth(dateIn(new Date()).slice(0, 7));
  if (!month) throw new TypeError('a month');
  const { store, definitions } = service.context;
  const facts = await readReferrals(store, tablePlan(definitions), month);
  return facts.filter(({ fulfils }) => fulfils.answered).map(({ fulfils }) => fulfils['answered-on-time']);
}

it('an answer is on time by when the patient arrived, however long ago the referral was received', async () => {
  const specialist = { account: 'specialist.hosp1' };
  const sent = await send(service, 'system.uaps1', submission(order({ priority: 'stat' })));
  const arrived = await move(service, sent, 'arrive', { account: 'clerk.hosp1' });
  const care: Moved = await move(service, arrived, 'start-care', specialist, [
    { name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } },
    { name: 'start', valueDateTime: new Date().toISOString() },
  ]);
  const said = answerDocument(care.referral);
  const encounter = care.task.output?.at(-1)?.valueReference?.reference ?? '';
  ((said[0]?.resource as Bundle).entry?.[0]?.resource as Composition).encounter = { reference: encounter };
  const answered = await move(service, care, 'respond', specialist, said);
  expect([answered.state, answered.answer.status === 200 ? '' : answered.answer.text]).toEqual(['answered', '']);
  expect(await onTime()).toEqual([true]);
  await begunLongAgo('Task', answered.task.id, 'executionPeriod');
  expect(await onTime()).toEqual([true]);
  await begunLongAgo('Encounter', encounter.split('/')[1] ?? '', 'period');
  expect(await onTime()).toEqual([false]);
});
