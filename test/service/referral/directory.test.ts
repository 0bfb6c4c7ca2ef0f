import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment, HealthcareService, Parameters, ParametersParameter, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../../src/config/canonical.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import {
  changedTasks,
  measureFacility,
  MOST_TASKS,
  NEWEST_CHANGES,
  WINDOW_DAYS,
} from '../../../src/referral/directory/measured-facts.js';
import { SHIPPED_DEADLINES } from '../../../src/referral/deadlines/shipped-edition.js';
import { setState } from '../../../src/referral/set-state.js';
import { withOutput } from '../../../src/referral/task-io.js';
import { newId } from '../../../src/store/ids.js';
import { startService, type TestService } from '../../support/service.js';
import { webClient } from '../../support/web-client.js';
import { errorCode, facility, FIELDS, type Moved, move, order, send, submission } from './referral-fixture.js';

const DAY = 86_400_000;
const CARDIOLOGY = { system: codeSystemUrl('specialty'), code: 'cardiologia' };

let service: TestService;
let sent: Moved;
let cardiology: HealthcareService & { id: string };

const at = (days: number): Date => new Date(Date.now() + days * DAY);

/** Legs at hosp1 like the sent one, each with an appointment after so many days, given so many days ago. */
async function loadVisits(waits: readonly number[], given = 5): Promise<void> {
  const { context } = service;
  const { id: _id, ...text } = sent.task;
  const pairs = waits.map((wait) => {
    const sentAt = at(-given - 20);
    const appointment: Appointment & { id: string } = {
      resourceType: 'Appointment',
      id: newId('0000'),
      status: 'booked',
      created: at(-given).toISOString(),
      start: new Date(sentAt.getTime() + wait * DAY).toISOString(),
      end: new Date(sentAt.getTime() + wait * DAY + 1_800_000).toISOString(),
      participant: [{ status: 'accepted', actor: { reference: `Organization/${facility('hosp1')}` } }] as never,
    };
    const leg = setState({ ...text, authoredOn: sentAt.toISOString() } as Task, {
      state: 'scheduled',
      now: at(-given),
      deadlines: SHIPPED_DEADLINES,
    });
    const booked = withOutput(leg, 'appointment', { valueReference: { reference: `Appointment/${appointment.id}` } });
    const task = { ...booked, lastModified: at(-given).toISOString(), id: newId('0000') };
    return { appointment, task };
  });
  const own = facility('hosp1');
  await context.store.load(
    'Appointment',
    pairs.map(({ appointment }) => toStored(context, appointment, { own })),
    'copies',
  );
  await context.store.load(
    'Task',
    pairs.map(({ task }) => toStored(context, task, { own })),
    'copies',
  );
}

const part = (row: ParametersParameter | undefined, name: string): ParametersParameter | undefined =>
  row?.part?.find((one) => one.name === name);
const named = ({ parameter = [] }: Parameters, name: string): ParametersParameter[] =>
  parameter.filter((one) => one.name === name);

beforeAll(async () => {
  service = await startService();
  sent = await send(service, 'system.uaps1', submission(order()));
  const specialty = encodeURIComponent(`${CARDIOLOGY.system}|${CARDIOLOGY.code}`);
  const path = `HealthcareService?organization=Organization/${facility('hosp1')}&specialty=${specialty}`;
  const { body } = await service.call<{ entry: { resource: HealthcareService & { id: string } }[] }>(
    'conformance',
    'GET',
    path,
  );
  cardiology = body.entry[0]!.resource;
}, 60_000);
afterAll(() => service.stop());

describe('what was measured of a service', () => {
  const measure = async () =>
    (await measureFacility(service.context.store, facility('hosp1'), new Date()))('cardiologia');

  it('is nothing where nothing happened, and nothing while it is too little', async () => {
    expect(await measure()).toEqual({ tooFew: false, sentBack: [] });
    await loadVisits([3, 4, 5, 6, 7]);
    expect(await measure()).toEqual({ tooFew: true, sentBack: [] });
  });

  it('is the median and the ninth decile from sending to the first appointment', async () => {
    await loadVisits([30, 8]);
    expect(await measure()).toEqual({ wait: { basis: 7, median: 6, p90: 30 }, tooFew: false, sentBack: [] });
    // Given before the window: of no account.
    await loadVisits([300, 300, 300, 300, 300, 300, 300, 300], WINDOW_DAYS + 1);
    expect((await measure()).wait).toEqual({ basis: 7, median: 6, p90: 30 });
    const other = await measureFacility(service.context.store, facility('hosp1'), new Date());
    expect(other('pediatria')).toEqual({ tooFew: false, sentBack: [] });
  });

  it('has the coded reasons of rejections and questions, most frequent first, small numbers without their count', async () => {
    for (let turn = 0; turn < 7; turn += 1) {
      const one = await send(service, 'system.uaps1', submission(order()));
      const received = await move(service, one, 'receive', { account: 'clerk.hosp1' });
      const [name, fields] =
        turn < 6 ? (['reject', FIELDS.reject] as const) : (['request-info', FIELDS['request-info']] as const);
      expect((await move(service, received, name, { account: 'triage.hosp1' }, fields)).answer.status).toBe(200);
    }
    expect((await measure()).sentBack).toEqual([
      { kind: 'rejected', reason: { system: codeSystemUrl('reject-reason'), code: 'prerequisites-pending' }, count: 6 },
      { kind: 'information', reason: { system: codeSystemUrl('information-item'), code: 'ecg' } },
    ]);
  });

  it('is read over the index, newest changes first, up to a bound', async () => {
    const { store } = service.context;
    for (const side of ['owner', 'requester'] as const) {
      const filter = changedTasks(side, facility('hosp1'), at(-WINDOW_DAYS));
      const plan = await store.explain('Task', filter, { limit: MOST_TASKS, sort: NEWEST_CHANGES, hint: 'ref' });
      const stats = plan['executionStats'] as {
        totalDocsExamined: number;
        nReturned: number;
        totalKeysExamined: number;
      };
      expect(JSON.stringify(plan['queryPlanner'])).not.toMatch(/"COLLSCAN"|"SORT"/);
      expect(stats.totalDocsExamined).toBe(stats.nReturned);
      expect(stats.totalKeysExamined).toBeLessThanOrEqual(stats.nReturned + 1);
    }
  });
});

describe('GET HealthcareService/{id}/$service-facts', () => {
  const facts = (account: string, id = cardiology.id) =>
    service.call<Parameters>(account, 'GET', `HealthcareService/${id}/$service-facts`);

  it('gives hours, requirements, measured wait and reasons; the flag beside the wait that contradicts it', async () => {
    const flagged: HealthcareService = {
      ...cardiology,
      extension: [
        {
          url: extensionUrl('capacity'),
          extension: [
            { url: 'status', valueCode: 'no-capacity' },
            { url: 'note', valueString: 'Equipo en reparación' },
            { url: 'date', valueDateTime: '2026-11-01T08:00:00-06:00' },
          ],
        },
      ],
    };
    const put = await service.call('conformance', 'PUT', `HealthcareService/${cardiology.id}`, { body: flagged });
    expect(put.status).toBe(200);
    const { status, body } = await facts('clinician.uaps1');
    expect(status).toBe(200);
    expect(named(body, 'service')[0]?.resource).toMatchObject({ id: cardiology.id, availableTime: expect.anything() });
    expect(part(named(body, 'capacity')[0], 'status')?.valueCode).toBe('no-capacity');
    expect(part(named(body, 'capacity')[0], 'note')?.valueString).toBe('Equipo en reparación');
    expect(part(named(body, 'wait')[0], 'median')?.valueInteger).toBe(6);
    expect(named(body, 'contradiction')[0]?.valueBoolean).toBe(true);
    const asked = named(body, 'requirement').map(({ valueCodeableConcept }) => valueCodeableConcept?.coding?.[0]?.code);
    expect(asked).toContain('ecg');
    const [first] = named(body, 'sent-back');
    expect(part(first, 'reason')?.valueCoding?.display).toBe('Faltan exámenes o tratamientos previos');
    expect(part(first, 'count')?.valueInteger).toBe(6);
    expect(part(named(body, 'sent-back')[1], 'count')).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain(sent.referral.subject.reference ?? '-');
  });

  it('is for whoever refers, and recorded', async () => {
    expect((await facts('clerk.uaps2')).status).toBe(200);
    expect((await facts('patient.1')).status).toBe(403);
    expect((await facts('clinician.uaps1', 'nothing')).status).toBe(404);
    const records = await service.context.store.findAudits({ sub: '$service-facts', who: 'clerk.uaps2' }, { limit: 5 });
    expect(records).toEqual([expect.objectContaining({ ent: [`HealthcareService/${cardiology.id}`], pt: [] })]);
  });
});

describe('GET Organization/{id}/$suggest-destinations', () => {
  const suggest = (query: string) =>
    service.call<Parameters>(
      'clinician.uaps1',
      'GET',
      `Organization/${facility('uaps1')}/$suggest-destinations?${query}`,
    );

  it('orders by network and level, with reasons and what to consult first', async () => {
    const { status, body } = await suggest('specialty=medicina-interna');
    expect(status).toBe(200);
    const rows = named(body, 'destination');
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map((row) => part(row, 'rank')?.valueInteger)).toEqual(rows.map((_row, index) => index + 1));
    for (const row of rows) expect(part(row, 'why')?.valueString).toMatch(/\.$/);
    const hospital = rows.find(
      (row) => part(row, 'facility')?.valueReference?.reference === `Organization/${facility('hosp1')}`,
    );
    expect(part(hospital, 'consult')?.valueString).toContain('8.1.7');
    const urgent = named((await suggest('specialty=medicina-interna&priority=stat')).body, 'destination');
    expect(urgent.every((row) => part(row, 'consult') === undefined)).toBe(true);
  });

  it.each([
    ['', 'operation-parameter'],
    ['specialty=brujeria', 'operation-parameter'],
    ['specialty=cardiologia&priority=soon', 'operation-parameter'],
    ['specialty=cardiologia&x=1', 'parameter-unknown'],
  ])('%s: %s', async (query, code) => {
    const answer = await suggest(query);
    expect([answer.status, errorCode(answer)]).toEqual([400, code]);
  });
});

describe('the form HC-10', () => {
  it('shows before sending what the service asks for, lacks and sends back, and where to refer', async () => {
    const client = webClient(service.url);
    await client.signIn('clinician.uaps1');
    const patient = sent.referral.subject.reference?.split('/')[1] ?? '';
    const form = await client.get(`/pacientes/${patient}/referir`);
    expect(form.text).toContain('¿Por qué directo al hospital?');
    const path = `/pacientes/${patient}/referir`;
    const chosen = { destino: facility('hosp1'), especialidad: 'cardiologia', prioridad: 'routine', resumen: 'Dolor' };
    const advice = await client.submit(form, { ...chosen, accion: 'servicio' }, path);
    expect(advice.status).toBe(200);
    for (const text of [
      'Sin cupo por ahora: Equipo en reparación',
      'La mitad espera 6 días o menos; nueve de cada diez, 30 días o menos (7 citas',
      'no coinciden',
      'Resumen clínico: va',
      'Impresión diagnóstica: falta',
      'Rechazó: Faltan exámenes o tratamientos previos (6 veces)',
      'Pidió: Electrocardiograma (pocas veces)',
      'LN23:2019, 8.1.7',
    ])
      expect(advice.text).toContain(text);
    const other = /name="usar-destino" value="([\w-]+)"/.exec(advice.text)?.[1] ?? '';
    const taken = await client.submit(form, { ...chosen, 'usar-destino': other }, path);
    expect(taken.text).toMatch(new RegExp(`<option value="${other}" selected`));
    // Sent without what is missing: refused, with the same advice beside it.
    const refused = await client.submit(form, chosen, path);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Impresión diagnóstica: falta');
  });
});
