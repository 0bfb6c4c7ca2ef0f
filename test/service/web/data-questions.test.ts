import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../../support/service.js';
import { formOf, type WebAnswer, webClient, type WebClient } from '../../support/web-client.js';

const PUBLIC = '/datos/preguntas';
const DESK = '/publicaciones/preguntas';

let service: TestService;
let staff: WebClient;
beforeAll(async () => {
  service = await startService();
  staff = webClient(service.url);
  await staff.signIn('statistics');
}, 120_000);
afterAll(() => service.stop());

const QUESTION = {
  tema: 'other-table',
  pregunta: '¿Pueden publicar las referencias por municipio?',
  organizacion: 'Universidad de Prueba',
  correo: 'persona@ejemplo.hn',
};
const ask = async (fields: Record<string, string>): Promise<WebAnswer> => {
  const browser = webClient(service.url);
  return browser.submit(await browser.open(PUBLIC), fields, PUBLIC);
};
const listed = async (): Promise<string> => (await webClient(service.url).open(PUBLIC)).text;

/** Decides on the question with this text, as the person of a browser. */
async function decide(
  browser: WebClient,
  text: string,
  decision: string,
  reply = '',
  version?: string,
): Promise<WebAnswer> {
  const page = await browser.open(DESK);
  const article = page.text.split('<article').find((part) => part.includes(text)) ?? '';
  const id = /name="pregunta" value="([^"]+)"/.exec(article)?.[1] ?? 'none';
  const seen = version ?? /name="visto" value="([^"]+)"/.exec(article)?.[1] ?? '1';
  const { hidden } = formOf(page.text, '/salir');
  const fields = { _csrf: hidden['_csrf'] ?? '', pregunta: id, visto: seen, decision, [`respuesta-${id}`]: reply };
  return browser.post(DESK, fields);
}

describe('asking', () => {
  it('is confirmed, and shows nothing to the public before the ministry has read it', async () => {
    const sent = await ask(QUESTION);
    expect([sent.status, sent.location]).toEqual([303, `${PUBLIC}?enviada=1`]);
    expect((await webClient(service.url).open(`${PUBLIC}?enviada=1`)).text).toContain('Recibimos su pregunta');
    const page = await listed();
    expect(page).toContain('Todavía no hay preguntas publicadas');
    expect(page).not.toContain('municipio');
  });

  it('says beside the form that no data of persons belong there', async () => {
    expect(await listed()).toContain('No escriba datos de salud de ninguna persona');
  });

  it('keeps what was typed when something is wrong, and says what', async () => {
    const answer = await ask({
      tema: '',
      pregunta: 'Persona 0801-1990-00012 fue referida',
      correo: 'no',
      organizacion: 'X <b>',
    });
    expect(answer.status).toBe(422);
    for (const words of [
      'Elija qué necesita.',
      'Quite el número de identidad',
      'Revise el correo',
      'X &lt;b>',
      'Error: Preguntas',
    ])
      expect(answer.text).toContain(words);
    expect(await service.db.collection('questions').countDocuments()).toBe(1);
  });

  it('cannot be done without the form, nor with a body that is too large', async () => {
    expect((await webClient(service.url).post(PUBLIC, QUESTION)).status).toBe(403);
    expect((await ask({ ...QUESTION, pregunta: 'x'.repeat(300_000) })).status).toBe(413);
    expect((await ask({ ...QUESTION, pregunta: 'x'.repeat(1_001) })).status).toBe(422);
  });

  it('is slowed down for an address that asks again and again; what was typed is kept', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1)
      statuses.push((await ask({ ...QUESTION, pregunta: `Otra pregunta número ${count}` })).status);
    expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(6);
    const held = await ask({ ...QUESTION, pregunta: 'Una más, que no pasa' });
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(200);
    expect(held.text).toContain('Una más, que no pasa');
    expect(held.text).toMatch(/Espere \d+ minutos/);
    await service.db.collection('attempts').deleteMany({});
  });
});

describe('answering', () => {
  it('is for statistics; the others only read, and never who asks', async () => {
    const own = await staff.open(DESK);
    expect(own.text).toContain('Universidad de Prueba, persona@ejemplo.hn');
    const national = webClient(service.url);
    await national.signIn('national');
    const read = await national.open(DESK);
    expect(read.text).toContain('por municipio');
    expect(read.text).not.toContain('persona@ejemplo.hn');
    expect(read.text).not.toContain('Publicar respuesta');
    expect((await decide(national, 'por municipio', 'answer', 'Sí')).status).toBe(403);
    const clerk = webClient(service.url);
    await clerk.signIn('clerk.hosp1');
    expect((await clerk.get(DESK)).status).toBe(403);
  });

  it('releases a question without an answer, then answers it; both are public, the contact never', async () => {
    expect((await decide(staff, 'por municipio', 'release')).status).toBe(303);
    expect(await listed()).toContain('Todavía sin respuesta');
    const missing = await decide(staff, 'por municipio', 'answer');
    expect([missing.status, missing.text.includes('Escriba la respuesta o el motivo.')]).toEqual([422, true]);
    expect((await decide(staff, 'por municipio', 'answer', 'Estará en la tabla de enero.\nGracias.')).status).toBe(303);
    const page = await listed();
    expect(page).toContain('Estará en la tabla de enero.');
    expect(page).not.toContain('Universidad de Prueba');
    expect(page).not.toContain('persona@ejemplo.hn');
  });

  it('tells the second of two who decide at once, and keeps what was written', async () => {
    const late = await decide(staff, 'por municipio', 'remove', '', '2');
    expect(late.status).toBe(412);
    const stale = await decide(staff, 'número 1', 'answer', 'Tarde', '7');
    expect([stale.status, stale.text.includes('Alguien cambió esto'), stale.text.includes('Tarde')]).toEqual([
      412,
      true,
      true,
    ]);
  });

  it('declines with a reason that is public, and removes a text for good', async () => {
    await decide(staff, 'número 0', 'decline', 'Sería posible reconocer a personas.');
    expect(await listed()).toContain('La Secretaría no puede darlo');
    expect(await listed()).toContain('Sería posible reconocer a personas.');
    await decide(staff, 'número 2', 'remove');
    const removed = await service.db.collection('questions').findOne({ state: 'removed' });
    expect(removed).toMatchObject({ text: '' });
    expect(removed).not.toHaveProperty('email');
    expect((await staff.open(DESK)).text).not.toContain('número 2');
  });

  it('leaves an audit record of every decision', async () => {
    const records = await service.context.store.findAudits({ sub: { $regex: '^statistics-question-' } }, { limit: 20 });
    expect(records.map(({ sub }) => sub).sort()).toEqual(
      ['answer', 'decline', 'release', 'remove'].map((one) => `statistics-question-${one}`),
    );
    expect(records.every(({ who, cli, det }) => who === 'statistics' && cli === 'paginas' && det?.['question'])).toBe(
      true,
    );
  });

  it('does not fail on what no form would send', async () => {
    expect((await decide(staff, 'no such question', 'answer', 'Sí')).status).toBe(404);
    expect((await decide(staff, 'número 3', 'destroy')).status).toBe(400);
    expect((await decide(staff, 'número 3', 'answer', 'x'.repeat(2_001))).status).toBe(422);
  });
});
