import type { Bundle, DiagnosticReport, Observation, OperationOutcome, Parameters } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../../support/service.js';
import { answerDocument, move, order, post, send, submission } from '../referral/referral-fixture.js';

const LOINC = 'http://loinc.org';
const LAB = [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
];
const HEMOGLOBIN = '718-7';
const BLOOD_COUNT = '58410-2';
const CREATININE = '2160-0';

let service: TestService;
/** A person of uaps1 whom hosp1 does not know. */
let patient: string;
let reports = 0;

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const create = async <T extends { id?: string }>(account: string, resource: object): Promise<string> => {
  const type = (resource as { resourceType: string }).resourceType;
  const answer = await service.call<T>(account, 'POST', type, { body: resource });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id ?? '';
};

const result = (code: string, days: number, more: Partial<Observation> = {}): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  category: LAB,
  code: { coding: [{ system: LOINC, code }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: daysAgo(days),
  performer: [{ reference: post('clinician.uaps1') }],
  valueQuantity: { value: 11.2, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
  ...more,
});

const study = (code: string, subject = `Patient/${patient}`) => ({
  resourceType: 'ServiceRequest' as const,
  status: 'active' as const,
  intent: 'order' as const,
  category: [{ coding: [{ system: 'http://snomed.info/sct', code: '108252007' }] }],
  code: { coding: [{ system: LOINC, code }] },
  subject: { reference: subject },
  requester: { reference: post('clinician.uaps1') },
});

const newPerson = async (account: string): Promise<string> => {
  reports += 1;
  return create(account, {
    resourceType: 'Patient',
    name: [{ family: `Zelaya ${reports}`, given: ['Rosa'] }],
    gender: 'female',
    birthDate: '1990-01-01',
  });
};

const ask = (code: string, headers: Record<string, string> = {}) =>
  service.call<OperationOutcome>('clinician.uaps1', 'POST', 'ServiceRequest', { body: study(code), headers });

beforeAll(async () => {
  service = await startService();
  patient = await newPerson('clinician.uaps1');
});
afterAll(() => service.stop());

describe('a plain create of an order', () => {
  it('says nothing while there is no result', async () => {
    const answer = await ask(CREATININE);
    expect([answer.status, answer.headers.get('link')]).toEqual([201, null]);
    const asked = await ask(CREATININE, { prefer: 'return=OperationOutcome' });
    expect(asked.body.issue[0]?.severity).toBe('information');
  });

  it('is done, links to the result, and tells date, place and result when asked for an outcome', async () => {
    const old = await create('clinician.uaps1', result(HEMOGLOBIN, 12));
    const answer = await ask(HEMOGLOBIN);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('link')).toBe(`<${service.base}/Observation/${old}>; rel="duplicate-study"`);
    expect(answer.headers.get('location')).toContain('/ServiceRequest/');
    const told = await ask(HEMOGLOBIN, { prefer: 'return=OperationOutcome' });
    const [issue] = told.body.issue;
    expect(issue).toMatchObject({
      severity: 'warning',
      code: 'duplicate',
      details: { coding: [{ code: 'duplicate-study' }] },
    });
    for (const text of [issue?.details?.text, issue?.diagnostics])
      expect(text).toMatch(
        new RegExp(`Hemoglobina.*${daysAgo(12).slice(0, 10)}.*UAPS Corozal.*11.2 g/dL.*Observation/${old}`),
      );
    const read = { ent: `Observation/${old}`, sub: 'read', who: 'clinician.uaps1' };
    expect(await service.context.store.countAudits(read)).toBe(2);
  });

  it('finds the newest, and none that is too old, not final, another person or empty of meaning', async () => {
    patient = await newPerson('clinician.uaps1');
    await create('clinician.uaps1', result(HEMOGLOBIN, 31));
    await create('clinician.uaps1', result(HEMOGLOBIN, 2, { status: 'preliminary' }));
    await create('clinician.uaps1', result(HEMOGLOBIN, 1, { status: 'entered-in-error' }));
    expect((await ask(HEMOGLOBIN)).headers.get('link')).toBeNull();
    await create('clinician.uaps1', result(HEMOGLOBIN, 29));
    const newer = await create('clinician.uaps1', result(HEMOGLOBIN, 3, { status: 'amended' }));
    expect((await ask(HEMOGLOBIN)).headers.get('link')).toBe(
      `<${service.base}/Observation/${newer}>; rel="duplicate-study"`,
    );
    const imposed = await service.call('clinician.uaps1', 'POST', 'ServiceRequest', {
      body: { ...study(HEMOGLOBIN), intent: 'proposal' },
    });
    expect([imposed.status, imposed.headers.get('link')]).toEqual([201, null]);
  });

  it('takes a panel for its members and members for their panel, each as long as it stands', async () => {
    patient = await newPerson('clinician.uaps1');
    const hemoglobin = await create('clinician.uaps1', result(HEMOGLOBIN, 20));
    const leukocytes = await create('clinician.uaps1', result('6690-2', 20));
    const members = (await ask(BLOOD_COUNT)).headers.get('link');
    expect(members).toContain(`Observation/${hemoglobin}`);
    // Leukocytes stand for 7 days only.
    expect(members).not.toContain(leukocytes);
    const report: DiagnosticReport = {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { coding: [{ system: LOINC, code: BLOOD_COUNT }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: daysAgo(5),
      conclusion: 'Sin alteraciones',
    };
    const whole = await create('clinician.uaps1', report);
    expect((await ask(BLOOD_COUNT)).headers.get('link')).toBe(
      `<${service.base}/DiagnosticReport/${whole}>; rel="duplicate-study"`,
    );
    expect((await ask('6690-2')).headers.get('link')).toContain(`DiagnosticReport/${whole}`);
  });

  it('warns about imaging, and blood groups for life', async () => {
    patient = await newPerson('clinician.uaps1');
    await create('clinician.uaps1', result('882-1', 4_000, { valueQuantity: undefined, valueString: 'O Rh positivo' }));
    expect((await ask('882-1', { prefer: 'return=OperationOutcome' })).body.issue[0]?.details?.text).toContain(
      'O Rh positivo',
    );
    await create('clinician.uaps1', {
      resourceType: 'DiagnosticReport',
      status: 'final',
      code: { coding: [{ system: LOINC, code: '36643-5' }] },
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: daysAgo(10),
      conclusion: 'Infiltrado basal derecho',
    });
    expect((await ask('36643-5', { prefer: 'return=OperationOutcome' })).body.issue[0]?.details?.text).toMatch(
      /Radiografía de tórax.*Infiltrado basal derecho/,
    );
  });
});

describe('Bundles', () => {
  const bundle = (type: 'transaction' | 'batch'): Bundle => ({
    resourceType: 'Bundle',
    type,
    entry: [HEMOGLOBIN, CREATININE].map((code) => ({
      resource: study(code),
      request: { method: 'POST', url: 'ServiceRequest' },
    })),
  });

  it.each(['transaction', 'batch'] as const)('a %s tells it in the outcome of the entry', async (type) => {
    patient = await newPerson('clinician.uaps1');
    await create('clinician.uaps1', result(HEMOGLOBIN, 2));
    const { status, body } = await service.call<Bundle>('clinician.uaps1', 'POST', '', { body: bundle(type) });
    expect(status).toBe(200);
    expect(body.entry?.map(({ response }) => response?.status)).toEqual(['201 Created', '201 Created']);
    const outcomes = body.entry?.map(({ response }) => (response?.outcome as OperationOutcome | undefined)?.issue[0]);
    expect(outcomes?.[0]).toMatchObject({ severity: 'warning', details: { coding: [{ code: 'duplicate-study' }] } });
    expect(outcomes?.[1]).toBeUndefined();
  });
});

describe('sending and moves', () => {
  const outcomeOf = (body: Parameters): OperationOutcome | undefined =>
    body.parameter?.find(({ name }) => name === 'outcome')?.resource as OperationOutcome | undefined;

  it('$submit answers an outcome for the orders that go along, and only then', async () => {
    patient = await newPerson('clinician.uaps1');
    await create('clinician.uaps1', result(CREATININE, 4));
    const along = (code: string) => ({
      resource: study(code),
      request: { method: 'POST' as const, url: 'ServiceRequest' },
    });
    const subject = `Patient/${patient}`;
    const plain = await send(service, 'clinician.uaps1', submission(order({ subject }), [along(HEMOGLOBIN)]));
    expect([plain.answer.status, outcomeOf(plain.answer.body)]).toEqual([201, undefined]);
    const warned = await send(service, 'clinician.uaps1', submission(order({ subject }), [along(CREATININE)]));
    expect(warned.answer.status).toBe(201);
    expect(warned.state).toBe('sent');
    expect(outcomeOf(warned.answer.body)?.issue).toHaveLength(1);
    const bundle = submission(order({ subject }), [along(CREATININE)]);
    await send(service, 'clinician.uaps1', bundle);
    const repeated = await send(service, 'clinician.uaps1', bundle);
    expect([repeated.answer.status, outcomeOf(repeated.answer.body)?.issue.length]).toEqual([200, 1]);
  });

  it('an answer whose document asks for a study that exists is warned about in the same way', async () => {
    patient = await newPerson('clinician.uaps1');
    await create('clinician.uaps1', result(CREATININE, 4));
    const subject = `Patient/${patient}`;
    let now = await send(service, 'clinician.uaps1', submission(order({ subject, priority: 'stat' })));
    now = await move(service, now, 'arrive', { account: 'clerk.hosp1' });
    now = await move(service, now, 'start-care', { account: 'specialist.hosp1' }, [
      { name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } },
      { name: 'start', valueDateTime: new Date().toISOString() },
    ]);
    const answer = answerDocument(now.referral);
    const document = answer.find(({ name }) => name === 'document')?.resource as Bundle;
    document.entry?.push({ fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000aa', resource: study(CREATININE) });
    now = await move(service, now, 'respond', { account: 'specialist.hosp1' }, answer);
    expect(now.answer.status).toBe(200);
    expect(outcomeOf(now.answer.body)?.issue[0]?.severity).toBe('warning');
  });
});

describe('what the caller may not read stays unsaid', () => {
  it('a facility without a relation to the person, and a role that reads no results, are told nothing', async () => {
    patient = await newPerson('clinician.uaps1');
    await create('clinician.uaps1', result(HEMOGLOBIN, 2));
    const stranger = await service.call('clinician.uaps2', 'POST', 'ServiceRequest', {
      body: { ...study(HEMOGLOBIN), requester: { reference: post('clinician.uaps2') } },
    });
    expect([stranger.headers.get('link'), stranger.text.includes('11.2')]).toEqual([null, false]);
    const clerk = await service.call('clerk.uaps1', 'POST', 'ServiceRequest', {
      body: study(HEMOGLOBIN),
      headers: { prefer: 'return=OperationOutcome' },
    });
    expect([clerk.status, clerk.headers.get('link')]).toEqual([201, null]);
    expect(clerk.text).not.toContain('11.2');
  });
});

describe('Patient/{id}/$existing-studies', () => {
  const path = (query: string): string => `Patient/${patient}/$existing-studies?${query}`;

  it('gives what stands for the codes asked, with date, place and result', async () => {
    patient = await newPerson('clinician.uaps1');
    const id = await create('clinician.uaps1', result(HEMOGLOBIN, 2));
    const { status, body } = await service.call<Parameters>(
      'nurse.uaps1',
      'GET',
      path(`code=${BLOOD_COUNT},${LOINC}|${CREATININE}`),
    );
    expect(status).toBe(200);
    expect(body.parameter).toHaveLength(1);
    const parts = body.parameter?.[0]?.part ?? [];
    expect(parts.map(({ name }) => name)).toEqual([
      'asked',
      'found',
      'date',
      'place',
      'result',
      'valid-days',
      'reference',
    ]);
    expect(parts[0]?.valueCoding?.code).toBe(BLOOD_COUNT);
    expect(parts[1]?.valueCoding?.code).toBe(HEMOGLOBIN);
    expect(parts[6]?.valueReference?.reference).toBe(`Observation/${id}`);
  });

  it('refuses whoever may not read, and questions it does not understand', async () => {
    expect((await service.call('clerk.uaps1', 'GET', path(`code=${HEMOGLOBIN}`))).status).toBe(403);
    expect((await service.call('clinician.uaps2', 'GET', path(`code=${HEMOGLOBIN}`))).status).toBe(404);
    expect((await service.call('clinician.uaps1', 'GET', path('codes=1'))).status).toBe(400);
    expect((await service.call('clinician.uaps1', 'GET', path(''))).status).toBe(400);
  });
});
