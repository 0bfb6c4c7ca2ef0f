import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ORPHAN_KINDS, type OrphanKind } from '../../../src/referral/proof/orphan-kinds.js';
import { newestProof } from '../../../src/referral/proof/proof-store.js';
import { proveReferrals } from '../../../src/referral/proof/prove-referrals.js';
import { loadPatients } from '../../../src/seed/load-patients.js';
import type { StoredResource } from '../../../src/store/envelope.js';
import type { Store } from '../../../src/store/store.js';
import { cli } from '../../support/cli.js';
import { startService, type TestService } from '../../support/service.js';
import { FIELDS, move, type Moved, order, send, submission } from './referral-fixture.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

const newReferral = (): Promise<Moved> => send(service, 'system.uaps1', submission(order()));
const numberOf = ({ task }: Moved): string => task.groupIdentifier?.value ?? '';
const rows = (type: 'Task' | 'ServiceRequest') => service.db.collection<StoredResource>(type);
const proof = (repair = false) => proveReferrals(service.context, { now: new Date(), repair });

/** Changes the text of a stored resource behind the service's back; its scalars stay as they were. */
async function tamper(type: 'Task' | 'ServiceRequest', id: string, change: (text: string) => string): Promise<void> {
  const found = await rows(type).findOne({ _id: id });
  const json = change(found?.json ?? '');
  expect(json).not.toBe(found?.json);
  await rows(type).updateOne({ _id: id }, { $set: { json } });
}

const inTask = (change: (text: string) => string) => (sent: Moved) => tamper('Task', sent.task.id, change);
/** The text with another period of the running clock. */
const period = (replacement: string) =>
  inTask((text) => text.replace(/"period":\{"start":"[^"]*","end":"[^"]*"\}/, replacement));

/** How each kind of orphan comes about, written straight into the database. */
const PLANTS: Readonly<Record<OrphanKind, (sent: Moved) => Promise<unknown>>> = {
  'no-leg': ({ task }) => rows('Task').deleteOne({ _id: task.id }),
  'several-legs': async ({ task }) => {
    const found = await rows('Task').findOne({ _id: task.id });
    if (!found) throw new Error('no leg');
    const _id = `0000-${randomUUID()}`;
    await rows('Task').insertOne({ ...found, _id, json: found.json.replaceAll(task.id, _id) });
  },
  'no-state': inTask((text) => text.replace('"code":"sent"', '"code":"perdida"')),
  'status-pair': inTask((text) => text.replace('"status":"requested"', '"status":"accepted"')),
  'no-owner': inTask((text) =>
    text.replace(/"owner":\{"reference":"[^"]*"/, '"owner":{"reference":"Organization/gone"'),
  ),
  'no-due': period('"period":{"start":"2026-11-20T12:00:00Z"}'),
  'no-clock': period('"period":{"start":"2026-11-20T12:00:00Z","end":"2026-11-19T12:00:00Z"}'),
  'no-referral': ({ referral }) =>
    tamper('ServiceRequest', referral.id, (text) => text.replace('"status":"active"', '"status":"completed"')),
  scalars: ({ task }) => rows('Task').updateOne({ _id: task.id }, { $set: { 'w.owner': 'somebody-else' } }),
};

describe('the proof that no referral is an orphan', () => {
  it('finds none in synthetic histories, whose referrals are in every state', async () => {
    const { patients } = await loadPatients(service.context, { patients: 150, seed: 'orphans' });
    expect(patients).toBe(150);
    const open = await rows('ServiceRequest').countDocuments({
      's.tok': { $all: ['status~active', 'category~referencia'] },
    });
    expect(open).toBeGreaterThan(25);
    const { counted, orphans, repaired } = await proof();
    expect({ counted, orphans, repaired }).toEqual({ counted: open, orphans: [], repaired: 0 });
  }, 60_000);

  it('finds none on the way of a referral, redirected, ended and answered ones included', async () => {
    let step = await newReferral();
    for (const [name, account, fields] of [
      ['receive', 'clerk.hosp1', []],
      ['request-info', 'triage.hosp1', FIELDS['request-info']],
      ['provide-info', 'nurse.uaps1', FIELDS['provide-info']],
      ['reject', 'triage.hosp1', FIELDS.reject],
      ['resubmit', 'clinician.uaps1', [{ name: 'change', valueString: 'Con exámenes' }]],
      ['receive', 'clerk.hosp1', []],
      ['accept', 'triage.hosp1', FIELDS.accept],
      ['revoke', 'clinician.uaps1', FIELDS.revoke],
    ] as const) {
      step = await move(service, step, name, { account }, fields);
      expect([name, step.answer.status]).toEqual([name, 200]);
      expect([name, (await proof()).orphans]).toEqual([name, []]);
    }
  });

  it('counts no referral that is moved while it is looked at', async () => {
    const sent = await newReferral();
    let moved = false;
    // Between the reading of the orders and that of their legs somebody takes the referral back.
    const find: Store['find'] = async (...question) => {
      if (!moved && question[0] === 'Task') {
        moved = true;
        const revoked = await move(service, sent, 'revoke', { account: 'clinician.uaps1' }, FIELDS.revoke);
        expect(revoked.answer.status).toBe(200);
      }
      return service.context.store.find(...question);
    };
    const store = new Proxy(service.context.store, {
      get(target, key) {
        const value: unknown = key === 'find' ? find : Reflect.get(target, key, target);
        return typeof value === 'function' && key !== 'find' ? value.bind(target) : value;
      },
    });
    const { orphans } = await proveReferrals({ ...service.context, store }, { now: new Date(), repair: true });
    expect([moved, orphans]).toEqual([true, []]);
  });

  it('names every planted orphan with its number and what is wrong', async () => {
    const planted = new Map<OrphanKind, Moved>();
    for (const kind of ALL_ORPHAN_KINDS) {
      const sent = await newReferral();
      await PLANTS[kind](sent);
      planted.set(kind, sent);
    }
    const { orphans } = await proof();
    for (const [kind, sent] of planted) {
      const about = orphans.filter(({ referral }) => referral === `ServiceRequest/${sent.referral.id}`);
      expect([kind, about.map((orphan) => orphan.kind)]).toEqual([kind, expect.arrayContaining([kind])]);
      expect([kind, about.find((orphan) => orphan.kind === kind)?.number]).toEqual([kind, numberOf(sent)]);
    }
    const strangers = orphans.filter(
      ({ referral }) => ![...planted.values()].some((sent) => referral === `ServiceRequest/${sent.referral.id}`),
    );
    expect(strangers).toEqual([]);
    // The command says the same, and repairs nothing unasked.
    const { code, out } = await cli(service, 'referrals', 'check');
    expect(code).toBe(1);
    for (const [kind, sent] of planted)
      expect([
        kind,
        out.some((line) => line.startsWith(`${numberOf(sent)} · `) && line.includes(` · ${kind} · `)),
      ]).toEqual([kind, true]);
    const record = await newestProof(service.context.store);
    expect([record?.by, record?.orphans]).toEqual([
      'cli',
      Object.fromEntries(ALL_ORPHAN_KINDS.map((kind) => [kind, orphans.filter((one) => one.kind === kind).length])),
    ]);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(/^referral_orphans\{kind="no-leg"\} 1$/m);
    expect(metrics).toMatch(new RegExp(`^referral_open ${record?.counted}$`, 'm'));
  });

  it('puts right what only lags, and reports the rest again', async () => {
    const lists = async () => rows('Task').countDocuments({ 'w.owner': 'somebody-else' });
    expect(await lists()).toBe(1);
    const before = await rows('Task').findOne({ 'w.owner': 'somebody-else' });
    const { code, out } = await cli(service, 'referrals', 'check', '--repair');
    expect([code, await lists()]).toEqual([1, 0]);
    const after = await rows('Task').findOne({ _id: before?._id ?? '' });
    // Nothing but the scalars changes: no version, no text.
    expect([after?.vid, after?.json]).toEqual([before?.vid, before?.json]);
    const again = await proof();
    const kinds = new Set(again.orphans.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(ALL_ORPHAN_KINDS.filter((kind) => kind !== 'scalars')));
    expect(out.at(-1)).toMatch(/listas corregidas/);
    expect((await newestProof(service.context.store))?.repaired).toBeGreaterThan(0);
  });
});
