import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { dateIn } from '../../../src/config/honduras-time.js';
import { shortCodeText } from '../../../src/access/short-code.js';
import { startService, type TestService } from '../../support/service.js';
import { type WebClient, webClient } from '../../support/web-client.js';
import { facility, FIELDS, move, type Moved } from '../referral/referral-fixture.js';
import { bookToday, codeOf, numberOf, sendPerson, storeCopies } from './worklist-data.js';

const ANA = { dni: '0801198012345', given: 'Ana' };
const BERTA = { dni: '0801198112346', given: 'Berta' };
const CARLA = { dni: '0801198212347', given: 'Carla' };
const DELIA = { dni: '0801198312348', given: 'Delia' };
const FLOR = { dni: '0801198512340', given: 'Flor' };
const ELENA = { dni: '0801198412349', given: 'Elena' };

let service: TestService;
const people: Record<string, Moved> = {};
const browsers = new Map<string, WebClient>();

async function as(account: string): Promise<WebClient> {
  const known = browsers.get(account);
  if (known) return known;
  const browser = webClient(service.url);
  await browser.signIn(account);
  browsers.set(account, browser);
  return browser;
}
const text = async (account: string, path: string): Promise<string> => {
  const answer = await (await as(account)).get(path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text;
};
const hrefs = (html: string, start: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].flatMap(([, href = '']) => {
    const plain = href.replaceAll('&amp;', '&');
    return plain.startsWith(start) ? [plain] : [];
  });

beforeAll(async () => {
  service = await startService();
  people['ana'] = await sendPerson(service, ANA);
  people['berta'] = await sendPerson(service, BERTA, { priority: 'stat' });
  const carla = await sendPerson(service, CARLA);
  people['carla'] = await bookToday(service, carla);
  people['delia'] = await sendPerson(service, DELIA, { destination: `Organization/${facility('hosp2')}` });
  const elena = await sendPerson(service, ELENA);
  people['elena'] = await move(service, elena, 'revoke', { account: 'clinician.uaps1' }, FIELDS.revoke);
}, 60_000);
afterAll(() => service.stop());

describe('the inbox', () => {
  it('opens on the role’s first list with work, each row a link to its referral, with what comes next', async () => {
    const html = await text('clerk.hosp1', '/bandeja');
    expect(html).toMatch(/aria-current="page">Nuevas <strong>1<\/strong>/);
    expect(hrefs(html, '/referencias/')).toEqual([`/referencias/${people['ana']?.referral.id}`]);
    for (const words of ['Ana Mejía López', 'años', 'Cardiología', 'Dolor torácico', 'Recibirla', 'Le toca a usted'])
      expect(html).toContain(words);
    expect(html).toMatch(/Vence en \d+ (horas|días)/);
    expect(html).toMatch(/Actualizada a las \d{2}:\d{2}\./);
    expect(html).not.toContain('Delia');
  });

  it('shows each facility its own', async () => {
    expect(await text('clerk.hosp2', '/bandeja')).toContain('Delia');
    const origin = await text('clinician.uaps1', '/bandeja?lista=sent-open');
    for (const name of ['Ana', 'Berta', 'Carla', 'Delia']) expect(origin).toContain(`${name} Mejía López`);
    expect(origin).not.toContain('Elena');
    expect(origin.indexOf('Berta')).toBeLessThan(origin.indexOf('Ana'));
    expect(origin).toContain('Le toca a: admisión o UAU del destino');
  });

  it('says when it looked last when nothing waits, and does not choke on a list that does not exist', async () => {
    const html = await text('triage.hosp3', '/bandeja?lista=%3Cscript%3E');
    expect(html).toContain('no hay ninguna');
    expect(html).toMatch(/Última revisión a las \d{2}:\d{2}\./);
    expect(html).toContain('href="/bandeja?lista=');
  });

  it('keeps filters in the address and names the one in force', async () => {
    const origin = facility('uaps1');
    const html = await text('clerk.hosp1', `/bandeja?lista=new&servicio=cardiologia&origen=${origin}`);
    expect(html).toContain('Filtro: Cardiología, UAPS Corozal');
    expect(html).toContain('Ana Mejía López');
    expect(hrefs(html, '/bandeja?')).toContain(`/bandeja?lista=new&servicio=cardiologia&origen=${origin}`);
    const none = await text('clerk.hosp1', '/bandeja?lista=new&servicio=pediatria');
    expect(none).toContain('Ninguna con este filtro');
    expect(none).toContain('Quitar el filtro');
  });

  it('refuses a filter that does not exist with a page, not a fault of ours', async () => {
    const answer = await (await as('clerk.hosp1')).get('/bandeja?lista=new&servicio=nada');
    expect([answer.status, answer.text.includes('<h1>')]).toEqual([400, true]);
  });

  it('goes on page by page to the end; a page link that is no longer good leads to the start', async () => {
    const flor = await sendPerson(service, FLOR);
    await storeCopies(service, flor.task, 'arrived', 60);
    let path: string | undefined = '/bandeja?lista=present';
    const sizes: number[] = [];
    while (path !== undefined && sizes.length < 9) {
      const html = await text('specialist.hosp1', path);
      expect(html).toContain('60 referencias');
      sizes.push(hrefs(html, '/referencias/').length);
      const next: RegExpExecArray | null = /<a href="([^"]*)" rel="next">/.exec(html);
      path = next?.[1]?.replaceAll('&amp;', '&');
    }
    expect(sizes).toEqual([25, 25, 10]);
    const stale = await (await as('specialist.hosp1')).get('/bandeja?lista=present&pagina=altered');
    expect([stale.status, stale.location]).toEqual([303, '/bandeja?lista=present']);
  });

  it('lets a manager choose a facility of the network, and no other', async () => {
    const start = await text('manager.red1', '/bandeja');
    expect(start).toContain('Elija de qué establecimiento');
    const chosen = await text('manager.red1', `/bandeja?establecimiento=${facility('hosp1')}&lista=new`);
    expect(chosen).toContain('Ana Mejía López');
    expect(hrefs(chosen, '/bandeja?').every((href) => href.includes('establecimiento='))).toBe(true);
    expect(await text('manager.red1', `/bandeja?establecimiento=${facility('hosp2')}`)).not.toContain('Delia');
  });

  it('is closed to who works no lists', async () => {
    expect((await (await as('statistics')).get('/bandeja')).status).toBe(403);
    expect((await (await as('triage.hosp1')).get('/recepcion')).status).toBe(403);
    const stranger = await webClient(service.url).get('/bandeja?lista=new');
    expect([stranger.status, stranger.location]).toEqual([303, '/entrar?volver=%2Fbandeja%3Flista%3Dnew']);
  });
});

describe('the reception desk', () => {
  const desk = (typed: string): Promise<string> =>
    text('clerk.hosp1', `/recepcion?${new URLSearchParams({ codigo: typed }).toString()}`);

  it('waits in its box and says who is awaited', async () => {
    const html = await text('clerk.hosp1', '/recepcion');
    expect(html).toMatch(/<input[^>]*id="f-codigo"[^>]*autofocus/i);
    expect(html).toContain('Emergencias en camino: 1');
    expect(html).toContain('Citas de hoy: 1');
  });

  it('finds by number, sheet code and DNI who has an appointment today, and offers both outcomes', async () => {
    const carla = people['carla']!;
    const digits = CARLA.dni.replace(/^(\d{4})(\d{4})(\d{5})$/, '$1-$2-$3');
    const ways = [numberOf(carla), numberOf(carla).toLowerCase(), shortCodeText(codeOf(carla)), CARLA.dni, digits];
    for (const typed of ways) {
      const html = await desk(typed);
      expect([typed, html.includes('Tiene cita hoy')]).toEqual([typed, true]);
      expect(hrefs(html, `/referencias/${carla.referral.id}/`)).toEqual([
        `/referencias/${carla.referral.id}/arrive`,
        `/referencias/${carla.referral.id}/no-show`,
      ]);
    }
  });

  it('finds a paper file number of this facility, and not that of another', async () => {
    const reference = people['berta']?.task.for?.reference ?? '';
    const read = await service.call<Patient>('clerk.hosp1', 'GET', reference);
    const numbers = [
      ['A-77', 'hosp1'],
      ['B-88', 'hosp2'],
    ] as const;
    const identifier = [
      ...(read.body.identifier ?? []),
      ...numbers.map(([value, alias]) => ({
        system: SID.expediente,
        value,
        assigner: { reference: `Organization/${facility(alias)}` },
      })),
    ];
    const written = await service.call('clerk.hosp1', 'PUT', reference, {
      body: { ...read.body, identifier },
      headers: { 'if-match': read.headers.get('etag') ?? '' },
    });
    expect(written.status).toBe(200);
    const html = await desk('A-77');
    expect(html).toContain('Berta Mejía López');
    expect(hrefs(html, `/referencias/${people['berta']?.referral.id}/`)).toEqual([
      `/referencias/${people['berta']?.referral.id}/arrive`,
    ]);
    expect(await desk('B-88')).not.toContain('Berta');
  });

  it('offers to receive what was not received', async () => {
    expect(hrefs(await desk(ANA.dni), `/referencias/${people['ana']?.referral.id}/`)).toEqual([
      `/referencias/${people['ana']?.referral.id}/receive`,
    ]);
  });

  it('turns nobody away: says that nothing was found, that an emergency is attended, and leads on', async () => {
    for (const typed of ['0801199999999', 'REF-2026-9999999', '<b>x</b>', 'Ñandú 5', DELIA.dni]) {
      // Somebody who is referred elsewhere is recognised by the DNI, and nothing is told of where.
      const html = await desk(typed);
      expect(html).toContain('Una emergencia se atiende siempre');
      expect(hrefs(html, '/pacientes?')).toEqual([`/pacientes?${new URLSearchParams({ q: typed }).toString()}`]);
      expect(html).not.toContain('<b>x</b>');
      expect(hrefs(html, '/referencias/')).toEqual([]);
      expect(html).not.toContain('Hospital Escuela');
    }
    const ended = await desk(numberOf(people['elena']!));
    expect(ended).toContain('Esta referencia ya terminó');
    expect(ended).toContain('Anulada');
  });

  it('asks for something when nothing was typed', async () => {
    const html = await desk('  ');
    expect(html).toContain('Escriba el código, el número o el DNI.');
    expect(html).toContain('href="#f-codigo"');
    expect(html).toContain('<title>Error: Recepción');
  });
});

describe('the daily register', () => {
  it('holds what was sent and received on the day, for paper and for a spreadsheet', async () => {
    const html = await text('uau.uaps1', '/registro');
    for (const words of ['Referencia enviada', 'Ana Mejía López', '0801-1980-12345', 'Hospital Escuela', 'Región'])
      expect(html).toContain(words);
    const [csv = ''] = hrefs(html, '/registro/csv');
    const file = await (await as('uau.uaps1')).get(csv);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename=registro-${dateIn(new Date())}.csv`);
    const lines = file.text.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines[0]).toMatch(/^N\.º,Movimiento,Hora,Referencia,Expediente,Identidad,Nombre completo/);
    expect(lines.filter((line) => !line.includes('Flor'))).toHaveLength(6);
    expect(file.text).toContain(`,${ANA.dni},Ana Mejía López,`);
  });

  it('says that nothing happened on another day, and what is wrong with a day that is none', async () => {
    expect(await text('uau.uaps1', '/registro?dia=2020-01-02')).toContain('Nada enviado ni recibido el 2 ene 2020');
    const wrong = await (await as('uau.uaps1')).get('/registro?dia=2020-02-31');
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('Escriba un día que exista');
    expect((await (await as('uau.uaps1')).get('/registro/csv?dia=x')).status).toBe(400);
  });

  it('lets a manager choose', async () => {
    const html = await text('manager.red1', `/registro?establecimiento=${facility('uaps1')}`);
    expect(html).toContain('Referencia enviada');
    expect(hrefs(html, '/registro/csv')[0]).toContain(`establecimiento=${facility('uaps1')}`);
  });
});

describe('the first page', () => {
  it('leads to each list and to the first step of the role', async () => {
    const clerk = await text('clerk.hosp1', '/');
    expect(hrefs(clerk, '/bandeja?')).toContain('/bandeja?lista=new');
    expect(hrefs(clerk, '/recepcion')).not.toEqual([]);
    expect(hrefs(await text('nurse.uaps1', '/'), '/pacientes')).not.toEqual([]);
    expect(hrefs(await text('manager.red1', '/'), '/bandeja')).not.toEqual([]);
  });
});

describe('an emergency that comes without a referral', () => {
  const PATH = '/recepcion/emergencia';

  it('is received by one short form, marked as made after, and completed by the clinic that sent it by word', async () => {
    const desk = await as('clerk.hosp1');
    expect(hrefs((await desk.get('/recepcion')).text, PATH)).toEqual([PATH]);
    const form = await desk.get(PATH);
    const fields = { motivo: 'Accidente de moto', origen: facility('uaps1'), avisa: 'Enfermera de turno', edad: '40' };
    const received = await desk.submit(form, { sexo: 'male', ...fields }, PATH);
    expect([received.status, received.location]).toEqual([303, expect.stringMatching(/hecho=receive-emergency$/)]);
    const again = await desk.submit(form, { sexo: 'male', ...fields }, PATH);
    expect(again.location).toBe(received.location);
    const page = await desk.get(received.location ?? '');
    for (const words of [
      'Recibida.',
      'Referencia hecha después de la llegada',
      'Avisó: Enfermera de turno',
      'Presente',
    ])
      expect(page.text).toContain(words);
    const [id = ''] = /referencias\/([^?]+)/.exec(received.location ?? '')?.slice(1) ?? [];

    const list = await text('clinician.uaps1', '/bandeja?lista=to-complete');
    expect(hrefs(list, '/referencias/')).toContain(`/referencias/${id}`);
    const clinic = await as('clinician.uaps1');
    const view = await clinic.get(`/referencias/${id}`);
    const action = `/referencias/${id}/completar`;
    const short = await clinic.submit(view, { resumen: 'Cayó de la moto' }, action);
    expect([short.status, short.text.includes('Escriba «Impresión diagnóstica».')]).toEqual([422, true]);
    const whole = { resumen: 'Cayó de la moto', pregunta: '¿Fractura?', diagnostico: 'Trauma de pierna' };
    const done = await clinic.submit(view, whole, action);
    expect([done.status, done.location]).toEqual([303, `/referencias/${id}?hecho=complete-order`]);
    const after = await desk.get(`/referencias/${id}`);
    for (const words of ['¿Fractura?', 'Cayó de la moto', 'El origen completó su parte'])
      expect(after.text).toContain(words);
    expect((await clinic.get(`/referencias/${id}`)).text).not.toContain(action);
  });

  it('loses no work when it becomes known who it is: the records are linked, each leads to the other', async () => {
    const desk = await as('clerk.hosp1');
    const received = await desk.submit(await desk.get(PATH), { sexo: 'female' }, PATH);
    const referral = await desk.get(received.location ?? '');
    const [record = ''] = hrefs(referral.text, '/pacientes/');
    expect(referral.text).toContain('La persona vino por su cuenta');
    const form = await desk.get(`${record}/datos`);
    const known = { clase: 'dni', dni: FLOR.dni, nombres: 'Flor', apellido1: 'Mejía', sexo: 'female', edad: '40' };
    await sendPerson(service, FLOR);
    const told = await desk.submit(form, known, `${record}/datos`);
    expect([told.status, told.text.includes('¿Es la misma persona?')]).toEqual([409, true]);
    const linked = await desk.submit(told, {}, `${record}/enlazar`);
    expect([linked.status, linked.location]).toEqual([303, `${record}?guardado=enlace`]);
    const here = await desk.get(linked.location ?? '');
    expect(here.text).toContain('La misma persona tiene otro registro');
    const [other = ''] = hrefs(here.text, '/pacientes/').filter((href) => !href.startsWith(record));
    expect(hrefs((await desk.get(other)).text, '/pacientes/')).toContain(record);
  });

  it('by a DNI that is on record is that person; a wrong one is told', async () => {
    const desk = await as('clerk.hosp1');
    const form = await desk.get(PATH);
    const wrong = await desk.submit(form, { dni: '12', sexo: 'female' }, PATH);
    expect([wrong.status, wrong.text.includes('El DNI tiene 13 dígitos')]).toEqual([422, true]);
    const before = await service.db.collection('Patient').countDocuments();
    const received = await desk.submit(form, { dni: DELIA.dni, sexo: 'female' }, PATH);
    expect(received.status).toBe(303);
    expect(await service.db.collection('Patient').countDocuments()).toBe(before);
    expect((await desk.get(received.location ?? '')).text).toContain('Delia Mejía López');
  });

  it('by a person who is on the way here is the arrival of that transfer, not a second referral', async () => {
    const person = { dni: '0801197712345', given: 'Nora' };
    const sent = await sendPerson(service, person, { priority: 'stat' });
    const desk = await as('clerk.hosp1');
    const received = await desk.submit(await desk.get(PATH), { dni: person.dni, sexo: 'female' }, PATH);
    expect(received.location).toBe(`/referencias/${sent.referral.id}?hecho=arrive`);
    expect((await desk.get(received.location ?? '')).text).toContain('Presente');
  });

  it('by somebody never seen here whom the desk has found is that person, by the number', async () => {
    const person = { dni: '0801196654321', given: 'Olga' };
    await sendPerson(service, person, { destination: `Organization/${facility('hosp2')}` });
    const before = await service.db.collection('Patient').countDocuments();
    const desk = await as('clerk.hosp1');
    const [link = ''] = hrefs((await desk.get(`/recepcion?codigo=${person.dni}`)).text, PATH);
    const form = await desk.get(link.replaceAll('&amp;', '&'));
    expect(form.text).toContain(`value="${person.dni}"`);
    const received = await desk.submit(form, { dni: person.dni, sexo: 'unknown' }, PATH);
    expect(received.status).toBe(303);
    expect(await service.db.collection('Patient').countDocuments()).toBe(before);
  });

  it('has a way in for triage, which works no desk', async () => {
    expect(hrefs(await text('triage.hosp1', '/bandeja'), PATH)).toEqual([PATH]);
    expect((await (await as('triage.hosp1')).get(PATH)).status).toBe(200);
  });

  it('opened by triage from the inbox is received by the same press', async () => {
    const sent = await sendPerson(service, { dni: '0801198612341', given: 'Gloria' });
    const triage = await as('triage.hosp1');
    const list = await triage.get('/bandeja?lista=new');
    const action = `/referencias/${sent.referral.id}/receive`;
    const opened = await triage.submit(list, {}, action);
    expect([opened.status, opened.location]).toEqual([303, `/referencias/${sent.referral.id}?hecho=receive`]);
    expect((await triage.get(opened.location ?? '')).text).toContain('en triaje');
  });
});
