import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Composition, Parameters, ParametersParameter, Provenance, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { dateIn } from '../../../src/config/honduras-time.js';
import { endOfDay } from '../../../src/referral/follow-up/follow-up-tasks.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient, type WebClient } from '../../support/web-client.js';
import {
  answerDocument,
  errorCode,
  errorText,
  FIELDS,
  type Moved,
  move,
  order,
  post,
  send,
  submission,
} from './referral-fixture.js';

const DAY = 86_400_000;
const dayAfter = (days: number): string => dateIn(new Date(Date.now() + days * DAY));
const spoken = (day: string): string => day.split('-').reverse().join('/');
const NEAR = dayAfter(10);
const FAR = dayAfter(20);

let service: TestService;

beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

/** The fixture's answer with another plan, one line each. */
function withPlan(before: Moved, lines: readonly string[]): ParametersParameter[] {
  const fields = answerDocument(before.referral, 'advice');
  const composition = (fields[0]?.resource as Bundle).entry?.[0]?.resource as Composition;
  const plan = composition.section?.find(({ title }) => title === 'plan');
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${lines.map((line) => `<p>${line}</p>`).join('')}</div>`;
  if (plan) plan.text = { status: 'generated', div };
  return fields;
}

async function followed(lines: readonly string[]): Promise<Moved> {
  const sent = await send(service, 'system.uaps1', submission(order()));
  const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
  const answered = await move(service, received, 'respond', { account: 'triage.hosp1' }, withPlan(received, lines));
  expect([answered.state, answered.answer.status === 200 ? '' : errorText(answered.answer)]).toEqual(['answered', '']);
  const read = await move(service, answered, 'acknowledge', { account: 'clinician.uaps1' });
  expect([read.state, read.answer.status === 200 ? '' : errorText(read.answer)]).toEqual(['follow-up', '']);
  return read;
}

type Kept = Task & { id: string };
async function tasksOf(before: Moved, code: string): Promise<Kept[]> {
  const path = `Task?based-on=ServiceRequest/${before.referral.id}&code=${codeSystemUrl('task-code')}|${code}`;
  const { body } = await service.call<Bundle>('system.uaps1', 'GET', path);
  const found = (body.entry ?? []).map(({ resource }) => resource as Kept);
  return found.sort((a, b) => ((a.description ?? '') < (b.description ?? '') ? -1 : 1));
}
const legOf = async (before: Moved): Promise<Task> =>
  (await service.call<Task>('system.uaps1', 'GET', `Task/${before.task.id}`)).body;
const complete = (account: string, task: string, parameter: ParametersParameter[]) =>
  service.call<Parameters>(account, 'POST', `Task/${task}/$complete-item`, {
    body: { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) },
  });

describe('the plan of an answer', () => {
  let read: Moved;
  let near: Kept;

  it('becomes one task for each dated point; what has no day stays with the follow-up', async () => {
    read = await followed([`A: glucosa el ${spoken(FAR)}`, 'Dieta sin sal', `B: curación ${NEAR}`]);
    const [parent, ...more] = await tasksOf(read, 'follow-up');
    expect(more).toEqual([]);
    expect(parent?.input?.map(({ valueString }) => valueString)).toEqual(['Dieta sin sal']);
    const items = await tasksOf(read, 'follow-up-item');
    expect(items.map(({ description, restriction }) => [description, restriction?.period?.end])).toEqual([
      [`A: glucosa el ${spoken(FAR)}`, FAR],
      [`B: curación ${NEAR}`, NEAR],
    ]);
    for (const item of items)
      expect(item).toMatchObject({
        status: 'ready',
        partOf: [{ reference: `Task/${parent?.id}` }],
        owner: read.task.requester,
      });
    near = items[1]!;
    // The referral is due when its first point is.
    expect((await legOf(read)).restriction?.period?.end).toBe(endOfDay(NEAR));
  });

  it('is ticked point by point, by the origin, once; the next point is then the term', async () => {
    for (const [account, status, code] of [
      ['triage.hosp1', 403, 'facility-foreign'],
      ['clinician.uaps2', 404, 'not-found'],
      ['patient.1', 403, 'role-forbidden'],
    ] as const) {
      const answer = await complete(account, near.id, [{ name: 'done', valueBoolean: true }]);
      expect([account, answer.status, errorCode(answer)]).toEqual([account, status, code]);
    }
    for (const parameter of [[], [{ name: 'done', valueBoolean: false }]]) {
      const answer = await complete('nurse.uaps1', near.id, parameter);
      expect([answer.status, errorCode(answer)]).toEqual([422, 'field-missing']);
    }
    const done = await complete('nurse.uaps1', near.id, [{ name: 'done', valueBoolean: true }]);
    expect([done.status, (done.body.parameter?.[0]?.resource as Task).status]).toEqual([200, 'completed']);
    expect((await legOf(read)).restriction?.period?.end).toBe(endOfDay(FAR));
    const trails = await service.call<Bundle<Provenance>>('nurse.uaps1', 'GET', `Provenance?target=Task/${near.id}`);
    const trail = trails.body.entry
      ?.map(({ resource }) => resource)
      .find((one) => one?.activity?.coding?.[0]?.code === 'complete-item');
    expect(trail?.agent[0]?.who.reference).toBe(post('nurse.uaps1'));
    expect(trail?.target[0]?.reference).toBe(`ServiceRequest/${read.referral.id}`);
    const system = await complete('system.uaps1', near.id, [{ name: 'done', valueBoolean: true }]);
    expect([system.status, errorCode(system)]).toEqual([422, 'field-missing']);
    const again = await complete('nurse.uaps1', near.id, [{ name: 'done', valueBoolean: true }]);
    expect([again.status, errorCode(again)]).toEqual([422, 'rule-broken']);
    const parent = (await tasksOf(read, 'follow-up'))[0];
    const other = await complete('nurse.uaps1', parent?.id ?? '', [{ name: 'done', valueBoolean: true }]);
    expect([other.status, errorCode(other)]).toEqual([422, 'rule-broken']);
  });

  it('ends with the referral as the closing says; a point that it does not name keeps the referral open', async () => {
    const two = await followed([`A: glucosa ${FAR}`, `B: peso ${FAR}`, `C: control ${FAR}`]);
    const item = (text: string, ...rest: ParametersParameter[]): ParametersParameter => ({
      name: 'item',
      part: [{ name: 'text', valueString: text }, ...rest],
    });
    const close = (...items: ParametersParameter[]) =>
      move(service, two, 'close', { account: 'clinician.uaps1' }, [...FIELDS.close.slice(0, 1), ...items]);
    for (const items of [[], [item(`A: glucosa ${FAR}`, { name: 'done', valueBoolean: true })]]) {
      const refused = await close(...items);
      expect([refused.answer.status, errorCode(refused.answer)]).toEqual([422, 'rule-broken']);
      expect(errorText(refused.answer)).toContain(`«C: control ${FAR}» (${FAR})`);
      expect(errorText(refused.answer).includes('glucosa')).toBe(items.length === 0);
    }
    const closed = await close(
      item(`A: glucosa ${FAR}`, { name: 'done', valueBoolean: true }),
      item(`B: peso ${FAR}`, { name: 'done', valueBoolean: false }, { name: 'reason', valueString: 'No vino' }),
      item(`C: control ${FAR}`, { name: 'done', valueBoolean: false }, { name: 'reason', valueString: 'Se mudó' }),
    );
    expect(closed.state).toBe('closed');
    const items = await tasksOf(two, 'follow-up-item');
    expect(items.map(({ status, statusReason }) => [status, statusReason?.text])).toEqual([
      ['completed', undefined],
      ['failed', 'No vino'],
      ['failed', 'Se mudó'],
    ]);
    const late = await complete('nurse.uaps1', items[2]?.id ?? '', [{ name: 'done', valueBoolean: true }]);
    expect(late.status).toBe(422);
  });
});

it('a plan that nobody can carry out any more ends with the referral', async () => {
  const one = await followed([`A: glucosa ${FAR}`]);
  const outcome = { name: 'outcome', valueCoding: { system: codeSystemUrl('follow-up-outcome'), code: 'lost' } };
  const closed = await move(service, one, 'close', { account: 'clinician.uaps1' }, [outcome]);
  expect([closed.answer.status, closed.state]).toEqual([200, 'closed']);
  const [item] = await tasksOf(one, 'follow-up-item');
  expect([item?.status, item?.statusReason?.text]).toEqual(['cancelled', expect.stringContaining('cerró')]);
});

describe('the plan on the page of a referral, without JavaScript', () => {
  it('is ticked by the clinic and seen by the hospital', async () => {
    const read = await followed([`Glucosa ${FAR}`, `Curación ${NEAR}`, 'Dieta sin sal']);
    const page = `/referencias/${read.referral.id}`;
    const [clinic, hospital] = (await Promise.all(
      ['nurse.uaps1', 'specialist.hosp1'].map(async (account) => {
        const client = webClient(service.url);
        await client.signIn(account);
        return client;
      }),
    )) as [WebClient, WebClient];
    const before = await clinic.get(page);
    expect(before.text).toContain('Dieta sin sal');
    const [first, second] = [`Curación ${NEAR}: para el`, `Glucosa ${FAR}: para el`].map((text) =>
      before.text.indexOf(text),
    );
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(second ?? 0);
    const [glucose, wound] = (await tasksOf(read, 'follow-up-item')).reverse() as [Kept, Kept];
    const ticked = await clinic.submit(before, {}, `${page}/puntos/${wound.id}`);
    expect([ticked.status, ticked.location]).toEqual([303, `${page}?punto=anotado#puntos`]);
    const nothing = await clinic.post(`${page}/puntos/${glucose.id}`, {});
    expect(nothing.status).toBe(403);
    const empty = await clinic.submit(
      await clinic.get(page),
      { hecho: '', campo: 'razon' },
      `${page}/puntos/${glucose.id}`,
    );
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Diga por qué no se hizo.');
    const said = await clinic.submit(empty, { razon: 'No hay reactivo' }, `${page}/puntos/${glucose.id}`);
    expect(said.status).toBe(303);
    const seen = (await hospital.get(page)).text;
    expect(seen).toContain('1 de 2 puntos con fecha hechos');
    expect(seen).toContain('No se hizo: No hay reactivo');
    expect(seen).not.toContain('/puntos/');
  });
});
