import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/access/demo-password.js';
import { order, send, submission } from '../service/referral/referral-fixture.js';
import { launchBrowser, pageFaults } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';

const DESKTOP = { width: 1280, height: 900 };

let service: TestService;
let browser: Browser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

interface Screen {
  readonly width: number;
  readonly height: number;
  readonly javaScriptEnabled?: boolean;
}

/** People of one screen, each in a browser of their own, signed in once. */
class Staff {
  readonly #pages = new Map<string, { context: BrowserContext; page: Page }>();

  constructor(readonly screen: Screen) {}

  async as(account: string, browserOf = account): Promise<Page> {
    const known = this.#pages.get(browserOf);
    if (known) return known.page;
    const { width, height, javaScriptEnabled = true } = this.screen;
    const context = await browser.newContext({ viewport: { width, height }, locale: 'es-HN', javaScriptEnabled });
    const page = await context.newPage();
    this.#pages.set(browserOf, { context, page });
    await page.goto(`${service.url}/entrar`);
    await page.fill('#f-usuario', account);
    await page.fill('#f-clave', DEMO_PASSWORD);
    await press(page, 'Entrar');
    return page;
  }

  async leave(): Promise<void> {
    for (const { context } of this.#pages.values()) await context.close();
  }
}

/** Presses a button or link of the page by its words and waits for the page that comes. */
async function press(page: Page, words: string): Promise<void> {
  const target = page.locator('main').locator(`button:has-text("${words}"), a.rr-button:has-text("${words}")`).first();
  await Promise.all([page.waitForEvent('load'), target.click()]);
}

const sent = async (): Promise<string> => (await send(service, 'system.uaps1', submission(order()))).referral.id;

/** Checks what every page and state must hold, when the page runs scripts. */
async function isSound(page: Page, name: string): Promise<void> {
  expect([name, await pageFaults(page)]).toEqual([name, []]);
}

const done = (page: Page): Promise<string | null> => page.textContent('.rr-notice--good');

/** The hospital's day with one referral; `look` sees every page and state on the way. */
async function hospitalDay(staff: Staff, look: (page: Page, name: string) => Promise<void>): Promise<Page> {
  const id = await sent();
  const open = async (account: string): Promise<Page> => {
    const page = await staff.as(account);
    await page.goto(`${service.url}/referencias/${id}`);
    return page;
  };

  const desk = await open('clerk.hosp1');
  await look(desk, 'sent, seen by the desk');
  await press(desk, 'Recibir referencia');
  expect(await done(desk)).toContain('Recibida');
  await look(desk, 'received');

  const triage = await open('triage.hosp1');
  await look(triage, 'in triage');
  for (const words of ['Pedir información', 'Pasar a otro', 'No aceptar', 'Escribir respuesta']) {
    await press(triage, words);
    await look(triage, words);
    await triage.goBack();
  }
  await press(triage, 'No aceptar');
  await press(triage, 'No aceptar');
  expect(await triage.textContent('.rr-summary')).toContain('Dé un paso siguiente');
  await look(triage, 'rejection, refused');
  await triage.goto(`${service.url}/referencias/${id}`);
  await press(triage, 'Aceptar referencia');
  await look(triage, 'accept');
  await press(triage, 'Aceptar referencia');
  expect(await done(triage)).toContain('Aceptada');

  const agenda = await open('scheduler.hosp1');
  await press(agenda, 'Dar cita');
  await look(agenda, 'book');
  await agenda.fill('#f-start', '2027-01-09');
  await agenda.selectOption('#f-contactResult', 'phone');
  await press(agenda, 'Dar cita');
  expect(await agenda.textContent('.rr-summary')).toContain('sábado o domingo');
  await look(agenda, 'book, weekend');
  await agenda.fill('#f-start', '2027-01-11');
  await press(agenda, 'Dar cita');
  expect(await agenda.textContent('main')).toContain('11 ene 2027, 08:00');
  await look(agenda, 'scheduled');

  const door = await open('clerk.hosp1');
  await press(door, 'Marcar llegada');
  expect(await done(door)).toContain('llegada');

  const specialist = await open('specialist.hosp1');
  await press(specialist, 'Iniciar atención');
  await press(specialist, 'Escribir respuesta');
  expect(await specialist.textContent('.rr-asked')).toContain('¿Amerita prueba de esfuerzo?');
  await look(specialist, 'respond');
  await press(specialist, 'Enviar respuesta');
  await look(specialist, 'respond, refused');
  await specialist.fill('#f-summary', 'Sí amerita; la prueba salió negativa.');
  await specialist.fill('#f-diagnosis', 'R07.4 Dolor en el pecho');
  await specialist.check('#f-noMedications');
  await specialist.fill('#f-plan', 'Control en un mes\nDieta');
  await specialist.fill('#f-message', 'Su corazón está bien. Vaya a su control en un mes.');
  await specialist.selectOption('#f-disposition', 'discharge');
  await specialist.check('#f-oportuna');
  await specialist.check('#f-justificada');
  await press(specialist, 'Enviar respuesta');
  expect(await specialist.textContent('.rr-quote')).toContain('Su corazón está bien.');
  await look(specialist, 'answered');

  const clinic = await open('clinician.uaps1');
  await look(clinic, 'answer at the origin');
  await press(clinic, 'Marcar respuesta como leída');
  await look(clinic, 'follow-up');
  await press(clinic, 'Cerrar referencia');
  await look(clinic, 'close');
  await clinic.check('#f-item-0');
  await clinic.check('#f-item-1');
  await clinic.check('#f-outcome');
  await press(clinic, 'Cerrar referencia');
  await look(clinic, 'closed');
  return clinic;
}

describe('the hospital', () => {
  it('receives, accepts, books, marks the arrival, attends and answers; every page and state is sound', async () => {
    const staff = new Staff(DESKTOP);
    try {
      const end = await hospitalDay(staff, isSound);
      expect(await end.textContent('main')).toContain('Nadie tiene que hacer nada más.');
    } finally {
      await staff.leave();
    }
  });
});

describe('the hospital without JavaScript', () => {
  it('does the same', async () => {
    const staff = new Staff({ width: 320, height: 640, javaScriptEnabled: false });
    try {
      const end = await hospitalDay(staff, () => Promise.resolve());
      expect(await end.textContent('main')).toContain('Nadie tiene que hacer nada más.');
    } finally {
      await staff.leave();
    }
  });
});

describe('two browsers on one referral', () => {
  it('the second is told that it changed meanwhile and keeps what was written', async () => {
    const id = await sent();
    const staff = new Staff(DESKTOP);
    const at = async (page: Page, path: string): Promise<Page> => {
      await page.goto(`${service.url}/referencias/${id}${path}`);
      return page;
    };
    try {
      await press(await at(await staff.as('clerk.hosp1'), ''), 'Recibir referencia');
      const first = await at(await staff.as('triage.hosp1', 'one'), '/accept');
      const second = await at(await staff.as('triage.hosp1', 'two'), '/reject');
      await second.selectOption('#f-reason', 'no-capacity');
      await second.fill('#f-comment', 'No hay cupo hasta marzo');
      await second.fill('#f-advice', 'Referir al Hospital 2');
      await press(first, 'Aceptar referencia');
      await press(second, 'No aceptar');
      expect(await second.textContent('h1')).toBe('Alguien cambió esto mientras usted lo veía');
      expect(await second.textContent('main')).toContain('No hay cupo hasta marzo');
      await isSound(second, 'changed meanwhile');
      await press(second, 'Ver cómo está ahora');
      expect(await second.textContent('main')).toContain('Aceptada, en lista de espera');
    } finally {
      await staff.leave();
    }
  });
});
