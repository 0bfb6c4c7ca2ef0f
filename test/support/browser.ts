import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { packageRoot } from '../../src/config/paths.js';
import { type WebClient, webClient } from './web-client.js';

/** The shell without a window costs a third less CPU than a whole browser, and draws the same. */
const SHELL = ['chromium-headless-shell'];
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const INSTALL = join(packageRoot, 'scripts', 'install-chromium.sh');

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Chromium for the tests: CHROMIUM_PATH, or the headless shell on the PATH, or Debian's, which is installed now when this is
 * Debian and we are root, or whatever Chromium there is. Throws Error with the command to run when there is none.
 */
export function chromiumPath(): string {
  const given = process.env['CHROMIUM_PATH'] ?? onPath(SHELL);
  if (given !== undefined) return given;
  spawnSync(INSTALL, { stdio: ['ignore', 2, 2] });
  const found = onPath([...SHELL, ...BROWSERS]);
  if (found !== undefined) return found;
  throw new Error('Falta Chromium / Chromium is missing: scripts/install-chromium.sh (root, Debian) or CHROMIUM_PATH');
}

/** Headless Chromium that talks to nobody but the service. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Screens that every page must work on (reference widths: an old phone, a desktop). */
export const SCREENS = [
  { name: '320 px', width: 320, height: 640 },
  { name: 'desktop', width: 1280, height: 900 },
] as const;

/** Rules broken by what the page shows now, as `rule: element` (axe-core, WCAG 2.2 AA and best practice). */
async function brokenRules(page: Page): Promise<string[]> {
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } }).then(
      ({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`,
  );
  return found as string[];
}

/**
 * What is wrong with a page as it stands, on every screen of `SCREENS`: accessibility faults, not exactly one heading, a
 * need to scroll sideways. Empty when it is sound. The page is not loaded again.
 */
export async function pageFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const headings = await page.locator('h1').count();
  if (headings !== 1) faults.push(`${headings} h1`);
  // Evaluated through the debugger, which the page's content security policy does not bind.
  await page.evaluate(axeSource);
  for (const { name, width, height } of SCREENS) {
    await page.setViewportSize({ width, height });
    faults.push(...(await brokenRules(page)).map((fault) => `${name}: ${fault}`));
    if (await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'))
      faults.push(`${name}: scrolls sideways`);
  }
  return faults;
}

const sessions = new Map<string, WebClient>();

/** A new browser in which an account is signed in; each account signs in once for each service. */
export async function signedIn(
  browser: Browser,
  url: string,
  account: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const key = `${url} ${account}`;
  const client = sessions.get(key) ?? webClient(url);
  if (!sessions.has(key)) {
    await client.signIn(account);
    sessions.set(key, client);
  }
  const context = await browser.newContext({ locale: 'es-HN', ...options });
  const domain = new URL(url).hostname;
  await context.addCookies([...client.cookies].map(([name, { value, path }]) => ({ name, value, domain, path })));
  return context;
}

/** Opens an address in a page; bytes on the wire, headers included, of all that it loads in a browser that keeps nothing. */
export async function bytesOf(page: Page, url: string): Promise<number> {
  const wire = await page.context().newCDPSession(page);
  let total = 0;
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    total += encodedDataLength;
  });
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  const answer = await page.goto(url, { waitUntil: 'load' });
  if (answer?.status() !== 200) throw new Error(`${url} answered ${String(answer?.status())}`);
  await wire.detach();
  return total;
}
