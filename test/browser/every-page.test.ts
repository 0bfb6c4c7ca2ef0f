import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import type { Browser, BrowserContext } from 'playwright-core';
import { demoClientKey, findAccount } from '../../src/access/accounts.js';
import { demonstrateStatistics } from '../../src/cli/demo-statistics.js';
import { playDemo } from '../../src/demo/play-demo.js';
import type { DemoKeys } from '../../src/demo/stage.js';
import { recordedProgress } from '../../src/progress.js';
import { PAGES } from '../../src/web/pages.js';
import { axeViolations, bytesOf, launchBrowser, overflows, SCREENS } from '../support/browser.js';
import { BUDGETS, PAGE_VISITS, type Scene } from '../support/page-visits.js';
import { startService, type TestService } from '../support/service.js';
import { webClient } from '../support/web-client.js';

let service: TestService;
let browser: Browser;
let scene: Scene;
const contexts = new Map<string, Promise<BrowserContext>>();

/** A browser in which an account (nobody: '') is signed in; made once. */
async function browserOf(account: string): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'es-HN' });
  if (account === '') return context;
  const client = webClient(service.url);
  await client.signIn(account);
  await context.addCookies(
    [...client.cookies].map(([name, { value, path }]) => ({ name, value, domain: '127.0.0.1', path })),
  );
  return context;
}
const contextOf = (account = ''): Promise<BrowserContext> => {
  const context = contexts.get(account) ?? browserOf(account);
  contexts.set(account, context);
  return context;
};

beforeAll(async () => {
  [service, browser] = await Promise.all([startService('every-page'), launchBrowser()]);
  const { context } = service;
  const keys: DemoKeys = async (account) => {
    const key = await demoClientKey(context.store, account);
    if (!key) throw new Error(`no key of ${account}`);
    return key;
  };
  await playDemo({ url: service.url, keys, out: () => undefined });
  const progress = recordedProgress();
  await demonstrateStatistics(context, { url: service.url, out: () => undefined, progress, people: 200, months: 1 });
  scene = {
    search: async (path) => (await service.call<Bundle>('conformance', 'GET', path)).body,
    facilityOf: async (account) => (await findAccount(context.store, account))?.facility ?? '',
    async newestMonth() {
      const answer = await fetch(`${service.url}/datos/v1/releases`);
      const { releases } = (await answer.json()) as { releases: { month: string }[] };
      return (
        releases
          .map(({ month }) => month)
          .sort()
          .at(-1) ?? ''
      );
    },
  };
}, 120_000);

afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** Pages that a link cannot open: they answer a form, end a session, or give a file. */
const ONLY_BY_FORM = [
  '/salir',
  '/entrar/:uid',
  '/entrar/persona/:uid',
  '/entrar/listo',
  '/activar/cuenta',
  '/seguir/estado',
  '/seguir/cita.ics',
  '/mi/referencias/:id/cita.ics',
  '/referencias/:id/adjuntos/:document',
  '/registro/csv',
];

it('there is a visit for every page that a link can open', () => {
  const visited = new Set(PAGE_VISITS.map(({ page }) => page));
  const missing = PAGES.filter(({ method, path }) => method === 'GET' && !visited.has(path)).map(({ path }) => path);
  expect(missing.filter((path) => !ONLY_BY_FORM.includes(path))).toEqual([]);
});

describe.each(
  PAGE_VISITS.map((visit) => [`${visit.page} as ${visit.as ?? 'nobody'}, ${visit.picture ?? ''}`, visit] as const),
)('%s', (_name, visit) => {
  it.each(SCREENS)('on $name: no accessibility fault, one heading, no sideways scroll', async ({ width, height }) => {
    const page = await (await contextOf(visit.as)).newPage();
    try {
      await page.setViewportSize({ width, height });
      const answer = await page.goto(service.url + (await visit.at(scene)));
      expect(answer?.status()).toBe(200);
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await overflows(page)).toBe(false);
    } finally {
      await page.close();
    }
  });

  it('stays within its bytes', async () => {
    const bytes = await bytesOf(await contextOf(visit.as), service.url + (await visit.at(scene)));
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThan(BUDGETS[visit.budget]);
  });
});
