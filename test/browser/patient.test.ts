import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { demoPatientId } from '../../src/access/accounts.js';
import { DEMO_PASSWORD } from '../../src/access/demo-password.js';
import { paperCodeOf } from '../../src/referral/paper-code.js';
import { locationId } from '../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../src/seed/find-facility.js';
import {
  answerDocument,
  booking,
  FIELDS,
  move,
  type Moved,
  order,
  send,
  submission,
} from '../service/referral/referral-fixture.js';
import { launchBrowser, pageFaults } from '../support/browser.js';
import { startService, type TestService } from '../support/service.js';

const PASSWORD = 'cuatro palabras raras juntas';
const P1 = demoPatientId('patient.1');

let service: TestService;
let browser: Browser;
/** Referrals of patient.1: one with a visit, one that was answered, one that the hospital did not take. */
let visit: Moved;
let answered: Moved;
let rejected: Moved;

async function sent(): Promise<Moved> {
  const bundle = submission(order({ subject: `Patient/${P1}` }));
  const entry = bundle.entry?.filter(({ resource }) => resource?.resourceType !== 'Patient') ?? [];
  return send(service, 'clinician.uaps1', { ...bundle, entry });
}

beforeAll(async () => {
  [service, browser] = await Promise.all([startService(), launchBrowser()]);
  const place = `Location/${locationId(facilityByAlias('hosp1')?.rups ?? '')}`;
  const booked = async (): Promise<Moved> => {
    const received = await move(service, await sent(), 'receive', { account: 'clerk.hosp1' });
    const accepted = await move(service, received, 'accept', { account: 'triage.hosp1' }, FIELDS.accept);
    return move(service, accepted, 'book', { account: 'scheduler.hosp1' }, booking(place));
  };
  visit = await booked();
  const arrived = await move(service, await booked(), 'arrive', { account: 'clerk.hosp1' });
  const specialist = booking(place).find(({ name }) => name === 'participant')?.valueReference;
  const inCare = await move(service, arrived, 'start-care', { account: 'specialist.hosp1' }, [
    { name: 'practitioner', valueReference: { reference: specialist?.reference ?? '' } },
    { name: 'start', valueDateTime: '2026-11-20T09:00:00-06:00' },
  ]);
  answered = await move(service, inCare, 'respond', { account: 'specialist.hosp1' }, answerDocument(inCare.referral));
  const received = await move(service, await sent(), 'receive', { account: 'clerk.hosp1' });
  rejected = await move(service, received, 'reject', { account: 'triage.hosp1' }, FIELDS.reject);
  expect([visit.state, answered.state, rejected.state]).toEqual(['scheduled', 'answered', 'rejected']);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** Presses a button or link and waits for the page that comes. */
const press = async (page: Page, selector: string): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
};
const SEND = 'main .rr-button--send[type=submit]';

async function signIn(page: Page, account: string, password = DEMO_PASSWORD): Promise<void> {
  await page.goto(`${service.url}/entrar`);
  await page.fill('#f-usuario', account);
  await page.fill('#f-clave', password);
  await press(page, 'main button');
}

async function typeBirth(page: Page, [day, month, year]: readonly [string, string, string]): Promise<void> {
  await page.fill('#f-nacimiento', day);
  await page.fill('#f-nacimiento-mes', month);
  await page.fill('#f-nacimiento-ano', year);
}

async function follow(page: Page, referral: Moved, born: readonly [string, string, string]): Promise<void> {
  await page.goto(`${service.url}/seguir?codigo=${paperCodeOf(referral.referral) ?? ''}`);
  await typeBirth(page, born);
  await press(page, SEND);
}
const BORN = ['1', '1', '1990'] as const;

async function printCode(page: Page): Promise<string> {
  await signIn(page, 'clerk.uaps1');
  await page.goto(`${service.url}/pacientes/${P1}/codigo`);
  await page.check('#f-identificada');
  await press(page, SEND);
  return (await page.textContent('.rr-code')) ?? '';
}

async function toSecondStep(page: Page): Promise<void> {
  const staff = await browser.newContext({ locale: 'es-HN' });
  const code = await printCode(await staff.newPage());
  await staff.close();
  await page.goto(`${service.url}/activar`);
  await page.fill('#f-codigo', code);
  await typeBirth(page, BORN);
  await press(page, SEND);
}

const own = (path: string) => async (page: Page) => {
  await signIn(page, 'patient.2');
  await page.goto(`${service.url}${path}`);
};

/** Every page and state for patients: name, how to get there. */
const STATES: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ['code form', (page) => page.goto(`${service.url}/seguir`)],
  ['code form in English', (page) => page.goto(`${service.url}/seguir?lang=en`)],
  ['code form, wrong', (page) => follow(page, visit, ['2', '2', '1992'])],
  [
    'code form, empty',
    async (page) => {
      await page.goto(`${service.url}/seguir`);
      await press(page, SEND);
    },
  ],
  ['visit', (page) => follow(page, visit, BORN)],
  ['answered', (page) => follow(page, answered, BORN)],
  ['not taken', (page) => follow(page, rejected, BORN)],
  ['activation', (page) => page.goto(`${service.url}/activar`)],
  [
    'activation, empty',
    async (page) => {
      await page.goto(`${service.url}/activar`);
      await press(page, SEND);
    },
  ],
  ['activation, second step', toSecondStep],
  [
    'activation, weak password',
    async (page) => {
      await toSecondStep(page);
      await page.fill('#f-clave', '123');
      await press(page, SEND);
    },
  ],
  [
    'code at the clinic',
    async (page) => {
      await signIn(page, 'clerk.uaps1');
      await page.goto(`${service.url}/pacientes/${P1}/codigo`);
    },
  ],
  [
    'code at the clinic, empty',
    async (page) => {
      await signIn(page, 'clerk.uaps1');
      await page.goto(`${service.url}/pacientes/${P1}/codigo`);
      await press(page, SEND);
    },
  ],
  ['sheet with the code', printCode],
  ['record, empty', own('/mi')],
  ['studies, empty', own('/mi/estudios')],
  ['vaccines, empty', own('/mi/vacunas')],
  ['referrals, empty', own('/mi/referencias')],
  ['who saw it, empty', own('/mi/accesos')],
  ['own data', own('/mi/datos')],
  [
    'record',
    async (page) => {
      await signIn(page, 'patient.1');
      await page.goto(`${service.url}/mi`);
    },
  ],
  [
    'referrals',
    async (page) => {
      await signIn(page, 'patient.1');
      await page.goto(`${service.url}/mi/referencias`);
    },
  ],
  [
    'own referral, answered',
    async (page) => {
      await signIn(page, 'patient.1');
      await page.goto(`${service.url}/mi/referencias/${answered.referral.id}`);
    },
  ],
  [
    'who saw it',
    async (page) => {
      await signIn(page, 'patient.1');
      await page.goto(`${service.url}/mi/accesos?propias=1`);
    },
  ],
  ['referral of somebody else', own('/mi/referencias/somebody-elses')],
];

describe('every page and state', () => {
  it.each(STATES)('%s has no accessibility fault, one heading and no sideways scroll', async (_name, go) => {
    const context = await browser.newContext({ locale: 'es-HN' });
    try {
      const page = await context.newPage();
      await go(page);
      expect(await pageFaults(page)).toEqual([]);
    } finally {
      await context.close();
    }
  });
});

describe('without JavaScript', () => {
  it('somebody with the sheet sees the visit, changes the language, takes the date along and leaves', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'es-HN' });
    const page = await context.newPage();
    await follow(page, visit, BORN);
    expect(page.url()).toBe(`${service.url}/seguir/estado`);
    expect(await page.textContent('.rr-now__sentence')).toContain('jueves 10 de diciembre');
    expect(await page.getAttribute('main a[href^="tel:"]', 'href')).toMatch(/^tel:\+504\d+$/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href="/seguir/cita.ics"]')]);
    expect(download.suggestedFilename()).toBe('cita.ics');
    await press(page, '.rr-head__language');
    expect(await page.textContent('.rr-now__sentence')).toContain('Thursday 10 December');
    // Back and forth harms nothing.
    await page.goBack();
    expect(await page.textContent('.rr-now__sentence')).toContain('Thursday 10 December');
    await page.goForward();
    await press(page, 'form[action="/seguir/terminar"] button');
    expect(page.url()).toBe(`${service.url}/seguir`);
    await page.goto(`${service.url}/seguir/estado`);
    expect(page.url()).toBe(`${service.url}/seguir`);
    await context.close();
  });

  it('a person opens the account with the sheet of the clinic and sees who looked at the record', async () => {
    const bundle = submission(order());
    const mine = await send(service, 'clinician.uaps1', bundle);
    const id = mine.referral.subject.reference?.replace('Patient/', '') ?? '';
    const staff = await browser.newContext({ javaScriptEnabled: false, locale: 'es-HN' });
    const desk = await staff.newPage();
    await signIn(desk, 'nurse.uaps1');
    await desk.goto(`${service.url}/pacientes/${id}/codigo`);
    await desk.check('input[value=guardian]');
    await press(desk, SEND);
    expect(await desk.textContent('.rr-summary')).toContain('Escriba el nombre del encargado.');
    await desk.fill('#f-encargado', 'Rosa Mejía');
    await desk.fill('#f-parentesco', 'madre');
    await press(desk, SEND);
    const code = (await desk.textContent('.rr-code')) ?? '';
    await staff.close();

    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'es-HN' });
    const page = await context.newPage();
    await page.goto(`${service.url}/`);
    await press(page, 'a[href="/activar"]');
    await page.fill('#f-codigo', code.toLowerCase());
    await typeBirth(page, ['3', '5', '1980']);
    await press(page, SEND);
    await page.fill('#f-usuario', 'clerk.uaps1');
    await page.fill('#f-clave', PASSWORD);
    await press(page, SEND);
    expect(await page.textContent('.rr-summary')).toContain('letras y números');
    await page.fill('#f-usuario', 'rosamejia');
    await page.fill('#f-clave', PASSWORD);
    await press(page, SEND);
    expect(page.url()).toBe(`${service.url}/mi`);
    expect(await page.textContent('.rr-now__sentence')).toBe('Su centro de salud envió su referencia al hospital.');
    await press(page, 'nav a[href="/mi/accesos"]');
    expect(await page.textContent('main')).toContain('Enfermera, UAPS 1 (demostración)');
    expect(await page.textContent('main')).toContain('Hizo el código para abrir su cuenta');
    await press(page, 'nav a[href="/mi/datos"]');
    expect(await page.textContent('main')).toContain('Rosa Mejía (madre)');
    await context.close();
  });
});
