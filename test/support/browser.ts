import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { packageRoot } from '../../src/config/paths.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const INSTALL = join(packageRoot, 'scripts', 'install-chromium.sh');

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * Chromium for the tests: CHROMIUM_PATH, or the one on the PATH, or Debian's, which is installed now when this is Debian and
 * we are root. Throws Error with the command to run otherwise.
 */
export function chromiumPath(): string {
  const given = process.env['CHROMIUM_PATH'] ?? onPath();
  if (given !== undefined) return given;
  const { status } = spawnSync(INSTALL, { stdio: ['ignore', 2, 2] });
  const installed = onPath();
  if (status === 0 && installed !== undefined) return installed;
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

/** Accessibility faults of what a page shows now, as `rule: element`; empty when there are none (axe-core, WCAG 2.2 AA). */
export async function axeViolations(page: Page): Promise<string[]> {
  // Evaluated through the debugger, which the page's content security policy does not bind.
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`,
  );
  return found as string[];
}

/** Screens that every page must work on (reference widths: an old phone, a desktop). */
export const SCREENS = [
  { name: '320 px', width: 320, height: 640 },
  { name: 'desktop', width: 1280, height: 900 },
] as const;

/** True when a person would have to scroll sideways. */
export const overflows = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** Bytes on the wire, headers included, of all that a page loads in a browser that keeps nothing. */
export async function bytesOf(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  let total = 0;
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => {
    total += encodedDataLength;
  });
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.close();
  return total;
}
