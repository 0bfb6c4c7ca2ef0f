import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { localMonth, monthIn } from '../../../src/referral/supervision/local-month.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient } from '../../support/web-client.js';
import {
  answerDocument,
  errorCode,
  facility,
  FIELDS,
  type Moved,
  move,
  order,
  send,
  submission,
} from './referral-fixture.js';

let service: TestService;
const NOW = monthIn(new Date());

const received = async (): Promise<Moved> =>
  move(service, await send(service, 'system.uaps1', submission(order())), 'receive', { account: 'clerk.hosp1' });

beforeAll(async () => {
  service = await startService();
  await send(service, 'system.uaps1', submission(order()));
  const rejected = await received();
  await move(service, rejected, 'reject', { account: 'triage.hosp1' }, FIELDS.reject);
  const answered = await received();
  const given = await move(
    service,
    answered,
    'respond',
    { account: 'triage.hosp1' },
    answerDocument(answered.referral, 'advice'),
  );
  expect(given.state).toBe('answered');
}, 60_000);
afterAll(() => service.stop());

const month = (account: string, id: string, text = NOW) =>
  service.call<Parameters>(account, 'GET', `Organization/${id}/$monthly-supervision?month=${text}`);

/** `row` or `row code` -> value, of one scope of an answer. */
function figures(scope: ParametersParameter | undefined): Record<string, number | undefined> {
  const part = (row: ParametersParameter, name: string) => row.part?.find((one) => one.name === name);
  return Object.fromEntries(
    (scope?.part ?? [])
      .filter(({ name }) => name === 'figure')
      .map((row) => {
        const code = part(row, 'code')?.valueCoding?.code;
        const name = part(row, 'row')?.valueCode ?? '';
        return [code === undefined ? name : `${name} ${code}`, part(row, 'value')?.valueInteger];
      }),
  );
}
const scopes = ({ parameter = [] }: Parameters, name: string): ParametersParameter[] =>
  parameter.filter((one) => one.name === name);

describe('GET Organization/{id}/$monthly-supervision', () => {
  it('counts what a hospital received, answered and sent back, by both rules', async () => {
    const { status, body } = await month('clerk.hosp1', facility('hosp1'));
    expect(status).toBe(200);
    expect(figures(scopes(body, 'total')[0])).toEqual({
      sent: 0,
      'sent-answered': 0,
      received: 2,
      'received-state answered': 1,
      'received-state rejected': 1,
      'answered-of-received': 1,
      'answers-given': 1,
      'oportuna yes': 1,
      'justificada unclassified': 1,
      'rejected prerequisites-pending': 1,
      'with-appointment': 0,
      'days-to-receipt': 0,
      'days-to-answer': 0,
    });
    expect(scopes(body, 'facility')).toEqual([]);
  });

  it('counts what a clinic sent', async () => {
    const { body } = await month('clinician.uaps1', facility('uaps1'));
    expect(figures(scopes(body, 'total')[0])).toMatchObject({
      sent: 3,
      'sent-state sent': 1,
      'sent-state rejected': 1,
      'sent-state answered': 1,
      'sent-answered': 1,
      received: 0,
    });
  });

  it('adds a network up and shows each facility', async () => {
    const network = (
      await service.call<{ partOf?: { reference?: string } }>('conformance', 'GET', `Organization/${facility('uaps1')}`)
    ).body;
    const id = network.partOf?.reference?.split('/')[1] ?? '';
    const { status, body } = await month('manager.red1', id);
    expect(status).toBe(200);
    const each = scopes(body, 'facility').map(figures);
    expect(each.length).toBeGreaterThan(2);
    const total = figures(scopes(body, 'total')[0]);
    for (const row of ['sent', 'received', 'answered-of-received', 'answers-given'])
      expect([row, each.reduce((sum, one) => sum + (one[row] ?? 0), 0)]).toEqual([row, total[row]]);
    expect(total['sent']).toBe(3);
    const other = await month('clerk.hosp1', id);
    expect([other.status, errorCode(other)]).toEqual([403, 'facility-foreign']);
  });

  it('leaves another month alone, and says what is no month', async () => {
    const before = localMonth('2025-01');
    expect(before?.end.toISOString()).toBe('2025-02-01T06:00:00.000Z');
    const { body } = await month('clerk.hosp1', facility('hosp1'), '2025-01');
    expect(figures(scopes(body, 'total')[0])).toMatchObject({ received: 0, 'answers-given': 0 });
    for (const text of ['2026-13', '2026-1', 'ayer', '2026']) {
      const answer = await month('clerk.hosp1', facility('hosp1'), text);
      expect([text, answer.status, errorCode(answer)]).toEqual([text, 400, 'parameter-value']);
    }
    expect((await month('clerk.hosp2', facility('hosp1'))).status).toBe(403);
    expect((await month('patient.1', facility('hosp1'))).status).toBe(403);
  });
});

describe('lists and the month on the pages', () => {
  it('come as sheets and as files', async () => {
    const clinic = webClient(service.url);
    await clinic.signIn('clinician.uaps1');
    const page = await clinic.get('/supervision');
    expect([page.status, page.text.includes('Referencias enviadas')]).toEqual([200, true]);
    const file = await clinic.get(`/supervision/csv?mes=${NOW}`);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.text.split('\r\n').some((line) => line.includes('Referencias enviadas,,3,'))).toBe(true);
    expect((await clinic.get('/supervision?mes=2026-13')).status).toBe(400);
    const sheet = await clinic.get('/bandeja/hoja?lista=sent-open');
    expect([sheet.status, sheet.text.includes('Ana Mejía López')]).toEqual([200, true]);
    const rows = (await clinic.get('/bandeja/csv?lista=sent-open')).text.trim().split('\r\n');
    expect(rows).toHaveLength(4);
    expect((await clinic.get('/bandeja?lista=sent-open')).text).toContain('href="/bandeja/csv?lista=sent-open"');
    expect((await clinic.get('/bandeja/hoja')).status).toBe(303);
    expect((await clinic.get('/bandeja/hoja?lista=home-visit')).text).toContain('Visita domiciliaria: no hay ninguna');
  });

  it('a manager sees the network', async () => {
    const manager = webClient(service.url);
    await manager.signIn('manager.red1');
    const page = await manager.get('/supervision');
    expect([page.status, page.text.includes('Por establecimiento')]).toEqual([200, true]);
  });

  it('counts whoever came by themselves as received, and as sent by nobody', async () => {
    const before = figures(scopes((await month('clerk.hosp1', facility('hosp1'))).body, 'total')[0]);
    const person = { resourceType: 'Patient', name: [{ family: 'Paz', given: ['Iris'] }], gender: 'female' } as const;
    const unknown = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    const came = await service.call<Parameters>('clerk.hosp1', 'POST', 'ServiceRequest/$receive-emergency', {
      body: {
        resourceType: 'Parameters',
        parameter: [
          {
            name: 'person',
            resource: { ...person, _birthDate: { extension: [{ url: unknown, valueCode: 'unknown' }] } } as never,
          },
        ],
      },
    });
    expect([came.status, came.status === 201 ? '' : came.text]).toEqual([201, '']);
    const after = figures(scopes((await month('clerk.hosp1', facility('hosp1'))).body, 'total')[0]);
    expect([after['sent'], after['received']]).toEqual([before['sent'], (before['received'] ?? 0) + 1]);
  });
});
