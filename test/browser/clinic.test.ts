import type { Observation, ServiceRequest, Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import jsQR from 'jsqr';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../src/access/demo-password.js';
import { SID } from '../../src/config/canonical.js';
import { isLeg } from '../../src/referral/vocabulary.js';
import {
  answerDocument,
  booking,
  facility,
  FIELDS,
  type Moved,
  move,
  moved,
  post,
} from '../service/referral/referral-fixture.js';
import { launchBrowser, pageFaults } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';
import { momentAhead } from '../support/days-ahead.js';

// The types of jsQR describe its CommonJS form.
const readQr = jsQR as unknown as typeof jsQR.default;

const DNI = '0101199012345';
let service: TestService;
let browser: Browser;
let clinic: BrowserContext;
/** Rosa, registered at uaps1, with a recent hemoglobin. */
let patient: string;

async function create(resource: object): Promise<string> {
  const type = (resource as { resourceType: string }).resourceType;
  const answer = await service.call<{ id: string }>('clinician.uaps1', 'POST', type, { body: resource });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id;
}

/** Presses a button and waits for the page that comes. */
const press = async (page: Page, name: string): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name, exact: true }).last().click()]);
};
const follow = async (page: Page, name: string): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name, exact: true }).first().click()]);
};

async function signedIn(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'es-HN', ...options });
  if (clinic) {
    await context.addCookies(await clinic.cookies());
    return context;
  }
  const page = await context.newPage();
  await page.goto(`${service.url}/entrar`);
  await page.fill('#f-usuario', 'clinician.uaps1');
  await page.fill('#f-clave', DEMO_PASSWORD);
  await press(page, 'Entrar');
  await page.close();
  return context;
}

const go = (page: Page, path: string) => page.goto(`${service.url}${path}`);
const form = (): string => `/pacientes/${patient}/referir`;

/** What a short referral needs, as a person in a hurry fills it. */
async function fillShort(page: Page): Promise<void> {
  await page.selectOption('#f-especialidad', 'cardiologia');
  await page.check('input[name=motivo][value=diagnostico]');
  await page.fill('#f-resumen', 'Dolor de pecho al caminar');
  await page.fill('#f-diagnostico', 'I20.9');
  await page.fill('#f-pregunta', '¿Requiere esfuerzo?');
  await page.check('input[name=riesgo][value=con-riesgo]');
}

async function askHemoglobin(page: Page): Promise<void> {
  await page.click('summary:has-text("Pedir estudios")');
  await page.check('input[name=estudios][value="718-7"]');
}

async function sendShort(page: Page): Promise<void> {
  await go(page, form());
  await fillShort(page);
  await press(page, 'Enviar referencia');
}

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  clinic = await signedIn();
  patient = await create({
    resourceType: 'Patient',
    identifier: [{ system: SID.dni, value: DNI }],
    name: [{ use: 'official', text: 'Rosa Elena Zúniga Peña', given: ['Rosa', 'Elena'], family: 'Zúniga' }],
    gender: 'female',
    birthDate: '1990-03-05',
    telecom: [{ system: 'phone', value: '9988-7766' }],
  });
  await create({
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobina' }], text: 'Hemoglobina' },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date(Date.now() - 6 * 86_400_000).toISOString(),
    valueQuantity: { value: 11.2, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  } satisfies Observation);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** Every page and state of this part of the clinic: name, how to get there. */
const STATES: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ['form', (page) => go(page, form())],
  ['form in English', (page) => go(page, `${form()}?lang=en`)],
  [
    'form with everything open',
    async (page) => {
      await go(page, form());
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
    },
  ],
  [
    'form with mistakes',
    async (page) => {
      await go(page, form());
      await page.check('input[name=amerita][value=emergencia]');
      await page.fill('#f-resumen', 'x'.repeat(300));
      await press(page, 'Enviar referencia');
      await page.waitForSelector('.rr-summary');
    },
  ],
  [
    'codes found',
    async (page) => {
      await go(page, form());
      await page.fill('#f-diagnostico', 'hipertensión');
      await press(page, 'Buscar código');
      await page.waitForSelector('text=¿Cuál de estos es?');
    },
  ],
  [
    'study that exists',
    async (page) => {
      await go(page, form());
      await fillShort(page);
      await askHemoglobin(page);
      await press(page, 'Enviar referencia');
      await page.waitForSelector('text=Este estudio ya existe');
    },
  ],
  ['sent', sendShort],
  [
    'sheet',
    async (page) => {
      await sendShort(page);
      await follow(page, 'Imprimir hoja');
    },
  ],
];

describe('every page and state', () => {
  it.each(STATES)('%s is sound', async (_name, reach) => {
    const page = await clinic.newPage();
    await reach(page);
    expect(await pageFaults(page)).toEqual([]);
    await page.goto(`${service.url}/?lang=es`);
    await page.close();
  });
});

describe('effort', () => {
  it('a known patient costs at most 60 keystrokes and 7 inputs (ui-anchors 5)', async () => {
    const page = await clinic.newPage();
    await go(page, form());
    await page.evaluate(`
      window.effort = { keys: 0, inputs: new Set() };
      addEventListener('keydown', () => { window.effort.keys += 1; }, true);
      addEventListener('change', ({ target }) => window.effort.inputs.add(target.name), true);`);
    await page.selectOption('#f-especialidad', 'cardiologia');
    await page.check('input[name=motivo][value=diagnostico]');
    await page.click('#f-resumen');
    await page.keyboard.type('Dolor de pecho al caminar');
    await page.click('#f-diagnostico');
    await page.keyboard.type('I20.9');
    await page.click('#f-pregunta');
    await page.keyboard.type('Requiere esfuerzo?');
    await page.check('input[name=riesgo][value=con-riesgo]');
    const effort = (await page.evaluate('({ keys: window.effort.keys, inputs: window.effort.inputs.size })')) as {
      keys: number;
      inputs: number;
    };
    await press(page, 'Enviar referencia');
    expect(await page.textContent('h1')).toBe('Referencia enviada');
    console.log(`effort of a referral: ${effort.keys} keystrokes, ${effort.inputs} inputs`);
    expect(effort.keys).toBeLessThanOrEqual(60);
    expect(effort.inputs).toBeLessThanOrEqual(7);
    await page.close();
  });

  it('Enter in a line sends', async () => {
    const page = await clinic.newPage();
    await go(page, form());
    await fillShort(page);
    await page.focus('#f-diagnostico');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.textContent('h1')).toBe('Referencia enviada');
    await page.close();
  });
});

describe('the printed sheet', () => {
  it('is two pages of Letter, and the QR leads to the page that follows the referral', async () => {
    const page = await clinic.newPage();
    await STATES.find(([state]) => state === 'sheet')![1](page);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(2);
    expect(pdf).toMatch(/\/MediaBox\s*\[0 0 612 792\]/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.rr-head').isVisible()).toBe(false);
    const picture = (await page.locator('.rr-qr').screenshot()).toString('base64');
    const pixels = (await page.evaluate(async (base64: string) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const drawing = canvas.getContext('2d')!;
      drawing.drawImage(image, 0, 0);
      return {
        width: image.width,
        height: image.height,
        data: [...drawing.getImageData(0, 0, image.width, image.height).data],
      };
    }, picture)) as { width: number; height: number; data: number[] };
    const read = readQr(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
    const code = (await page.textContent('.rr-hc10__code'))?.replace('-', '') ?? '';
    expect(code).toHaveLength(10);
    expect(read?.data).toBe(`${service.url}/seguir?codigo=${code}`);
    await page.close();
  });
});

describe('without JavaScript', () => {
  it('the form warns, sends once and prints', async () => {
    const context = await signedIn({ javaScriptEnabled: false });
    const page = await context.newPage();
    await go(page, form());
    await fillShort(page);
    await askHemoglobin(page);
    await press(page, 'Enviar referencia');
    await page.check('input[name=estudio-hemoglobina][value=usar]');
    await press(page, 'Enviar referencia');
    const number = await page.textContent('.rr-notice--good h2');
    expect(number).toMatch(/REF-\d{4}-\d{7}/);
    await follow(page, 'Imprimir hoja');
    expect(await page.textContent('h1')).toContain('Hoja de referencia');
    await context.close();
  });

  it('a double click sends once', async () => {
    const count = async (): Promise<number> =>
      (
        await service.call<{ total: number }>(
          'clinician.uaps1',
          'GET',
          `ServiceRequest?patient=Patient/${patient}&_total=accurate`,
        )
      ).body.total;
    const before = await count();
    const context = await signedIn({ javaScriptEnabled: false });
    const page = await context.newPage();
    await go(page, form());
    await fillShort(page);
    await page.getByRole('button', { name: 'Enviar referencia', exact: true }).last().dblclick();
    await page.waitForURL(/\/enviada/);
    expect(await count()).toBe(before + 1);
    await context.close();
  });
});

/** The referral that a page shows, as the hospital gets it. */
async function atHospital(page: Page): Promise<Moved> {
  const id = /\/referencias\/([^/?]+)/.exec(page.url())?.[1] ?? '';
  const order = await service.call<ServiceRequest>('triage.hosp1', 'GET', `ServiceRequest/${id}`);
  const tasks = await service.call<{ entry: { resource: Task }[] }>(
    'triage.hosp1',
    'GET',
    `Task?based-on=ServiceRequest/${id}`,
  );
  const task = tasks.body.entry.find(({ resource }) => isLeg(resource))?.resource;
  const parameter = [
    { name: 'referral', resource: order.body },
    { name: 'task', resource: task },
  ];
  const etag = `W/"${task?.meta?.versionId ?? ''}"`;
  return {
    ...moved({ ...order, body: { resourceType: 'Parameters', parameter } } as Parameters<typeof moved>[0]),
    etag,
  };
}

describe('the whole path of the clinic', () => {
  it('finds the patient, refers, is warned, sends, prints, answers a question, reads the answer and acknowledges', async () => {
    const page = await clinic.newPage();
    await go(page, '/pacientes');
    await page.fill('#f-q', DNI);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    await page
      .getByRole('link', { name: /Rosa Elena/ })
      .first()
      .click();
    await page.waitForURL(/\/pacientes\/[^/]+$/);
    await page.getByRole('link', { name: 'Referir a otro establecimiento' }).first().click();
    await page.waitForURL(/\/referir$/);
    await fillShort(page);
    await askHemoglobin(page);
    await press(page, 'Enviar referencia');
    expect(await page.textContent('.rr-notice--warn')).toContain('Hemoglobina: 11.2 g/dL');
    await page.check('input[name=estudio-hemoglobina][value=usar]');
    await press(page, 'Enviar referencia');
    expect(await page.textContent('h1')).toBe('Referencia enviada');
    let hospital = await atHospital(page);
    await follow(page, 'Imprimir hoja');
    expect(await page.textContent('.rr-sheet')).toContain('Dolor de pecho al caminar');

    hospital = await move(service, hospital, 'receive', { account: 'clerk.hosp1' });
    hospital = await move(service, hospital, 'request-info', { account: 'triage.hosp1' }, FIELDS['request-info']);
    expect(hospital.state).toBe('info-requested');
    const place = `/referencias/${hospital.referral.id}`;
    await go(page, '/bandeja');
    expect(await page.textContent('main')).toContain(
      hospital.referral.identifier?.find(({ system }) => system === SID.referencia)?.value,
    );
    await go(page, place);
    await page.locator(`a[href="${place}/provide-info"]`).first().click();
    await page.waitForURL(/provide-info$/);
    await page.fill('textarea[name="answer-0"]', 'Ritmo sinusal, sin isquemia');
    await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit]').last().click()]);
    expect(new URL(page.url()).pathname).toBe(place);

    hospital = await atHospital(page);
    hospital = await move(service, hospital, 'accept', { account: 'triage.hosp1' }, FIELDS.accept);
    const places = await service.call<{ entry: { resource: { id: string } }[] }>(
      'scheduler.hosp1',
      'GET',
      `Location?organization=Organization/${facility('hosp1')}`,
    );
    const location = `Location/${places.body.entry[0]?.resource.id ?? ''}`;
    hospital = await move(service, hospital, 'book', { account: 'scheduler.hosp1' }, booking(location));
    hospital = await move(service, hospital, 'arrive', { account: 'clerk.hosp1' });
    hospital = await move(service, hospital, 'start-care', { account: 'specialist.hosp1' }, [
      { name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } },
      { name: 'start', valueDateTime: momentAhead(10, '09:05') },
    ]);
    hospital = await move(
      service,
      hospital,
      'respond',
      { account: 'specialist.hosp1' },
      answerDocument(hospital.referral),
    );
    expect(hospital.state).toBe('answered');

    await go(page, place);
    expect(await page.textContent('main')).toContain('Sin isquemia.');
    await page.locator(`a[href="${place}/acknowledge"], form[action="${place}/acknowledge"] button`).first().click();
    await page.waitForLoadState();
    if (page.url().endsWith('/acknowledge'))
      await Promise.all([page.waitForEvent('load'), page.locator('main form button[type=submit]').last().click()]);
    const ended = await atHospital(page);
    expect(ended.task.businessStatus?.coding?.[0]?.code).toBe('follow-up');
    await page.close();
  });
});
