import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../../support/service.js';
import { webClient, type WebClient } from '../../support/web-client.js';
import { type Moved, order, send, submission } from '../referral/referral-fixture.js';

let service: TestService;
let clinic: WebClient;
let hospital: WebClient;
let sent: Moved;
let page: string;

beforeAll(async () => {
  service = await startService();
  [clinic, hospital] = (await Promise.all(
    ['clinician.uaps1', 'triage.hosp1'].map(async (account) => {
      const client = webClient(service.url);
      await client.signIn(account);
      return client;
    }),
  )) as [WebClient, WebClient];
  sent = await send(service, 'system.uaps1', submission(order()));
  page = `/referencias/${sent.referral.id}`;
}, 60_000);
afterAll(() => service.stop());

const write = async (client: WebClient, text: string, from = page) =>
  client.submit(await client.get(from), { texto: text }, `${page}/mensajes`);

describe('messages on the page of a referral, without JavaScript', () => {
  it('are written, found, answered and marked as read', async () => {
    expect((await clinic.get(page)).text).toContain('No hay mensajes todavía.');
    const answer = await write(clinic, '¿Puede venir <martes> & en bus?');
    expect([answer.status, answer.location]).toEqual([303, `${page}?mensaje=enviado#mensajes`]);
    const own = (await clinic.get(`${page}?mensaje=enviado`)).text;
    expect(own).toContain('Mensaje enviado.');
    expect(own).toContain('¿Puede venir &lt;martes> &amp; en bus?');
    expect(own).toContain('todavía no lo ha leído.');

    expect((await hospital.get('/bandeja')).text).toContain('<a href="/mensajes">1 mensaje sin leer</a>');
    expect((await hospital.get('/bandeja?lista=new')).text).toContain('1 mensaje sin leer</strong>');
    const list = (await hospital.get('/mensajes')).text;
    expect(list).toContain(`href="${page}#mensajes"`);
    expect(list).toContain('¿Puede venir');

    const read = await hospital.get(page);
    expect(read.text).toContain('Sin leer');
    const link = /\?responder=([\w-]+)#escribir/.exec(read.text)?.[1] ?? '';
    const form = await hospital.get(`${page}?responder=${link}`);
    expect(form.text).toContain('Contesta a: «¿Puede venir');
    expect((await write(hospital, 'Sí, a las 8.', `${page}?responder=${link}`)).status).toBe(303);
    // Who answers has read.
    expect((await hospital.get('/mensajes')).text).toContain('No hay mensajes sin leer');

    const back = await clinic.get(page);
    expect(back.text).toMatch(/Leído por [^.]+ el \d+ \w+ 20\d\d, \d\d:\d\d\./);
    expect(back.text).toMatch(
      /<li[^>]*>(?:(?!<\/li>).)*¿Puede venir(?:(?!<\/li>).)*<ol[^>]*>(?:(?!<\/ol>).)*Sí, a las 8\./s,
    );
    const marked = await clinic.submit(back, {}, `${page}/mensajes/leidos`);
    expect([marked.status, marked.location]).toEqual([303, `${page}?mensaje=leidos#mensajes`]);
    expect((await clinic.get('/mensajes')).text).toContain('No hay mensajes sin leer');
    expect((await hospital.get(page)).text).toContain('Leído por');
  });

  it('are sent once, however often the form is posted', async () => {
    const form = await clinic.get(page);
    const count = () => service.db.collection('Communication').countDocuments();
    const before = await count();
    for (let turn = 0; turn < 2; turn += 1)
      expect((await clinic.submit(form, { texto: 'Una vez' }, `${page}/mensajes`)).status).toBe(303);
    expect((await count()) - before).toBe(1);
  });

  it('say what is missing, and keep what was answered', async () => {
    const answer = await write(clinic, '   ');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Escriba el mensaje.');
  });

  it('are not for people of a third place', async () => {
    const stranger = webClient(service.url);
    await stranger.signIn('clinician.uaps2');
    expect((await stranger.get(page)).status).toBe(404);
    const answer = await stranger.post(`${page}/mensajes`, { texto: 'x' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('tell when the other side opened the referral', async () => {
    const text = (await clinic.get(page)).text;
    expect(text).toMatch(/Abierta por triaje \([^)]+\), \d+ \w+ 20\d\d, \d\d:\d\d/);
  });
});
