import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Communication, Parameters } from '@medplum/fhirtypes';
import { addresseeKey } from '../../../src/access/policy/named-only.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { unreadFilter } from '../../../src/referral/messages/message.js';
import { UNREAD_ORDER } from '../../../src/referral/operations/unread-messages.js';
import { newId } from '../../../src/store/ids.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { errorCode, facility, type Moved, move, order, post, send, submission } from './referral-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

const CLINIC = 'clinician.uaps1';
const HOSPITAL = 'triage.hosp1';

let service: TestService;
let sent: Moved;

beforeAll(async () => {
  service = await startService();
  sent = await send(service, CLINIC, submission(order()));
}, 60_000);
afterAll(() => service.stop());

/** A message from the clinic to the hospital, with what is different. */
const message = (changes: Partial<Communication> = {}): Communication => ({
  resourceType: 'Communication',
  basedOn: [{ reference: `ServiceRequest/${sent.referral.id}` }],
  partOf: [{ reference: `Task/${sent.task.id}` }],
  status: 'completed',
  subject: sent.referral.subject as NonNullable<Communication['subject']>,
  sent: '2026-11-02T08:00:00-06:00',
  recipient: [{ reference: `Organization/${facility('hosp1')}` }],
  sender: { reference: post(CLINIC) },
  payload: [{ contentString: 'La paciente puede viajar solo los martes.' }],
  ...changes,
});
const reply = (changes: Partial<Communication> = {}): Communication =>
  message({
    sender: { reference: post(HOSPITAL) },
    recipient: [{ reference: `Organization/${facility('uaps1')}` }],
    payload: [{ contentString: 'De acuerdo: martes.' }],
    ...changes,
  });

type Kept = Communication & { id: string };
const write = (account: string, body: Communication): Promise<Answer<Kept>> =>
  service.call<Kept>(account, 'POST', 'Communication', { body });
const ofType = <T>({ entry = [] }: Bundle, type: string): T[] =>
  entry.flatMap(({ resource }) => (resource?.resourceType === type ? [resource as T] : []));

async function unread(account: string, alias: string): Promise<{ counted: number | undefined; listed: string[] }> {
  const counts = await service.call<Parameters>(account, 'GET', `Organization/${facility(alias)}/$worklists`);
  const list = await service.call<Bundle>(account, 'GET', `Organization/${facility(alias)}/$unread-messages`);
  expect([counts.status, list.status]).toEqual([200, 200]);
  const row = counts.body.parameter?.find(({ name }) => name === 'messages');
  const counted = row?.part?.find(({ name }) => name === 'count')?.valueInteger;
  expect(list.body.total).toBe(counted);
  return { counted, listed: ofType<Kept>(list.body, 'Communication').map(({ id }) => id) };
}

describe('messages between the two facilities of a referral', () => {
  let question: Kept;
  let answer: Kept;

  it('go from one side to the other, answered in a thread, and wait for their reader', async () => {
    const written = await write(CLINIC, message());
    expect([written.status, written.body.received]).toEqual([201, undefined]);
    question = written.body;
    expect(await unread(HOSPITAL, 'hosp1')).toEqual({ counted: 1, listed: [question.id] });
    expect(await unread(CLINIC, 'uaps1')).toEqual({ counted: 0, listed: [] });
    const list = await service.call<Bundle>(HOSPITAL, 'GET', `Organization/${facility('hosp1')}/$worklist?list=new`);
    expect(ofType<Kept>(list.body, 'Communication').map(({ id }) => id)).toEqual([question.id]);

    const back = await write(HOSPITAL, reply({ inResponseTo: [{ reference: `Communication/${question.id}` }] }));
    expect(back.status).toBe(201);
    answer = back.body;
    expect(await unread(CLINIC, 'uaps1')).toEqual({ counted: 1, listed: [answer.id] });
  });

  it('say when they were read, to both sides, once', async () => {
    const path = `ServiceRequest/${sent.referral.id}/$read-messages`;
    const read = await service.call<Parameters>(HOSPITAL, 'POST', path, { body: { resourceType: 'Parameters' } });
    expect([read.status, read.body.parameter?.[0]?.valueInteger]).toEqual([200, 1]);
    const seen = await service.call<Kept>(CLINIC, 'GET', `Communication/${question.id}`);
    expect(Date.parse(seen.body.received ?? '')).toBeGreaterThan(Date.parse('2026-01-01'));
    expect((await unread(HOSPITAL, 'hosp1')).counted).toBe(0);
    const again = await service.call<Parameters>(HOSPITAL, 'POST', path);
    expect([again.status, again.body.parameter?.[0]?.valueInteger]).toEqual([200, 0]);
    const same = await service.call<Kept>(CLINIC, 'GET', `Communication/${question.id}`);
    expect(same.body).toEqual(seen.body);
    // The other side's own message still waits.
    expect((await unread(CLINIC, 'uaps1')).counted).toBe(1);
  });

  it('are read at once by two people without a conflict', async () => {
    await Promise.all([1, 2, 3].map(() => write(CLINIC, message())));
    const path = `ServiceRequest/${sent.referral.id}/$read-messages`;
    const answers = await Promise.all(
      [HOSPITAL, 'clerk.hosp1', 'uau.hosp1'].map((account) => service.call<Parameters>(account, 'POST', path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const counts = answers.map(({ body }) => body.parameter?.[0]?.valueInteger ?? 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect((await unread(HOSPITAL, 'hosp1')).counted).toBe(0);
  });

  it.each([
    ['a third facility', 'clinician.uaps2', () => message({ sender: { reference: post('clinician.uaps2') } }), 422],
    ['in the name of the other side', CLINIC, () => reply(), 403],
    ['to oneself', CLINIC, () => message({ recipient: [{ reference: `Organization/${facility('uaps1')}` }] }), 422],
    ['to a third one', CLINIC, () => message({ recipient: [{ reference: `Organization/${facility('hosp2')}` }] }), 422],
    ['to nobody', CLINIC, () => message({ recipient: [] }), 422],
    ['read before it is sent', CLINIC, () => message({ received: '2026-11-02T09:00:00-06:00' }), 422],
    ['half written', CLINIC, () => message({ status: 'preparation' }), 422],
    ['without words', CLINIC, () => ({ ...message(), payload: undefined }) as unknown as Communication, 422],
    ['to nobody’s question', CLINIC, () => message({ inResponseTo: [{ reference: 'Communication/nothing' }] }), 422],
  ])('%s: refused', async (_name, account, body, status) => {
    const before = await service.db.collection('Communication').countDocuments();
    expect((await write(account, body())).status).toBe(status);
    expect(await service.db.collection('Communication').countDocuments()).toBe(before);
  });

  it('are not changed and not deleted', async () => {
    const changed = await service.call(CLINIC, 'PUT', `Communication/${question.id}`, {
      body: { ...question, payload: [{ contentString: 'Otra cosa' }] },
    });
    expect([changed.status, errorCode(changed)]).toEqual([422, 'rule-broken']);
    expect((await service.call(CLINIC, 'DELETE', `Communication/${question.id}`)).status).toBe(422);
  });

  it('are not forged by what else they are based on, nor written in the name of another facility', async () => {
    const { subject } = sent.referral;
    const order = {
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      code: { text: 'Hemograma' },
      subject,
    };
    const lab = await service.call<{ id: string }>(CLINIC, 'POST', 'ServiceRequest', { body: order });
    expect(lab.status).toBe(201);
    const other = { reference: `ServiceRequest/${lab.body.id}` };
    const { basedOn = [] } = message();
    const both = await write(CLINIC, message({ basedOn: [other, ...basedOn] }));
    expect([both.status, both.text.includes('Communication.basedOn')]).toEqual([422, true]);
    const { partOf: _none, ...free } = message({ basedOn: [other] });
    const forged = await write(CLINIC, { ...free, sender: { reference: `Organization/${facility('hosp1')}` } });
    expect([forged.status, errorCode(forged)]).toEqual([403, 'facility-foreign']);
  });

  it('are for the two sides only, whatever else opens the record', async () => {
    const { referral } = sent;
    const patient = referral.subject.reference ?? '';
    // The third facility attends the same person: it sees the referral's patient, not what others write each other.
    const visit = {
      resourceType: 'Encounter',
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: patient },
    };
    expect((await service.call('system.uaps2', 'POST', 'Encounter', { body: visit })).status).toBe(201);
    expect((await service.call('clinician.uaps2', 'GET', patient)).status).toBe(200);
    expect((await service.call('clinician.uaps2', 'GET', `Communication/${question.id}`)).status).toBe(404);
    for (const path of [
      `Communication?subject=${patient}`,
      `Communication?based-on=ServiceRequest/${referral.id}`,
      `${patient}/$everything?_count=200`,
      `${patient}/Communication`,
      `ServiceRequest?_id=${referral.id}&_revinclude=Communication:based-on`,
      'Communication/_history',
    ]) {
      const there = await service.call<Bundle>('clinician.uaps2', 'GET', path);
      expect([path, there.status, ofType(there.body, 'Communication').length]).toEqual([path, 200, 0]);
    }
    const here = await service.call<Bundle>(HOSPITAL, 'GET', `Communication?subject=${patient}`);
    expect(ofType(here.body, 'Communication').length).toBeGreaterThan(1);
    const path = `ServiceRequest/${referral.id}/$read-messages`;
    expect((await service.call('clinician.uaps2', 'POST', path)).status).toBe(403);
  });

  it('reach the patient only when they are addressed', async () => {
    const mine = await service.context.store.find(
      'Patient',
      { 's.tok': { $regex: '^identifier.*patient\\.1$' } },
      { limit: 1 },
    );
    const subject = { reference: `Patient/${mine[0]?._id ?? ''}` };
    const own = await send(service, 'system.uaps1', submission(order({ subject: subject.reference })));
    expect(own.answer.status).toBe(201);
    const about = { basedOn: [{ reference: `ServiceRequest/${own.referral.id}` }], partOf: [], subject };
    const { partOf: _none, ...between } = message(about);
    const staff = await write(CLINIC, between);
    expect(staff.status).toBe(201);
    const addressed = await write(CLINIC, { ...between, recipient: [...(between.recipient ?? []), subject] });
    expect(addressed.status).toBe(201);
    expect((await service.call('patient.1', 'GET', `Communication/${staff.body.id}`)).status).toBe(404);
    expect((await service.call('patient.1', 'GET', `Communication/${addressed.body.id}`)).status).toBe(200);
    for (const path of ['Communication', `${subject.reference}/$everything?_count=200`]) {
      const found = ofType<Kept>((await service.call<Bundle>('patient.1', 'GET', path)).body, 'Communication');
      expect([path, found.map(({ id }) => id)]).toEqual([path, [addressed.body.id]]);
    }
    const [stored] = await service.context.store.readMany('Communication', [addressed.body.id]);
    expect(stored?.acc).toContain(addresseeKey(mine[0]?._id ?? ''));
  });

  it('tell who opened the referral, and that nobody opened an answer that is not there', async () => {
    const path = `ServiceRequest/${sent.referral.id}`;
    const fresh = await send(service, CLINIC, submission(order()));
    const receipts = async (id: string) =>
      (await service.call<Parameters>(CLINIC, 'GET', `ServiceRequest/${id}/$read-receipts`)).body.parameter ?? [];
    expect(await receipts(fresh.referral.id)).toEqual([]);
    await service.call(CLINIC, 'GET', `ServiceRequest/${fresh.referral.id}/$referral`);
    expect(await receipts(fresh.referral.id)).toEqual([]);
    await service.call(HOSPITAL, 'GET', `${path}/$referral`);
    await service.call(HOSPITAL, 'GET', `ServiceRequest/${fresh.referral.id}/$referral`);
    await service.call('clerk.hosp1', 'GET', `ServiceRequest/${fresh.referral.id}/$referral`);
    const [opened, ...others] = await receipts(fresh.referral.id);
    expect(others).toEqual([]);
    expect(opened).toMatchObject({ name: 'opened' });
    expect(opened?.part).toEqual([
      { name: 'facility', valueReference: { reference: `Organization/${facility('hosp1')}` } },
      { name: 'role', valueCode: 'triage' },
      { name: 'at', valueInstant: expect.stringMatching(/^20\d\d-/) },
    ]);
    expect(
      (await service.call('clinician.uaps2', 'GET', `ServiceRequest/${fresh.referral.id}/$read-receipts`)).status,
    ).toBe(404);
  });

  it('ask of triage is a message to the origin too', async () => {
    const asked = await move(
      service,
      await move(service, sent, 'receive', { account: 'clerk.hosp1' }),
      'request-info',
      { account: HOSPITAL },
      [
        { name: 'reason', valueString: 'Falta el electrocardiograma' },
        { name: 'item', valueString: 'ECG' },
        { name: 'due', valueDateTime: momentAhead(20, '12:00') },
      ],
    );
    expect(asked.state).toBe('info-requested');
    expect((await unread(CLINIC, 'uaps1')).counted).toBe(2);
  });
});

describe('the cost of unread messages', () => {
  it('is that of what is unread, however many were read', async () => {
    const { context } = service;
    const filter = unreadFilter(facility('uaps1'));
    const [row] = await context.store.find('Communication', filter, { limit: 1 });
    const text = JSON.parse(row?.json ?? '{}') as Kept;
    const copies = Array.from({ length: 400 }, (_, index) => {
      const id = newId(row?.b ?? '0000');
      const received = index < 390 ? { received: '2026-11-03T08:00:00-06:00' } : {};
      return toStored(context, { ...text, id, ...received }, { own: facility('hosp1') });
    });
    await context.store.load('Communication', copies, 'copies');
    const unreadCount = await context.store.count('Communication', filter);
    const plan = await context.store.explain('Communication', filter, {
      limit: 100,
      sort: UNREAD_ORDER,
      hint: 'unread',
    });
    const { totalDocsExamined, totalKeysExamined } = plan['executionStats'] as Record<string, number>;
    expect(JSON.stringify(plan['queryPlanner'])).not.toMatch(/"COLLSCAN"|"SORT"/);
    expect([totalDocsExamined, totalKeysExamined].every((n) => (n ?? 999) <= unreadCount + 2)).toBe(true);
    const counted = await service.db
      .collection('Communication')
      .aggregate([{ $match: { ...filter, del: false } }, { $group: { _id: 1, n: { $sum: 1 } } }])
      .explain('executionStats');
    expect(JSON.stringify(counted)).toContain('"indexName":"unread"');
    expect(Number(/"totalDocsExamined":(\d+)/.exec(JSON.stringify(counted))?.[1])).toBe(0);
  });
});
