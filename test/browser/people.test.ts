import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '@medplum/fhirtypes';
import type { Browser, Page } from 'playwright-core';
import { SID } from '../../src/config/canonical.js';
import { launchBrowser, pageFaults, signedIn } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';

const DNI = '0801198420001';

let service: TestService;
let browser: Browser;
/** A woman with all that a record can hold, and a baby without vaccines. */
let woman: string;
let baby: string;

async function created(resource: Resource): Promise<string> {
  const { status, body } = await service.call<{ id: string }>('clinician.uaps1', 'POST', resource.resourceType, {
    body: resource,
  });
  expect(status).toBe(201);
  return body.id;
}

const coding = (system: string, code: string) => ({ coding: [{ system, code }] });

async function fillRecord(): Promise<void> {
  const facility = await service.context.store
    .support<{ _id: string; facility: string }>('accounts')
    .findOne({ _id: 'clinician.uaps1' });
  const here = { reference: `Organization/${facility?.facility}` };
  woman = await created({
    resourceType: 'Patient',
    identifier: [{ system: SID.dni, value: DNI }],
    name: [{ use: 'official', text: 'Ana Cristina Arzú Norales', given: ['Ana', 'Cristina'], family: 'Arzú Norales' }],
    gender: 'female',
    birthDate: '1984-05-12',
    address: [{ line: ['Barrio Corozal'], district: 'La Ceiba', state: 'Atlántida' }],
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired', valueBoolean: true }],
    managingOrganization: here,
  });
  baby = await created({
    resourceType: 'Patient',
    name: [{ text: 'RN de Ana Arzú' }],
    gender: 'male',
    birthDate: new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10),
    managingOrganization: here,
  });
  const subject = { reference: `Patient/${woman}` };
  await created({
    resourceType: 'AllergyIntolerance',
    clinicalStatus: coding('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active'),
    code: { text: 'Penicilina' },
    criticality: 'high',
    patient: subject,
  });
  await created({
    resourceType: 'Condition',
    clinicalStatus: coding('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    code: { text: 'Hipertensión arterial' },
    subject,
    recordedDate: '2024-02-03',
  });
  await created({
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { text: 'Td' },
    patient: subject,
    occurrenceDateTime: '2023-01-01',
  });
  for (const [code, text, value] of [
    ['2345-7', 'Glucosa en suero', 228],
    ['718-7', 'Hemoglobina', 9],
  ] as const)
    await created({
      resourceType: 'Observation',
      status: 'final',
      category: [coding('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
      code: { ...coding('http://loinc.org', code), text },
      subject,
      effectiveDateTime: new Date().toISOString(),
      valueQuantity: { value, unit: 'mg/dL' },
    });
}

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  await fillRecord();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const send = async (page: Page, selector = 'main form button[type=submit]'): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.locator(selector).last().click()]);
};

const go = (path: string | (() => string)) => (page: Page) =>
  page.goto(`${service.url}${typeof path === 'string' ? path : path()}`);

/** Fills the form of registration without sending it. */
async function fillPerson(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  await go('/pacientes/nuevo')(page);
  for (const [name, value] of Object.entries({ apellido1: 'Arzú', apellido2: 'Norales', ...fields }))
    await page.fill(`[name="${name}"]`, value);
  await page.check('[name="sexo"][value="female"]');
}

const BORN = { 'nacimiento-dia': '12', 'nacimiento-mes': '5', 'nacimiento-ano': '1984' } as const;

async function likePerson(page: Page): Promise<void> {
  await fillPerson(page, { nombres: 'Ana Kristina', ...BORN });
  await page.click('summary:has-text("No tiene DNI")');
  await page.check('[name="clase"][value="sin-documento"]');
  await send(page);
}

async function editedMeanwhile(page: Page): Promise<void> {
  await go(() => `/pacientes/${woman}/datos`)(page);
  const { body, headers } = await service.call<Resource>('clinician.uaps1', 'GET', `Patient/${woman}`);
  await service.call('clinician.uaps1', 'PUT', `Patient/${woman}`, {
    body,
    headers: { 'if-match': headers.get('etag') ?? '' },
  });
  await page.fill('#f-telefono', '9999-1111');
  await send(page);
}

/** Every page and state: name, account, how to get there, what must be read there. */
const STATES: readonly (readonly [string, string, (page: Page) => Promise<unknown>, string])[] = [
  ['search', 'nurse.uaps1', go('/pacientes'), 'Registrar paciente nuevo'],
  ['search, found', 'nurse.uaps1', go(`/pacientes?q=${DNI}`), 'La Ceiba'],
  [
    'search by name',
    'nurse.uaps1',
    go('/pacientes?q=arzu&nacimiento=1984'),
    'solo entre las personas de su establecimiento',
  ],
  ['search, a stranger', 'clerk.hosp2', go(`/pacientes?q=${DNI}`), 'Abrir atención aquí'],
  ['search, nobody', 'nurse.uaps1', go('/pacientes?q=Nadie+Conocido'), 'No encontramos a'],
  ['search, mistakes', 'nurse.uaps1', go('/pacientes?q=080119&nacimiento=ayer'), 'Revise lo siguiente'],
  ['register', 'clerk.uaps1', go('/pacientes/nuevo'), 'Más datos'],
  [
    'register, mistakes',
    'clerk.uaps1',
    async (page) => {
      await go('/pacientes/nuevo?clase=rn&interprete=si&dni=1999')(page);
      await send(page);
    },
    'Escriba el DNI de la madre',
  ],
  [
    'register, known here',
    'clerk.uaps1',
    async (page) => {
      await fillPerson(page, { dni: DNI, nombres: 'Ana', ...BORN });
      await send(page);
    },
    'Ya está registrada esta persona',
  ],
  [
    'register, known elsewhere',
    'clerk.hosp2',
    async (page) => {
      await fillPerson(page, { dni: DNI, nombres: 'Ana', ...BORN });
      await send(page);
    },
    'Abrir atención aquí',
  ],
  ['register, like somebody', 'clerk.uaps1', likePerson, '¿Es esta persona?'],
  ['record', 'nurse.uaps1', go(() => `/pacientes/${woman}`), 'Penicilina (grave)'],
  ['record in English', 'nurse.uaps1', go(() => `/pacientes/${woman}?tipo=medidas&lang=en`), 'Still good?'],
  ['record of a child', 'nurse.uaps1', go(() => `/pacientes/${baby}?registrado=si`), 'Faltan vacunas según su edad'],
  ['record, for a desk', 'clerk.uaps1', go(() => `/pacientes/${woman}`), 'Su puesto ve los datos administrativos'],
  ['allergy', 'nurse.uaps1', go(() => `/pacientes/${woman}/alergia`), '¿Puede ser peligrosa?'],
  [
    'allergy, mistakes',
    'nurse.uaps1',
    async (page) => {
      await go(() => `/pacientes/${woman}/alergia`)(page);
      await send(page);
    },
    'Elija a qué tiene alergia',
  ],
  ['problem', 'nurse.uaps1', go(() => `/pacientes/${woman}/problema`), '¿Desde cuándo?'],
  [
    'problem, mistakes',
    'nurse.uaps1',
    async (page) => {
      await go(() => `/pacientes/${woman}/problema`)(page);
      await send(page);
    },
    'Escriba el problema',
  ],
  ['correct', 'nurse.uaps1', go(() => `/pacientes/${woman}/datos`), 'Guardar los cambios'],
  ['changed meanwhile', 'nurse.uaps1', editedMeanwhile, '9999-1111'],
];

describe('every page and state', () => {
  it.each(STATES)('%s is sound', async (_name, account, reach, text) => {
    const context = await signedIn(browser, service.url, account);
    const page = await context.newPage();
    await reach(page);
    expect(await page.textContent('main')).toContain(text);
    expect(await pageFaults(page)).toEqual([]);
    await context.close();
  });
});

describe('without JavaScript', () => {
  it('a nurse looks for a person, registers her and notes an allergy', async () => {
    const context = await signedIn(browser, service.url, 'nurse.uaps1', { javaScriptEnabled: false });
    const page = await context.newPage();
    await go('/pacientes')(page);
    await page.fill('#f-q', '0801-1970-20002');
    await send(page);
    expect(await page.textContent('main')).toContain('No encontramos a');
    await Promise.all([page.waitForEvent('load'), page.click('main a:has-text("Registrar paciente nuevo")')]);
    expect(await page.inputValue('#f-dni')).toBe('0801197020002');
    for (const [name, value] of Object.entries({ nombres: 'Marta', apellido1: 'Sinjota', 'nacimiento-ano': '1970' }))
      await page.fill(`[name="${name}"]`, value);
    await page.check('[name="sexo"][value="female"]');
    await send(page);
    expect(await page.textContent('h1')).toBe('Marta Sinjota');
    expect(await page.textContent('main')).toContain('Paciente registrado');
    await Promise.all([page.waitForEvent('load'), page.click('text=Anotar alergia')]);
    await page.selectOption('#f-sustancia', 'penicilina');
    await send(page);
    expect(await page.textContent('.rr-alarm')).toContain('Penicilina');
    await context.close();
  });
});

describe('by keyboard', () => {
  it('the search goes from field to field, and Enter searches', async () => {
    const context = await signedIn(browser, service.url, 'clerk.uaps1');
    const page = await context.newPage();
    await go('/pacientes')(page);
    await page.focus('#f-q');
    await page.keyboard.type('arzu');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('f-nacimiento');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.textContent('main')).toContain('Personas encontradas');
    await context.close();
  });
});
