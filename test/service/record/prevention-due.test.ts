import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parameters, Patient, Resource } from '@medplum/fhirtypes';
import { dateIn } from '../../../src/config/honduras-time.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient } from '../../support/web-client.js';
import { errorCode, order, send, submission } from '../referral/referral-fixture.js';

const DAY = 86_400_000;
const daysAgo = (days: number): string => dateIn(new Date(Date.now() - days * DAY));

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

async function created<T extends Resource>(resource: T): Promise<T & { id: string }> {
  const answer = await service.call<T & { id: string }>('system.uaps1', 'POST', resource.resourceType, {
    body: resource,
  });
  expect([resource.resourceType, answer.status, answer.status === 201 ? '' : answer.text]).toEqual([
    resource.resourceType,
    201,
    '',
  ]);
  return answer.body;
}
const person = (about: Partial<Patient>) =>
  created<Patient>({ resourceType: 'Patient', name: [{ family: 'Paz', given: ['Luz'] }], ...about });
const due = (account: string, id: string) => service.call<Parameters>(account, 'GET', `Patient/${id}/$prevention-due`);
const names = ({ parameter = [] }: Parameters, name: string) => parameter.filter((one) => one.name === name);

describe('GET Patient/{id}/$prevention-due', () => {
  it('tells the doses of a child that the record lacks', async () => {
    const child = await person({ gender: 'male', birthDate: daysAgo(120) });
    const before = names((await due('nurse.uaps1', child.id)).body, 'vaccine').length;
    expect(before).toBeGreaterThan(1);
    await created({
      resourceType: 'Immunization',
      status: 'completed',
      vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: '19' }] },
      patient: { reference: `Patient/${child.id}` },
      occurrenceDateTime: daysAgo(118),
    });
    expect(names((await due('nurse.uaps1', child.id)).body, 'vaccine').length).toBe(before - 1);
  });

  it('tells the prenatal visits that were missed, on the page of the referral to both sides', async () => {
    const mother = await person({ gender: 'female', birthDate: '1998-04-02' });
    const subject = { reference: `Patient/${mother.id}` };
    expect((await due('nurse.uaps1', mother.id)).body.parameter ?? []).toEqual([]);
    await created({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8665-2' }] },
      subject,
      effectiveDateTime: daysAgo(1),
      valueDateTime: daysAgo(26 * 7),
    });
    const visit = (days: number) =>
      created({
        resourceType: 'Encounter',
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
        type: [{ text: 'Control prenatal' }],
        subject,
        period: { start: daysAgo(days), end: daysAgo(days) },
      });
    const missed = async () =>
      names((await due('nurse.uaps1', mother.id)).body, 'prenatal-visit').map(({ part }) => part?.[0]?.valueInteger);
    expect(await missed()).toEqual([1, 2]);
    await visit(100);
    expect(await missed()).toEqual([2]);

    const sent = await send(service, 'system.uaps1', submission(order({ subject: subject.reference })));
    expect(sent.answer.status).toBe(201);
    for (const account of ['nurse.uaps1', 'triage.hosp1']) {
      const client = webClient(service.url);
      await client.signIn(account);
      const page = (await client.get(`/referencias/${sent.referral.id}`)).text;
      expect([account, page.includes('Control prenatal 2'), page.includes('va en la semana 26')]).toEqual([
        account,
        true,
        true,
      ]);
    }
    const desk = webClient(service.url);
    await desk.signIn('clerk.hosp1');
    expect((await desk.get(`/referencias/${sent.referral.id}`)).text).not.toContain('Control prenatal 2');
  });

  it('is for those who care for the person', async () => {
    const child = await person({ gender: 'female', birthDate: daysAgo(400) });
    expect((await due('clinician.uaps2', child.id)).status).toBe(404);
    const desk = await due('clerk.uaps1', child.id);
    expect([desk.status, errorCode(desk)]).toEqual([403, 'role-forbidden']);
    const records = await service.context.store.findAudits({ sub: '$prevention-due', pt: child.id }, { limit: 5 });
    expect(records).toEqual([]);
  });
});
