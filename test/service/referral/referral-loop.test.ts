import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Communication, Encounter, Parameters, Provenance, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../../../src/config/canonical.js';
import { PROFILES } from '../../../src/referral/vocabulary.js';
import { startService, type TestService } from '../../support/service.js';
import {
  answerDocument,
  anyService,
  booking,
  facility,
  FIELDS,
  type Moved,
  move,
  order,
  placer,
  post,
  send,
  submission,
} from './referral-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

const ORIGIN = { account: 'system.uaps1' };
const HOSPITAL = { account: 'system.hosp1' };
const by = (actor: string) => ({ account: `system.${actor.split('.')[1] ?? ''}`, actor });

describe('a referral goes out, is attended and answered, and closes', () => {
  let service: TestService;
  let location = '';

  beforeAll(async () => {
    service = await startService();
    const found = await service.call<Bundle>(
      'system.hosp1',
      'GET',
      `Location?organization=Organization/${facility('hosp1')}&_count=1`,
    );
    location = `Location/${found.body.entry?.[0]?.resource?.id ?? ''}`;
  }, 60_000);
  afterAll(() => service.stop());

  const search = async <T>(type: string, query: string): Promise<T[]> => {
    const answer = await service.call<Bundle>('system.hosp1', 'GET', `${type}?${query}`);
    expect(answer.status).toBe(200);
    return (answer.body.entry ?? []).map(({ resource }) => resource as T);
  };
  const state = (step: Moved, expected: string): Moved => {
    expect([step.answer.status, step.state, step.answer.status < 300 ? '' : step.answer.text]).toEqual([
      step.answer.status === 201 ? 201 : 200,
      expected,
      '',
    ]);
    return step;
  };

  it('sends, asks, books, attends, answers, acknowledges, closes', async () => {
    const sent = state(await send(service, ORIGIN.account, submission(order())), 'sent');
    expect(sent.answer.status).toBe(201);
    const number = sent.referral.identifier?.find(({ system }) => system === SID.referencia)?.value;
    expect(number).toMatch(/^REF-\d{4}-\d{7}$/);
    expect(sent.referral.status).toBe('active');
    expect(sent.task).toMatchObject({
      status: 'requested',
      groupIdentifier: { system: SID.referencia, value: number },
      requester: { reference: `Organization/${facility('uaps1')}` },
      owner: { reference: `Organization/${facility('hosp1')}` },
    });

    const received = state(await move(service, sent, 'receive', by('clerk.hosp1')), 'in-triage');
    const asked = state(
      await move(service, received, 'request-info', by('triage.hosp1'), FIELDS['request-info']),
      'info-requested',
    );
    expect(asked.task.statusReason?.text).toBe('Falta el electrocardiograma');
    const [child] = await search<Task>('Task', `part-of=Task/${sent.task.id}`);
    expect(child).toMatchObject({ status: 'requested', owner: { reference: `Organization/${facility('uaps1')}` } });
    const [words] = await search<Communication>('Communication', `part-of=Task/${child?.id}`);
    expect(words?.payload?.[0]?.contentString).toBe('Falta el electrocardiograma');

    const told = state(
      await move(service, asked, 'provide-info', by('clinician.uaps1'), FIELDS['provide-info']),
      'in-triage',
    );
    expect(told.task.statusReason).toBeUndefined();
    const [done] = await search<Task>('Task', `part-of=Task/${sent.task.id}`);
    expect(done).toMatchObject({ status: 'completed', output: [{ valueString: 'Ritmo sinusal, sin isquemia' }] });

    const accepted = state(await move(service, told, 'accept', by('triage.hosp1'), FIELDS.accept), 'accepted-waiting');
    const booked = state(await move(service, accepted, 'book', by('scheduler.hosp1'), booking(location)), 'scheduled');
    const arrived = state(await move(service, booked, 'arrive', by('clerk.hosp1')), 'arrived');
    const attended = state(
      await move(service, arrived, 'start-care', by('specialist.hosp1'), [
        { name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } },
        { name: 'start', valueDateTime: momentAhead(10, '09:05') },
      ]),
      'in-care',
    );
    const [encounter] = await search<Encounter>('Encounter', `based-on=ServiceRequest/${sent.referral.id}`);
    expect(encounter?.status).toBe('in-progress');
    expect(encounter?.meta?.profile).toEqual([PROFILES.visit]);

    const answered = state(
      await move(service, attended, 'respond', by('specialist.hosp1'), answerDocument(sent.referral)),
      'answered',
    );
    expect(answered.task.status).toBe('completed');
    expect(
      answered.task.output?.find(({ type }) => type.coding?.[0]?.code === 'respuesta')?.valueReference?.reference,
    ).toMatch(/^Composition\//);
    const [document] = await search<{ content: { attachment: { url: string } }[] }>(
      'DocumentReference',
      `related=ServiceRequest/${sent.referral.id}`,
    );
    const bundle = await service.call<Bundle>('system.uaps1', 'GET', document?.content[0]?.attachment.url ?? '');
    expect([bundle.status, bundle.body.type]).toEqual([200, 'document']);
    expect(
      (await search<{ status: string }>('Encounter', `based-on=ServiceRequest/${sent.referral.id}`))[0]?.status,
    ).toBe('finished');

    const read = state(await move(service, answered, 'acknowledge', by('clinician.uaps1')), 'follow-up');
    const followUps = await search<Task>('Task', `part-of=Task/${sent.task.id}&code=follow-up`);
    expect(followUps).toHaveLength(1);
    expect(followUps[0]).toMatchObject({ status: 'ready' });
    // What the plan dates is a task of its own (test/service/referral/follow-up.test.ts).
    expect(followUps[0]?.input).toBeUndefined();

    const closed = state(await move(service, read, 'close', by('clinician.uaps1'), FIELDS.close), 'closed');
    expect(closed.referral.status).toBe('completed');
    const trail = await search<Provenance>('Provenance', `target=Task/${sent.task.id}`);
    const moves = trail.map(({ activity }) => activity?.coding?.[0]?.code);
    expect(new Set(moves)).toEqual(
      new Set([
        'submit',
        'receive',
        'request-info',
        'provide-info',
        'accept',
        'book',
        'arrive',
        'start-care',
        'respond',
        'acknowledge',
        'close',
      ]),
    );
    const record = await service.db.collection('audit').findOne({ sub: '$accept' });
    expect(record).toMatchObject({ det: { from: 'in-triage', to: 'accepted-waiting', number }, out: '0' });
  });

  it('sends an emergency straight into transit; the destination can only redirect it', async () => {
    const sent = state(await send(service, ORIGIN.account, submission(order({ priority: 'stat' }))), 'in-transit');
    const refused = await move(service, sent, 'reject', by('triage.hosp1'), FIELDS.reject);
    expect(refused.answer.status).toBe(422);
    expect(refused.answer.text).toContain('$redirect');
    const arrived = state(await move(service, sent, 'arrive', by('clerk.hosp1')), 'arrived');
    expect(arrived.task.status).toBe('in-progress');
  });

  it('redirects with number, date and place in the queue; the new destination works on, the old one cannot', async () => {
    const sent = await send(service, ORIGIN.account, submission(order()));
    const received = await move(service, sent, 'receive', by('clerk.hosp1'));
    const next = state(
      await move(service, received, 'redirect', by('triage.hosp1'), [
        { name: 'reason', valueCoding: { system: codeSystemUrl('redirect-reason'), code: 'capacity' } },
        { name: 'performer', valueReference: { reference: anyService('hosp2') } },
      ]),
      'sent',
    );
    expect(next.task.id).not.toBe(sent.task.id);
    expect(next.task).toMatchObject({
      groupIdentifier: sent.task.groupIdentifier,
      authoredOn: sent.task.authoredOn,
      owner: { reference: `Organization/${facility('hosp2')}` },
    });
    expect(next.task.input).toContainEqual(
      expect.objectContaining({ valueReference: { reference: anyService('hosp2') } }),
    );
    const old = await service.call<Task>(HOSPITAL.account, 'GET', `Task/${sent.task.id}`);
    expect(old.body).toMatchObject({ status: 'rejected', businessStatus: { coding: [{ code: 'redirected' }] } });
    const late = await move(service, received, 'accept', by('triage.hosp1'), FIELDS.accept);
    expect([late.answer.status, late.answer.text.includes(next.task.id)]).toEqual([422, true]);
    state(await move(service, next, 'receive', by('clerk.hosp2')), 'in-triage');
  });

  it('rejects with a next step; the origin sends it again to the same place, or takes it back', async () => {
    const sent = await send(service, ORIGIN.account, submission(order()));
    const rejected = state(await move(service, sent, 'reject', by('triage.hosp1'), FIELDS.reject), 'rejected');
    expect(rejected.task.statusReason?.text).toBe('Primero perfil lipídico');
    const again = state(
      await move(service, rejected, 'resubmit', by('clinician.uaps1'), [
        { name: 'change', valueString: 'Resultados adjuntos' },
      ]),
      'sent',
    );
    expect(again.task.note?.[0]?.text).toBe('Resultados adjuntos');
    const revoked = state(await move(service, again, 'revoke', by('clinician.uaps1'), FIELDS.revoke), 'cancelled');
    expect(revoked.referral.status).toBe('revoked');
  });

  it('sends a draft that was saved before, once', async () => {
    const registered = await send(service, ORIGIN.account, submission(order()));
    const draft = order({ placer: placer(), subject: registered.referral.subject.reference ?? '' });
    const saved = await service.call<{ id: string }>('clinician.uaps1', 'POST', 'ServiceRequest', { body: draft });
    expect(saved.status).toBe(201);
    const path = `ServiceRequest/${saved.body.id}/$submit`;
    const headers = { 'if-match': saved.headers.get('etag') ?? '' };
    const sent = await service.call<Parameters>('clinician.uaps1', 'POST', path, {
      headers,
      body: { resourceType: 'Parameters' },
    });
    expect([sent.status, sent.status === 200 ? '' : sent.text]).toEqual([200, '']);
    const twice = await service.call('clinician.uaps1', 'POST', path, {
      headers,
      body: { resourceType: 'Parameters' },
    });
    expect(twice.status).toBe(422);
  });
});
