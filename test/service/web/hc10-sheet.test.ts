import type { Binary, Bundle, Parameters, Patient, ServiceRequest } from '@medplum/fhirtypes';
import fc from 'fast-check';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDefinitions } from '../../../src/fhir/definitions/load-definitions.js';
import { hc10Answer } from '../../../src/referral/hc10/hc10-answer.js';
import type { Hc10Values } from '../../../src/referral/hc10/hc10-fields.js';
import { readHc10Case } from '../../../src/referral/hc10/read-hc10-case.js';
import { organizationByAlias } from '../../../src/seed/find-facility.js';
import { type GeneratedForm, HC10_SEED, postedForm, referralForms } from '../../support/hc10-forms.js';
import { startService, type TestService } from '../../support/service.js';
import { formOf, type WebClient, webClient } from '../../support/web-client.js';
import { facility, move, type Moved, moved, post } from '../referral/referral-fixture.js';

/** Forms that go all the way through the service; all fifty go through the same code in hc10-round-trip.test.ts. */
const FORMS = 12;

let service: TestService;
let clinic: WebClient;

/** People as they come: with papers, without, newborn, child of somebody, unknown. */
const PEOPLE: readonly Omit<Patient, 'resourceType'>[] = [
  { name: [{ family: 'Zelaya Ñúñez', given: ['Rosa'] }], gender: 'female', birthDate: '1990-01-01' },
  {
    name: [{ use: 'temp', text: 'RN de Rosa Zelaya', family: 'Zelaya', given: ['RN'] }],
    gender: 'male',
    birthDate: '2026-11-20',
  },
  {
    name: [{ use: 'temp', text: 'Hija de Ana Güity', family: 'Güity', given: ['Hija'] }],
    gender: 'female',
    birthDate: '2025',
  },
  {
    name: [{ use: 'temp', text: 'Desconocido' }],
    gender: 'unknown',
    ...({
      _birthDate: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
      },
    } as object),
  },
];

async function person(turn: number): Promise<string> {
  const body = { resourceType: 'Patient', ...PEOPLE[turn % PEOPLE.length] };
  const answer = await service.call<Patient>('clinician.uaps1', 'POST', 'Patient', { body });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id ?? '';
}

/** Fills the form of a person in the browser and sends it; gives the id of the referral. */
async function sendForm({ values, motives }: GeneratedForm, patient: string): Promise<string> {
  const path = `/pacientes/${patient}/referir`;
  const { hidden } = formOf((await clinic.get(path)).text, path);
  const posted = postedForm({ values, motives });
  for (const [name, value] of Object.entries(hidden)) posted.append(name, value);
  posted.append('destino', organizationByAlias('hosp1')?.id ?? '');
  posted.append('alergias', 'no-se-pregunto');
  const answer = await clinic.post(path, posted);
  const id = /\/referencias\/([^/]+)\/enviada/.exec(answer.location ?? '')?.[1];
  if (id === undefined) throw new Error(answer.text);
  return id;
}

const USUAL: Hc10Values = {
  clase: 'referencia',
  especialidad: 'cardiologia',
  resumen: 'Dolor torácico de esfuerzo',
  pregunta: '¿Amerita prueba de esfuerzo?',
  diagnostico: 'Dolor que no cede',
  riesgo: 'con-riesgo',
  amerita: 'consulta-externa',
  prioridad: 'routine',
  torax: 'Crepitantes en bases',
};

const bare = (text: string): string => text.replace(/\s+/gu, '');
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: false });
  return text.map(bare);
}

/** Bytes of an address of the API. */
async function download(account: string, path: string): Promise<{ status: number; type: string; bytes: Uint8Array }> {
  const response = await fetch(`${service.base}/${path}`, {
    headers: { authorization: `Bearer ${await service.token(account)}`, accept: 'application/pdf' },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, type: response.headers.get('content-type') ?? '', bytes };
}

beforeAll(async () => {
  service = await startService();
  clinic = webClient(service.url);
  await clinic.signIn('clinician.uaps1');
});
afterAll(() => service.stop());

describe('form -> service -> form', () => {
  it(`loses and invents nothing of ${FORMS} forms: sent by the page, read whole by the hospital`, async () => {
    const forms = fc.sample(referralForms(loadDefinitions()), { seed: HC10_SEED, numRuns: FORMS });
    for (const [turn, { values, motives }] of forms.entries()) {
      const form = { values: { ...values, especialidad: 'cardiologia' }, motives };
      const id = await sendForm(form, await person(turn));
      const { body } = await service.call<Bundle>('triage.hosp1', 'GET', `ServiceRequest/${id}/$referral`);
      const known = new Map(
        (body.entry ?? []).map(({ resource }) => [`${resource?.resourceType}/${resource?.id}`, resource]),
      );
      const order = known.get(`ServiceRequest/${id}`) as ServiceRequest;
      const back = readHc10Case(order, (reference) => known.get(reference));
      const emergency = values.amerita === 'emergencia';
      expect(back.values).toEqual({ ...form.values, ...(emergency ? { prioridad: 'stat' } : {}) });
      expect(new Set(back.motives)).toEqual(new Set(motives));
    }
  });
});

describe('the sheet as a file', () => {
  let id: string;
  beforeAll(async () => {
    id = await sendForm({ values: USUAL, motives: ['diagnostico'] }, await person(0));
  });

  it('is a Binary of the API, and the PDF itself for who accepts nothing else', async () => {
    const { body, status } = await service.call<Binary>('triage.hosp1', 'GET', `ServiceRequest/${id}/$hc10`);
    expect([status, body.resourceType, body.contentType]).toEqual([200, 'Binary', 'application/pdf']);
    const file = await download('triage.hosp1', `ServiceRequest/${id}/$hc10`);
    expect([file.status, file.type]).toEqual([200, 'application/pdf']);
    const pages = await pagesOf(file.bytes);
    expect(pages).toEqual(await pagesOf(new Uint8Array(Buffer.from(body.data ?? '', 'base64'))));
    expect(pages).toHaveLength(2);
    for (const words of [
      'Zelaya',
      'Ñúñez',
      USUAL.resumen,
      USUAL.torax,
      'X Diagnóstico',
      'UAPS Corozal',
      'Hospital Regional Atlántida',
    ])
      expect(pages[0]).toContain(bare(words ?? ''));
  });

  it('is a page of the site too, with the same words as its HTML', async () => {
    const html = await clinic.get(`/referencias/${id}/hoja`);
    expect(html.text).toContain(`href="/referencias/${id}/hoja.pdf"`);
    expect(html.text).toContain(USUAL.torax);
    const answer = await clinic.get(`/referencias/${id}/hoja.pdf`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(answer.headers.get('content-disposition')).toMatch(/filename=referencia-REF-\d{4}-\d{7}\.pdf/);
  });

  it.each([
    ['clinician.uaps1', 200],
    ['conformance', 200],
    ['clinician.uaps2', 404],
    ['clerk.uaps1', 403],
    ['manager.red1', 403],
    ['patient.1', 403],
    ['statistics', 403],
  ])('answers %s with %p', async (account, status) => {
    const file = await download(account, `ServiceRequest/${id}/$hc10`);
    expect(file.status).toBe(status);
    if (status !== 200) expect(file.type).toMatch(/^application\/fhir\+json/);
  });

  it('is audited as a read, and refuses what it does not know', async () => {
    await download('triage.hosp1', `ServiceRequest/${id}/$hc10`);
    const [record] = await service.db.collection('audit').find({ sub: '$hc10' }).sort({ at: -1 }).limit(1).toArray();
    expect(record).toMatchObject({ act: 'R', who: 'triage.hosp1', ent: [`ServiceRequest/${id}`] });
    for (const [query, status] of [
      ['sheet=todo', 400],
      ['otra=1', 400],
      ['sheet=respuesta', 404],
    ] as const)
      expect((await download('triage.hosp1', `ServiceRequest/${id}/$hc10?${query}`)).status).toBe(status);
    const text = await fetch(`${service.base}/ServiceRequest/${id}/$hc10`, {
      headers: { authorization: `Bearer ${await service.token('triage.hosp1')}`, accept: 'text/html' },
    });
    expect(text.status).toBe(406);
  });
});

describe('an interconsulta', () => {
  it('goes the same way, is a proposal, and its sheet says who keeps the patient', async () => {
    const id = await sendForm(
      { values: { ...USUAL, clase: 'interconsulta' }, motives: ['tratamiento'] },
      await person(0),
    );
    const { body } = await service.call<ServiceRequest>('triage.hosp1', 'GET', `ServiceRequest/${id}`);
    expect([body.status, body.intent]).toEqual(['active', 'proposal']);
    const html = await clinic.get(`/referencias/${id}/hoja`);
    expect(html.text).toContain('El paciente sigue a cargo de UAPS Corozal.');
  });
});

describe('the sheet of the answer', () => {
  it('is the same form ticked "Respuesta", with what the hospital measured', async () => {
    const patient = await person(0);
    const id = await sendForm({ values: USUAL, motives: ['diagnostico'] }, patient);
    const tasks = await service.call<Bundle>('triage.hosp1', 'GET', `Task?based-on=ServiceRequest/${id}`);
    const order = await service.call<ServiceRequest>('triage.hosp1', 'GET', `ServiceRequest/${id}`);
    const task = tasks.body.entry?.[0]?.resource;
    let at: Moved = moved({
      ...tasks,
      body: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'referral', resource: order.body },
          { name: 'task', resource: task },
        ],
      } as Parameters,
    });
    const etag = `W/"${task?.meta?.versionId}"`;
    at = await move(service, { ...at, etag }, 'receive', { account: 'clerk.hosp1' });
    expect(at.state).toBe('in-triage');
    const document = hc10Answer(
      {
        motives: ['seguimiento'],
        diagnosisCode: 'I20.9',
        values: {
          resumen: 'Sin isquemia en la prueba.',
          diagnostico: 'Angina de pecho, estable',
          recomendaciones: 'Control de presión en un mes',
          'mensaje-paciente': 'Siga con su medicina cada día.',
          disposicion: 'advice',
          fc: '72',
          torax: 'Limpio',
          riesgo: 'sin-riesgo',
          'acompanante-nombre': 'José Zelaya',
        },
      },
      {
        number: 'REF-X',
        order: id,
        patient: { resourceType: 'Patient', id: patient },
        facility: { reference: `Organization/${facility('hosp1')}` },
        author: { reference: post('triage.hosp1') },
        time: '2026-11-23T10:00:00-06:00',
      },
    );
    at = await move(service, at, 'respond', { account: 'triage.hosp1' }, [
      { name: 'document', resource: document },
      { name: 'oportuna', valueCode: 'yes' },
      { name: 'justificada', valueCode: 'no' },
    ]);
    expect(at.answer.text).not.toContain('OperationOutcome');
    expect(at.state).toBe('answered');
    const file = await download('clinician.uaps1', `ServiceRequest/${id}/$hc10?sheet=respuesta`);
    const pages = await pagesOf(file.bytes);
    expect(pages).toHaveLength(2);
    for (const words of [
      'X Respuesta',
      'Sin isquemia en la prueba.',
      'Angina de pecho, estable',
      'Control de presión en un mes',
      'P/FC: 72',
      'Tórax: Limpio',
      'X Sin riesgo',
      'José Zelaya',
      'X Seguimiento',
    ])
      expect(pages[0]).toContain(bare(words));
    expect(pages[1]).toContain(bare('Siga con su medicina cada día.'));
    const sent = await pagesOf((await download('clinician.uaps1', `ServiceRequest/${id}/$hc10`)).bytes);
    expect(sent[0]).toContain(bare('Oportuna: X Sí'));
    expect(sent[0]).toContain(bare('Justificada: Sí X No'));
    const html = await clinic.get(`/referencias/${id}/hoja?de=respuesta`);
    expect(html.text).toContain('☒ Respuesta');
  });
});
