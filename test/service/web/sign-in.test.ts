import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../../src/access/demo-password.js';
import { startService, type TestService } from '../../support/service.js';
import { formOf, webClient } from '../../support/web-client.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');
const sessionsOf = (account: string): Promise<number> => service.db.collection('sessions').countDocuments({ account });
const lastAudit = async (sub: string): Promise<Record<string, unknown> | null> =>
  service.db.collection('audit').findOne({ sub }, { sort: { at: -1, _id: -1 } });

describe('signing in', () => {
  it('leads from a page through the form back to that page, with a session cookie and an audited token', async () => {
    const browser = webClient(service.url);
    const asked = await browser.get('/clave');
    expect([asked.status, asked.location]).toEqual([303, '/entrar?volver=%2Fclave']);
    const form = await browser.open(asked.location ?? '');
    expect(form.status).toBe(200);
    expect(form.path).toMatch(/^\/entrar\/persona\/[\w-]+$/);
    const sent = await browser.submit(form, { usuario: ' Clinician.UAPS1 ', clave: DEMO_PASSWORD });
    expect(sent.status).toBe(303);
    const page = await browser.open((sent.location ?? '').replace(service.url, ''));
    expect([page.status, page.path]).toEqual([200, '/clave']);
    expect(page.text).toContain('Médico general, UAPS 1 (demostración)');
    const cookie = browser.cookies.get('rr_sesion');
    expect(cookie?.attributes).toMatch(/HttpOnly/);
    expect(cookie?.attributes).toMatch(/SameSite=Lax/);
    expect(cookie?.attributes).not.toMatch(/Secure|Expires|Max-Age/);
    expect(await service.db.collection('sessions').findOne({ _id: hash(cookie?.value ?? '') as never })).toMatchObject({
      account: 'clinician.uaps1',
    });
    expect(await lastAudit('sign-in')).toMatchObject({ who: 'clinician.uaps1', out: '0', cli: 'paginas' });
    expect(await lastAudit('token')).toMatchObject({
      who: 'clinician.uaps1',
      cli: 'paginas',
      out: '0',
      det: { grant: 'authorization_code', scope: 'user/*.cruds' },
    });
  });

  it('shows the work of the facility, counted as the signed-in person', async () => {
    const browser = webClient(service.url);
    const home = await browser.signIn('triage.hosp1');
    expect([home.status, home.path]).toEqual([200, '/']);
    expect(home.text).toContain('<h1>Su trabajo de hoy</h1>');
    expect(await lastAudit('$worklists')).toMatchObject({ who: 'triage.hosp1', cli: 'paginas' });
  });

  it('gives patients their own scope', async () => {
    await webClient(service.url).signIn('patient.1');
    expect(await lastAudit('token')).toMatchObject({ who: 'patient.1', det: { scope: 'patient/*.cruds' } });
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads to %s afterwards',
    async (back) => {
      const browser = webClient(service.url);
      const form = await browser.open(`/entrar?volver=${encodeURIComponent(back)}`);
      const sent = await browser.submit(form, { usuario: 'statistics', clave: DEMO_PASSWORD });
      expect((await browser.open((sent.location ?? '').replace(service.url, ''))).path).toBe('/');
    },
  );

  it('begins at PUBLIC_URL when another name was typed', async () => {
    const { port } = new URL(service.url);
    const answer = await fetch(`http://localhost:${port}/entrar`, { redirect: 'manual' }).catch(() => undefined);
    // Some machines resolve localhost to IPv6 only.
    if (answer) expect(answer.headers.get('location')).toBe(`${service.url}/entrar?volver=%2F`);
  });

  it('asks for the password again, whoever was in this browser before', async () => {
    const browser = webClient(service.url);
    await browser.signIn('clerk.hosp1');
    const again = await browser.open('/entrar');
    expect(again.path).toMatch(/^\/entrar\/persona\//);
    const sent = await browser.submit(again, { usuario: 'clerk.hosp2', clave: DEMO_PASSWORD });
    const page = await browser.open((sent.location ?? '').replace(service.url, ''));
    expect(page.text).toContain('Admisión, Hospital 2');
    expect(await sessionsOf('clerk.hosp1')).toBe(0);
  });
});

describe('a wrong password', () => {
  const words = 'El usuario o la contraseña no son correctos';

  it('is answered like an unknown, a disabled or a system account', async () => {
    await service.db.collection('accounts').updateOne({ _id: 'nurse.cis1' as never }, { $set: { enabled: false } });
    const answers = [];
    for (const [usuario, clave] of [
      ['nurse.uaps1', 'not the password'],
      ['nobody.here', DEMO_PASSWORD],
      ['nurse.cis1', DEMO_PASSWORD],
      ['system.hosp1', DEMO_PASSWORD],
      ['', ''],
    ] as const) {
      const browser = webClient(service.url);
      const answer = await browser.submit(await browser.open('/entrar'), { usuario, clave });
      expect(answer.text).toContain(words);
      expect(browser.cookies.has('rr_sesion')).toBe(false);
      answers.push(answer.status);
    }
    expect(answers).toEqual([422, 422, 422, 422, 422]);
    expect(await lastAudit('sign-in')).toMatchObject({ who: 'unknown', out: '4', det: { refused: 'wrong' } });
  });

  it('of a megabyte is refused before it is hashed', async () => {
    const browser = webClient(service.url);
    const form = await browser.open('/entrar');
    const answer = await browser.submit(form, { usuario: 'nurse.uaps1', clave: 'x'.repeat(1_000_000) });
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('again and again has to wait, and so has the right one; other accounts do not', async () => {
    const browser = webClient(service.url);
    const form = await browser.open('/entrar');
    const attempt = (usuario: string, clave: string) => browser.submit(form, { usuario, clave });
    for (let count = 0; count < 6; count += 1) expect((await attempt('uau.uaps1', `wrong ${count}`)).status).toBe(422);
    const held = await attempt('uau.uaps1', DEMO_PASSWORD);
    expect(held.status).toBe(429);
    expect(Number(held.headers.get('retry-after'))).toBeGreaterThan(20);
    expect(held.text).toContain('Hubo varios intentos con error');
    expect(await lastAudit('sign-in')).toMatchObject({ who: 'uau.uaps1', det: { refused: 'wait' } });
    expect((await webClient(service.url).signIn('uau.uaps2')).path).toBe('/');
    // Half a minute later the owner gets in.
    await service.db.collection('attempts').updateMany({}, { $set: { heldUntil: new Date(0) } });
    expect((await attempt('uau.uaps1', DEMO_PASSWORD)).status).toBe(303);
  });

  it('cannot slip past the count by coming many at once, nor by a made-up address', async () => {
    const browser = webClient(service.url);
    const form = formOf((await browser.open('/entrar')).text);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        browser.post(
          form.action,
          { ...form.hidden, usuario: 'scheduler.hosp2', clave: `guess ${index}` },
          { 'x-forwarded-for': `203.0.113.${index}` },
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(6);
    expect(statuses.filter((status) => status === 429)).toHaveLength(14);
  });
});

describe('a session', () => {
  const shown = async (browser: ReturnType<typeof webClient>): Promise<boolean> =>
    (await browser.get('/')).text.includes('Su trabajo de hoy');

  it('ends at sign-out, for good', async () => {
    const browser = webClient(service.url);
    const home = await browser.signIn('specialist.hosp2');
    const token = browser.cookies.get('rr_sesion')?.value ?? '';
    const out = await browser.submit(home, {}, '/salir');
    expect([out.status, out.location]).toEqual([303, '/']);
    expect(browser.cookies.has('rr_sesion')).toBe(false);
    browser.setCookie('rr_sesion', token);
    expect(await shown(browser)).toBe(false);
    expect(await lastAudit('sign-out')).toMatchObject({ who: 'specialist.hosp2' });
  });

  it('ends when idle or old, also before the database has cleaned up', async () => {
    const browser = webClient(service.url);
    await browser.signIn('specialist.hosp2');
    expect(await shown(browser)).toBe(true);
    const _id = hash(browser.cookies.get('rr_sesion')?.value ?? '') as never;
    await service.db.collection('sessions').updateOne({ _id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(await shown(browser)).toBe(false);
    const posted = await browser.post('/clave', {});
    expect(posted.status).toBe(401);
    expect(posted.text).toContain('Su sesión terminó');
  });

  it('ends within a second when the account is disabled or the post is taken away', async () => {
    const browser = webClient(service.url);
    await browser.signIn('triage.hosp2');
    const accounts = service.db.collection('accounts');
    await accounts.updateOne({ _id: 'triage.hosp2' as never }, { $set: { enabled: false } });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect(await shown(browser)).toBe(false);
    await accounts.updateOne({ _id: 'triage.hosp2' as never }, { $set: { enabled: true } });
    expect(await sessionsOf('triage.hosp2')).toBe(0);
  });

  it('ends everywhere when the password changes', async () => {
    const [here, there] = [webClient(service.url), webClient(service.url)];
    await here.signIn('uau.hosp3');
    await there.signIn('uau.hosp3');
    const form = await here.open('/clave');
    const weak = await here.submit(form, { actual: DEMO_PASSWORD, nueva: 'honduras2026' });
    expect([weak.status, weak.text.includes('de las primeras que se prueban')]).toEqual([422, true]);
    const wrong = await here.submit(form, { actual: 'not it at all', nueva: 'cuatro palabras sin orden' });
    expect([wrong.status, wrong.text.includes('no es su contraseña')]).toEqual([422, true]);
    const changed = await here.submit(form, { actual: DEMO_PASSWORD, nueva: 'cuatro palabras sin orden' });
    expect(changed.location).toBe('/clave/lista');
    expect([await shown(here), await shown(there), await sessionsOf('uau.hosp3')]).toEqual([false, false, 0]);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await webClient(service.url).signIn('uau.hosp3', 'cuatro palabras sin orden')).path).toBe('/');
    expect((await webClient(service.url).signIn('uau.hosp3')).status).toBe(422);
  });
});

describe('a person with several posts', () => {
  it('chooses one of those valid today, and may change it', async () => {
    const browser = webClient(service.url);
    const choice = await browser.signIn('clinician.turnos');
    expect(choice.path).toBe('/puesto?volver=%2F');
    expect(choice.text.match(/type="radio"/g)).toHaveLength(2);
    const nothing = await browser.submit(choice, { puesto: 'triage hosp2' });
    expect(nothing.status).toBe(422);
    const post = /value="(specialist [^"]+)"/.exec(choice.text)?.[1] ?? '';
    const before = browser.cookies.get('rr_sesion')?.value;
    expect((await browser.submit(choice, { puesto: post })).location).toBe('/');
    expect(browser.cookies.get('rr_sesion')?.value).not.toBe(before);
    await browser.get('/');
    expect(await lastAudit('$worklists')).toMatchObject({ who: 'clinician.turnos', rol: 'specialist' });
  });

  it('cannot sign in when none is valid', async () => {
    const accounts = service.db.collection<{ _id: string; assignments: object[] }>('accounts');
    const { assignments } = (await accounts.findOne({ _id: 'clinician.turnos' }))!;
    const past = assignments.map((one) => ({ ...one, to: '2020-01-01' }));
    await accounts.updateOne({ _id: 'clinician.turnos' }, { $set: { assignments: past } });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await webClient(service.url).signIn('clinician.turnos')).text).toContain('ningún puesto vigente');
    await accounts.updateOne({ _id: 'clinician.turnos' }, { $set: { assignments } });
  });
});

describe('forms', () => {
  it('without a token, with that of another browser, or from another site do nothing', async () => {
    const browser = webClient(service.url);
    const home = await browser.signIn('clerk.uaps1');
    const { hidden } = formOf(home.text, '/salir');
    const other = webClient(service.url);
    const foreign = formOf((await other.signIn('clerk.uaps2')).text, '/salir').hidden;
    for (const [fields, headers] of [
      [{}, {}],
      [foreign, {}],
      [hidden, { origin: 'https://evil.example' }],
      [hidden, { origin: 'null' }],
      [hidden, { 'sec-fetch-site': 'cross-site' }],
    ] as const) {
      const answer = await browser.post('/salir', fields, headers);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('El formulario ya no es válido');
    }
    expect(await sessionsOf('clerk.uaps1')).toBe(1);
    expect((await browser.post('/salir', hidden)).status).toBe(303);
  });

  it('of sign-in need the browser that began', async () => {
    const [mine, theirs] = [webClient(service.url), webClient(service.url)];
    const form = await mine.open('/entrar');
    const stolen = await theirs.get(form.path);
    expect([stolen.status, stolen.text.includes('venció')]).toEqual([400, true]);
    await theirs.open('/entrar');
    const { hidden } = formOf(form.text);
    expect((await theirs.post(form.path, { ...hidden, usuario: 'privacy', clave: DEMO_PASSWORD })).status).toBe(403);
  });
});

describe('the authorization endpoint', () => {
  const request = async (change: Record<string, string | undefined>): Promise<Response> => {
    const started = await webClient(service.url).get('/entrar');
    const url = new URL(started.location ?? '');
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } });
  };

  it.each([
    '/entrar/listo/',
    '/entrar/listo/x',
    '/entrar/listo?x=1',
    '/entrar/listo#x',
    '/entrar',
    '.evil.example/entrar/listo',
  ])('shows a page and redirects nowhere for the redirect address %s', async (tail) => {
    const answer = await request({ redirect_uri: `${service.url}${tail}` });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await answer.text()).toContain('redirect_uri');
  });

  it('refuses another port', async () => {
    const { hostname } = new URL(service.url);
    expect((await request({ redirect_uri: `http://${hostname}:1/entrar/listo` })).status).toBe(400);
  });

  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['an implicit token', { response_type: 'token' }],
  ])('refuses %s', async (_what, change) => {
    const answer = await request(change);
    expect(answer.headers.get('location') ?? '').toMatch(/error=(invalid_request|unsupported_response_type)/);
  });

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }],
    ['another redirect address', { redirect_uri: 'http://127.0.0.1:1/entrar/listo' }],
    ['another client', { client_id: 'system.hosp1' }],
  ])('gives no token for a code with %s', async (_what, change) => {
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const browser = webClient(service.url);
    const started = await browser.get('/entrar');
    const url = new URL(started.location ?? '');
    url.searchParams.set('code_challenge', challenge);
    const form = await browser.open(`${url.pathname}${url.search}`);
    const sent = await browser.submit(form, { usuario: 'national', clave: DEMO_PASSWORD });
    const back = await browser.get((sent.location ?? '').replace(service.url, ''));
    const code = new URL(back.location ?? '').searchParams.get('code') ?? '';
    const redeem = (form: Record<string, string>): Promise<Response> =>
      fetch(`${service.url}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'paginas',
          redirect_uri: `${service.url}/entrar/listo`,
          code,
          code_verifier: verifier,
          ...form,
        }),
      });
    expect((await redeem(change)).status).toBeGreaterThanOrEqual(400);
    expect((await redeem({})).status).toBe(200);
    const again = await redeem({});
    expect([again.status, ((await again.json()) as { error: string }).error]).toEqual([400, 'invalid_grant']);
  });

  it('sends back an answer that no browser asked for', async () => {
    const answer = await webClient(service.url).get('/entrar/listo?code=x&state=y');
    expect([answer.status, answer.location]).toEqual([303, '/entrar']);
  });
});

describe('pages', () => {
  it('carry no inline script or style, are not kept, and say so in their headers', async () => {
    const answer = await webClient(service.url).get('/');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/);
    expect(answer.headers.get('content-security-policy')).not.toMatch(/unsafe/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text).not.toMatch(/<script|<style| style=| on[a-z]+=/);
  });

  it('speak English when asked, and remember it', async () => {
    const browser = webClient(service.url);
    expect((await browser.get('/?lang=en')).text).toContain('<html lang="en">');
    expect((await browser.get('/')).text).toContain('Health personnel');
  });

  it('that do not exist are pages for browsers and OperationOutcomes for programs', async () => {
    const page = await webClient(service.url).get('/no/existe');
    expect([page.status, page.text.includes('No encontramos esa página')]).toEqual([404, true]);
    const program = await fetch(`${service.url}/no/existe`);
    expect([program.status, program.headers.get('content-type')]).toEqual([
      404,
      'application/fhir+json; charset=utf-8',
    ]);
  });
});
