import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceId } from '../../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../../src/seed/find-facility.js';
import { startService, type TestService } from '../../support/service.js';
import { type WebAnswer, type WebClient, webClient } from '../../support/web-client.js';
import { facility, FIELDS, move, type Moved } from '../referral/referral-fixture.js';
import { because, book, dayFromNow, makeSlots, pattern, readSlot, slotsOf } from '../referral/slot-fixture.js';
import { sendPerson } from './worklist-data.js';

/** What the referrals of these tests ask for. */
const CARDIOLOGY = `HealthcareService/${serviceId(facilityByAlias('hosp1')?.rups ?? '', 'cardiologia')}`;

let service: TestService;
const browsers = new Map<string, WebClient>();

async function as(account: string): Promise<WebClient> {
  const known = browsers.get(account);
  if (known) return known;
  const browser = webClient(service.url);
  await browser.signIn(account);
  browsers.set(account, browser);
  return browser;
}
async function page(account: string, path: string, status = 200): Promise<WebAnswer> {
  const answer = await (await as(account)).get(path);
  expect([path, answer.status]).toEqual([path, status]);
  return answer;
}
const follow = async (account: string, answer: WebAnswer): Promise<WebAnswer> =>
  (await as(account)).get((answer.location ?? '').replace(service.url, ''));
const valuesOf = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`name="${name}"[^>]*value="([^"]*)"`, 'g'))].map(([, value = '']) => value);
const checkedOf = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`<input[^>]*name="${name}"[^>]*>`, 'g'))].flatMap(([tag = '']) =>
    tag.includes('checked') ? (/value="([^"]*)"/.exec(tag)?.[1] ?? []) : [],
  );

/** A person who waits at Hospital 1 for the service that the agenda is of. */
async function waitingPerson(dni: string, given: string): Promise<Moved> {
  const sent = await sendPerson(service, { dni, given });
  const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
  const fields = FIELDS.accept.map((field) =>
    field.name === 'service' ? { name: 'service', valueReference: { reference: CARDIOLOGY } } : field,
  );
  return move(service, received, 'accept', { account: 'triage.hosp1' }, fields);
}

beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

describe('the agenda', () => {
  const day = dayFromNow(3);

  it('of a day without slots says so, and opens them by one form', async () => {
    const empty = await page('scheduler.hosp1', `/agenda?dia=${day}`);
    expect(empty.text).toContain('No hay cupos el');
    expect(checkedOf(empty.text, 'dias')).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
    const client = await as('scheduler.hosp1');
    const form = {
      servicio: CARDIOLOGY,
      desde: day,
      hasta: day,
      abre: '07:00',
      cierra: '09:00',
      minutos: '30',
      feriados: '',
    };
    const none = await client.submit(empty, { ...form, servicio: '', abre: '7' }, '/agenda/cupos');
    expect(none.status).toBe(422);
    for (const words of ['Llene «Servicio»', 'Llene «Hora de inicio»', 'Llene «Días de la semana»', `value="${day}"`])
      expect(none.text).toContain(words);
    const wrong = await client.submit(none, { ...form, dias: 'mon', hasta: dayFromNow(-3) }, '/agenda/cupos');
    expect([wrong.status, wrong.text.includes('De 1 a 366 días')]).toEqual([422, true]);
    const weekday = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
    const sent = await client.submit(wrong, { ...form, dias: weekday }, '/agenda/cupos');
    expect(sent.status).toBe(303);
    const made = await follow('scheduler.hosp1', sent);
    expect(made.text).toContain('Se abrieron 4 cupos.');
    for (const words of ['07:00–07:30', '08:30–09:00', '4 cupos, 4 libres', 'Ver quién sigue en la fila'])
      expect(made.text).toContain(words);
    const again = await follow(
      'scheduler.hosp1',
      await client.submit(made, { ...form, dias: weekday }, '/agenda/cupos'),
    );
    expect(again.text).toContain('ya existen todos');
  });

  it('refuses a day that does not exist, and who does not keep it', async () => {
    const bad = await page('scheduler.hosp1', '/agenda?dia=2026-02-30', 422);
    expect(bad.text).toContain('Escriba un día que exista.');
    await page('clerk.hosp1', '/agenda', 403);
    expect((await page('uau.hosp1', '/')).text).toContain('href="/agenda"');
  });

  it('shows who has a slot', async () => {
    const [slot] = await slotsOf(service, day);
    const carla = await waitingPerson('0801198212347', 'Carla');
    await book(service, carla, slot!.id);
    const { text } = await page('scheduler.hosp1', `/agenda?dia=${day}`);
    expect(text).toContain('4 cupos, 3 libres');
    expect(text).toContain('Ocupado');
    expect(text).toContain(`href="/referencias/${carla.referral.id}">Carla Mejía López`);
  });
});

describe('the booking form', () => {
  it('offers the free slots, the next one marked, and books it without more', async () => {
    const berta = await waitingPerson('0801198112346', 'Berta');
    const path = `/referencias/${berta.referral.id}/book`;
    const form = await page('scheduler.hosp1', path);
    const slots = (await slotsOf(service, dayFromNow(3), 'free')).map(({ id }) => `Slot/${id}`);
    expect(valuesOf(form.text, 'slot')).toEqual([...slots, 'escrito']);
    expect(checkedOf(form.text, 'slot')).toEqual([slots[0]]);
    const client = await as('scheduler.hosp1');
    const taken = await client.submit(form, { slot: slots[1]!, contactResult: '' }, path);
    expect([taken.status, taken.text.includes('¿Cómo se avisó al paciente?')]).toEqual([422, true]);
    expect(checkedOf(taken.text, 'slot')).toEqual([slots[1]]);
    const carla = await waitingPerson('0801198212348', 'Celia');
    await book(service, carla, slots[1]!.slice(5));
    const late = await client.submit(taken, { slot: slots[1]!, contactResult: 'phone' }, path);
    expect([late.status, late.text.includes('Ese cupo ya no está libre')]).toEqual([409, true]);
    const done = await client.submit(late, { slot: slots[0]!, contactResult: 'phone' }, path);
    expect(done.status).toBe(303);
    expect((await readSlot(service, slots[0]!.slice(5))).status).toBe('busy');
    expect((await follow('scheduler.hosp1', done)).text).toContain('07:30');
  });

  it('takes a typed day and hour as well, and only these where no agenda is', async () => {
    const elena = await waitingPerson('0801198412349', 'Elena');
    const path = `/referencias/${elena.referral.id}/book`;
    const client = await as('scheduler.hosp1');
    const form = await page('scheduler.hosp1', path);
    const [location = ''] = /Location\/[\w.-]+/.exec(form.text) ?? [];
    const typed = {
      slot: 'escrito',
      start: '2027-01-11',
      clock: '09:30',
      duration: '30',
      participant: CARDIOLOGY,
      location,
      contactResult: 'phone',
    };
    const done = await client.submit(form, typed, path);
    expect(done.status).toBe(303);
    expect((await follow('scheduler.hosp1', done)).text).toContain('11 ene 2027, 09:30');
    const at2 = await sendPerson(
      service,
      { dni: '0801198312348', given: 'Delia' },
      { destination: `Organization/${facility('hosp2')}` },
    );
    const received = await move(service, at2, 'receive', { account: 'clerk.hosp2' });
    await move(service, received, 'accept', { account: 'triage.hosp2' }, FIELDS.accept);
    const none = await page('scheduler.hosp2', `/referencias/${at2.referral.id}/book`);
    expect(valuesOf(none.text, 'slot')).toEqual(['escrito']);
    expect(none.text).toContain('No hay cupos libres publicados');
  });
});

describe('slots of today and tomorrow at the reception', () => {
  it('are offered to who is next in the queue, and to who comes without an appointment', async () => {
    expect((await page('uau.hosp1', '/recepcion')).text).toContain('No hay cupos libres hoy ni mañana.');
    const tomorrow = dayFromNow(1);
    await makeSlots(service, pattern({ from: tomorrow, start: '08:00:00', end: '09:00:00' }), { of: CARDIOLOGY });
    const [slot, other] = await slotsOf(service, tomorrow);
    const flor = await waitingPerson('0801198512340', 'Flor');
    const booked = await book(service, flor, slot!.id);
    await move(service, booked, 'cancel-appointment', { account: 'scheduler.hosp1' }, [because('patient-transport')]);
    const { text } = await page('uau.hosp1', '/recepcion');
    expect(text).toContain('2 cupos libres');
    expect(text.match(/Cupo perdido/g)).toHaveLength(1);
    expect(text).toContain(`href="/referencias/${flor.referral.id}">Flor Mejía López`);
    const give = `/referencias/${flor.referral.id}/book?cupo=${other!.id}`;
    expect(text).toContain(`href="${give}"`);
    expect(checkedOf((await page('uau.hosp1', give)).text, 'slot')).toEqual([`Slot/${other!.id}`]);
    // The clerk sees them and who is next, and gives no appointments.
    const clerk = await page('clerk.hosp1', '/recepcion');
    expect([clerk.text.includes('Flor Mejía López'), clerk.text.includes('Dar este cupo')]).toEqual([true, false]);
    const desk = await page('uau.hosp1', '/recepcion?codigo=0801198512340');
    expect(desk.text).toContain('Cupos libres para esta persona');
    expect(desk.text).toContain(`href="${give}"`);
  });
});

describe('the waiting list', () => {
  it('says the place of each, and a move by hand asks where and why', async () => {
    const gloria = await waitingPerson('0801198612341', 'Gloria');
    const list = await page('scheduler.hosp1', '/bandeja?lista=to-book');
    expect(list.text).toContain('Lugar 1 en la fila');
    expect(list.text.indexOf('Flor Mejía')).toBeLessThan(list.text.indexOf('Gloria Mejía'));
    const before = await page('scheduler.hosp1', `/referencias/${gloria.referral.id}`);
    expect(before.text).toContain(`href="/referencias/${gloria.referral.id}/fila"`);
    const path = `/referencias/${gloria.referral.id}/fila`;
    const form = await page('scheduler.hosp1', path);
    const client = await as('scheduler.hosp1');
    const missing = await client.submit(form, {}, path);
    expect([
      missing.status,
      missing.text.includes('Elija a dónde pasa.'),
      missing.text.includes('Escriba por qué.'),
    ]).toEqual([422, true, true]);
    const fields = { direction: 'forward', reason: 'Sale de viaje mañana' };
    const done = await client.submit(missing, fields, path);
    expect(done.status).toBe(303);
    const after = await follow('scheduler.hosp1', done);
    for (const words of [
      'Quedó movida en la lista de espera.',
      'Movida a mano en la lista de espera',
      'Sale de viaje mañana',
    ])
      expect(after.text).toContain(words);
    expect((await client.submit(form, fields, path)).status).toBe(412);
    const moved = await page('scheduler.hosp1', '/bandeja?lista=to-book');
    expect(moved.text.indexOf('Gloria Mejía')).toBeLessThan(moved.text.indexOf('Flor Mejía'));
    expect(moved.text).toContain('Movida a mano al principio de su prioridad');
    const seen = await page('manager.red1', `/bandeja?lista=moved&establecimiento=${facility('hosp1')}`);
    expect(seen.text).toContain('Gloria Mejía López');
    expect((await page('manager.red1', `/referencias/${gloria.referral.id}`)).text).toContain('Sale de viaje mañana');
    await page('clerk.hosp1', path, 403);
    expect((await page('clerk.hosp1', `/referencias/${gloria.referral.id}`)).text).not.toContain(`href="${path}"`);
  });
});
