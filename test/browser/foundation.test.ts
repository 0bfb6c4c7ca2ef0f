import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/access/demo-password.js';
import { launchBrowser, pageFaults } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let browser: Browser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** Presses the button of the form and waits for the page that comes. */
const send = async (page: Page): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.click('main button')]);
};

async function signIn(page: Page, account: string, password = DEMO_PASSWORD): Promise<void> {
  await page.goto(`${service.url}/entrar`);
  await page.fill('#f-usuario', account);
  await page.fill('#f-clave', password);
  await send(page);
}

/** Every page and state of the foundation: name, how to get there. */
const STATES: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ['landing', (page) => page.goto(`${service.url}/`)],
  ['landing in English', (page) => page.goto(`${service.url}/?lang=en`)],
  ['sign-in', (page) => page.goto(`${service.url}/entrar`)],
  ['sign-in, wrong password', (page) => signIn(page, 'clerk.cis1', 'not the password')],
  ['sign-in, too old', (page) => page.goto(`${service.url}/entrar/persona/nothing`)],
  ['authorization refused', (page) => page.goto(`${service.url}/oauth/auth?client_id=paginas`)],
  ['home of a hospital', (page) => signIn(page, 'triage.hosp1')],
  ['home without a facility', (page) => signIn(page, 'statistics')],
  ['choice of post', (page) => signIn(page, 'clinician.turnos')],
  [
    'password',
    async (page) => {
      await signIn(page, 'clerk.cis1');
      await page.goto(`${service.url}/clave`);
    },
  ],
  [
    'password, refused',
    async (page) => {
      await signIn(page, 'clerk.cis1');
      await page.goto(`${service.url}/clave`);
      await send(page);
    },
  ],
  ['password changed', (page) => page.goto(`${service.url}/clave/lista`)],
  ['not found', (page) => page.goto(`${service.url}/no/existe`)],
  ['components', (page) => page.goto(`${service.url}/componentes`)],
];

describe('every page and state', () => {
  it.each(STATES)('%s is sound', async (_name, go) => {
    const context = await browser.newContext({ locale: 'es-HN' });
    try {
      const page = await context.newPage();
      await go(page);
      expect(await pageFaults(page)).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

describe('without JavaScript', () => {
  it('a person signs in, works, changes the language and leaves', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'es-HN' });
    const page = await context.newPage();
    await signIn(page, 'triage.hosp2');
    expect(await page.textContent('h1')).toBe('Su trabajo de hoy');
    await Promise.all([page.waitForEvent('load'), page.click('.rr-head__language')]);
    expect(await page.textContent('h1')).toBe("Today's work");
    await Promise.all([page.waitForEvent('load'), page.click('.rr-person button')]);
    expect(await page.textContent('h1')).toBe('Referral and Response');
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('rr_sesion');
    await context.close();
  });
});

describe('by keyboard', () => {
  const focused = 'document.activeElement.id || document.activeElement.className || document.activeElement.tagName';

  it('the first stop leads past the head, then every field is reached in order, and Enter sends', async () => {
    const page = await browser.newPage({ locale: 'es-HN' });
    await page.goto(`${service.url}/entrar`);
    const stops: unknown[] = [];
    for (let count = 0; count < 6; count += 1) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(focused));
    }
    expect(stops[0]).toBe('rr-skip');
    expect(stops.slice(-3)).toEqual(['f-usuario', 'f-clave', 'rr-button rr-button--send']);
    await page.fill('#f-usuario', 'triage.hosp3');
    await page.fill('#f-clave', DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Su trabajo de hoy');
    await page.close();
  });
});
