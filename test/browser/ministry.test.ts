import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/access/demo-password.js';
import { closedMonths } from '../../src/statistics/statistics-month.js';
import { launchBrowser, pageFaults } from '../support/browser.js';
import { freezeMonth } from '../support/frozen-month.js';
import { startService, type TestService } from '../support/service.js';

const [MONTH = '', OTHER = ''] = closedMonths(new Date(), 2).map(({ code }) => code);
const FEW = { ages: 3, specialties: 2 };

let service: TestService;
let browser: Browser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  await freezeMonth(service.context, { month: MONTH, referrals: 900, seed: 'ministry', ...FEW });
  await freezeMonth(service.context, { month: OTHER, referrals: 300, seed: 'other', ...FEW });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const press = async (page: Page, button: string): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.click(`main button:has-text("${button}")`)]);
};

async function visit(account: string | undefined, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'es-HN', ...options });
  const page = await context.newPage();
  if (account === undefined) return page;
  await page.goto(`${service.url}/entrar`);
  await page.fill('#f-usuario', account);
  await page.fill('#f-clave', DEMO_PASSWORD);
  await press(page, 'Entrar');
  return page;
}

/** The page as it is now, on an old phone and on a desktop. */
async function isSound(page: Page): Promise<void> {
  expect([page.url(), await pageFaults(page)]).toEqual([page.url(), []]);
}

/** Waits until the work on a month has ended; the page renews itself. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForSelector('text=/espera aprobación|Nada: ya es público/', { timeout: 180_000 });

describe('the ministry publishes a month', () => {
  it('in three steps by two people, and everybody can read it', async () => {
    const builder = await visit('statistics');
    await isSound(builder);
    await builder.click('main a:has-text("Publicaciones de estadísticas")');
    await builder.waitForSelector('h1:has-text("Publicaciones de estadísticas")');
    await isSound(builder);
    await builder.goto(`${service.url}/publicaciones/${MONTH}`);
    await isSound(builder);
    await press(builder, 'Preparar publicación');
    await isSound(builder);
    await settled(builder);
    await isSound(builder);
    expect(await builder.textContent('main')).toContain('Aprobada: nada oculto se puede calcular');
    expect(await builder.locator('button:has-text("Aprobar")').count()).toBe(0);

    const approver = await visit('approver');
    await approver.goto(`${service.url}/publicaciones/${MONTH}`);
    await isSound(approver);
    for (const table of ['Región sanitaria', 'Edad']) {
      await Promise.all([approver.waitForEvent('load'), approver.click(`main a:has-text("${table}")`)]);
      await isSound(approver);
      await approver.goBack();
    }
    const second = await approver.context().newPage();
    await second.goto(approver.url());
    await press(approver, 'Aprobar publicación');
    expect(await approver.textContent('main')).toContain('aprobada');
    await press(second, 'Aprobar publicación');
    expect(await second.textContent('h1')).toBe('Alguien cambió esto mientras usted lo veía');
    await isSound(second);
    await Promise.all([second.waitForEvent('load'), second.click('a:has-text("Ver cómo está ahora")')]);
    expect(second.url()).toBe(approver.url());

    await builder.reload();
    await press(builder, 'Publicar ahora');
    await settled(builder);
    await isSound(builder);
    await builder.click('a:has-text("Ver la página pública")');
    await builder.waitForSelector('.rr-map');
    await Promise.all([builder, approver].map((page) => page.context().close()));
  }, 400_000);
});

/** A visitor's way through the public pages. */
async function readTheData(context: BrowserContext, look: (page: Page) => Promise<void>): Promise<void> {
  const page = await context.newPage();
  const follow = async (text: string): Promise<void> => {
    await Promise.all([page.waitForEvent('load'), page.click(`main a:has-text("${text}")`)]);
    await look(page);
  };
  await page.goto(service.url);
  await follow('Cuántas referencias se envían');
  await Promise.all([page.waitForEvent('load'), page.click(`main a[href="/datos/${MONTH}"]`)]);
  await look(page);
  await page.selectOption('select[name=medida]', 'answered');
  await press(page, 'Ver');
  expect(await page.textContent('.rr-figure')).toContain('dato oculto');
  expect(await page.getAttribute('.rr-map', 'aria-label')).toContain('Referencias respondidas');
  await follow('por edad');
  await page.selectOption('select[name=region]', 'RS02');
  await press(page, 'Ver');
  expect(await page.textContent('caption')).toContain('Colón');
  await look(page);
  await page.goBack();
  await follow('Qué se cuenta y cómo');
  await page.goto(`${service.url}/datos/preguntas`);
  await look(page);
  await press(page, 'Enviar pregunta');
  expect(await page.title()).toMatch(/^Error: /);
  await look(page);
  await page.check('#f-tema');
  await page.fill('#f-pregunta', 'Referencias por municipio, por favor');
  await press(page, 'Enviar pregunta');
  expect(await page.textContent('main')).toContain('Recibimos su pregunta');
  await look(page);
  await page.close();
}

describe('anybody reads the data', () => {
  it('finds, chooses and asks; every page and state is sound', async () => {
    const context = await browser.newContext({ locale: 'es-HN' });
    await readTheData(context, isSound);
    const page = await context.newPage();
    await page.goto(`${service.url}/datos/${MONTH}?lang=en`);
    expect(await page.textContent('h1')).toMatch(/^Referrals of /);
    await isSound(page);
    await context.close();
  }, 120_000);

  it('does so without JavaScript', async () => {
    const context = await browser.newContext({ locale: 'es-HN', javaScriptEnabled: false });
    await readTheData(context, async () => undefined);
    await context.close();
  });

  it('sees the map: departments of one class have its colour, signs are written on them', async () => {
    const page = await visit(undefined);
    await page.goto(`${service.url}/datos/${MONTH}`);
    const fill = (selector: string): Promise<unknown> =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).fill`);
    expect(await fill('.rr-map__area.rr-class--v')).toBe('rgb(8, 69, 148)');
    expect(await fill('.rr-map__area.rr-class--i')).toBe('rgb(222, 235, 247)');
    expect(await page.locator('.rr-map__area').count()).toBe(20);
    expect(await page.locator('.rr-map__sign').count()).toBe(20);
    await page.context().close();
  });
});

describe('the ministry answers', () => {
  it('a question, in the browser, in every state', async () => {
    const page = await visit('statistics');
    await page.goto(`${service.url}/publicaciones/preguntas`);
    expect(await page.locator('article').count()).toBe(2);
    await isSound(page);
    await press(page, 'Publicar respuesta');
    expect(await page.textContent('.rr-summary')).toContain('Escriba la respuesta');
    await isSound(page);
    await page.locator('article textarea').first().fill('Estará en la tabla de enero.');
    await press(page, 'Publicar respuesta');
    await isSound(page);
    await page.goto(`${service.url}/datos/preguntas`);
    expect(await page.textContent('main')).toContain('Estará en la tabla de enero.');
    await isSound(page);
    await page.context().close();
  }, 60_000);
});
