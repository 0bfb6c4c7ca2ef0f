import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { startService, type TestService } from '../../support/service.js';
import { type WebAnswer, type WebClient, webClient } from '../../support/web-client.js';
import { order, send, submission } from '../referral/referral-fixture.js';
import { created, facilityOf } from '../policy/policy-fixture.js';

const FORM = '/pacientes/nuevo';

let service: TestService;
let clerk: WebClient;
let nurse: WebClient;
let hospital: WebClient;
let facility: string;

const signedIn = async (account: string): Promise<WebClient> => {
  const browser = webClient(service.url);
  await browser.signIn(account);
  return browser;
};

beforeAll(async () => {
  service = await startService();
  facility = `Organization/${await facilityOf(service, 'clerk.uaps1')}`;
  [clerk, nurse, hospital] = (await Promise.all(['clerk.uaps1', 'nurse.uaps1', 'clerk.hosp2'].map(signedIn))) as [
    WebClient,
    WebClient,
    WebClient,
  ];
}, 60_000);
afterAll(() => service.stop());

const words = {
  known: 'Ya está registrada esta persona',
  like: '¿Es esta persona?',
  register: 'Registrar paciente nuevo',
} as const;

/** A whole registration with a DNI; tests change single fields. */
const ana = (dni: string, more: Record<string, string> = {}): Record<string, string> => ({
  dni,
  nombres: 'Ana Cristina',
  apellido1: 'Güity',
  apellido2: 'Norales',
  'nacimiento-dia': '12',
  'nacimiento-mes': '5',
  'nacimiento-ano': '1984',
  sexo: 'female',
  ...more,
});

/** Sends the form of registration as the browser does, with its hidden fields. */
const register = async (browser: WebClient, fields: Record<string, string>): Promise<WebAnswer> =>
  browser.submit(await browser.get(FORM), fields, FORM);

const idOf = ({ location }: WebAnswer): string => /^\/pacientes\/([^?]+)/.exec(location ?? '')?.[1] ?? '';
const registered = async (browser: WebClient, fields: Record<string, string>): Promise<string> => {
  const answer = await register(browser, fields);
  expect(answer.status).toBe(303);
  return idOf(answer);
};
const patient = async (id: string): Promise<Patient> =>
  (await service.call<Patient>('conformance', 'GET', `Patient/${id}`)).body;
const withDni = async (dni: string): Promise<number | undefined> =>
  (
    await service.call<Bundle>(
      'conformance',
      'GET',
      `Patient?identifier=${encodeURIComponent(`${SID.dni}|${dni}`)}&_total=accurate`,
    )
  ).body.total;

describe('registering', () => {
  it('writes the person as the guide asks, with the file number of this facility, and opens the record', async () => {
    const answer = await register(
      clerk,
      ana('0801-1984-10001', {
        telefono: '9999-0001',
        municipio: '0101',
        aldea: 'Barrio Corozal, casa 3',
        expediente: '8001',
        pueblo: 'garifuna',
        idioma: 'cab',
        interprete: 'si',
        lectura: 'does-not-read',
        lejos: 'si',
      }),
    );
    expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/\?registrado=si$/)]);
    const stored = await patient(idOf(answer));
    expect(stored).toMatchObject({
      meta: { profile: ['https://referencia.salud.gob.hn/fhir/StructureDefinition/paciente'] },
      identifier: [
        { system: SID.dni, value: '0801198410001' },
        { system: SID.expediente, value: '8001', assigner: { reference: facility } },
      ],
      name: [{ text: 'Ana Cristina Güity Norales', family: 'Güity Norales', given: ['Ana', 'Cristina'] }],
      birthDate: '1984-05-12',
      gender: 'female',
      address: [{ line: ['Barrio Corozal, casa 3'], district: 'La Ceiba', state: 'Atlántida' }],
      communication: [{ language: { coding: [{ code: 'cab' }] }, preferred: true }],
      managingOrganization: { reference: facility },
    });
    expect(JSON.stringify(stored)).not.toContain(SID.temporal);
    const record = await clerk.open(answer.location ?? '');
    expect(record.text).toContain('Paciente registrado');
    expect(record.text).toContain('Necesita intérprete de Garífuna.');
    expect(record.text).toContain('No lee: explíquele hablando.');
    expect(record.text).toContain('0801-1984-10001');
  });

  it('says what is wrong at each field and keeps what was typed', async () => {
    const answer = await register(clerk, {
      dni: '1901198400001',
      nombres: '<script>alert(1)</script>',
      'nacimiento-dia': '31',
      'nacimiento-mes': '2',
      'nacimiento-ano': '1984',
      telefono: 'no tiene',
      aldea: '"><img src=x onerror=alert(1)>',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('<title>Error: Registrar paciente nuevo');
    for (const text of [
      'Los primeros dos números del DNI son el departamento, de 01 a 18, y usted escribió 19.',
      'Escriba el primer apellido.',
      'Esa fecha no existe.',
      'Elija el sexo',
      'Escriba el teléfono con números',
      'Lo revisé: así está en el DNI',
    ])
      expect(answer.text).toContain(text);
    for (const field of ['dni', 'apellido1', 'nacimiento', 'sexo', 'telefono'])
      expect(answer.text).toMatch(new RegExp(`<a href="#f-${field}">`));
    expect(answer.text).toContain('value="1901198400001"');
    expect(answer.text).toContain('&lt;script>alert(1)');
    expect(answer.text).not.toMatch(/<script|<img/);
  });

  it.each([
    ['080119840001', 'Un DNI tiene 13 números y usted escribió 12.'],
    ['', 'Escriba el número de DNI'],
    ['0801299900001', 'y 2999 no puede ser'],
  ])('DNI %s: %s', async (dni, text) => {
    const answer = await register(clerk, ana(dni));
    expect([answer.status, answer.text.includes(text)]).toEqual([422, true]);
  });

  it('takes an odd DNI that was looked at once more', async () => {
    const id = await registered(
      clerk,
      ana('3901198410002', { nombres: 'Zoila', apellido1: 'Rara', 'dni-revisado': 'si' }),
    );
    expect(await patient(id)).toMatchObject({ identifier: [{ value: '3901198410002' }] });
  });

  it('carries over what was typed into the search', async () => {
    const form = await clerk.get(`${FORM}?dni=0801199000099`);
    expect(form.text).toContain('value="0801199000099"');
  });
});

describe('somebody who is registered already', () => {
  const dni = '0801197010003';

  it('is said before anything is saved: here with the record, elsewhere with the minimum and a visit to open', async () => {
    const id = await registered(clerk, ana(dni, { nombres: 'Berta', apellido1: 'Única', telefono: '9999-0003' }));
    const here = await register(nurse, ana(dni, { nombres: 'Otra' }));
    expect(here.status).toBe(409);
    expect(here.text).toContain(`<h1>${words.known}</h1>`);
    expect(here.text).toContain(`href="/pacientes/${id}"`);
    expect(here.text).toContain('9999-0003');
    expect(here.text).toContain('value="Otra"');
    const elsewhere = await register(hospital, ana('0801 1970 10003'));
    expect(elsewhere.status).toBe(409);
    expect(elsewhere.text).toContain('Berta');
    expect(elsewhere.text).toContain('Abrir atención aquí');
    expect(elsewhere.text).not.toContain('9999-0003');
    expect(await withDni(dni)).toBe(1);
  });

  it('is one person when two clerks register one DNI at the same moment', async () => {
    const same = '0801197510004';
    const forms = await Promise.all([clerk, nurse, hospital].map((browser) => browser.get(FORM)));
    const answers = await Promise.all(
      [clerk, nurse, hospital].map((browser, index) =>
        browser.submit(forms[index]!, ana(same, { nombres: `Marta ${'ABC'[index]}`, apellido1: 'Carrera' }), FORM),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([303, 409, 409]);
    for (const answer of answers.filter(({ status }) => status === 409)) expect(answer.text).toContain(words.known);
    expect(await withDni(same)).toBe(1);
  });

  it('but has the same file number as another: said at the field', async () => {
    await registered(clerk, ana('0801196010005', { nombres: 'Olga', apellido1: 'Primera', expediente: '8005' }));
    const answer = await register(
      clerk,
      ana('0801196110006', { nombres: 'Delia', apellido1: 'Segunda', 'nacimiento-ano': '1961', expediente: '8005' }),
    );
    expect([answer.status, answer.text.includes('Ese número de expediente ya es de otra persona')]).toEqual([
      422,
      true,
    ]);
    expect(answer.text).toContain('value="8005"');
  });
});

describe('somebody who may be registered already', () => {
  it('is asked about, never refused, and what was typed stays', async () => {
    const first = await registered(
      clerk,
      ana('0801198010007', { nombres: 'Xiomara', apellido1: 'Velásquez', apellido2: 'Núñez' }),
    );
    const twin = { nombres: 'Siomara', apellido1: 'Belasquez', apellido2: 'Nuñes', clase: 'sin-documento', dni: '' };
    const asked = await register(nurse, ana('', { ...twin, aldea: 'La misma casa' }));
    expect(asked.status).toBe(409);
    expect(asked.text).toContain(words.like);
    expect(asked.text).toContain(`href="/pacientes/${first}"`);
    expect(asked.text).toContain('value="La misma casa"');
    const saved = await nurse.submit(asked, ana('', { ...twin, aldea: 'La misma casa' }), FORM);
    expect(saved.status).toBe(303);
    expect(idOf(saved)).not.toBe(first);
  });

  it('is not asked about at a facility that does not know her', async () => {
    const answer = await register(
      hospital,
      ana('', { nombres: 'Xiomara', apellido1: 'Velásquez', apellido2: 'Núñez', clase: 'sin-documento' }),
    );
    expect(answer.status).toBe(303);
  });
});

describe('people without a DNI', () => {
  it('an unknown person needs nothing but the sex, gets a number to be found by, and is one when the form is sent twice', async () => {
    const form = await clerk.get(FORM);
    const fields = { clase: 'desconocido', sexo: 'male', edad: '40' };
    const [one, two] = [await clerk.submit(form, fields, FORM), await clerk.submit(form, fields, FORM)];
    expect([one.status, idOf(two)]).toEqual([303, idOf(one)]);
    const stored = await patient(idOf(one));
    expect(stored).toMatchObject({ gender: 'male', name: [{ text: 'Desconocido' }] });
    expect(JSON.stringify(stored.extension)).toContain('"value":40');
    const number = stored.identifier?.[0]?.value ?? '';
    expect(number).toMatch(/^T-[2-9A-Z]{8}$/);
    const record = await clerk.open(one.location ?? '');
    expect(record.text).toContain(`Su número temporal es ${number}`);
    expect(record.text).toContain('unos 40 años');
    const found = await hospital.get(`/pacientes?q=${number.toLowerCase()}`);
    expect(found.text).toContain('Abrir atención aquí');
  });

  it('a newborn hangs on the mother, found by her DNI', async () => {
    const mother = await registered(
      clerk,
      ana('0801200010008', { nombres: 'Lucía', apellido1: 'Madre', apellido2: 'Buena', 'nacimiento-ano': '2000' }),
    );
    const baby = {
      clase: 'rn',
      sexo: 'female',
      'nacimiento-dia': '1',
      'nacimiento-mes': '1',
      'nacimiento-ano': '2026',
    };
    const missing = await register(clerk, baby);
    expect([missing.status, missing.text.includes('Escriba el DNI de la madre')]).toEqual([422, true]);
    const unknown = await register(clerk, { ...baby, 'madre-dni': '0801200099999' });
    expect([unknown.status, unknown.text.includes('No encontramos a la madre')]).toEqual([422, true]);
    const stranger = await register(hospital, { ...baby, 'madre-dni': '0801200010008' });
    expect([stranger.status, stranger.text.includes('no se ha atendido aquí')]).toEqual([422, true]);
    const id = await registered(clerk, { ...baby, 'madre-dni': '0801-2000-10008', gemelar: '2' });
    expect(await patient(id)).toMatchObject({
      name: [{ use: 'temp', text: 'RN de Lucía Madre Buena', family: 'Madre Buena', given: ['RN'] }],
      birthDate: '2026-01-01',
      extension: expect.arrayContaining([
        expect.objectContaining({ valueReference: { reference: `Patient/${mother}` } }),
        expect.objectContaining({ valuePositiveInt: 2 }),
      ]),
    });
    const record = await nurse.open(`/pacientes/${id}`);
    expect(record.text).toContain('Faltan vacunas según su edad');
    expect(record.text).toContain('BCG, dosis 1');
  });

  it('a child whose mother has no DNI either, and somebody with a passport', async () => {
    const child = await registered(nurse, {
      clase: 'hijo-de',
      'madre-nombre': 'Rosa Gómez',
      sexo: 'male',
      edad: '3',
    });
    expect(await patient(child)).toMatchObject({ name: [{ text: 'Hijo de Rosa Gómez' }] });
    const foreigner = await registered(
      nurse,
      ana('', { clase: 'pasaporte', pasaporte: 'e 765432', nombres: 'John', apellido1: 'Smith' }),
    );
    expect(await patient(foreigner)).toMatchObject({ identifier: [{ system: SID.pasaporte, value: 'E765432' }] });
    expect((await hospital.get('/pacientes?q=E765432')).text).toContain('John Smith');
  });

  it('a DNI and «no tiene DNI» together are a question', async () => {
    const answer = await register(clerk, ana('0801198510009', { clase: 'sin-documento' }));
    expect([answer.status, answer.text.includes('Escribió un DNI y también eligió que no tiene')]).toEqual([422, true]);
  });
});

describe('finding', () => {
  let id: string;
  const dni = '0801199110010';
  beforeAll(async () => {
    id = await registered(
      clerk,
      ana(dni, {
        nombres: 'Íngrid Paola',
        apellido1: 'Ñurinda',
        'nacimiento-ano': '1991',
        expediente: '8010',
        telefono: '9999-0010',
      }),
    );
  });

  it.each([
    ['DNI with dashes', '0801-1991-10010'],
    ['DNI with spaces', ' 0801 1991 10010 '],
    ['file number of this facility', '8010'],
    ['name without accents, in any order', 'nurinda ingrid'],
    ['beginning of a name', 'ÑURI'],
  ])('by %s', async (_name, text) => {
    const page = await nurse.get(`/pacientes?${new URLSearchParams({ q: text }).toString()}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(`href="/pacientes/${id}"`);
    expect(page.text).toContain('Íngrid Paola Ñurinda Norales');
  });

  it('by name and year of birth', async () => {
    const at = (year: string) => nurse.get(`/pacientes?q=ingrid&nacimiento=${year}`);
    expect((await at('1991')).text).toContain(`href="/pacientes/${id}"`);
    expect((await at('12/05/1991')).text).toContain(`href="/pacientes/${id}"`);
    expect((await at('1980')).text).toContain('No encontramos a «ingrid»');
    expect((await at('mayo')).status).toBe(422);
  });

  it('a stranger: by DNI only, minimal demographics, not by file number, name, nor id', async () => {
    const byDni = await hospital.get(`/pacientes?q=${dni}`);
    expect(byDni.text).toContain('Íngrid Paola Ñurinda Norales');
    expect(byDni.text).toContain('Primera vez en su establecimiento');
    expect(byDni.text).not.toMatch(/9999-0010|8010(?!<)/);
    expect(byDni.text).not.toContain(`href="/pacientes/${id}"`);
    for (const text of ['8010', 'ingrid', 'Ñurinda'])
      expect((await hospital.get(`/pacientes?q=${encodeURIComponent(text)}`)).text).not.toContain('Íngrid');
    expect((await hospital.get(`/pacientes/${id}`)).status).toBe(404);
  });

  it('nobody: says so and offers to register', async () => {
    const page = await clerk.get('/pacientes?q=0801-1999-99999');
    expect(page.text).toContain('No encontramos a «0801-1999-99999»');
    expect(page.text).toContain('href="/pacientes/nuevo?dni=0801199999999"');
  });

  it.each([
    ['', 'Escriba un DNI, un nombre o un número.'],
    ['08011991100', 'Un DNI tiene 13 números y usted escribió 11.'],
    ['ñ', 'Escriba al menos dos letras'],
    ['«»', 'Escriba al menos dos letras'],
  ])('«%s»: %s', async (text, said) => {
    const page = await clerk.get(`/pacientes?q=${encodeURIComponent(text)}`);
    expect([page.status, page.text.includes(said)]).toEqual([422, true]);
  });

  it.each([
    'a|b,c$d\\1',
    '<script>alert(1)</script>',
    "Ana' OR '1'='1",
    '{"$gt":""}1',
    '\u0000\u0001 xx',
    'x'.repeat(3_000),
    '%',
    '\\\\',
  ])('hostile text %# is only text', async (text) => {
    const page = await clerk.get(
      `/pacientes?q=${encodeURIComponent(text)}&nacimiento=${encodeURIComponent(text)}&sigue=x`,
    );
    expect(page.status).toBeLessThan(500);
    expect(page.text).not.toContain('<script');
  });

  it('a visit makes the relation, once, with why; then the record opens', async () => {
    const found = await hospital.get(`/pacientes?q=${dni}`);
    const opened = await hospital.submit(found, { motivo: 'EMER' }, '/pacientes/abrir');
    const again = await hospital.submit(found, { motivo: 'EMER' }, '/pacientes/abrir');
    expect([opened.location, again.location]).toEqual([`/pacientes/${id}`, `/pacientes/${id}`]);
    const visits = await service.call<Bundle>('conformance', 'GET', `Encounter?patient=Patient/${id}`);
    expect(visits.body.entry).toHaveLength(1);
    expect(visits.body.entry?.[0]?.resource).toMatchObject({ class: { code: 'EMER' }, status: 'arrived' });
    const record = await hospital.open(`/pacientes/${id}`);
    expect([record.status, record.text.includes('9999-0010')]).toEqual([200, true]);
    expect((await hospital.submit(found, { persona: '../x' }, '/pacientes/abrir')).status).toBe(404);
    expect((await hospital.submit(found, { persona: '0000-none' }, '/pacientes/abrir')).status).toBe(422);
  });

  it('by the number of a referral, at both ends and nowhere else; the record shows its state', async () => {
    const { referral } = await send(service, 'clinician.uaps1', submission(order({ subject: `Patient/${id}` })));
    const number = referral.identifier?.find(({ system }) => system === SID.referencia)?.value ?? '';
    expect(number).toMatch(/^REF-/);
    const destination = await signedIn('clerk.hosp1');
    for (const browser of [nurse, destination])
      expect((await browser.get(`/pacientes?q=${number.toLowerCase()}`)).text).toContain(`href="/pacientes/${id}"`);
    const elsewhere = await signedIn('clerk.hosp3');
    expect((await elsewhere.get(`/pacientes?q=${number}`)).text).toContain('No encontramos a');
    for (const browser of [nurse, destination]) {
      const record = await browser.get(`/pacientes/${id}`);
      expect(record.text).toContain(`href="/referencias/${referral.id}"`);
      expect(record.text).toContain('Enviada');
    }
  });

  it('pages through many of one name', async () => {
    for (let index = 0; index < 22; index += 1)
      await created(service, 'clinician.uaps1', {
        resourceType: 'Patient',
        name: [{ given: ['Mil'], family: `Repetida ${index}` }],
        gender: 'female',
        managingOrganization: { reference: facility },
      });
    const first = await clerk.get('/pacientes?q=repetida');
    const next = /href="(\/pacientes\?[^"]*sigue=[^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await clerk.get(next);
    const names = (text: string): string[] => text.match(/Mil Repetida \d+/g) ?? [];
    expect(new Set([...names(first.text), ...names(second.text)]).size).toBe(22);
    expect(names(first.text)).toHaveLength(20);
  });
});

describe('the record', () => {
  let id: string;
  beforeAll(async () => {
    id = await registered(clerk, ana('0801198210011', { nombres: 'Gloria', apellido1: 'Registro' }));
  });

  it('tells "nobody asked" from "asked, and there is none", and puts allergies first', async () => {
    expect((await nurse.get(`/pacientes/${id}`)).text).toContain('No hay alergias anotadas');
    const form = `/pacientes/${id}/alergia`;
    const note = async (fields: Record<string, string>) => nurse.submit(await nurse.get(form), fields, form);
    expect((await note({})).text).toContain('Elija a qué tiene alergia');
    expect((await note({ sustancia: 'otra' })).text).toContain('Escriba a qué tiene alergia.');
    expect((await note({ sustancia: 'ninguna' })).location).toBe(`/pacientes/${id}?guardado=alergia`);
    const denied = await nurse.get(`/pacientes/${id}`);
    expect(denied.text).toContain('Sin alergias conocidas (anotado el');
    expect(denied.text).not.toContain('No hay alergias anotadas');
    expect(
      (await note({ sustancia: 'otra', otra: '<b>Dipirona</b>', reaccion: 'Ronchas', gravedad: 'high' })).status,
    ).toBe(303);
    const alarmed = await nurse.get(`/pacientes/${id}`);
    expect(alarmed.text).toContain('&lt;b>Dipirona&lt;/b> (grave, Ronchas)');
    expect(alarmed.text.indexOf('ALERGIAS')).toBeLessThan(alarmed.text.indexOf('Referencias</h2>'));
    expect(alarmed.text).not.toContain('Sin alergias conocidas');
    expect((await note({ sustancia: 'ninguna' })).text).toContain('Ya hay alergias anotadas');
  });

  it('takes problems in words and by code', async () => {
    const form = `/pacientes/${id}/problema`;
    const note = async (fields: Record<string, string>) => nurse.submit(await nurse.get(form), fields, form);
    const wrong = await note({ 'inicio-mes': '13', 'inicio-ano': '2020' });
    expect(wrong.status).toBe(422);
    for (const text of ['Escriba el problema.', 'Esa fecha no existe', 'Elija si está confirmado'])
      expect(wrong.text).toContain(text);
    expect((await note({ problema: 'I10', certeza: 'confirmed', 'inicio-ano': '2019' })).status).toBe(303);
    expect((await note({ problema: 'Dolor de rodilla', certeza: 'provisional' })).status).toBe(303);
    const record = await nurse.get(`/pacientes/${id}?guardado=problema`);
    expect(record.text).toContain('Problema anotado');
    expect(record.text).toMatch(/Hipertensión[^<]*\(desde 2019\)/);
    expect(record.text).toContain('Dolor de rodilla');
  });

  it('shows a desk the administrative part and none of the clinical', async () => {
    const record = await clerk.get(`/pacientes/${id}`);
    expect(record.status).toBe(200);
    expect(record.text).toContain('Su puesto ve los datos administrativos');
    expect(record.text).not.toMatch(/Dipirona|rodilla|Anotar alergia|Referir a otro/);
    expect((await clerk.get(`/pacientes/${id}/alergia`)).status).toBe(403);
  });

  it('is corrected on the version that was seen', async () => {
    const form = `/pacientes/${id}/datos`;
    const [first, second] = [await clerk.get(form), await nurse.get(form)];
    expect(first.text).toContain('value="Gloria"');
    const fields = ana('0801198210011', { nombres: 'Gloria María', apellido1: 'Registro', telefono: '9999-0011' });
    const saved = await clerk.submit(first, fields, form);
    expect(saved.location).toBe(`/pacientes/${id}?guardado=datos`);
    const late = await nurse.submit(second, { ...fields, telefono: '9999-9999' }, form);
    expect(late.status).toBe(412);
    expect(late.text).toContain('Alguien cambió esto mientras usted lo veía');
    expect(late.text).toContain('9999-9999');
    const stored = await patient(id);
    expect(stored).toMatchObject({
      name: [{ text: 'Gloria María Registro Norales' }],
      telecom: [{ value: '9999-0011' }],
    });
    expect((stored.identifier ?? []).filter(({ system }) => system === SID.dni)).toHaveLength(1);
  });

  it('does not take the number of somebody else, nor make a known person unknown', async () => {
    await registered(clerk, ana('0801198310012', { nombres: 'Irma', apellido1: 'Otra', 'nacimiento-ano': '1983' }));
    const form = `/pacientes/${id}/datos`;
    const correct = async (fields: Record<string, string>) => clerk.submit(await clerk.get(form), fields, form);
    const taken = await correct(ana('0801198310012', { nombres: 'Gloria', apellido1: 'Registro' }));
    expect([taken.status, taken.text.includes(words.known), taken.text.includes('Irma')]).toEqual([409, true, true]);
    const unknown = await correct(ana('', { clase: 'desconocido' }));
    expect([unknown.status, unknown.text.includes('no se le puede poner «desconocida»')]).toEqual([422, true]);
  });

  it('keeps what the form does not ask for', async () => {
    const before = await created(service, 'clinician.uaps1', {
      resourceType: 'Patient',
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-religion', valueCodeableConcept: { text: 'x' } },
      ],
      identifier: [{ system: 'urn:other', value: '1' }],
      name: [{ text: 'Nombre Suelto' }],
      gender: 'male',
      maritalStatus: { text: 'Soltero' },
      telecom: [{ system: 'email', value: 'x@example.org' }],
      address: [{ city: 'Afuera', country: 'GT' }],
      managingOrganization: { reference: facility },
    });
    const form = `/pacientes/${before.id}/datos`;
    const answer = await clerk.submit(
      await clerk.get(form),
      {
        clase: 'sin-documento',
        nombres: 'Nombre Suelto',
        apellido1: 'Ahora',
        sexo: 'male',
        edad: '30',
        telefono: '9999-0000',
      },
      form,
    );
    expect(answer.status).toBe(303);
    expect(await patient(before.id)).toMatchObject({
      extension: expect.arrayContaining([expect.objectContaining({ valueCodeableConcept: { text: 'x' } })]),
      identifier: [{ system: 'urn:other', value: '1' }],
      maritalStatus: { text: 'Soltero' },
      telecom: [{ system: 'phone', value: '9999-0000' }, { system: 'email' }],
      address: [{ city: 'Afuera', country: 'GT' }],
    });
  });

  it('is shown in its main part when it is too large for one answer', async () => {
    const heavy = await registered(clerk, ana('0801198610013', { nombres: 'Fidelia', apellido1: 'Voluminosa' }));
    const first = await created(service, 'clinician.uaps1', {
      resourceType: 'Condition',
      code: { text: 'Repetida' },
      subject: { reference: `Patient/${heavy}` },
    });
    const conditions = service.db.collection<{ _id: string }>('Condition');
    const stored = await conditions.findOne({ _id: first.id });
    await conditions.insertMany(
      Array.from({ length: 1_001 }, (_, index) => ({ ...stored!, _id: `${heavy.slice(0, 4)}-copy-${index}` })),
    );
    const record = await nurse.get(`/pacientes/${heavy}`);
    expect(record.status).toBe(200);
    expect(record.text).toContain('El expediente es muy grande');
    expect(record.text).toContain('Fidelia Voluminosa');
  });

  it.each(['statistics', 'patient.1', 'privacy'])('is no page for %s', async (account) => {
    expect((await (await signedIn(account)).get('/pacientes')).status).toBe(403);
  });
});
