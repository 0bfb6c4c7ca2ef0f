// Pictures of the main pages for the guides, and their bytes: starts a service of its own on a temporary folder, plays the
// demonstration, opens every page of test/support/page-visits.ts that has a picture.
//   npm run look [-- NAME ...]     writes docs/guides/images/NAME.png and docs/performance/pages.md
import { mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../src/config/paths.js';
import { startTemporaryService } from '../src/demo/temporary-service.js';
import { bytesOf, launchBrowser, signedIn } from '../test/support/browser.js';
import { BUDGETS, PAGE_VISITS } from '../test/support/page-visits.js';

/** Pixels of a picture; what stands lower is cut off. */
const TALLEST = 1_500;

const wanted = process.argv.slice(2);
const images = join(packageRoot, 'docs', 'guides', 'images');
const service = await startTemporaryService(process.env);
const browser = await launchBrowser();

const cli = (...args) =>
  execFileSync(process.execPath, [join(packageRoot, 'dist', 'src', 'cli.js'), ...args], {
    env: service.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const token = (account) => cli('token', account).trim();
const ask = async (path, headers = {}) => (await fetch(`${service.url}${path}`, { headers })).json();

try {
  console.error('demostración / demonstration ...');
  cli('demo', '--url', service.url);
  const all = { authorization: `Bearer ${token('conformance')}` };
  const scene = {
    search: (path) => ask(`/fhir/${path}`, all),
    facilityOf: async (account) => JSON.parse(Buffer.from(token(account).split('.')[1], 'base64url')).facility,
    newestMonth: async () =>
      (await ask('/datos/v1/releases')).releases
        .map(({ month }) => month)
        .sort()
        .at(-1),
  };
  const contexts = new Map();
  const viewport = { width: 1000, height: 900 };
  const contextOf = async (account) => {
    const known = contexts.get(account);
    if (known) return known;
    const context = await (account === undefined
      ? browser.newContext({ locale: 'es-HN', viewport })
      : signedIn(browser, service.url, account, { viewport }));
    contexts.set(account, context);
    return context;
  };
  mkdirSync(images, { recursive: true });
  const rows = [];
  for (const visit of PAGE_VISITS) {
    if (wanted.length > 0 && !wanted.includes(visit.picture)) continue;
    const path = await visit.at(scene);
    const context = await contextOf(visit.as);
    const page = await context.newPage();
    rows.push([visit.page, visit.as ?? '–', await bytesOf(page, service.url + path), BUDGETS[visit.budget]]);
    if (visit.picture === undefined) {
      await page.close();
      continue;
    }
    // Patients hold a phone; everybody else sits before a screen.
    if (visit.picture.startsWith('paciente')) await page.setViewportSize({ width: 320, height: 640 });
    const { width, height } = await page.evaluate(
      '({ width: innerWidth, height: document.documentElement.scrollHeight })',
    );
    await page.screenshot({
      path: join(images, `${visit.picture}.png`),
      fullPage: true,
      clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
    });
    await page.close();
    console.error(visit.picture);
  }
  if (wanted.length === 0) {
    const number = (bytes) => bytes.toLocaleString('en');
    const table = rows.map(
      ([page, as, bytes, budget]) => `| \`${page}\` | ${as} | ${number(bytes)} | ${number(budget)} |`,
    );
    writeFileSync(
      join(packageRoot, 'docs', 'performance', 'pages.md'),
      `# Bytes por página / Bytes per page

\`npm run look\` mide esta tabla y hace las imágenes de las guías. / This table is measured, and the pictures of the guides are made, by \`npm run look\`.

Bytes on the wire of a page with all that it loads (headers, compressed HTML and style), in a browser that keeps nothing, with the data of the demonstration. The budgets are those of the suite (\`test/support/page-visits.ts\`). No page loads a script.

| Página / Page | Como / As | Bytes | Límite / Budget |
| --- | --- | ---: | ---: |
${table.join('\n')}
`,
    );
  }
} finally {
  await browser.close();
  await service.stop();
}
