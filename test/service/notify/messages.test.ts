import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import type { Bundle, Organization, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeSystemUrl, extensionUrl } from '../../../src/config/canonical.js';
import { COMMANDS } from '../../../src/cli/commands.js';
import { runCommand } from '../../../src/cli/run-command.js';
import { dateIn, instantIn } from '../../../src/config/honduras-time.js';
import { gsmText } from '../../../src/notify/messages/gsm-text.js';
import { spokenTime } from '../../../src/config/spoken-time.js';
import type { AuditRecord } from '../../../src/store/audit-record.js';
import type { Delivery } from '../../../src/store/delivery.js';
import { databaseUri } from '../../support/database.js';
import { startService, type TestService } from '../../support/service.js';
import { booking, facility, FIELDS, move, type Moved, order, send, submission } from '../referral/referral-fixture.js';
import { FAST, openReceiver, type Receiver, until } from './notify-fixture.js';

const DAY = 24 * 3_600_000;
const by = (actor: string) => ({ account: `system.${actor.split('.')[1] ?? ''}`, actor });
/** From now to ten in the morning of tomorrow in Honduras, ms: short messages leave by day. */
const awake = (): number => Date.parse(`${dateIn(new Date(Date.now() + DAY))}T10:00:00-06:00`) - Date.now();
const KEY = 'una-clave-de-prueba';

interface Sms {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

describe('messages of a referral', () => {
  let service: TestService;
  let gateway: Receiver;
  let smtp: SMTPServer;
  let location = '';
  let phone = 0;
  const mails: string[] = [];
  /** How far the clock of the service is ahead of the real one, ms: tests set the hour of the day. */
  let ahead = awake();
  const now = (): Date => new Date(Date.now() + ahead);
  /** The visit, ten days from now: at nine in the morning of Honduras. */
  const visit = `${instantIn(new Date(Date.now() + 10 * DAY)).slice(0, 10)}T09:00:00-06:00`;

  beforeAll(async () => {
    gateway = await openReceiver();
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
    });
    await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done));
    const { port } = smtp.server.address() as AddressInfo;
    service = await startService({
      SMS_GATEWAY: 'http',
      SMS_URL: gateway.url,
      SMS_KEY: KEY,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'no-responder@salud.example.org',
    });
    const places = await service.call<Bundle>(
      'system.hosp1',
      'GET',
      `Location?organization=Organization/${facility('hosp1')}&_count=1`,
    );
    location = `Location/${places.body.entry?.[0]?.resource?.id ?? ''}`;
    const at = `Organization/${facility('hosp1')}`;
    const hospital = await service.call<Organization>('administrator', 'GET', at);
    const email = [{ system: 'email', value: 'uau@hospital.example.org' }];
    const named = await service.call('administrator', 'PUT', at, { body: { ...hospital.body, telecom: email } });
    expect(named.status).toBe(200);
    service.context.notifier.start({ now, backOff: FAST, pollMs: 20 });
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    await gateway.close();
    await new Promise<void>((done) => smtp.close(() => done()));
  });

  /** A referral of a person of her own, with a mobile of her own unless told otherwise. */
  const sendOne = async (
    person: Partial<Patient> = {},
    request: Partial<ServiceRequest> = {},
  ): Promise<{ sent: Moved; to: string }> => {
    phone += 1;
    const number = String(99_000_000 + phone);
    const bundle = submission({ ...order(), ...request });
    const [patient] = bundle.entry ?? [];
    Object.assign(patient?.resource ?? {}, { telecom: [{ system: 'phone', value: number, use: 'mobile' }], ...person });
    const sent = await send(service, 'system.uaps1', bundle);
    expect([sent.answer.status, sent.answer.text]).toEqual([201, expect.anything()]);
    return { sent, to: `+504${number}` };
  };
  const next = async (before: Moved, name: string, actor: string, fields: Parameters<typeof move>[4] = []) => {
    const done = await move(service, before, name, by(actor), fields);
    expect([done.answer.status, done.answer.status === 200 ? '' : done.answer.text]).toEqual([200, '']);
    return done;
  };
  const fields = () =>
    booking(location).map((one) => {
      if (one.name === 'start') return { name: 'start', valueDateTime: visit };
      return one.name === 'end' ? { name: 'end', valueDateTime: visit.replace('T09:00', 'T09:30') } : one;
    });
  const textsTo = (to: string): string[] =>
    gateway
      .taken<Sms>()
      .filter((one) => one.to === to)
      .map(({ text }) => text);
  const deliveries = (sent: Moved, more: object = {}): Promise<Delivery[]> =>
    service.db
      .collection<Delivery>('deliveries')
      .find({ about: `ServiceRequest/${sent.referral.id}`, ...more }, { sort: { seq: 1 } })
      .toArray();
  const smsStates = async (sent: Moved): Promise<string[]> =>
    (await deliveries(sent, { channel: 'sms' })).map(({ text, state, why }) => `${text} ${state} ${why ?? ''}`.trim());

  it('tell the patient of every move, in order, and the hospital by mail, without a clinical word', async () => {
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    const accepted = await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    await next(accepted, 'book', 'uau.hosp1', fields());
    await until('four messages', () => textsTo(to).length === 4);
    const end = sent.referral.identifier?.find(({ system }) => system?.endsWith('/seguimiento'))?.value?.slice(-2);
    expect(textsTo(to)).toEqual([
      expect.stringContaining('Su centro de salud envio su referencia'),
      expect.stringContaining('Ya leen su referencia'),
      expect.stringContaining('Falta la fecha'),
      expect.stringContaining(`Su cita es el ${gsmText(spokenTime(visit, 'es'))}, en `),
    ]);
    expect(textsTo(to).every((text) => text.endsWith(`Hoja terminada en ${end}.`))).toBe(true);
    expect(gateway.received[0]?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    await until('a mail', () => mails.length > 0);
    expect(mails[0]).toContain('To: uau@hospital.example.org');
    expect(mails[0]).toMatch(/Message-ID:\s+<[0-9a-f]{64}@salud\.example\.org>/i);
    const audited = await service.db
      .collection<AuditRecord>('audit')
      .find({ sub: 'notification', ent: `ServiceRequest/${sent.referral.id}` })
      .toArray();
    expect(audited.length).toBeGreaterThanOrEqual(4);
  });

  it('wait for the earlier one of the referral, keep the id of a repeat, and are recorded once', async () => {
    gateway.answer = () => ({ status: 503, headers: { 'retry-after': '0' } });
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    const before = gateway.received.length;
    await until('some tries', () => gateway.received.length > before + 3);
    const tried = gateway.received.slice(before).map(({ text }) => JSON.parse(text) as Sms);
    expect(new Set(tried.filter((one) => one.to === to).map(({ text }) => text)).size).toBe(1);
    expect(new Set(tried.filter((one) => one.to === to).map(({ id }) => id)).size).toBe(1);
    gateway.answer = () => ({ status: 200 });
    await until('three messages', () => textsTo(to).length === 3);
    expect(textsTo(to)).toEqual([
      expect.stringContaining('envio su referencia'),
      expect.stringContaining('Ya leen'),
      expect.stringContaining('Falta la fecha'),
    ]);
    await until('three records', async () => (await deliveries(sent, { state: 'sent', channel: 'sms' })).length === 3);
    expect(await smsStates(sent)).toEqual(['sent sent', 'inTriage sent', 'accepted sent']);
  });

  it('honour Retry-After', async () => {
    let asked = false;
    gateway.answer = () => {
      if (asked) return { status: 200 };
      asked = true;
      return { status: 429, headers: { 'retry-after': '600' } };
    };
    const { sent } = await sendOne();
    await until('the refusal', () => asked);
    await until('a later try', async () => (await deliveries(sent, { tries: 1 })).length === 1);
    const [waiting] = await deliveries(sent, { tries: 1 });
    expect(Number(waiting?.due)).toBeGreaterThan(now().getTime() + 500_000);
    ahead += 601_000;
    await until('the message', async () => (await smsStates(sent)).join() === 'sent sent');
  });

  it('do not go to who has died meanwhile, or is not to be contacted', async () => {
    gateway.answer = () => ({ status: 503 });
    const dying = await sendOne();
    const person = dying.sent.referral.subject.reference ?? '';
    const patient = await service.call<Patient>('system.uaps1', 'GET', person);
    const dead = await service.call('system.uaps1', 'PUT', person, {
      body: { ...patient.body, deceasedDateTime: '2026-11-29' },
    });
    expect(dead.status).toBe(200);
    gateway.answer = () => ({ status: 200 });
    const no = { url: extensionUrl('do-not-contact'), valueBoolean: true };
    const never = await sendOne({ extension: [no] });
    const notForThis = await sendOne({}, { extension: [...(order().extension ?? []), no] });
    const landline = await sendOne({ telecom: [{ system: 'phone', value: '2232-1234' }] });
    for (const [{ sent, to }, why] of [
      [dying, 'deceased'],
      [never, 'do-not-contact'],
      [notForThis, 'do-not-contact'],
      [landline, 'number-landline'],
    ] as const) {
      await until(why, async () => (await smsStates(sent)).join() === `sent dropped ${why}`);
      expect(textsTo(to)).toEqual([]);
    }
  });

  it('remind of a visit, and of none that was taken away', async () => {
    const start = ahead;
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    const accepted = await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    const booked = await next(accepted, 'book', 'uau.hosp1', fields());
    await until('the booking', () => textsTo(to).length === 4);
    ahead = Date.parse(visit) - 3 * DAY - Date.now() + 60_000;
    await until('the first reminder', () => textsTo(to).length === 5);
    expect(textsTo(to)[4]).toMatch(`Recuerde: su cita es el ${gsmText(spokenTime(visit, 'es'))}`);
    await next(booked, 'cancel-appointment', 'uau.hosp1', [
      {
        name: 'reason',
        valueCoding: {
          system: 'https://referencia.salud.gob.hn/fhir/CodeSystem/cancel-reason',
          code: 'provider-absent',
        },
      },
    ]);
    await until('the cancellation', () => textsTo(to).length === 6);
    ahead = Date.parse(visit) - DAY - Date.now() + 60_000;
    await until('the end', async () => (await deliveries(sent, { state: 'waiting' })).length === 0);
    expect(await smsStates(sent)).toContain('reminderTomorrow dropped visit-changed');
    expect(textsTo(to)).toHaveLength(6);
    ahead = start;
  });

  it('say in the night that the visit of the morning is off, and nothing when somebody has just called', async () => {
    const start = ahead;
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    const accepted = await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    const booked = await next(accepted, 'book', 'uau.hosp1', fields());
    await until('the booking', () => textsTo(to).length === 4);
    ahead = Date.parse(visit) - 11 * 3_600_000 - Date.now();
    const off = [{ name: 'reason', valueCoding: { system: codeSystemUrl('cancel-reason'), code: 'provider-absent' } }];
    const cancelled = await next(booked, 'cancel-appointment', 'uau.hosp1', off);
    await until('the cancellation', () => textsTo(to).some((text) => text.includes('ya no vale')));
    await next(cancelled, 'contact-attempt', 'uau.hosp1', [
      { name: 'medium', valueCoding: { system: codeSystemUrl('contact-medium'), code: 'phone' } },
      { name: 'reached', valueBoolean: true },
    ]);
    await until('the end', async () => (await deliveries(sent, { state: 'waiting', channel: 'sms' })).length === 0);
    expect(textsTo(to).filter((text) => text.includes('ya no vale'))).toHaveLength(1);
    ahead = start;
  });

  it('tell of an absence, and not of its end, which the patient has just told', async () => {
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    const accepted = await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    const today = dateIn(new Date());
    const absent = (until: string) => [
      { name: 'from', valueDate: today },
      { name: 'until', valueDate: until },
      { name: 'reason', valueCoding: { system: codeSystemUrl('unavailable-reason'), code: 'travel' } },
    ];
    const away = await next(accepted, 'pause-waiting', 'uau.hosp1', absent(dateIn(new Date(Date.now() + 9 * DAY))));
    const back = await next(away, 'pause-waiting', 'uau.hosp1', absent(today));
    await next(back, 'book', 'uau.hosp1', fields());
    await until('the booking', () => textsTo(to).some((text) => text.startsWith('Su cita es')));
    expect(textsTo(to).filter((text) => text.startsWith('Anotamos'))).toHaveLength(1);
  });

  it('say "today" when the eve has gone by', async () => {
    const start = ahead;
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    const accepted = await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    await next(accepted, 'book', 'uau.hosp1', fields());
    await until('the booking', () => textsTo(to).length === 4);
    ahead = Date.parse(visit) - 3_600_000 - Date.now();
    await until('the end', async () => (await deliveries(sent, { state: 'waiting' })).length === 0);
    const reminders = textsTo(to).slice(4);
    expect(reminders.some((text) => text.startsWith('Hoy es su cita:'))).toBe(true);
    expect(reminders.some((text) => text.startsWith('Manana'))).toBe(false);
    expect(reminders.join()).not.toContain('Mañana es su cita');
    ahead = start;
  });

  it('wait for the morning in their order, those of an emergency aside', async () => {
    const start = ahead;
    ahead += 11 * 3_600_000;
    const { sent, to } = await sendOne();
    const received = await next(sent, 'receive', 'clerk.hosp1');
    await next(received, 'accept', 'triage.hosp1', FIELDS.accept);
    const stat = await sendOne({}, order({ priority: 'stat' }));
    await until('the emergency', () => textsTo(stat.to).length === 1);
    expect(textsTo(stat.to)[0]).toContain('Le esperan en la emergencia');
    await until('a reason', async () => (await deliveries(sent, { why: 'quiet-hours' })).length > 0);
    expect(textsTo(to)).toEqual([]);
    const [first] = await deliveries(sent, { channel: 'sms' });
    const morning = Date.parse(`${dateIn(new Date(Date.now() + 2 * DAY))}T07:00:00-06:00`);
    expect([first?.state, first?.tries, Number(first?.due)]).toEqual(['waiting', 0, morning]);
    ahead += 10 * 3_600_000;
    await until('three messages', () => textsTo(to).length === 3);
    expect(await smsStates(sent)).toEqual(['sent sent', 'inTriage sent', 'accepted sent']);
    expect(textsTo(to)[0]).toContain('envio su referencia');
    ahead = start;
  });

  it('are dead when the gateway refuses them: operators see them and send them again', async () => {
    gateway.answer = () => ({ status: 400 });
    const { sent, to } = await sendOne();
    await until('the refusal', async () => (await smsStates(sent)).join() === 'sent dead http-400');
    const database = service.db.databaseName;
    const env = { NODE_ENV: 'test', MONGODB_URI: databaseUri(database), MONGODB_DATABASE: database };
    const cli = async (...args: string[]): Promise<{ code: number; out: string[] }> => {
      const out: string[] = [];
      const code = await runCommand(
        COMMANDS,
        ['notifications', ...args],
        { env, out: (line) => void out.push(line) },
        () => undefined,
      );
      return { code, out };
    };
    const listed = await cli('list', '--dead');
    const line = listed.out.find((one) => one.includes(sent.referral.subject.reference ?? '?')) ?? '';
    expect(line.split('\t').slice(1, 6)).toEqual(['dead', 'messages', 'sms', 'sent', '1']);
    const metrics = await fetch(`${service.url}/metrics`).then((answer) => answer.text());
    expect(metrics).toMatch(/^notifications\{kind="messages",state="dead"\} [1-9]/m);
    expect(metrics).toMatch(/^notification_tries_total\{kind="messages",outcome="sent"\} [1-9]/m);
    gateway.answer = () => ({ status: 200 });
    expect((await cli('retry', line.split('\t')[0] ?? '')).code).toBe(0);
    await until('the message', () => textsTo(to).length === 1);
    expect((await cli('retry', line.split('\t')[0] ?? '')).code).toBe(1);
    expect((await cli('forget')).code).toBe(2);
  });
});
