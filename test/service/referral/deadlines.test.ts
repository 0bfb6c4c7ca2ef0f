import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateIn } from '../../../src/config/honduras-time.js';
import { isServiceError } from '../../../src/errors.js';
import { deadlineBook, forgetDeadlines } from '../../../src/referral/deadlines/deadline-book.js';
import type { EditionContent } from '../../../src/referral/deadlines/edition.js';
import { loadEdition } from '../../../src/referral/deadlines/load-edition.js';
import { SHIPPED_EDITION } from '../../../src/referral/deadlines/shipped-edition.js';
import { WorkCalendar } from '../../../src/referral/deadlines/work-calendar.js';
import { deadlineCsv } from '../../../src/referral/deadlines/table-text.js';
import { readClock } from '../../../src/referral/leg-clock.js';
import { cli } from '../../support/cli.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient, type WebClient } from '../../support/web-client.js';
import { FIELDS, move, type Moved, order, send, submission } from './referral-fixture.js';

const HOUR = 3_600_000;
const today = dateIn(new Date());
const yesterday = dateIn(new Date(Date.now() - 24 * HOUR));
const { number: _number, by: _by, at: _at, ...shipped } = SHIPPED_EDITION;

let service: TestService;
let folder: string;
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'rr-deadlines-'));
}, 60_000);
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** The shipped rows as a CSV file, some of them changed. */
async function csv(name: string, changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const { out } = await cli(service, 'deadlines', 'show', '--on', yesterday, '--csv');
  const lines = out.map((line) => changes[line.split(';').slice(0, 3).join(';')] ?? line);
  return file(name, `${lines.join('\r\n')}\r\n`);
}

const editions = async (): Promise<number> => service.db.collection('deadlines').countDocuments();
const newReferral = (): Promise<Moved> => send(service, 'system.uaps1', submission(order()));
const SAID = ['--as', 'national', '--valid-from', today, '--approved-by', 'Acuerdo 1-2026'];

describe('the table of deadlines', () => {
  it('is there from the first start, in the database, and shown with its holidays', async () => {
    expect(await editions()).toBe(1);
    const { code, out } = await cli(service, 'deadlines', 'show', '--on', '2026-11-22');
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^Edición 1, rige desde 2019-01-01/);
    expect(out.filter((line) => /^ {2}receipt routine +3 días hábiles$/.test(line))).toHaveLength(1);
    expect(out).toContain('  2026-10-07 Semana Morazánica, miércoles');
  });

  it.each([
    ['somebody of a hospital', ['--as', 'uau.hosp1'], /función \(uau\)/],
    ['the statistics office', ['--as', 'statistics'], /función \(statistics\)/],
    ['nobody that is known', ['--as', 'nobody'], /account\/nobody/],
  ])('is not changed by %s', async (_who, as, refusal) => {
    const { code, out } = await cli(service, 'deadlines', 'load', await csv('same.csv'), ...as);
    expect([code, out.join('\n')]).toEqual([1, expect.stringMatching(refusal)]);
    expect(await editions()).toBe(1);
  });

  it('refuses a file with every line that is wrong, and changes nothing', async () => {
    const path = await csv('wrong.csv', {
      'receipt;routine;': 'receipt;routine;;tres;días hábiles',
      'triage;stat;': 'triage;stat;;1;horas hábiles',
      'booking;urgent;': 'booking;urgentísimo;;10;días hábiles',
    });
    const { code, out } = await cli(service, 'deadlines', 'load', path, ...SAID);
    expect(code).toBe(1);
    expect(out.map((line) => /^línea \/ line (\d+)/.exec(line)?.[1])).toEqual(['2', '9', '15', undefined]);
    expect(out.at(-1)).toMatch(/^No se cargó nada/);
    for (const [name, text] of [
      ['broken.json', '{"terms": ['],
      ['columns.csv', 'reloj;prioridad\nreceipt;routine\n'],
      ['quotes.csv', 'reloj;prioridad;especialidad;plazo;unidad\n"receipt;routine;;1;horas corridas\n'],
    ] as const) {
      const refused = await cli(service, 'deadlines', 'load', await file(name, text), ...SAID);
      expect([name, refused.code, refused.err]).toEqual([name, 1, expect.stringContaining(name)]);
    }
    expect(await editions()).toBe(1);
  });

  it('cannot be changed for days that have passed', async () => {
    const past = ['--as', 'national', '--valid-from', yesterday, '--approved-by', 'Acuerdo 1-2026'];
    const { code, out } = await cli(service, 'deadlines', 'load', await csv('past.csv'), ...past);
    expect([code, out.at(-1)]).toEqual([1, expect.stringContaining('ya pasó')]);
  });

  it('changes for what starts from then on; what runs keeps its term', async () => {
    const running = await newReferral();
    const usual = new WorkCalendar(SHIPPED_EDITION);
    const { start: from = '', end: to } = running.task.restriction?.period ?? {};
    expect(to).toBe(usual.add(new Date(from), 24 * HOUR).toISOString());
    const path = await csv('new.csv', {
      'receipt;routine;': 'receipt;routine;;2;días hábiles\r\nreceipt;routine;pediatria;1;días hábiles',
      'triage;routine;': 'triage;routine;;20;horas hábiles',
    });
    const dry = await cli(service, 'deadlines', 'load', path, ...SAID, '--dry-run');
    expect([dry.code, dry.out]).toEqual([
      0,
      [
        '  receipt routine: 3 días hábiles -> 2 días hábiles',
        '  receipt routine pediatria: - -> 1 días hábiles',
        '  triage routine: 5 días hábiles -> 20 horas hábiles',
        expect.stringMatching(/^Prueba, no se cargó nada: 3 plazos cambian/),
      ],
    ]);
    expect(await editions()).toBe(1);
    const loaded = await cli(service, 'deadlines', 'load', path, ...SAID);
    expect([loaded.code, loaded.out.at(-1)]).toEqual([0, expect.stringMatching(/^Edición 2 cargada/)]);
    // Another process learns of it within seconds; this one is told.
    forgetDeadlines(service.context.store);
    const calendar = usual;
    const started = await newReferral();
    const { start = '', end } = started.task.restriction?.period ?? {};
    expect(end).toBe(calendar.add(new Date(start), 16 * HOUR).toISOString());
    expect(readClock(started.task)).toMatchObject({ edition: 2, unit: 'working-days' });
    const kept = await service.call<Task>('conformance', 'GET', `Task/${running.task.id}`);
    expect(kept.body).toEqual(running.task);
    const moved = await move(service, running, 'receive', { account: 'clerk.hosp1' });
    const triage = moved.task.restriction?.period;
    expect(triage?.end).toBe(calendar.add(new Date(triage?.start ?? ''), 20 * HOUR).toISOString());
  });

  it('can be shown for any day, and says who loaded it', async () => {
    const shownOn = async (day: string) => (await cli(service, 'deadlines', 'show', '--on', day)).out.slice(0, 2);
    expect((await shownOn(yesterday))[0]).toMatch(/^Edición 1,/);
    expect(await shownOn(today)).toEqual([
      expect.stringMatching(/^Edición 2, .*Acuerdo 1-2026/),
      expect.stringMatching(/^cargada por national el/),
    ]);
    const [record] = await service.context.store.findAudits({ sub: 'deadlines' }, { limit: 5 });
    expect(record).toMatchObject({ who: 'national', rol: 'national', det: { edition: '2', from: today } });
  });

  it('gets one number each when two people load at once', async () => {
    const content: EditionContent = { ...shipped, validFrom: '2099-01-01', approvedBy: 'Acuerdo 2-2026' };
    const load = () => loadEdition(service.context.store, { content, account: 'national', now: new Date() });
    const results = await Promise.allSettled([load(), load(), load()]);
    const numbers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number] : []));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThan(0);
    for (const one of results)
      if (one.status === 'rejected') expect(isServiceError(one.reason) && one.reason.code).toBe('duplicate');
    forgetDeadlines(service.context.store);
    expect((await deadlineBook(service.context.store)).at(new Date()).edition.number).toBe(2);
  });
});

describe('the page of the ministry', () => {
  const PATH = '/plazos';
  let national: WebClient;
  beforeAll(async () => {
    national = webClient(service.url);
    await national.signIn('national');
  }, 60_000);

  /** The form as it stands, some rows of its table changed. */
  async function propose(changes: Readonly<Record<string, string>>, more: Record<string, string> = {}) {
    const page = await national.open(PATH);
    const lines = deadlineCsv((await deadlineBook(service.context.store)).at(new Date()).edition);
    const tabla = lines.map((line) => changes[line.split(';').slice(0, 3).join(';')] ?? line).join('\n');
    const fields = { tabla, desde: today, aprobada: 'Acuerdo 3-2026', nota: '', paso: 'revisar', ...more };
    return national.submit(page, fields, PATH);
  }

  it('shows the edition in force, all there are, and a form that starts from its rows', async () => {
    const { status, text } = await national.open(PATH);
    expect(status).toBe(200);
    expect(text).toContain('Edición 2, en vigor desde el');
    expect(text).toContain('Acuerdo 1-2026');
    expect(text).toContain('Esperar la cita, desde el primer envío');
    expect(text).toContain('receipt routine pediatria');
    expect(text).toContain('reloj;prioridad;especialidad;plazo;unidad;servicio');
    const uau = webClient(service.url);
    await uau.signIn('uau.hosp1');
    expect((await uau.open(PATH)).status).toBe(403);
    expect((await webClient(service.url).open(PATH)).text).not.toContain('Acuerdo 1-2026');
  });

  it('says what is wrong, by line, and keeps what was typed', async () => {
    const before = await editions();
    const wrong = await propose({ 'receipt;routine;': 'receipt;routine;;tres;días hábiles;' }, { aprobada: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toMatch(/Línea 2: /);
    expect(wrong.text).toContain('receipt;routine;;tres;días hábiles;');
    expect(wrong.text).toContain('href="#f-aprobada"');
    const past = await propose({}, { desde: yesterday });
    expect([past.status, past.text.includes('ya pasó')]).toEqual([422, true]);
    const nothing = await propose({}, { tabla: 'hola' });
    expect([nothing.status, nothing.text.includes('faltan las columnas')]).toEqual([422, true]);
    expect(await editions()).toBe(before);
  });

  it('shows what changes before it is put in force, and who did it stands in the audit', async () => {
    const before = await editions();
    const change = { 'booking;urgent;': 'booking;urgent;;7;días hábiles;' };
    const checked = await propose(change);
    expect(checked.status).toBe(200);
    expect(checked.text).toContain('10 días hábiles');
    expect(checked.text).toContain('7 días hábiles');
    expect(checked.text).toContain('Todavía no se guardó nada');
    expect(await editions()).toBe(before);
    expect((await propose({})).text).toContain('Ningún plazo cambia');
    const saved = await propose(change, { paso: 'poner' });
    expect([saved.status, saved.location]).toEqual([303, `${PATH}?guardada=${before + 1}`]);
    const shown = await national.open(`${PATH}?guardada=${before + 1}`);
    expect(shown.text).toContain(`La edición ${before + 1} quedó guardada`);
    expect(shown.text).toContain(`Edición ${before + 1}, en vigor desde el`);
    const audits = await service.context.store.findAudits({ sub: 'deadlines', cli: 'pages' }, { limit: 5 });
    expect(audits[0]).toMatchObject({ who: 'national', det: { edition: String(before + 1), from: today } });
  });
});

describe('clocks of a referral', () => {
  it('stop for triage while information is asked, and give the urgent its own term, as the page has just set it', async () => {
    const received = await move(service, await newReferral(), 'receive', { account: 'clerk.hosp1' });
    const asked = await move(service, received, 'request-info', { account: 'triage.hosp1' }, FIELDS['request-info']);
    const paused = readClock(asked.task)?.paused;
    expect([asked.state, paused?.clock, paused?.unit]).toEqual(['info-requested', 'triage', 'working-hours']);
    expect(Math.abs((paused?.left ?? 0) - 20 * 60)).toBeLessThan(2);
    const back = await move(service, asked, 'provide-info', { account: 'nurse.uaps1' }, FIELDS['provide-info']);
    expect([back.state, readClock(back.task)?.paused]).toEqual(['in-triage', undefined]);
    const urgent = [
      ...FIELDS.accept.map((field) => (field.name === 'priority' ? { ...field, valueCode: 'urgent' } : field)),
      { name: 'priorityReason', valueString: 'Empeoró' },
    ];
    const accepted = await move(service, back, 'accept', { account: 'triage.hosp1' }, urgent);
    const { start: from = '', end: to } = accepted.task.restriction?.period ?? {};
    const usual = new WorkCalendar(SHIPPED_EDITION).add(new Date(from), 56 * HOUR).toISOString();
    expect([accepted.task.priority, to]).toEqual(['urgent', usual]);
  });
});
