import type { Bundle, Observation, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { SID } from '../../../src/config/canonical.js';
import { organizationByAlias } from '../../../src/seed/find-facility.js';
import { startService, type TestService } from '../../support/service.js';
import { formOf, type WebAnswer, type WebClient, webClient } from '../../support/web-client.js';

let service: TestService;
let clinic: WebClient;
/** Patient of uaps1. */
let patient: string;

const FIELDS = {
  especialidad: 'cardiologia',
  motivo: 'diagnostico',
  resumen: 'Dolor torácico de esfuerzo desde hace 3 semanas',
  diagnostico: 'I20.9',
  pregunta: '¿Amerita prueba de esfuerzo?',
  riesgo: 'con-riesgo',
  amerita: 'consulta-externa',
  prioridad: 'routine',
  alergias: 'ninguna',
};

const create = async <T extends { id?: string }>(resource: object): Promise<string> => {
  const type = (resource as { resourceType: string }).resourceType;
  const answer = await service.call<T>('clinician.uaps1', 'POST', type, { body: resource });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id ?? '';
};

const person = (name: string, more: Partial<Patient> = {}): Promise<string> =>
  create({
    resourceType: 'Patient',
    name: [{ family: name, given: ['Rosa'] }],
    gender: 'female',
    birthDate: '1990-01-01',
    ...more,
  });

const hemoglobin = (of: string): Promise<string> =>
  create<Observation>({
    resourceType: 'Observation',
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Hemoglobina' }], text: 'Hemoglobina' },
    subject: { reference: `Patient/${of}` },
    effectiveDateTime: new Date(Date.now() - 5 * 86_400_000).toISOString(),
    valueQuantity: { value: 11.2, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  });

const path = (id = patient): string => `/pacientes/${id}/referir`;
const destination = (): string => organizationByAlias('hosp1')?.id ?? '';

const post = (page: WebAnswer, fields: Record<string, string>, id = patient): Promise<WebAnswer> =>
  clinic.submit(page, { destino: destination(), ...FIELDS, ...fields }, path(id));

const referralOf = async (answer: WebAnswer): Promise<ServiceRequest & { id: string }> => {
  const id = /\/referencias\/([^/]+)\/enviada/.exec(answer.location ?? '')?.[1] ?? '';
  return (await service.call<ServiceRequest & { id: string }>('clinician.uaps1', 'GET', `ServiceRequest/${id}`)).body;
};

const countReferrals = async (id: string): Promise<number> =>
  (
    await service.call<Bundle>(
      'clinician.uaps1',
      'GET',
      `ServiceRequest?patient=Patient/${id}&category=referencia&_total=accurate`,
    )
  ).body.total ?? -1;

beforeAll(async () => {
  service = await startService();
  clinic = webClient(service.url);
  await clinic.signIn('clinician.uaps1');
  patient = await person('Zelaya');
});
afterAll(() => service.stop());

describe('the form', () => {
  it('fills itself, offers the hospital of the network first, and is small', async () => {
    const page = await clinic.get(path());
    expect(page.status).toBe(200);
    expect(page.text).toContain('Rosa Zelaya');
    expect(page.text).toMatch(new RegExp(`<option value="${destination()}" selected`));
    expect(page.text).toContain('¿Tiene alergias?');
    expect(formOf(page.text, path()).hidden['numero']).toMatch(/^F-/);
    expect(gzipSync(page.text).length).toBeLessThan(40_000);
  });

  it('is for those who refer: the desk, the hospital and strangers do not get it', async () => {
    const desk = webClient(service.url);
    await desk.signIn('clerk.uaps1');
    expect((await desk.get(path())).status).toBe(403);
    const stranger = webClient(service.url);
    await stranger.signIn('clinician.uaps2');
    expect((await stranger.get(path())).status).toBe(404);
    expect((await webClient(service.url).get(path())).location).toContain('/entrar');
  });

  it('says all that is missing, links to the fields and keeps what was typed', async () => {
    const answer = await clinic.submit(await clinic.get(path()), { resumen: 'Texto "que" <queda> & más' }, path());
    expect(answer.status).toBe(422);
    for (const field of ['especialidad', 'motivo', 'pregunta', 'diagnostico', 'riesgo'])
      expect(answer.text).toContain(`href="#f-${field}"`);
    expect(answer.text).toContain('Texto &quot;que&quot; &lt;queda> &amp; más');
    expect(answer.text).toMatch(/<title>Error: /);
  });

  it('says who offers a specialty that the destination does not have', async () => {
    const clinicAbove = organizationByAlias('cis1')?.id ?? '';
    const answer = await post(await clinic.get(path()), { destino: clinicAbove });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('CIS La Masica no tiene Cardiología. Lo tienen: ');
    expect(answer.text).toContain('Hospital Regional Atlántida');
  });

  it('finds codes for words without a script and keeps the rest of the form', async () => {
    const answer = await post(await clinic.get(path()), { diagnostico: 'hipertension', accion: 'buscar' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('¿Cuál de estos es?');
    expect(answer.text).toMatch(/value="I10"/);
    expect(answer.text).toContain(FIELDS.resumen);
  });
});

describe('sending', () => {
  it('sends what was written, with codes, allergies asked for, and a visit', async () => {
    const id = await person('Uno');
    const answer = await post(await clinic.get(path(id)), { fc: '88' }, id);
    expect([answer.status, answer.location]).toEqual([303, expect.stringMatching(/^\/referencias\/[^/]+\/enviada$/)]);
    const order = await referralOf(answer);
    expect(order).toMatchObject({
      status: 'active',
      priority: 'routine',
      performer: [{ reference: `Organization/${destination()}` }],
      reasonCode: [{ text: FIELDS.resumen }],
    });
    const whole = await service.call<Bundle>('triage.hosp1', 'GET', `Patient/${id}/$everything`);
    const types = whole.body.entry?.map(({ resource }) => resource?.resourceType) ?? [];
    for (const type of ['Encounter', 'Condition', 'Observation', 'AllergyIntolerance', 'Task'])
      expect(types).toContain(type);
    const condition = whole.body.entry?.find(({ resource }) => resource?.resourceType === 'Condition')?.resource;
    expect(JSON.stringify(condition)).toContain('"code":"I20.9"');
  });

  it('is done once, however often the button is pressed: twice in a row, and 20 times at once', async () => {
    const id = await person('Dos');
    const page = await clinic.get(path(id));
    const first = await post(page, {}, id);
    const second = await post(page, {}, id);
    expect(second.location).toBe(`${first.location ?? ''}?ya=1`);
    expect((await clinic.get(second.location ?? '')).text).toContain('Este formulario ya se había enviado');
    const other = await clinic.get(path(id));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(other, {}, id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    const places = new Set(answers.map(({ location }) => location?.replace('?ya=1', '')));
    expect(places.size).toBe(1);
    expect(await countReferrals(id)).toBe(2);
  });

  it('a number that another facility used is refused, and nothing of it is shown', async () => {
    const id = await person('Tres');
    const sent = await clinic.get(path(id));
    await post(sent, {}, id);
    const used = formOf(sent.text, path(id)).hidden['numero'] ?? '';
    const other = webClient(service.url);
    await other.signIn('clinician.uaps2');
    const theirs = await service.call<Patient>('clinician.uaps2', 'POST', 'Patient', {
      body: { resourceType: 'Patient', name: [{ family: 'Ajena' }], gender: 'male', birthDate: '1980-01-01' },
    });
    const page = await other.get(path(theirs.body.id));
    const answer = await other.submit(page, { destino: destination(), ...FIELDS, numero: used }, path(theirs.body.id));
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('Rosa');
  });

  it('the last destination is offered first and chosen next time', async () => {
    const id = await person('Tres y medio');
    const far = organizationByAlias('hosp4')?.id ?? '';
    await post(await clinic.get(path(id)), { destino: far }, id);
    const page = await clinic.get(path(id));
    expect(page.text).toMatch(new RegExp(`<optgroup label="El último que usted usó"><option value="${far}" selected`));
    await post(page, {}, id);
  });

  it('an emergency goes straight into transit, with its signs', async () => {
    const id = await person('Cuatro');
    const emergency = { amerita: 'emergencia', justificacion: 'Choque', especialidad: 'emergencia', pregunta: '' };
    const page = await clinic.get(path(id));
    const refused = await post(page, emergency, id);
    expect(refused.text).toContain('href="#f-fc"');
    const signs = { 'pa-sistolica': '80', 'pa-diastolica': '50', fc: '130', fr: '28', temperatura: '36,5' };
    const order = await referralOf(await post(page, { ...emergency, ...signs }, id));
    expect(order.priority).toBe('stat');
    const found = await service.call<Bundle>('clinician.uaps1', 'GET', `Task?based-on=ServiceRequest/${order.id}`);
    expect(JSON.stringify(found.body)).toContain('in-transit');
  });
});

describe('a study that exists already', () => {
  it('is told before anything is sent; the existing result goes along and is not asked for again', async () => {
    const id = await person('Cinco');
    const old = await hemoglobin(id);
    const page = await clinic.get(path(id));
    const asked = await post(page, { estudios: '718-7' }, id);
    expect(asked.status).toBe(200);
    expect(asked.text).toMatch(/Este estudio ya existe.*Hemoglobina: 11\.2 g\/dL.*UAPS Corozal/s);
    expect(asked.text).not.toContain('Revise lo siguiente');
    expect(await countReferrals(id)).toBe(0);
    const undecided = await post(asked, { estudios: '718-7' }, id);
    expect([undecided.status, undecided.text.includes('href="#f-estudio-hemoglobina"')]).toEqual([422, true]);
    const order = await referralOf(await post(asked, { estudios: '718-7', 'estudio-hemoglobina': 'usar' }, id));
    expect(order.supportingInfo?.map(({ reference }) => reference)).toContain(`Observation/${old}`);
    const all = await service.call<Bundle>('clinician.uaps1', 'GET', `ServiceRequest?patient=Patient/${id}`);
    expect(all.body.entry).toHaveLength(1);
  });

  it('asked for again needs a reason, is ordered with it, and the page after sending repeats the warning', async () => {
    const id = await person('Seis');
    await hemoglobin(id);
    const again = { estudios: '718-7', 'estudio-hemoglobina': 'pedir' };
    const asked = await post(await clinic.get(path(id)), again, id);
    expect([asked.status, asked.text.includes('href="#f-estudio-hemoglobina-porque"')]).toEqual([422, true]);
    const answer = await post(asked, { ...again, 'estudio-hemoglobina-porque': 'Sangró ayer' }, id);
    expect(answer.status).toBe(303);
    const all = await service.call<Bundle>('clinician.uaps1', 'GET', `ServiceRequest?patient=Patient/${id}`);
    expect(JSON.stringify(all.body)).toContain('Sangró ayer');
    const page = await clinic.get(answer.location ?? '');
    expect(page.text).toContain('Se pidió un estudio que ya existe');
    expect(page.text).toContain('Hemoglobina: 11.2 g/dL');
  });
});

describe('after sending', () => {
  it('says number, state, whose turn it is and until when; WhatsApp carries nothing clinical', async () => {
    const id = await person('Siete', { telecom: [{ system: 'phone', value: '9988-7766' }] });
    const answer = await post(await clinic.get(path(id)), {}, id);
    const page = await clinic.get(answer.location ?? '');
    expect(page.text).toMatch(/REF-\d{4}-\d{7}/);
    expect(page.text).toMatch(/Ahora le toca a .*Hospital Regional Atlántida/);
    expect(page.text).toContain('Tiene hasta el');
    const link = /href="(https:\/\/wa\.me\/[^"]*)"/.exec(page.text)?.[1] ?? '';
    expect(link).toMatch(/^https:\/\/wa\.me\/50499887766\?text=/);
    const words = decodeURIComponent(link);
    for (const secret of [FIELDS.resumen, 'I20', 'Cardiolog', 'Siete']) expect(words).not.toContain(secret);
    expect((await clinic.get((await post(await clinic.get(path()), {})).location ?? '')).text).not.toContain('wa.me');
  });

  it('prints the sheet with every block, the code to follow and its address in the QR', async () => {
    const id = await person('Ocho', { identifier: [{ system: SID.dni, value: '0801199012345' }] });
    const answer = await post(await clinic.get(path(id)), { fc: '88', torax: 'Crepitantes', cabeza: 'Normal' }, id);
    const order = await referralOf(answer);
    const sheet = await clinic.get(`/referencias/${order.id}/hoja`);
    const code = order.identifier?.find(({ system }) => system === SID.seguimiento)?.value ?? '';
    for (const text of [
      '0801-1990-12345',
      'P/FC',
      'Crepitantes',
      'Oportuna',
      'Para usted',
      `${code.slice(0, 5)}-${code.slice(5)}`,
    ])
      expect(sheet.text).toContain(text);
    expect(sheet.text).toContain('class="rr-qr"');
    const triage = webClient(service.url);
    await triage.signIn('triage.hosp1');
    expect((await triage.get(`/referencias/${order.id}/hoja`)).status).toBe(200);
    const stranger = webClient(service.url);
    await stranger.signIn('clinician.uaps2');
    expect((await stranger.get(`/referencias/${order.id}/hoja`)).status).toBe(404);
  });

  it('says the PIN for somebody without a birth date, and the birth date else', async () => {
    const id = await create({
      resourceType: 'Patient',
      name: [{ family: 'Desconocida' }],
      gender: 'female',
      _birthDate: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
      },
    });
    const order = await referralOf(await post(await clinic.get(path(id)), {}, id));
    expect((await clinic.get(`/referencias/${order.id}/hoja`)).text).toMatch(/Le pedirá este PIN: \d{6}/);
  });
});

describe('an advice request', () => {
  it('becomes a referral by a button of the receiver, when the origin marked so on the form, and only then', async () => {
    const triage = webClient(service.url);
    await triage.signIn('triage.hosp1');
    const desk = webClient(service.url);
    await desk.signIn('clerk.hosp1');
    const received = async (fields: Record<string, string>): Promise<{ id: string; text: string }> => {
      const id = await person('Interconsulta');
      const sent = await post(await clinic.get(path(id)), fields, id);
      expect([sent.status, sent.text.slice(0, 0)]).toEqual([303, '']);
      const order = await referralOf(sent);
      const page = `/referencias/${order.id}`;
      await desk.submit(await desk.get(page), {}, `${page}/receive`);
      return { id: order.id, text: (await triage.get(page)).text };
    };
    const asked = await received({ clase: 'interconsulta', convertible: 'si' });
    expect(asked.text).toContain('Convertir en referencia');
    const page = `/referencias/${asked.id}/convert`;
    const converted = await triage.submit(await triage.get(page), { reason: 'Hay que verlo' }, page);
    expect(converted.location).toBe(`/referencias/${asked.id}?hecho=convert`);
    expect((await triage.get(`/referencias/${asked.id}`)).text).toContain('Aceptar referencia');
    expect((await received({ clase: 'interconsulta' })).text).not.toContain('Convertir en referencia');
    // A referral is one already: the mark says nothing of it.
    const plain = await received({ clase: 'referencia', convertible: 'si' });
    const order = await service.call<ServiceRequest>('clinician.uaps1', 'GET', `ServiceRequest/${plain.id}`);
    expect(JSON.stringify(order.body.extension)).not.toContain('conversion-authorised');
  });
});
