import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { facility, type Moved } from '../service/referral/referral-fixture.js';
import { bookToday, numberOf, sendPerson, storeCopies } from '../service/web/worklist-data.js';
import { bytesOf, launchBrowser, pageFaults, signedIn } from '../support/browser.js';
import { BUDGETS } from '../support/page-visits.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let browser: Browser;
let scheduled: Moved;

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  const ana = await sendPerson(service, { dni: '0801198012345', given: 'Ana María de los Ángeles' });
  await sendPerson(service, { dni: '0801198112346', given: 'Berta' }, { priority: 'stat' });
  const carla = await sendPerson(service, { dni: '0801198212347', given: 'Carla' });
  scheduled = await bookToday(service, carla);
  await storeCopies(service, ana.task, 'arrived', 30);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** A browser of its own, signed in as an account. */
const openAs = (account: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> =>
  signedIn(browser, service.url, account, options);

const go = (page: Page, path: string) => page.goto(`${service.url}${path}`);

/** Every page and state of the lists: name, who, where. */
const STATES: readonly (readonly [name: string, account: string, path: () => string])[] = [
  ['first page of a desk', 'clerk.hosp1', () => '/'],
  ['first page of a manager', 'manager.red1', () => '/'],
  ['inbox', 'clerk.hosp1', () => '/bandeja'],
  ['inbox in English', 'clerk.hosp1', () => '/bandeja?lang=en'],
  ['inbox, a list of several pages', 'specialist.hosp1', () => '/bandeja?lista=present'],
  ['inbox, overdue', 'specialist.hosp1', () => '/bandeja?lista=overdue'],
  ['inbox, appointments', 'scheduler.hosp1', () => '/bandeja?lista=scheduled'],
  ['inbox, other lists open', 'clerk.hosp1', () => '/bandeja?lista=scheduled'],
  ['inbox, filtered', 'clerk.hosp1', () => '/bandeja?lista=new&servicio=cardiologia'],
  ['inbox, nothing with this filter', 'clerk.hosp1', () => '/bandeja?lista=new&servicio=pediatria'],
  ['inbox, nothing at all', 'triage.hosp3', () => '/bandeja'],
  ['inbox of an origin', 'nurse.uaps1', () => '/bandeja?lista=sent-open'],
  ['inbox of a manager, nothing chosen', 'manager.red1', () => '/bandeja'],
  ['inbox of a manager', 'manager.red1', () => `/bandeja?establecimiento=${facility('hosp1')}`],
  ['reception', 'clerk.hosp1', () => '/recepcion'],
  ['reception, found', 'clerk.hosp1', () => `/recepcion?codigo=${numberOf(scheduled)}`],
  ['reception, nothing typed', 'clerk.hosp1', () => '/recepcion?codigo='],
  ['reception, nothing found', 'clerk.hosp1', () => `/recepcion?codigo=${'X'.repeat(60)}`],
  ['register', 'uau.uaps1', () => '/registro'],
  ['register, nothing', 'uau.uaps1', () => '/registro?dia=2020-01-01'],
  ['register, no such day', 'uau.uaps1', () => '/registro?dia=2020-02-31'],
  ['register of a manager', 'manager.red1', () => `/registro?establecimiento=${facility('uaps1')}`],
];

describe('every page and state', () => {
  it.each(STATES)('%s is sound, also with everything unfolded', async (_name, account, path) => {
    const context = await openAs(account);
    try {
      const page = await context.newPage();
      await go(page, path());
      await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
      expect(await pageFaults(page)).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

describe('by keyboard', () => {
  it('each row is one stop, in the order of the list', async () => {
    const context = await openAs('specialist.hosp1');
    const page = await context.newPage();
    await go(page, '/bandeja?lista=present');
    const rows = await page.locator('tbody tr').count();
    expect(rows).toBe(25);
    const stops: string[] = [];
    for (let count = 0; count < 70; count += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(
          "(() => { const row = document.activeElement.closest('tbody tr'); return row ? String(row.rowIndex) : document.activeElement.tagName; })()",
        ),
      );
      if (stops.at(-1) === 'BODY') break;
    }
    const inRows = stops.filter((stop) => /^\d+$/.test(stop));
    expect(inRows).toEqual(Array.from({ length: rows }, (_, index) => String(index + 1)));
    await context.close();
  });

  it('the desk types at once, and Enter searches', async () => {
    const context = await openAs('clerk.hosp1');
    const page = await context.newPage();
    await go(page, '/recepcion');
    await page.waitForFunction("document.activeElement.id === 'f-codigo'");
    await page.keyboard.type(numberOf(scheduled));
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.textContent('.rr-card')).toContain('Carla Mejía López');
    expect(await page.evaluate('document.activeElement.id')).toBe('f-codigo');
    await context.close();
  });
});

describe('without JavaScript', () => {
  it('a person goes through lists, filters and pages', async () => {
    const context = await openAs('specialist.hosp1', { javaScriptEnabled: false });
    const page = await context.newPage();
    await go(page, '/bandeja?lista=present');
    await Promise.all([page.waitForEvent('load'), page.click('a[rel=next]')]);
    expect(await page.locator('tbody tr').count()).toBe(5);
    await page.click('text=Filtrar por servicio u origen');
    await page.selectOption('#f-servicio', 'pediatria');
    await Promise.all([page.waitForEvent('load'), page.click('text=Mostrar')]);
    expect(await page.textContent('.rr-empty')).toContain('Ninguna con este filtro');
    await Promise.all([page.waitForEvent('load'), page.click('text=Quitar el filtro')]);
    expect(await page.locator('tbody tr').count()).toBe(25);
    await context.close();
  });
});

describe('on paper', () => {
  it('the register is a Letter sheet in landscape without the controls', async () => {
    const context = await openAs('uau.uaps1');
    const page = await context.newPage();
    await go(page, '/registro');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox \[([^\]]*)\]/g)].map(([, box]) => box);
    expect(new Set(sheets)).toEqual(new Set(['0 0 792 612']));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#f-dia').isVisible()).toBe(false);
    expect(await page.locator('table').isVisible()).toBe(true);
    await context.close();
  });
});

describe('bytes', () => {
  it('of a page of 25 rows stay within the budget of a hospital’s page', async () => {
    const context = await openAs('specialist.hosp1');
    const bytes = await bytesOf(await context.newPage(), `${service.url}/bandeja?lista=present`);
    expect(bytes).toBeLessThan(BUDGETS.staff);
    await context.close();
  });
});
