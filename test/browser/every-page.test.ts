import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bundle } from '@medplum/fhirtypes';
import type { Browser, BrowserContext } from 'playwright-core';
import { demoClientKey, findAccount } from '../../src/access/accounts.js';
import { demonstrateStatistics } from '../../src/cli/demo-statistics.js';
import { playDemo } from '../../src/demo/play-demo.js';
import type { DemoKeys } from '../../src/demo/stage.js';
import { recordedProgress } from '../../src/progress.js';
import { serviceId } from '../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../src/seed/find-facility.js';
import { PAGES } from '../../src/web/pages.js';
import { dayFromNow, makeSlots, pattern } from '../service/referral/slot-fixture.js';
import { bytesOf, launchBrowser, pageFaults, signedIn } from '../support/browser.js';
import { BUDGETS, PAGE_VISITS, type Scene } from '../support/page-visits.js';
import { startService, type TestService } from '../support/service.js';

let service: TestService;
let browser: Browser;
let scene: Scene;
const contexts = new Map<string, Promise<BrowserContext>>();

/** The browser of an account, or of nobody; made once. */
const contextOf = (account?: string): Promise<BrowserContext> => {
  const key = account ?? '';
  const context =
    contexts.get(key) ??
    (account === undefined ? browser.newContext({ locale: 'es-HN' }) : signedIn(browser, service.url, account));
  contexts.set(key, context);
  return context;
};

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  const { context } = service;
  const keys: DemoKeys = async (account) => {
    const key = await demoClientKey(context.store, account);
    if (!key) throw new Error(`no key of ${account}`);
    return key;
  };
  await playDemo({ url: service.url, keys, out: () => undefined, tour: false });
  // Dates among which a patient chooses another one.
  const rups = facilityByAlias('hosp1')?.rups ?? '';
  const made = await makeSlots(service, pattern({ from: dayFromNow(7), to: dayFromNow(9) }), {
    of: `HealthcareService/${serviceId(rups, 'rehabilitacion')}`,
  });
  if (made.status !== 200) throw new Error(made.text);
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
}, 300_000);

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
  '/referencias/:id/hoja.pdf',
  '/bandeja/csv',
  '/supervision/csv',
];

it('there is a visit for every page that a link can open', () => {
  const visited = new Set(PAGE_VISITS.map(({ page }) => page));
  const missing = PAGES.filter(({ method, path }) => method === 'GET' && !visited.has(path)).map(({ path }) => path);
  expect(missing.filter((path) => !ONLY_BY_FORM.includes(path))).toEqual([]);
});

it.each(PAGE_VISITS.map((visit) => [visit.page, visit.as ?? 'nobody', visit.picture ?? '', visit] as const))(
  '%s as %s (%s) is sound and stays within its bytes',
  async (_page, _as, _picture, visit) => {
    const context = await contextOf(visit.as);
    const address = service.url + (await visit.at(scene));
    const page = await context.newPage();
    try {
      const bytes = await bytesOf(page, address);
      // Led elsewhere, something else would be looked at; only the way in leads on, to its form.
      const { pathname } = new URL(address);
      expect(new URL(page.url()).pathname.slice(0, pathname.length)).toBe(pathname);
      expect(bytes).toBeGreaterThan(500);
      expect(bytes).toBeLessThan(BUDGETS[visit.budget]);
      expect(await pageFaults(page)).toEqual([]);
    } finally {
      await page.close();
    }
  },
);
