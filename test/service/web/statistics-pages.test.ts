import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRelease } from '../../../src/statistics/release/build-release.js';
import type { ReleaseEntry } from '../../../src/statistics/release/released-files.js';
import { closedMonths } from '../../../src/statistics/statistics-month.js';
import { freezeMonth } from '../../support/frozen-month.js';
import { startService, type TestService } from '../../support/service.js';
import { formOf, type WebAnswer, webClient, type WebClient } from '../../support/web-client.js';

const [MONTH = '', OTHER = '', THIRD = ''] = closedMonths(new Date(), 3).map(({ code }) => code);
const pathOf = (month: string): string => `/publicaciones/${month}`;

let service: TestService;
let counts: ReadonlyMap<string, number>;
const people = new Map<string, WebClient>();
const as = (account: string): WebClient => people.get(account)!;

beforeAll(async () => {
  service = await startService();
  const snapshot = await freezeMonth(service.context, {
    month: MONTH,
    referrals: 700,
    seed: 'pages',
    ages: 3,
    specialties: 2,
  });
  counts = new Map(snapshot.counts);
  await freezeMonth(service.context, { month: OTHER, referrals: 200, seed: 'other', ages: 3, specialties: 2 });
  for (const account of ['statistics', 'approver', 'national', 'triage.hosp1']) {
    const browser = webClient(service.url);
    await browser.signIn(account);
    people.set(account, browser);
  }
}, 300_000);
afterAll(() => service.stop());

/** Waits until the work on a month has ended; gives its page. */
async function settled(browser: WebClient, month: string): Promise<WebAnswer> {
  for (;;) {
    const page = await browser.open(pathOf(month));
    if (page.headers.get('refresh') === null) return page;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Presses a button of a month's page, whatever the page shows. */
async function press(browser: WebClient, month: string, step: string, seen?: string): Promise<WebAnswer> {
  const page = await browser.open(pathOf(month));
  const { hidden } = formOf(page.text, '/salir');
  const stamp = seen ?? /name="visto" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  return browser.post(pathOf(month), { _csrf: hidden['_csrf'] ?? '', visto: stamp, paso: step });
}

const auditsOf = async (sub: string) =>
  (await service.context.store.findAudits({ sub }, { limit: 50 })).map(({ who, rol, cli, out, det }) => ({
    who,
    rol,
    cli,
    out,
    det,
  }));

/** Texts of all cells, bars and legend entries: where figures stand. */
const figureTexts = (html: string): string[] =>
  [
    ...html.matchAll(
      /<td[^>]*>(.*?)<\/td>|<text[^>]*>(.*?)<\/text>|<li><span class="rr-legend[^>]*>.*?<\/span>(.*?)<\/li>/gs,
    ),
  ]
    .map(([, cell = '', text = '', legend = '']) => (cell + text + legend).replace(/<[^>]+>/g, '').trim())
    .filter((text) => /\d/.test(text) && !/\d{4}-\d{2}|[a-z] \d{4}|años|mes/.test(text));

describe('from the count to the public page', () => {
  it('shows the months, closed and open, and who acts next', async () => {
    const page = await as('statistics').open('/publicaciones');
    expect(page.status).toBe(200);
    expect(page.text).toContain(`href="${pathOf(MONTH)}"`);
    expect(page.text).toContain('mes abierto');
    expect(page.text).toContain('Estadística puede prepararlo.');
    for (const account of ['approver', 'national']) expect((await as(account).open('/publicaciones')).status).toBe(200);
    expect((await as('triage.hosp1').get('/publicaciones')).status).toBe(403);
    expect((await webClient(service.url).get('/publicaciones')).location).toMatch(/^\/entrar/);
  });

  it('offers to build to statistics alone, and refuses everybody else', async () => {
    expect((await as('statistics').open(pathOf(MONTH))).text).toContain('Preparar publicación');
    for (const account of ['approver', 'national']) {
      expect((await as(account).open(pathOf(MONTH))).text).not.toContain('Preparar publicación');
      expect((await press(as(account), MONTH, 'build')).status).toBe(403);
    }
    expect((await press(as('statistics'), MONTH, 'nonsense')).status).toBe(400);
    expect((await as('statistics').get('/publicaciones/2026-13')).status).toBe(404);
    expect((await as('statistics').get(`${pathOf(MONTH)}/region-sex`)).status).toBe(404);
  });

  it('does not build an open month', async () => {
    const open = new Date().toISOString().slice(0, 7);
    const page = await as('statistics').open(pathOf(open));
    expect(page.text).toContain('Abierto hasta el');
    expect(page.text).not.toContain('Preparar publicación');
    expect((await press(as('statistics'), open, 'build')).status).toBe(422);
  });

  it('builds once when two press at the same moment; the other is told that somebody was faster', async () => {
    const [one, two] = [as('statistics'), webClient(service.url)];
    await two.signIn('statistics');
    const pages = await Promise.all([one, two].map((browser) => browser.open(pathOf(MONTH))));
    const answers = await Promise.all(
      [one, two].map((browser, index) => browser.submit(pages[index]!, { paso: 'build' }, pathOf(MONTH))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(answers.find(({ status }) => status === 409)?.text).toContain('Alguien cambió esto');
    const page = await settled(one, MONTH);
    expect(page.text).toContain('espera aprobación');
    expect(page.text).toContain('Aprobada: nada oculto se puede calcular');
    expect(page.text).toMatch(/Ocultas por ser pequeñas \(de 1 a 5\)/);
    expect(page.text).toContain('puede ser cualquiera de 5 valores seguidos');
    expect(await auditsOf('statistics-build')).toEqual([
      {
        who: 'statistics',
        rol: 'statistics',
        cli: 'paginas',
        out: '0',
        det: { release: `${MONTH}/v1`, state: 'protected' },
      },
    ]);
  }, 300_000);

  it('is not public before it is published, and previewed exactly as it will be', async () => {
    for (const path of [`/datos/${MONTH}`, `/datos/${MONTH}/v1`, `/datos/${MONTH}/region-age`])
      expect((await webClient(service.url).get(path)).status).toBe(404);
    const preview = await as('approver').open(`${pathOf(MONTH)}/region-age?region=RS01`);
    expect(preview.text).toContain('<abbr title="oculto">c</abbr>');
    expect((await as('triage.hosp1').get(`${pathOf(MONTH)}/region-age`)).status).toBe(403);
    expect((await auditsOf('statistics-review')).map(({ who }) => who)).toContain('approver');
  });

  it('is approved by an approver only, who sees the page as it is, and never by who built it', async () => {
    expect((await press(as('statistics'), MONTH, 'approve')).status).toBe(403);
    expect((await press(as('national'), MONTH, 'approve')).status).toBe(403);
    const stale = await press(as('approver'), MONTH, 'approve', 'v1-draft-0');
    expect([stale.status, stale.text.includes('Alguien cambió esto')]).toEqual([412, true]);
    const releases = service.db.collection('statistics');
    const _id = `release|${MONTH}|v1` as never;
    await releases.updateOne({ _id }, { $set: { builtBy: 'approver' } });
    expect((await as('approver').open(pathOf(MONTH))).text).not.toContain('Aprobar publicación');
    const own = await press(as('approver'), MONTH, 'approve', await stampOf(MONTH));
    expect([own.status, own.text.includes('no puede aprobarla')]).toEqual([422, true]);
    await releases.updateOne({ _id }, { $set: { builtBy: 'statistics' } });

    const page = await as('approver').open(pathOf(MONTH));
    expect((await as('approver').submit(page, { paso: 'approve' }, pathOf(MONTH))).status).toBe(303);
    // The same form once more: it has been approved meanwhile.
    expect((await as('approver').submit(page, { paso: 'approve' }, pathOf(MONTH))).status).toBe(412);
    expect(await auditsOf('statistics-approve')).toEqual([
      {
        who: 'approver',
        rol: 'approver',
        cli: 'paginas',
        out: '0',
        det: { release: `${MONTH}/v1`, state: 'approved' },
      },
    ]);
  });

  it('is published by statistics, and its history names the people', async () => {
    expect((await press(as('approver'), MONTH, 'publish')).status).toBe(403);
    expect((await press(as('statistics'), MONTH, 'publish')).status).toBe(303);
    const page = await settled(as('statistics'), MONTH);
    expect(page.text).toContain('Nada: ya es público y no cambia.');
    const history = [...page.text.matchAll(/rr-timeline__title">([^<]*)<\/strong><span[^>]*>([^<]*)</g)];
    expect(history.map(([, title, by]) => [title, by])).toEqual([
      ['Preparada, versión 1', 'Estadística nacional (demostración)'],
      ['Aprobada, versión 1', 'Aprobador de publicaciones (demostración)'],
      ['Publicada, versión 1', 'Estadística nacional (demostración)'],
    ]);
    expect((await press(as('statistics'), MONTH, 'publish', await stampOf(MONTH))).status).toBe(409);
  }, 60_000);
});

async function stampOf(month: string): Promise<string> {
  const found = await service.db
    .collection<{ _id: string; version: number; state: string; builtAt: Date }>('statistics')
    .findOne({ _id: `release|${month}|v1` });
  return `v${found?.version}-${found?.state}-${found?.builtAt.getTime()}`;
}

interface Row {
  readonly geo: string;
  readonly sex: string;
  readonly age: string;
  readonly specialty: string;
  readonly measure: string;
  readonly value: string;
  readonly status: string;
}

/** Rows of a published CSV. */
async function csv(table: string): Promise<Row[]> {
  const text = await (await fetch(`${service.url}/datos/v1/releases/${MONTH}/v1/${table}.csv`)).text();
  const [header = '', ...lines] = text.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => {
    const fields = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? ''])) as unknown as Row;
  });
}

const TABLES = ['region-sex', 'region-age', 'region-specialty'] as const;

describe('the public pages', () => {
  const visitor = (): WebClient => webClient(service.url);

  it('list the month and lead to all its files', async () => {
    const index = await visitor().open('/datos');
    expect(index.text).toContain(`href="/datos/${MONTH}"`);
    const { releases } = (await (await fetch(`${service.url}/datos/v1/releases`)).json()) as {
      releases: ReleaseEntry[];
    };
    const page = await visitor().open(`/datos/${MONTH}`);
    for (const { path } of releases[0]!.files) expect(page.text).toContain(`href="/datos/v1/releases/${path}"`);
    expect((await visitor().open('/')).text).toContain('href="/datos"');
  });

  it.each(TABLES)('show what %s.csv says for every region, hidden as hidden', async (table) => {
    const dimension = table.slice('region-'.length) as 'sex' | 'age' | 'specialty';
    const rows = await csv(table);
    expect(rows.some(({ status }) => status === 'c')).toBe(true);
    for (const geo of ['total', 'RS01', 'RS07', 'RS20']) {
      const { text } = await visitor().open(`/datos/${MONTH}/${table}?region=${geo}`);
      const cells = [...text.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>|,/g, ''));
      const own = rows.filter((row) => row.geo === geo);
      const categories = [...new Set(own.map((row) => row[dimension]))].filter((code) => code !== 'total');
      const measures = [...new Set(own.map(({ measure }) => measure))];
      const expected = [...categories, 'total'].flatMap((category) =>
        measures.map((measure) => {
          const row = own.find((one) => one[dimension] === category && one.measure === measure);
          return row?.status === 'c' ? 'c' : row?.value;
        }),
      );
      expect(cells).toEqual(expected);
    }
  });

  it('hold no number that is not in the published files, in any view', async () => {
    const published = new Set((await Promise.all(TABLES.map(csv))).flat().map(({ value }) => value));
    const paths = [
      ...['sent', 'answered', 'justificada'].map((measure) => `/datos/${MONTH}?medida=${measure}`),
      ...TABLES.map((table) => `/datos/${MONTH}/${table}?region=RS02&medida=answered`),
    ];
    for (const path of paths) {
      const numbers = figureTexts((await visitor().open(path)).text).flatMap(
        (text) => text.replaceAll(',', '').match(/\d+/g) ?? [],
      );
      expect(numbers.length).toBeGreaterThan(5);
      expect(numbers.filter((number) => !published.has(number))).toEqual([]);
    }
  });

  it('show every region as the CSV says, before publishing to staff and afterwards to everybody', async () => {
    const margins = (await csv('region-sex')).filter(({ sex, geo }) => sex === 'total' && geo !== 'total');
    const measures = [...new Set(margins.map(({ measure }) => measure))];
    const regions = [...new Set(margins.map(({ geo }) => geo))];
    const expected = regions.map((region) =>
      measures.map((measure) => {
        const row = margins.find((one) => one.geo === region && one.measure === measure);
        return row?.status === 'c' ? 'c' : row?.value;
      }),
    );
    expect(expected.flat()).toContain('c');
    for (const path of [`${pathOf(MONTH)}/regiones`, `/datos/${MONTH}`]) {
      const { text } = await as('statistics').open(path);
      const rows = [...text.matchAll(/<tr role="row">(.*?)<\/tr>/gs)].map(([, row = '']) =>
        [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => cell.replace(/<[^>]+>|,/g, '')),
      );
      expect(rows.filter((row) => row.length === measures.length)).toEqual(expected);
    }
    // What is hidden was counted: the true counts are there to be leaked, and are not.
    const hidden = margins.filter(({ status }) => status === 'c');
    expect(hidden.some(({ measure, geo }) => (counts.get(`${measure}|${geo}|total|total`) ?? 0) > 0)).toBe(true);
  });

  it('keep each version under its own address, and answer 404 for what is not there', async () => {
    const page = await visitor().open(`/datos/${MONTH}/v1`);
    expect(page.status).toBe(200);
    const wrong = [
      '2026-13',
      'x',
      `${MONTH}/v2`,
      `${MONTH}/v0`,
      `${MONTH}/v1e9`,
      `${MONTH}/nothing`,
      `${MONTH}/v1/nothing`,
      OTHER,
    ];
    for (const path of wrong) expect([path, (await visitor().get(`/datos/${path}`)).status]).toEqual([path, 404]);
    for (const query of ['region=RS99&medida=x', 'region=%00', 'medida=__proto__'])
      expect((await visitor().get(`/datos/${MONTH}/region-sex?${query}`)).status).toBe(200);
  });

  it('explain every measure with its counting rule', async () => {
    const { text } = await visitor().open('/datos/definiciones');
    for (const words of [
      'Referencias enviadas',
      'Juzgadas oportunas',
      'llenar solo por quien recibe',
      '60 días',
      'RS20',
    ])
      expect(text).toContain(words);
  });
});

describe('work that goes wrong', () => {
  it('of a process that died is told, and can be started again', async () => {
    await service.db.collection<{ _id: string }>('statistics').insertOne({
      _id: `job|${OTHER}`,
      kind: 'job',
      step: 'build',
      run: 'dead',
      by: 'statistics',
      state: 'running',
      startedAt: new Date(Date.now() - 60_000),
      aliveAt: new Date(Date.now() - 60_000),
    } as never);
    const page = await as('statistics').open(pathOf(OTHER));
    expect(page.text).toContain('se interrumpió');
    expect((await as('statistics').submit(page, { paso: 'build' }, pathOf(OTHER))).status).toBe(303);
    expect((await settled(as('statistics'), OTHER)).text).toContain('espera aprobación');
  }, 300_000);

  it('in the audit before publishing is told in words, and nothing is published', async () => {
    const releases = service.db.collection<{ _id: string; figures: [string, number | null][] }>('statistics');
    const _id = `release|${OTHER}|v1`;
    await press(as('approver'), OTHER, 'approve');
    const { figures } = (await releases.findOne({ _id }))!;
    const spoiled = figures.map(([key, value]) => [key, value === null ? 3 : value] as [string, number | null]);
    await releases.updateOne({ _id }, { $set: { figures: spoiled } });
    await press(as('statistics'), OTHER, 'publish');
    const page = await settled(as('statistics'), OTHER);
    expect(page.text).toContain('El último trabajo no terminó');
    expect(page.text).toContain('La auditoría rechaza la publicación');
    expect((await webClient(service.url).get(`/datos/${OTHER}`)).status).toBe(404);
    expect((await auditsOf('statistics-publish')).map(({ out }) => out)).toContain('4');
  }, 300_000);

  it('ends with the service: nothing half done is written', async () => {
    await freezeMonth(service.context, { month: THIRD, referrals: 500, seed: 'third', ages: 3, specialties: 2 });
    const stop = new AbortController();
    const build = buildRelease(service.context, { month: THIRD, account: 'statistics', signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopping')), 200);
    await expect(build).rejects.toThrow('stopping');
    expect(await service.db.collection('statistics').countDocuments({ kind: 'release', month: THIRD })).toBe(0);
  });
});
