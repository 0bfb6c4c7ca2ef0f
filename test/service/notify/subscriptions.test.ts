import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CapabilityStatement, Bundle, BundleEntry, Parameters, Subscription, Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { packageRoot } from '../../../src/config/paths.js';
import { BACKPORT_URLS, TOPICS } from '../../../src/notify/subscriptions/topics.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { Delivery } from '../../../src/store/delivery.js';
import { startService, type TestService } from '../../support/service.js';
import { addAccount, created, scopedTo, verdict } from '../policy/policy-fixture.js';
import { facility, FIELDS, move, type Moved, order, send, submission } from '../referral/referral-fixture.js';
import { FAST, openReceiver, type Receiver, until } from './notify-fixture.js';

type Stored<T> = T & { id: string };
const by = (actor: string) => ({ account: `system.${actor.split('.')[1] ?? ''}`, actor });
const TASK_TOPIC = TOPICS[0]?.url ?? '';

/** A value of the status that stands first in a notification. */
const said = ({ entry }: Bundle, name: string): unknown => {
  const status = entry?.[0]?.resource as Parameters;
  const find = (rows: Parameters['parameter']): Parameters['parameter'] =>
    (rows ?? []).flatMap((row) => [...(row.name === name ? [row] : []), ...(find(row.part) ?? [])]);
  const [found] = find(status.parameter) ?? [];
  return found?.valueString ?? found?.valueCode ?? found?.valueCanonical ?? found?.valueReference?.reference;
};

describe('FHIR Subscriptions', () => {
  let service: TestService;
  let hook: Receiver;
  const hospital = `Organization/${facility('hosp1')}`;

  beforeAll(async () => {
    hook = await openReceiver();
    service = await startService();
    service.context.notifier.start({ backOff: FAST, pollMs: 20 });
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    await hook.close();
  });

  const wanted = (path: string, more: Partial<Subscription> = {}, content = 'full-resource'): Subscription =>
    ({
      resourceType: 'Subscription',
      status: 'requested',
      reason: 'Prueba',
      criteria: TASK_TOPIC,
      _criteria: { extension: [{ url: BACKPORT_URLS.filter, valueString: `Task?owner=${hospital}` }] },
      channel: {
        type: 'rest-hook',
        endpoint: `${hook.url}${path}`,
        payload: 'application/fhir+json',
        _payload: { extension: [{ url: BACKPORT_URLS.payload, valueCode: content }] },
        header: ['Authorization: Bearer del-receptor'],
      },
      ...more,
    }) as Subscription;
  const read = (id: string, account = 'system.hosp1') =>
    service.call<Stored<Subscription>>(account, 'GET', `Subscription/${id}`);
  const put = (id: string, body: object) => service.call('system.hosp1', 'PUT', `Subscription/${id}`, { body });
  const becomes = (id: string, status: string, account?: string) =>
    until(`${id} ${status}`, async () => (await read(id, account)).body.status === status);
  const deliveries = (id: string, more: object): Promise<number> =>
    service.db.collection<Delivery>('deliveries').countDocuments({ ...more, lane: `Subscription/${id}` });
  const events = (path: string): Bundle[] =>
    hook.taken<Bundle>(path).filter((bundle) => said(bundle, 'type') === 'event-notification');
  const numbers = (path: string): number[] => events(path).map((bundle) => Number(said(bundle, 'event-number')));
  const subscribe = async (path: string, more: Partial<Subscription> = {}, content?: string) => {
    const made = await created(service, 'system.hosp1', wanted(path, more, content));
    await becomes(made.id, 'active');
    return made;
  };
  const off = async (id: string): Promise<void> => {
    await service.call('system.hosp1', 'DELETE', `Subscription/${id}`);
  };
  const next = async (before: Moved, name: string, actor: string, fields: Parameters['parameter'] = []) => {
    const done = await move(service, before, name, by(actor), fields);
    expect([done.answer.status, done.answer.status === 200 ? '' : done.answer.text]).toEqual([200, '']);
    return done;
  };
  const audited = (id: string, more: object): Promise<number> =>
    service.db.collection<AuditRecord>('audit').countDocuments({ ...more, 'det.subscription': id });
  const sendOne = async (): Promise<Moved> => send(service, 'system.uaps1', submission(order()));

  it('are active after a handshake; 50 moves give the events 1 to 50, each the version of its own', async () => {
    const { id } = await subscribe('/fifty');
    const [handshake] = hook.taken<Bundle>('/fifty');
    expect(handshake?.type).toBe('history');
    expect([said(handshake as Bundle, 'type'), said(handshake as Bundle, 'topic')]).toEqual(['handshake', TASK_TOPIC]);
    let leg = await next(await sendOne(), 'receive', 'clerk.hosp1');
    leg = await next(leg, 'accept', 'triage.hosp1', FIELDS.accept);
    const attempt = [
      { name: 'medium', valueCoding: { system: codeSystemUrl('contact-medium'), code: 'phone' } },
      { name: 'reached', valueBoolean: true },
    ];
    for (let count = 3; count < 50; count += 1) leg = await next(leg, 'contact-attempt', 'uau.hosp1', attempt);
    await until('50 events', () => new Set(numbers('/fifty')).size === 50);
    expect([...new Set(numbers('/fifty'))]).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    const versions = events('/fifty').map(({ entry }) => (entry?.[1]?.resource as Task).meta?.versionId);
    expect([...new Set(versions)]).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)));
    const { body } = await service.call<Bundle>('system.hosp1', 'GET', `Subscription/${id}/$status`);
    expect([said(body, 'status'), said(body, 'events-since-subscription-start')]).toEqual(['active', '50']);
    expect(await audited(id, { who: 'system.hosp1' })).toBeGreaterThanOrEqual(50);
    await off(id);
  });

  it('are signed: the example of the guide takes them, and nothing else', async () => {
    const { id } = await subscribe('/signed', {}, 'id-only');
    const sent = await sendOne();
    await until('an event', () => events('/signed').length === 1);
    const [, focus] = events('/signed')[0]?.entry ?? ([] as BundleEntry[]);
    expect(focus).toBeUndefined();
    expect(said(events('/signed')[0] as Bundle, 'focus')).toBe(`${service.base}/Task/${sent.task.id}`);
    const key = await service.call<Parameters>('system.hosp1', 'GET', `Subscription/${id}/$signing-key`);
    const secret = key.body.parameter?.find(({ name }) => name === 'key')?.valueString ?? '';
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const folder = await mkdtemp(join(tmpdir(), 'guide-'));
    try {
      const guide = readFileSync(join(packageRoot, 'docs', 'guides', 'notificaciones.md'), 'utf8');
      const file = join(folder, 'example.mjs');
      writeFileSync(file, /```js\n(.*?)```/s.exec(guide)?.[1] ?? '');
      const { isGenuine } = (await import(pathToFileURL(file).href)) as {
        isGenuine: (key: string, headers: object, body: string, now?: number) => boolean;
      };
      const { headers, text } = hook.received.filter(({ path }) => path === '/signed').at(-1)!;
      expect(headers).toMatchObject({
        authorization: 'Bearer del-receptor',
        'content-type': 'application/fhir+json; charset=utf-8',
      });
      expect(isGenuine(secret, headers, text)).toBe(true);
      expect(isGenuine(secret, headers, `${text} `)).toBe(false);
      expect(isGenuine(`${secret}0`, headers, text)).toBe(false);
      expect(isGenuine(secret, headers, text, Date.now() + 400_000)).toBe(false);
      expect(isGenuine(secret, {}, text)).toBe(false);
    } finally {
      await rm(folder, { recursive: true });
    }
    await off(id);
  });

  it('are found by the version of the event, also when it was replaced meanwhile, and by no other', async () => {
    const path = '/requested';
    const { id } = await subscribe(path, { criteria: `Task?owner=${hospital}&status=requested` }, 'empty');
    const elsewhere = await subscribe('/elsewhere', { criteria: `Task?owner=Organization/${facility('uaps1')}` });
    hook.answer = (at) => ({ status: at === path ? 503 : 200 });
    const first = await sendOne();
    await next(first, 'receive', 'clerk.hosp1');
    await sendOne();
    hook.answer = () => ({ status: 200 });
    await until('two events', () => numbers(path).length >= 2);
    expect([...new Set(numbers(path))]).toEqual([1, 2]);
    expect(said(events(path)[0] as Bundle, 'focus')).toBeUndefined();
    expect(events('/elsewhere')).toEqual([]);
    await off(id);
    await off(elsewhere.id);
  });

  it('say that they have errors, lose nothing meanwhile, and end when the receiver is gone', async () => {
    const path = '/broken';
    const { id } = await subscribe(path);
    hook.answer = () => ({ status: 500 });
    const { referral } = await sendOne();
    await becomes(id, 'error');
    expect((await read(id)).body.error).toContain('http-500');
    // What was refused had been read all the same: a record for each try, there before it.
    const subject = referral.subject.reference ?? '';
    const triesOf = () => hook.received.filter((one) => one.path === path && one.text.includes(subject)).length;
    const readsOf = () => audited(id, { act: 'R', pt: subject.slice('Patient/'.length) });
    const refused = triesOf();
    expect(refused).toBeGreaterThanOrEqual(3);
    expect(await readsOf()).toBeGreaterThanOrEqual(refused);
    await sendOne();
    hook.answer = () => ({ status: 200 });
    await becomes(id, 'active');
    await until('both events', () => new Set(numbers(path)).size === 2);
    expect(await readsOf()).toBe(triesOf());
    hook.answer = () => ({ status: 410 });
    await sendOne();
    await becomes(id, 'off');
    hook.answer = () => ({ status: 200 });
    expect((await put(id, { ...(await read(id)).body, status: 'requested' })).status).toBe(200);
    await becomes(id, 'active');
    await sendOne();
    await until('the count goes on', () => numbers(path).includes(4));
    await off(id);
  });

  it('do not hold what the subscriber can no longer read: the number stays, the content goes', async () => {
    const path = '/moved';
    const { id } = await subscribe(path);
    hook.answer = (at) => ({ status: at === path ? 503 : 200 });
    const sent = await sendOne();
    await until('a number', async () => (await deliveries(id, { number: 1 })) === 1);
    // As if the leg and the person were no longer the hospital's.
    const { task, referral } = sent;
    const patient = referral.subject.reference?.slice('Patient/'.length) ?? '';
    const gone = { $pull: { acc: facility('hosp1') } } as object;
    await service.db.collection<{ _id: string }>('Task').updateOne({ _id: task.id }, gone);
    await service.db
      .collection<{ _id: string }>('Patient')
      .updateOne({ _id: patient }, { $pull: { acc: facility('hosp1'), rel: { f: facility('hosp1') } } } as object);
    // A try that was on its way had judged before.
    const tried = hook.received.length;
    await until('later tries', () => hook.received.length > tried + 2);
    hook.answer = () => ({ status: 200 });
    await until('the event', () => numbers(path).length === 1);
    expect(said(events(path)[0] as Bundle, 'focus')).toBeUndefined();
    expect(events(path)[0]?.entry).toHaveLength(1);
    await off(id);
  });

  it('tells how several stand at once, of the caller’s own only, and the topics that are promised are taken', async () => {
    const statement = await service.call<CapabilityStatement>('system.hosp1', 'GET', 'metadata');
    const row = statement.body.rest?.[0]?.resource?.find(({ type }) => type === 'Subscription');
    const topics = (row?.extension ?? []).flatMap(({ valueCanonical }) => valueCanonical ?? []);
    expect(topics).toEqual(TOPICS.map(({ url }) => url));
    expect(row?.operation?.map(({ name }) => name)).toContain('status');
    const made = await Promise.all(
      topics.map((criteria, index) =>
        subscribe(`/topic${index}`, { criteria, _criteria: undefined } as object, 'id-only'),
      ),
    );
    const ids = made.map(({ id }) => id);
    const several = async (account: string, path: string, body?: Parameters): Promise<(string | undefined)[]> => {
      const answer = body
        ? await service.call<Bundle>(account, 'POST', path, { body })
        : await service.call<Bundle>(account, 'GET', path);
      expect([answer.status, answer.body.type, answer.body.total]).toEqual([
        ...[200, 'searchset', answer.body.entry?.length ?? 0],
      ]);
      return (answer.body.entry ?? []).map(({ resource }) => {
        const of = (resource as Parameters).parameter?.find(({ name }) => name === 'subscription');
        return of?.valueReference?.reference?.split('/').at(-1);
      });
    };
    const query = `Subscription/$status?${ids.map((id) => `id=${id}`).join('&')}&id=none`;
    expect((await several('system.hosp1', query)).sort()).toEqual([...ids].sort());
    const parameter = ids.map((valueId) => ({ name: 'id', valueId }));
    expect(
      await several('system.hosp1', 'Subscription/$status', { resourceType: 'Parameters', parameter }),
    ).toHaveLength(2);
    expect(await several('system.hosp1', 'Subscription/$status')).toEqual(expect.arrayContaining(ids));
    expect(await several('system.hosp1', `${query}&status=off`)).toEqual([]);
    expect(await several('system.uaps1', query)).toEqual([]);
    expect((await service.call('patient.1', 'GET', 'Subscription/$status')).status).toBe(403);
    for (const id of ids) await off(id);
  });

  const hooked = (endpoint?: string, header?: string): Partial<Subscription> => ({
    channel: { type: 'rest-hook', ...(endpoint ? { endpoint } : {}), ...(header ? { header: [header] } : {}) },
  });
  it.each<[string, Partial<Subscription>]>([
    ['a status of the server', { status: 'active' }],
    ['a channel that is not served', { channel: { type: 'email', endpoint: 'mailto:a@example.org' } }],
    ['no address', hooked()],
    ['another scheme', hooked('ftp://example.org')],
    ['a password', hooked('https://a:b@example.org')],
    ['a header with a line end', hooked('https://example.org', 'A: b\r\nHost: inside')],
    ['a header of ours', hooked('https://example.org', 'X-Referencia-Signature: v1=0')],
    ['an unknown parameter', { criteria: 'Task?nada=1' }],
    ['a chain', { criteria: 'Task?patient.name=Ana' }],
    ['an include', { criteria: 'Task?_include=Task:patient' }],
    ['the audit', { criteria: 'AuditEvent?action=R' }],
    ['an unknown topic', { criteria: 'https://example.org/topic' }],
    ['an end that is past', { end: '2020-01-01T00:00:00Z' }],
  ])('refuse %s', async (_what, more) => {
    const answer = await service.call('system.hosp1', 'POST', 'Subscription', { body: wanted('/x', more) });
    expect([...verdict(answer), answer.text]).toEqual([422, 'rule-broken', expect.anything()]);
  });

  it('are for systems only: people see neither headers nor keys, and what one of them had asked for ends', async () => {
    const path = '/people';
    const { id } = await subscribe(path);
    const body = (await read(id)).body;
    for (const account of ['clinician.uaps1', 'triage.hosp1', 'clerk.hosp1', 'uau.hosp1'])
      for (const [method, at, sent] of [
        ['POST', 'Subscription', wanted('/x')],
        ...['', `/${id}`, `/${id}/_history`, `/${id}/$status`, `/${id}/$signing-key`].map(
          (rest) => ['GET', `Subscription${rest}`] as const,
        ),
        ['PUT', `Subscription/${id}`, { ...body, status: 'off' }],
        ['DELETE', `Subscription/${id}`],
      ] as const) {
        const answer = await service.call(account, method, at, sent ? { body: sent } : {});
        expect([account, method, at, ...verdict(answer)]).toEqual([account, method, at, 403, 'role-forbidden']);
        expect(answer.text).not.toContain('del-receptor');
      }
    const subscribers = service.context.store.support<{ _id: string; sub: string; role: string }>('subscribers');
    await subscribers.updateOne({ _id: id }, { $set: { sub: 'uau.hosp1', role: 'uau' } });
    await sendOne();
    await becomes(id, 'off');
    expect(events(path)).toEqual([]);
  });

  it('are their facility’s own, and need the right to read what they ask for', async () => {
    const { id } = await subscribe('/own');
    for (const path of [`Subscription/${id}`, `Subscription/${id}/$status`, `Subscription/${id}/$signing-key`])
      expect((await service.call('system.uaps1', 'GET', path)).status).toBe(404);
    expect((await service.call('patient.1', 'GET', `Subscription/${id}`)).status).toBe(403);
    const headers = await scopedTo(service, 'system.hosp1', 'system/Subscription.cruds');
    const narrow = await service.call(undefined, 'POST', 'Subscription', {
      body: wanted('/x'),
      headers: { ...headers, 'content-type': 'application/fhir+json' },
    });
    expect(verdict(narrow)).toEqual([403, 'role-forbidden']);
    expect(verdict(await put(id, { ...wanted('/other'), id, status: 'active' }))).toEqual([422, 'rule-broken']);
    expect((await put(id, { ...(await read(id)).body, status: 'off' })).status).toBe(200);
    await sendOne();
    expect(events('/own')).toEqual([]);
  });

  it('are the client’s own: other software of the facility sees neither them nor their secrets', async () => {
    const { id } = await subscribe('/client');
    const place = facility('hosp1');
    const name = await addAccount(service, 'system.hosp1.laboratory', 'system', {
      kind: 'system',
      actsAs: ['clerk'],
      facility: place,
      facilities: [place],
    });
    expect((await service.call<Bundle>(name, 'GET', 'Subscription')).body.entry ?? []).toEqual([]);
    const sent = { ...(await read(id)).body, status: 'off' };
    for (const [method, path, body] of [
      ...['', '/_history', '/$status', '/$signing-key'].map((rest) => ['GET', `Subscription/${id}${rest}`] as const),
      ['PUT', `Subscription/${id}`, sent],
      ['DELETE', `Subscription/${id}`],
    ] as const) {
      const answer = await service.call(name, method, path, body ? { body } : {});
      expect([path, answer.status, answer.text.includes('del-receptor')]).toEqual([path, 404, false]);
    }
    const history = await service.call<Bundle>(name, 'GET', 'Subscription/_history');
    expect(history.text).not.toContain('del-receptor');
    expect((await read(id)).body.channel?.header).toEqual(['Authorization: Bearer del-receptor']);
    await off(id);
  });

  it('reach no further than the token that asked, and than the account may now', async () => {
    const path = '/narrow';
    const headers = {
      ...(await scopedTo(service, 'system.hosp1', 'system/Subscription.cruds system/Task.rs')),
      'content-type': 'application/fhir+json',
    };
    const made = await service.call<Stored<Subscription>>(undefined, 'POST', 'Subscription', {
      body: wanted(path),
      headers,
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    await becomes(id, 'active');
    const subscribers = service.context.store.support<{ _id: string; scope: string }>('subscribers');
    expect((await subscribers.findOne({ _id: id }))?.scope).toBe('system/Subscription.cruds system/Task.rs');
    await sendOne();
    await until('an event', () => events(path).length === 1);
    // What the token never allowed is not told, whatever the role may do.
    await subscribers.updateOne({ _id: id }, { $set: { scope: 'system/Subscription.cruds' } });
    await sendOne();
    await until('it is dropped', async () => (await deliveries(id, { state: 'dropped', why: 'not-readable' })) === 1);
    expect(events(path)).toHaveLength(1);
    await off(id);
  });

  it('are twenty a facility at most', async () => {
    const made: string[] = [];
    let refused;
    for (let count = 0; count < 25 && !refused; count += 1) {
      const answer = await service.call<Stored<Subscription>>('system.hosp1', 'POST', 'Subscription', {
        body: wanted('/many'),
      });
      if (answer.status === 201) made.push(answer.body.id);
      else refused = answer;
    }
    expect(refused && verdict(refused)).toEqual([422, 'subscription-limit']);
    expect(made.length).toBeLessThanOrEqual(20);
    expect((await service.call('system.uaps1', 'POST', 'Subscription', { body: wanted('/elsewhere') })).status).toBe(
      201,
    );
    await off(made[0] ?? '');
    expect((await service.call('system.hosp1', 'POST', 'Subscription', { body: wanted('/many') })).status).toBe(201);
    const left = await service.call<Bundle>('system.hosp1', 'GET', 'Subscription?_count=100');
    for (const { resource } of left.body.entry ?? []) await off(resource?.id ?? '');
  }, 60_000);

  // The last one: the account stays closed.
  it('deliver nothing more to an account that is closed, and are off', async () => {
    const path = '/closed';
    const { id } = await subscribe(path);
    hook.answer = (at) => ({ status: at === path ? 503 : 200 });
    await sendOne();
    await until('a try', () => hook.received.some((one) => one.path === path && one.status === 503));
    const accounts = service.db.collection<{ _id: string; enabled: boolean }>('accounts');
    await accounts.updateOne({ _id: 'system.hosp1' }, { $set: { enabled: false } });
    await becomes(id, 'off', 'conformance');
    hook.answer = () => ({ status: 200 });
    const tried = hook.received.filter((one) => one.path === path).length;
    await sendOne();
    await until('nothing waits', async () => (await deliveries(id, { state: 'waiting' })) === 0);
    expect(events(path)).toEqual([]);
    expect(hook.received.filter((one) => one.path === path).length).toBe(tried);
  });
});
