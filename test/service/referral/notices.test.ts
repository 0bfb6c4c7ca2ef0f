import type { Bundle, Parameters, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { type Walk, walkTo } from '../../../src/demo/edge-walks.js';
import { type Edge, EDGES } from '../../../src/referral/edges.js';
import { readClock } from '../../../src/referral/leg-clock.js';
import { purgeDrafts } from '../../../src/referral/drafts/purge-drafts.js';
import type { OrphanKind } from '../../../src/referral/proof/orphan-kinds.js';
import { proveReferrals } from '../../../src/referral/proof/prove-referrals.js';
import { escalateOverdue } from '../../../src/referral/timers/escalate-overdue.js';
import type { NoticeKind } from '../../../src/referral/vocabulary.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient } from '../../support/web-client.js';
import { errorCode, errorText, facility, order, post } from './referral-fixture.js';
import { follow, walkScene, type WalkScene, type Walker } from './walk-moves.js';

const HOUR = 3_600_000;

let service: TestService;
let scene: WalkScene;
beforeAll(async () => {
  service = await startService();
  scene = await walkScene(service);
}, 60_000);
afterAll(() => service.stop());

const edge = (from: string, move: string, when?: string): Edge =>
  EDGES.find((one) => one.from === from && one.move === move && one.when === when)!;
const walk = (to: Walk): Promise<Walker> => follow(scene, to);
const left = (): Promise<Walker> => walk(walkTo(edge('accepted-waiting', 'leave-list')));
const onward = (): Promise<Walker> => walk(walkTo(edge('in-care', 'respond', 'onward')));

type Kept = Task & { id: string };
const resources = <T>(bundle: Bundle): T[] => (bundle.entry ?? []).map(({ resource }) => resource as T);

/** Notices of a referral. */
async function noticesOf({ moved }: Walker, kind: NoticeKind): Promise<Kept[]> {
  const path = `Task?based-on=ServiceRequest/${moved.referral.id}&code=${kind}&_count=50`;
  return resources<Kept>((await service.call<Bundle>('conformance', 'GET', path)).body);
}

async function noticeOf(walker: Walker, kind: NoticeKind): Promise<Kept> {
  const [notice] = await noticesOf(walker, kind);
  if (!notice) throw new Error(`no ${kind}`);
  return notice;
}

/** What stands on a list of a facility, and how much its count says there is. */
async function listed(account: string, alias: string, list: string, more = '') {
  const path = `Organization/${facility(alias)}`;
  const [rows, counts] = await Promise.all([
    service.call<Bundle>(account, 'GET', `${path}/$worklist?list=${list}&_count=200${more}`),
    service.call<Parameters>(account, 'GET', `${path}/$worklists`),
  ]);
  const part = (counts.body.parameter ?? []).find(({ part: parts }) =>
    parts?.some(({ name, valueCode }) => name === 'name' && valueCode === list),
  );
  return {
    status: rows.status,
    ids: (rows.body.entry ?? []).filter(({ search }) => search?.mode === 'match').map(({ resource }) => resource?.id),
    included: (rows.body.entry ?? []).filter(({ search }) => search?.mode === 'include').length,
    count: part?.part?.find(({ name }) => name === 'count')?.valueInteger,
  };
}

const complete = (account: string, id: string, parameter: Parameters['parameter']) =>
  service.call<Parameters>(account, 'POST', `Task/${id}/$complete-notice`, {
    body: { resourceType: 'Parameters', ...(parameter ? { parameter } : {}) },
  });
const FOUND = [{ name: 'found', valueString: 'La visitamos: ya la operaron en otro hospital.' }];

async function trailOf(id: string): Promise<Provenance[]> {
  const { body } = await service.call<Bundle>('uau.uaps1', 'GET', `Provenance?target=Task/${id}&_count=50`);
  return resources<Provenance>(body).filter(
    ({ activity }) =>
      activity?.coding?.[0]?.code === 'complete-notice' &&
      activity.coding[0].system === codeSystemUrl('referral-operation'),
  );
}

describe('a notice', () => {
  it('is work of the facility that gets it, with a term, until somebody says what was found', async () => {
    const walker = await left();
    const notice = await noticeOf(walker, 'find-person');
    const term = Date.parse(notice.restriction?.period?.end ?? '') - Date.parse(notice.authoredOn ?? '');
    expect(term).toBe(168 * HOUR);
    const waiting = await listed('nurse.uaps1', 'uaps1', 'notices');
    expect([waiting.status, waiting.ids.includes(notice.id), waiting.count]).toEqual([200, true, waiting.ids.length]);
    expect(waiting.included).toBeGreaterThan(0);
    expect((await listed('uau.hosp2', 'hosp2', 'notices')).ids).not.toContain(notice.id);
    expect((await complete('nurse.uaps1', notice.id, undefined)).status).toBe(422);
    expect((await complete('scheduler.hosp1', notice.id, FOUND)).status).toBe(403);
    expect((await complete('uau.hosp2', notice.id, FOUND)).status).toBe(404);
    const done = await complete('nurse.uaps1', notice.id, FOUND);
    expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);
    const task = done.body.parameter?.[0]?.resource as Task;
    expect(task).toMatchObject({ status: 'completed', note: [{ text: FOUND[0]?.valueString }] });
    const [trail, ...others] = await trailOf(notice.id);
    expect(others).toEqual([]);
    expect(trail?.agent[0]?.who.reference).toBe(post('nurse.uaps1'));
    expect(trail?.reason?.[0]?.text).toBe(FOUND[0]?.valueString);
    expect((await listed('nurse.uaps1', 'uaps1', 'notices')).ids).not.toContain(notice.id);
    expect((await complete('nurse.uaps1', notice.id, FOUND)).status).toBe(422);
  });

  it('may be ended by a plain update that says what was found; the trail is the same', async () => {
    const notice = await noticeOf(await left(), 'find-person');
    const put = (body: Task) => service.call('uau.uaps1', 'PUT', `Task/${notice.id}`, { body });
    const mute = await put({ ...notice, status: 'completed' });
    expect([mute.status, mute.text.includes('hn-avi-2')]).toEqual([422, true]);
    const done = await put({ ...notice, status: 'completed', note: [{ text: 'Se mudó a Danlí.' }] });
    expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);
    const [trail] = await trailOf(notice.id);
    expect([trail?.agent[0]?.who.reference, trail?.reason?.[0]?.text]).toEqual([post('uau.uaps1'), 'Se mudó a Danlí.']);
    expect((await listed('nurse.uaps1', 'uaps1', 'notices')).ids).not.toContain(notice.id);
  });

  it('is written by the service alone, and keeps its matter, its term and its owner', async () => {
    const walker = await left();
    const notice = await noticeOf(walker, 'find-person');
    const { id, meta: _meta, ...copy } = notice;
    const made = await service.call('uau.uaps1', 'POST', 'Task', {
      body: { ...copy, owner: { reference: `Organization/${facility('hosp1')}` } },
    });
    expect([made.status, errorText(made)]).toEqual([422, expect.stringContaining('written by the service')]);
    const coding = { system: codeSystemUrl('task-code'), code: 'other' };
    const note = [{ text: 'La visitamos.' }];
    const changes: [Partial<Task>, string][] = [
      [{ code: { coding: [coding] } }, 'Task.code'],
      [{ owner: { reference: `Organization/${facility('hosp1')}` } }, 'Task.owner'],
      [{ restriction: { period: { end: '2999-01-01T00:00:00Z' } } }, 'Task.restriction'],
      [{ status: 'completed', note, basedOn: [{ reference: 'ServiceRequest/x' }] }, 'Task.basedOn'],
      [{ status: 'cancelled' }, 'Task.note'],
    ];
    for (const [change, place] of changes) {
      const put = await service.call('uau.uaps1', 'PUT', `Task/${id}`, { body: { ...notice, ...change } });
      expect([place, put.status, put.text.includes(`"${place}"`)]).toEqual([place, 422, true]);
    }
    expect((await service.call('clinician.uaps1', 'DELETE', `Task/${id}`)).status).toBe(422);
    expect((await listed('nurse.uaps1', 'uaps1', 'notices')).ids).toContain(id);
    const done = await service.call('uau.uaps1', 'PUT', `Task/${id}`, {
      body: { ...notice, status: 'cancelled', note },
    });
    expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);
  });

  it('that is overdue is told to the UAU, the network and the region like a referral', async () => {
    const notice = await noticeOf(await left(), 'find-person');
    const due = Date.parse(notice.restriction?.period?.end ?? '');
    const told = async (): Promise<readonly string[]> => {
      const stored = await service.context.store.read('Task', notice.id);
      return readClock(JSON.parse(stored?.json ?? '{}') as Task)?.told ?? [];
    };
    await escalateOverdue(service.context, { now: new Date(due - 1) });
    expect(await told()).toEqual([]);
    await escalateOverdue(service.context, { now: new Date(due) });
    expect(await told()).toEqual([facility('uaps1')]);
    expect((await listed('uau.uaps1', 'uaps1', 'escalated')).ids).toContain(notice.id);
    await escalateOverdue(service.context, { now: new Date(due + 84 * HOUR) });
    expect(await told()).toEqual([facility('uaps1'), facility('red1')]);
    await complete('uau.uaps1', notice.id, FOUND);
    expect((await listed('uau.uaps1', 'uaps1', 'escalated')).ids).not.toContain(notice.id);
  });

  it('is seen and seen to on the pages, without JavaScript', async () => {
    const walker = await left();
    const client = webClient(service.url);
    await client.signIn('nurse.uaps1');
    const list = await client.get('/bandeja?lista=notices');
    const page = `/referencias/${walker.moved.referral.id}`;
    expect(list.text).toContain('Salió de la lista sin atención');
    expect(list.text).toContain(`${page}#avisos`);
    const notice = await noticeOf(walker, 'find-person');
    const form = await client.get(page);
    const field = `hallado-${notice.id}`;
    const empty = await client.submit(form, { campo: field, [field]: ' ' }, `${page}/avisos/${notice.id}`);
    expect([empty.status, empty.text.includes('Diga qué hizo o qué encontró.')]).toEqual([422, true]);
    const done = await client.submit(empty, { hallado: 'Ya se operó' }, `${page}/avisos/${notice.id}`);
    expect([done.status, done.location]).toEqual([303, `${page}?aviso=atendido#avisos`]);
    expect((await client.get(page)).text).toContain('Ya se operó');
  });
});

describe('the draft of an onward referral', () => {
  it('takes its notice along whatever its author wrote over it, and nobody ticks it before', async () => {
    const walker = await onward();
    const notice = await noticeOf(walker, 'onward-draft');
    const ticked = await service.call('specialist.hosp1', 'PUT', `Task/${notice.id}`, {
      body: { ...notice, status: 'completed', note: [{ text: 'Listo' }] },
    });
    expect([ticked.status, errorText(ticked)]).toEqual([422, expect.stringContaining('sent')]);
    const link = notice.focus?.reference ?? '';
    const { basedOn: _first, ...alone } = (await service.call<ServiceRequest>('specialist.hosp1', 'GET', link)).body;
    const rewritten = await service.call('specialist.hosp1', 'PUT', link, { body: alone });
    expect([rewritten.status, rewritten.status === 200 ? '' : rewritten.text]).toEqual([200, '']);
    const end = () =>
      service.call('specialist.hosp1', 'POST', `${link}/$void`, {
        body: { resourceType: 'Parameters', parameter: [{ name: 'reason', valueString: 'Ya no hace falta' }] },
        headers: { 'if-match': rewritten.headers.get('etag') ?? '' },
      });
    // Its notice changes at that very moment: told as a conflict, and the same move may be sent again.
    const { store } = service.context;
    const write = store.write.bind(store);
    store.write = async (plan) => {
      store.write = write;
      await service.db.collection<{ _id: string }>('Task').updateOne({ _id: notice.id }, { $inc: { vid: 1 } });
      return write(plan);
    };
    const raced = await end();
    expect([raced.status, errorCode(raced)]).toEqual([409, 'write-conflict']);
    await service.db.collection<{ _id: string }>('Task').updateOne({ _id: notice.id }, { $inc: { vid: -1 } });
    expect((await end()).status).toBe(200);
    expect((await noticeOf(walker, 'onward-draft')).status).toBe('completed');
  });

  it('is work of who answered, and is so no more once it is sent', async () => {
    const walker = await onward();
    const notice = await noticeOf(walker, 'onward-draft');
    expect(notice.owner?.reference).toBe(`Organization/${facility('hosp1')}`);
    expect((await listed('specialist.hosp1', 'hosp1', 'notices')).ids).toContain(notice.id);
    const refused = await complete('specialist.hosp1', notice.id, FOUND);
    expect([refused.status, errorText(refused)]).toEqual([422, expect.stringContaining('sent')]);
    const link = notice.focus?.reference ?? '';
    const gone = await service.call('specialist.hosp1', 'DELETE', link);
    expect(gone.status).toBe(409);
    const draft = await service.call<ServiceRequest>('specialist.hosp1', 'GET', link);
    const voided = await service.call('specialist.hosp1', 'POST', `${link}/$void`, {
      body: { resourceType: 'Parameters', parameter: [{ name: 'reason', valueString: 'Ya no hace falta' }] },
      headers: { 'if-match': draft.headers.get('etag') ?? '' },
    });
    expect([voided.status, voided.status === 200 ? '' : voided.text]).toEqual([200, '']);
    expect((await noticeOf(walker, 'onward-draft')).status).toBe('completed');
    expect((await listed('specialist.hosp1', 'hosp1', 'notices')).ids).not.toContain(notice.id);
  });
});

describe('drafts', () => {
  const DAY = 24 * HOUR;
  type Draft = ServiceRequest & { id: string };

  async function draftBy(account: string): Promise<Draft> {
    const body = order({ subject: scene.patient, requester: post(account) });
    const saved = await service.call<Draft>(account, 'POST', 'ServiceRequest', { body });
    expect([saved.status, saved.status === 201 ? '' : saved.text]).toEqual([201, '']);
    return saved.body;
  }
  const now = async (id: string): Promise<Draft> =>
    (await service.call<Draft>('conformance', 'GET', `ServiceRequest/${id}`)).body;

  it('are a list of their facility, the longest untouched first, and of each author', async () => {
    const [first, second] = [await draftBy('clinician.uaps1'), await draftBy('specialist.hosp1')];
    const third = await draftBy('clinician.uaps1');
    const own = await listed('clinician.uaps1', 'uaps1', 'drafts');
    const places = [first, third].map(({ id }) => own.ids.indexOf(id));
    expect([own.status, own.count, places[0]! >= 0, places[0]! < places[1]!]).toEqual([
      200,
      own.ids.length,
      true,
      true,
    ]);
    expect([own.ids.includes(second.id), own.included > 0]).toEqual([false, true]);
    const author = (name: string) =>
      listed('uau.uaps1', 'uaps1', 'drafts', `&author=${encodeURIComponent(post(name))}`);
    expect((await author('clinician.uaps1')).ids).toContain(first.id);
    expect((await author('nurse.uaps1')).ids).toEqual([]);
    const narrowed = await listed('uau.uaps1', 'uaps1', 'notices', '&author=x');
    expect(narrowed.status).toBe(400);
    await service.call('clinician.uaps1', 'DELETE', `ServiceRequest/${third.id}`);
    expect((await listed('clinician.uaps1', 'uaps1', 'drafts')).ids).not.toContain(third.id);
  });

  it('say on the pages until when they last', async () => {
    const { id } = await draftBy('clinician.uaps1');
    const client = webClient(service.url);
    await client.signIn('clinician.uaps1');
    const list = await client.get('/bandeja?lista=drafts&mios=si');
    expect(list.text).toContain(`/referencias/${id}`);
    expect(list.text).toContain('Se anula si nadie lo toca');
    expect((await client.get(`/referencias/${id}`)).text).toContain('el servicio lo anula el');
  });

  it('that nobody touches for thirty days are voided with their reason; an onward one never, it is escalated', async () => {
    const untouched = await draftBy('clinician.uaps1');
    const walker = await onward();
    const notice = await noticeOf(walker, 'onward-draft');
    const link = notice.focus?.reference ?? '';
    const changed = Date.parse(untouched.meta?.lastUpdated ?? '');
    await purgeDrafts(service.context, { now: new Date(changed + 30 * DAY - 1) });
    expect((await now(untouched.id)).status).toBe('draft');
    const counts = await purgeDrafts(service.context, { now: new Date(Date.now() + 30 * DAY) });
    expect([counts.voided > 0, counts.moved, counts.failed]).toEqual([true, 0, 0]);
    const ended = await now(untouched.id);
    expect(ended.status).toBe('entered-in-error');
    expect(JSON.stringify(ended.extension)).toContain('el servicio lo anuló');
    expect((await listed('clinician.uaps1', 'uaps1', 'drafts')).ids).not.toContain(untouched.id);
    const { body } = await service.call<Bundle>(
      'clinician.uaps1',
      'GET',
      `Provenance?target=ServiceRequest/${untouched.id}`,
    );
    const [trail] = resources<Provenance>(body);
    expect(trail?.activity?.coding?.[0]?.code).toBe('void');
    expect(trail?.agent[0]?.who.display).toContain('Servicio nacional');
    expect((await now(link.replace('ServiceRequest/', ''))).status).toBe('draft');
    await escalateOverdue(service.context, { now: new Date(Date.now() + 30 * DAY) });
    expect((await listed('uau.hosp1', 'hosp1', 'escalated')).ids).toContain(notice.id);
    expect(await purgeDrafts(service.context, { now: new Date(Date.now() + 30 * DAY) })).toEqual({
      ...{ voided: 0, moved: 0, failed: 0 },
    });
  });
});

describe('the proof', () => {
  const rows = () => service.db.collection<StoredResource>('Task');
  const prove = (repair = false) => proveReferrals(service.context, { now: new Date(), repair });
  const about = async (id: string, repair = false): Promise<OrphanKind[]> =>
    (await prove(repair)).orphans.filter(({ task }) => task === `Task/${id}`).map(({ kind }) => kind);

  async function tamper(id: string, change: (text: string) => string): Promise<void> {
    const found = await rows().findOne({ _id: id });
    const json = change(found?.json ?? '');
    expect(json).not.toBe(found?.json);
    await rows().updateOne({ _id: id }, { $set: { json } });
  }

  it('counts notices, and finds nothing wrong with those of the service', async () => {
    const notice = await noticeOf(await left(), 'find-person');
    const proof = await prove();
    expect([proof.notices > 0, proof.orphans]).toEqual([true, []]);
    expect((await prove()).notices).toBe(proof.notices);
    await complete('nurse.uaps1', notice.id, FOUND);
    expect((await prove()).notices).toBe(proof.notices - 1);
  });

  it.each<[OrphanKind, (text: string) => string]>([
    ['no-owner', (text) => text.replace(/"owner":\{"reference":"[^"]*"/, '"owner":{"reference":"Organization/gone"')],
    ['no-due', (text) => text.replace(/("period":\{"start":"[^"]*"),"end":"[^"]*"/, '$1')],
    ['no-referral', (text) => text.replace(/"basedOn":\[\{"reference":"[^"]*"/, '"basedOn":[{"reference":"Group/x"')],
  ])('names a planted notice with %s', async (kind, change) => {
    const notice = await noticeOf(await left(), 'find-person');
    await tamper(notice.id, change);
    expect(await about(notice.id)).toContain(kind);
    await rows().deleteOne({ _id: notice.id });
  });

  it('puts a notice back on its list when only the list forgot it', async () => {
    const notice = await noticeOf(await left(), 'find-person');
    await rows().updateOne({ _id: notice.id }, { $unset: { w: '' } });
    expect(await about(notice.id)).toEqual(['scalars']);
    expect(await about(notice.id, true)).toEqual([]);
    expect((await listed('nurse.uaps1', 'uaps1', 'notices')).ids).toContain(notice.id);
  });
});
