import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bundle } from '@medplum/fhirtypes';
import { demoPatientId } from '../../../src/access/accounts.js';
import { DEMO_PASSWORD } from '../../../src/access/demo-password.js';
import { pinOf, shortCodeText } from '../../../src/access/short-code.js';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import { cancelParty } from '../../../src/referral/cancel-reasons.js';
import { paperCodeOf } from '../../../src/referral/paper-code.js';
import { locationId, serviceId } from '../../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../../src/seed/find-facility.js';
import { VISIT_REASONS } from '../../../src/web/texts/patient-visit.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient, type WebAnswer, type WebClient } from '../../support/web-client.js';
import {
  answerDocument,
  booking,
  FIELDS,
  move,
  type Moved,
  order,
  send,
  submission,
} from '../referral/referral-fixture.js';
import { book, dayFromNow, makeSlots, pattern, slotsOf } from '../referral/slot-fixture.js';

let service: TestService;
let client: WebClient;
/** A referral of patient.1 with a visit, and one of patient.2 that was answered. */
let first: Moved;
let second: Moved;
const P1 = demoPatientId('patient.1');
const P2 = demoPatientId('patient.2');
const PASSWORD = 'cuatro palabras raras juntas';

const birth = (day: string, month: string, year: string) => ({
  'nacimiento-dia': day,
  'nacimiento-mes': month,
  'nacimiento-ano': year,
});
const BORN = birth('1', '1', '1990');

/** A referral of somebody who is registered already. */
async function sentFor(patient: string): Promise<Moved> {
  const bundle = submission(order({ subject: `Patient/${patient}` }));
  const entry = bundle.entry?.filter(({ resource }) => resource?.resourceType !== 'Patient') ?? [];
  return send(service, 'clinician.uaps1', { ...bundle, entry });
}
async function accepted(sent: Moved): Promise<Moved> {
  const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
  return move(service, received, 'accept', { account: 'triage.hosp1' }, FIELDS.accept);
}
async function booked(sent: Moved): Promise<Moved> {
  const place = `Location/${locationId(facilityByAlias('hosp1')?.rups ?? '')}`;
  return move(service, await accepted(sent), 'book', { account: 'scheduler.hosp1' }, booking(place));
}
async function answered(sent: Moved): Promise<Moved> {
  const arrived = await move(service, await booked(sent), 'arrive', { account: 'clerk.hosp1' });
  const post = service.context;
  expect(post).toBeDefined();
  const cared = await move(service, arrived, 'start-care', { account: 'specialist.hosp1' }, [
    { name: 'start', valueDateTime: '2026-11-20T09:00:00-06:00' },
    { name: 'practitioner', valueReference: { reference: booking(place())[2]?.valueReference?.reference ?? '' } },
  ]);
  return move(service, cared, 'respond', { account: 'specialist.hosp1' }, answerDocument(cared.referral));
}
const place = (): string => `Location/${locationId(facilityByAlias('hosp1')?.rups ?? '')}`;

const follow = async (browser: WebClient, fields: Record<string, string>): Promise<WebAnswer> =>
  browser.submit(await browser.get('/seguir'), fields, '/seguir');

beforeAll(async () => {
  service = await startService();
  first = await booked(await sentFor(P1));
  second = await answered(await sentFor(P2));
}, 60_000);
afterAll(() => service.stop());
beforeEach(async () => {
  client = webClient(service.url);
  await service.db.collection('attempts').deleteMany({});
});

describe('by paper code', () => {
  it('shows the visit after code and birth date; nothing of the person stands in an address', async () => {
    const code = paperCodeOf(first.referral) ?? '';
    const form = await client.get(`/seguir?codigo=${code}`);
    expect(form.text).toContain(`value="${code}"`);
    const sent = await client.submit(form, { codigo: shortCodeText(code), ...BORN }, '/seguir');
    expect([sent.status, sent.location]).toEqual([303, '/seguir/estado']);
    const page = await client.open('/seguir/estado');
    expect(page.text).toContain('Su cita es el jueves 10 de diciembre, a las 9 de la mañana.');
    expect(page.text).toContain('href="tel:+504');
    expect((await client.open('/seguir/estado?lang=en')).text).toContain('Your appointment is on Thursday 10 December');
    const calendar = await client.get('/seguir/cita.ics');
    expect(calendar.headers.get('content-type')).toContain('text/calendar');
    expect(calendar.text).toContain('DTSTART:20261210T150000Z');
    for (const secret of ['cardiolog', 'torácico', '1990', 'Paciente 1'])
      expect(page.text + calendar.text).not.toContain(secret);
  });

  it('forgets it on demand, and shows nothing without the proof', async () => {
    await follow(client, { codigo: paperCodeOf(first.referral) ?? '', ...BORN });
    await client.submit(await client.open('/seguir/estado'), {}, '/seguir/terminar');
    expect((await client.get('/seguir/estado')).location).toBe('/seguir');
    client.setCookie('rr_seguir', 'eyJhbGciOiJIUzI1NiJ9.e30.x');
    expect((await client.get('/seguir/estado')).location).toBe('/seguir');
    expect((await client.get('/seguir/cita.ics')).location).toBe('/seguir/estado');
  });

  it('says in words what is missing, what is wrong and how long to wait; what was typed is kept', async () => {
    const empty = await follow(client, {});
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('Escriba el código de su hoja.');
    expect(empty.text).toContain('Escriba el día, el mes y el año de nacimiento');
    const noDay = await follow(client, { codigo: 'ABCDEFGHJK', ...birth('31', '2', '1990') });
    expect(noDay.text).toContain('href="#f-nacimiento"');
    const code = paperCodeOf(first.referral) ?? '';
    const wrong = await follow(client, { codigo: code, ...birth('2', '1', '1990') });
    const unknown = await follow(client, { codigo: 'ABCDEFGHJK', ...BORN });
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('No encontramos esa referencia.');
    }
    expect(wrong.text).toContain(`value="${code}"`);
    for (let count = 0; count < 4; count += 1) await follow(client, { codigo: code, ...birth('2', '1', '1990') });
    const wait = await follow(client, { codigo: code, ...BORN });
    expect(wait.status).toBe(429);
    expect(wait.text).toContain('Espere ');
    expect(Number(wait.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('takes the PIN of a sheet when no birth date is known', async () => {
    const bundle = structuredClone(submission(order()));
    const resource = bundle.entry?.[0]?.resource as unknown as Record<string, unknown>;
    delete resource['birthDate'];
    resource['_birthDate'] = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    };
    const code = paperCodeOf((await send(service, 'clinician.uaps1', bundle)).referral) ?? '';
    const sent = await follow(client, { codigo: code, pin: pinOf(service.context.paperSecret, code) });
    expect(sent.location).toBe('/seguir/estado');
  });
});

describe('the account', () => {
  it('is opened with the sheet of the clinic and leads into the record', async () => {
    const staff = webClient(service.url);
    await staff.signIn('clerk.uaps1');
    const form = await staff.get(`/pacientes/${P1}/codigo`);
    const missing = await staff.submit(form, {}, `/pacientes/${P1}/codigo`);
    expect(missing.status).toBe(422);
    const sheet = await staff.submit(form, { identificada: 'dni-seen' }, `/pacientes/${P1}/codigo`);
    const code = /([2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5})/.exec(sheet.text)?.[1] ?? '';
    expect(sheet.status).toBe(200);
    expect(sheet.text).toContain(`${service.url}/activar`);

    const wrong = await client.submit(await client.get('/activar'), { codigo: code, ...birth('3', '1', '1990') });
    expect(wrong.text).toContain('El código o la fecha no son correctos');
    const step = await client.submit(await client.get('/activar'), { codigo: code, ...BORN }, '/activar');
    expect(step.location).toBe('/activar/cuenta');
    const choice = await client.open('/activar/cuenta');
    expect(choice.text).toContain('patient.1');
    const weak = await client.submit(choice, { clave: '12345678' }, '/activar/cuenta');
    expect(weak.status).toBe(422);
    const done = await client.submit(choice, { clave: PASSWORD }, '/activar/cuenta');
    expect(done.location).toBe('/mi');
    expect((await client.open('/')).text).toContain('<h1>Mi expediente</h1>');
    // The code is used up, the old password too.
    expect((await client.get('/activar/cuenta')).location).toBe('/activar');
    expect((await webClient(service.url).signIn('patient.1', DEMO_PASSWORD)).status).toBe(422);
    expect((await webClient(service.url).signIn('patient.1', PASSWORD)).text).toContain('Mi expediente');
  });

  it('needs a code: the second step opens for nobody else', async () => {
    expect((await client.get('/activar/cuenta')).location).toBe('/activar');
    client.setCookie('rr_activar', 'x.y.z');
    expect((await client.get('/activar/cuenta')).location).toBe('/activar');
  });

  it('is made by four roles, for people whom their facility knows', async () => {
    const stranger = webClient(service.url);
    await stranger.signIn('clerk.uaps2');
    expect((await stranger.get(`/pacientes/${P1}/codigo`)).status).toBe(404);
    const triage = webClient(service.url);
    await triage.signIn('triage.hosp1');
    expect((await triage.get(`/pacientes/${P1}/codigo`)).status).toBe(403);
  });
});

describe('the own record', () => {
  const PATHS = ['/mi', '/mi/referencias', '/mi/estudios', '/mi/vacunas', '/mi/accesos', '/mi/datos'];

  it.each(PATHS)('%s is for patients only', async (path) => {
    expect((await client.get(path)).location).toBe(`/entrar?volver=${encodeURIComponent(path)}`);
    await client.signIn('clinician.uaps1');
    expect((await client.get(path)).status).toBe(403);
  });

  it('says what comes next first, and what is not noted in words', async () => {
    await client.signIn('patient.2');
    const page = await client.open('/mi');
    expect(page.text.indexOf('Ya le atendieron y hay indicaciones para usted.')).toBeGreaterThan(0);
    expect(page.text.indexOf('Lo que sigue')).toBeLessThan(page.text.indexOf('Mis alergias'));
    expect(page.text).toContain('No hay alergias anotadas.');
    expect(page.text).toContain('Eso no quiere decir que no tenga.');
    expect(page.text).not.toMatch(/No tiene alergias/i);
    expect((await client.open('/mi/estudios')).text).toContain('No hay estudios anotados');
    expect((await client.open('/mi/vacunas')).text).toContain('No hay vacunas anotadas');
  });

  it('shows the message of the answer beside the state of the referral', async () => {
    await client.signIn('patient.2');
    expect((await client.open('/mi/referencias')).text).toContain(`/mi/referencias/${second.referral.id}`);
    const page = await client.open(`/mi/referencias/${second.referral.id}`);
    expect(page.text).toContain('Tome su medicina cada día.');
    expect(page.text).not.toContain('I10');
  });

  it('shows nothing of somebody else by any address', async () => {
    await client.signIn('patient.2');
    const whole = await service.call<Bundle>('conformance', 'GET', `Patient/${P1}/$everything`);
    const ids = (whole.body.entry ?? []).map(({ resource }) => resource?.id ?? '');
    expect(ids.length).toBeGreaterThan(5);
    for (const path of [
      `/mi/referencias/${first.referral.id}`,
      `/mi/referencias/${first.referral.id}/cita.ics`,
      ...ids.map((id) => `/mi/referencias/${id}`),
    ]) {
      const answer = await client.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('Paciente 1');
    }
    for (const path of PATHS) {
      const { text } = await client.open(path);
      for (const id of ids) expect(text).not.toContain(id);
      expect(text).not.toContain('Paciente 1');
    }
    const { text } = await client.open(`/mi/accesos?patient=${P1}&propias=1`);
    expect(text).not.toContain(first.referral.id);
  });

  it('lists who looked: the clinician by name, facility and reason; own looks only when asked', async () => {
    await service.call('clinician.uaps1', 'GET', `Patient/${P2}`);
    await client.signIn('patient.2');
    const page = await client.open('/mi/accesos');
    expect(page.text).toContain('Médico general, UAPS 1 (demostración)');
    expect(page.text).toContain('UAPS Corozal');
    expect(page.text).toContain('Para qué: atenderle');
    expect(page.text).toContain('Miró sus datos');
    expect(page.text).toContain('Envió su referencia');
    expect(page.text).not.toContain('<strong>Usted</strong>');
    const own = await client.open('/mi/accesos?propias=1');
    expect(own.text).toContain('<strong>Usted</strong>');
  });

  it('lists who looked with the sheet, also in vain', async () => {
    const code = paperCodeOf(second.referral) ?? '';
    await follow(webClient(service.url), { codigo: code, ...birth('9', '9', '1999') });
    await client.signIn('patient.2');
    const page = await client.open('/mi/accesos');
    expect(page.text).toContain('Alguien con la hoja de su referencia');
    expect(page.text).toContain('Quiso entrar y no pudo');
  });

  it('walks through older looks page by page', async () => {
    for (let count = 0; count < 55; count += 1) await service.call('nurse.uaps1', 'GET', `Patient/${P2}`);
    await client.signIn('patient.2');
    const page = await client.open('/mi/accesos');
    const next = /href="(\/mi\/accesos\?desde=[^"]+)" rel="next"/.exec(page.text)?.[1] ?? '';
    const older = await client.open(next.replaceAll('&amp;', '&'));
    expect(older.status).toBe(200);
    expect(older.text).toContain('Envió su referencia');
  });
});

describe('the own appointment', () => {
  let visit: Moved;
  let path: string;
  const day = dayFromNow(80);
  const cardiology = `HealthcareService/${serviceId(facilityByAlias('hosp1')?.rups ?? '', 'cardiologia')}`;

  beforeAll(async () => {
    await makeSlots(service, pattern({ from: day }), { of: cardiology });
    const [slot] = await slotsOf(service, day, 'free');
    visit = await book(service, await accepted(await sentFor(P2)), slot?.id ?? '');
    path = `/mi/referencias/${visit.referral.id}`;
  });

  it('is changed in two steps, and the hospital sees who did it', async () => {
    await client.signIn('patient.2');
    expect((await client.open(path)).text).toContain(`href="${path}/cambiar"`);
    const form = await client.get(`${path}/cambiar`);
    expect(form.text).toContain('a las 8:30 de la mañana');
    const empty = await client.submit(form, {}, `${path}/cambiar`);
    expect(empty.status).toBe(422);
    for (const words of ['Elija una fecha de la lista.', 'Elija por qué no puede ir.'])
      expect(empty.text).toContain(words);
    const [, wanted = ''] = /name="cupo" type="radio" value="([^"]+)"/.exec(form.text) ?? [];
    const chosen = { cupo: wanted, motivo: 'patient-transport' };
    const sure = await client.submit(form, chosen, `${path}/cambiar`);
    expect(sure.text).toContain('¿Quiere cambiar su cita?');
    expect((await service.call<{ status: string }>('scheduler.hosp1', 'GET', `Slot/${wanted}`)).body.status).toBe(
      'free',
    );
    const done = await client.submit(sure, {}, `${path}/cambiar`);
    expect([done.status, done.location]).toEqual([303, `${path}?hecho=cambiada`]);
    const page = await client.open(done.location ?? '');
    expect(page.text).toContain('Listo. Su cita cambió.');
    expect(page.text).toContain('a las 8:30 de la mañana');
    expect((await service.call<{ status: string }>('scheduler.hosp1', 'GET', `Slot/${wanted}`)).body.status).toBe(
      'busy',
    );
    // What somebody else changed meanwhile is shown, not overwritten.
    const late = await client.submit(sure, {}, `${path}/cambiar`);
    expect(late.status).toBe(412);
    for (const account of ['scheduler.hosp1', 'clinician.uaps1']) {
      const staff = webClient(service.url);
      await staff.signIn(account);
      const life = (await staff.open(`/referencias/${visit.referral.id}`)).text;
      expect(life).toContain('El paciente');
      expect(life).toContain('Sin transporte o dinero para llegar');
    }
  });

  it('is cancelled in two steps, and what comes next is said', async () => {
    await client.signIn('patient.2');
    const form = await client.get(`${path}/cancelar`);
    const sure = await client.submit(form, { motivo: 'patient-unwell' }, `${path}/cancelar`);
    expect(sure.text).toContain('¿Quiere cancelar su cita?');
    const done = await client.submit(sure, {}, `${path}/cancelar`);
    expect(done.location).toBe(`${path}?hecho=cancelada`);
    const page = await client.open(done.location ?? '');
    for (const words of ['Listo. Su cita se canceló.', 'El hospital debe darle otra fecha'])
      expect(page.text).toContain(words);
    expect(page.text).not.toContain(`${path}/cambiar`);
    expect((await client.get(`${path}/cancelar`)).location).toBe(path);
  });

  it('is nobody else’s to change, and not by the sheet', async () => {
    const other = webClient(service.url);
    await other.signIn('patient.2');
    for (const what of ['cambiar', 'cancelar'])
      expect((await other.get(`/mi/referencias/${first.referral.id}/${what}`)).status).toBe(404);
    await follow(client, { codigo: paperCodeOf(first.referral) ?? '', ...BORN });
    const page = await client.open('/seguir/estado');
    expect(page.text).toContain('Si tiene cuenta, entre y hágalo ahí.');
    expect((await client.get(`/mi/referencias/${first.referral.id}/cancelar`)).location).toContain('/entrar');
  });

  it('has reasons that are the patient’s to give, of the guide', () => {
    const codes = service.context.definitions.codes(codeSystemUrl('cancel-reason'));
    for (const reason of Object.keys(VISIT_REASONS)) {
      expect(codes).toContain(reason);
      expect(cancelParty(reason)).not.toBe('provider');
    }
  });
});
