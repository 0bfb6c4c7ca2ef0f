import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Bundle,
  Condition,
  Encounter,
  Extension,
  OperationOutcome,
  Parameters,
  ParametersParameter,
  Patient,
  Provenance,
  Resource,
  Task,
} from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../../../src/config/canonical.js';
import { afterTheFactOf } from '../../../src/referral/emergency/after-the-fact.js';
import { reopenedOrder } from '../../../src/referral/reopened-order.js';
import { startService, type TestService } from '../../support/service.js';
import {
  answerDocument,
  errorCode,
  facility,
  type Moved,
  move,
  moved,
  order,
  placer,
  post,
  send,
  submission,
} from './referral-fixture.js';

const UNKNOWN: Patient = {
  resourceType: 'Patient',
  name: [
    {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    } as never,
  ],
  gender: 'male',
  _birthDate: {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
  },
} as never;

const coded = (name: string, system: string, code: string): ParametersParameter => ({
  name,
  valueCoding: { system: codeSystemUrl(system), code },
});
const organization = (name: string, alias: string): ParametersParameter => ({
  name,
  valueReference: { reference: `Organization/${facility(alias)}` },
});
const text = (name: string, valueString: string): ParametersParameter => ({ name, valueString });

describe('emergencies', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const receive = async (account: string, parameter: ParametersParameter[]): Promise<Moved> =>
    moved(
      await service.call<Parameters>(account, 'POST', 'ServiceRequest/$receive-emergency', {
        body: { resourceType: 'Parameters', parameter },
      }),
    );
  const read = async <T extends Resource>(reference: string, account = 'conformance'): Promise<T> =>
    (await service.call<T>(account, 'GET', reference)).body;
  const list = async (account: string, place: string, name: string): Promise<string[]> => {
    const path = `Organization/${facility(place)}/$worklist?list=${name}&_count=100`;
    const { body } = await service.call<Bundle>(account, 'GET', path);
    return (body.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Task' ? [resource.id ?? ''] : []));
  };
  const warned = ({ answer }: Moved): OperationOutcome['issue'] =>
    (answer.body.parameter?.find(({ name }) => name === 'outcome')?.resource as OperationOutcome | undefined)?.issue ??
    [];

  describe('that arrive without a referral', () => {
    it('are received at once, whoever it is; the referral is made after, and says who made it', async () => {
      const got = await receive('clerk.hosp1', [{ name: 'person', resource: UNKNOWN }]);
      expect([got.answer.status, got.state, got.task?.status]).toEqual([201, 'arrived', 'in-progress']);
      expect(got.answer.headers.get('location')).toContain(`/ServiceRequest/${got.referral.id}/_history/1`);
      const person = await read<Patient>(got.referral.subject.reference ?? '');
      expect(person.identifier?.[0]).toMatchObject({ system: SID.temporal, value: expect.stringMatching(/^T-/) });
      expect(got.referral).toMatchObject({
        status: 'active',
        priority: 'stat',
        requester: { reference: `Organization/${facility('hosp1')}` },
      });
      expect(afterTheFactOf(got.referral)).toMatchObject({
        manner: 'self-presented',
        recorder: { reference: post('clerk.hosp1') },
      });
      expect(got.task.owner?.reference).toBe(`Organization/${facility('hosp1')}`);
      expect(Date.parse(got.task.restriction?.period?.end ?? '')).toBeGreaterThan(Date.now());
      const [visit] = (
        await read<Bundle<Encounter>>(`Encounter?based-on=ServiceRequest/${got.referral.id}`)
      ).entry!.map(({ resource }) => resource!);
      expect(visit).toMatchObject({ status: 'arrived', class: { code: 'EMER' } });
      const [trail] = (await read<Bundle<Provenance>>(`Provenance?target=Task/${got.task.id}`)).entry!;
      expect(trail?.resource?.activity?.coding?.[0]?.code).toBe('receive-emergency');
      expect(await service.db.collection('audit').countDocuments({ sub: '$receive-emergency', act: 'C' })).toBe(1);
      expect(await list('specialist.hosp1', 'hosp1', 'present')).toContain(got.task.id);
      // Nobody sent the person: the hospital works on it and does not follow itself from afar.
      for (const followed of ['sent-open', 'unanswered', 'not-returned', 'home-visit'])
        expect(await list('specialist.hosp1', 'hosp1', followed)).not.toContain(got.task.id);
    });

    it('sent by word: the origin finds it in its list, completes it once, and follows it to the end', async () => {
      const known = await send(service, 'system.uaps1', submission(order()));
      const got = await receive('triage.hosp1', [
        { name: 'patient', valueReference: known.referral.subject },
        text('reason', 'Caída de un árbol, no mueve las piernas'),
        organization('origin', 'uaps1'),
        text('toldBy', 'Enfermera de turno'),
        { name: 'arrived', valueDateTime: new Date(Date.now() - 600_000).toISOString() },
        coded('transport', 'transport', 'ambulance'),
      ]);
      expect([got.answer.status, got.state]).toEqual([201, 'arrived']);
      expect(afterTheFactOf(got.referral)).toMatchObject({ manner: 'by-word', toldBy: 'Enfermera de turno' });
      expect(await list('clinician.uaps1', 'uaps1', 'to-complete')).toContain(got.task.id);

      const part = [
        text('summary', 'Cayó de cuatro metros hace una hora'),
        text('question', '¿Lesión medular?'),
        { name: 'diagnosis', valueString: 'Trauma raquimedular' },
      ];
      const complete = (account: string, before: Moved, parameter: readonly ParametersParameter[] = part) =>
        service.call<Parameters>(account, 'POST', `ServiceRequest/${before.referral.id}/$complete-order`, {
          body: { resourceType: 'Parameters', parameter },
          headers: { 'if-match': before.etag },
        });
      const refused = await complete('specialist.hosp1', got);
      expect([refused.status, errorCode(refused)]).toEqual([403, 'move-role']);
      const short = await complete('clinician.uaps1', got, part.slice(0, 1));
      expect([short.status, short.text.includes('"expression":["diagnosis"]')]).toEqual([422, true]);
      const done = moved(await complete('clinician.uaps1', got));
      expect([done.answer.status, done.state]).toEqual([200, 'arrived']);
      expect(done.referral.reasonCode?.[0]?.text).toBe(
        'Caída de un árbol, no mueve las piernas\nCayó de cuatro metros hace una hora',
      );
      expect(afterTheFactOf(done.referral)).toMatchObject({ completedBy: { reference: post('clinician.uaps1') } });
      const found = await read<Condition>(done.referral.reasonReference?.[0]?.reference ?? '');
      expect(found.code?.text).toBe('Trauma raquimedular');
      expect(await list('clinician.uaps1', 'uaps1', 'to-complete')).not.toContain(got.task.id);
      expect((await complete('clinician.uaps1', done)).status).toBe(422);

      const start = [
        { name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } },
        { name: 'start', valueDateTime: new Date().toISOString() },
      ];
      const care = await move(service, done, 'start-care', { account: 'specialist.hosp1' }, start);
      const said = answerDocument(care.referral);
      const composition = (said[0]?.resource as Bundle).entry?.[0]?.resource as { encounter?: unknown };
      composition.encounter = { reference: care.task.output?.at(-1)?.valueReference?.reference };
      const answered = await move(service, care, 'respond', { account: 'specialist.hosp1' }, said);
      expect([answered.state, answered.answer.status === 200 ? '' : answered.answer.text]).toEqual(['answered', '']);
      expect(await list('clinician.uaps1', 'uaps1', 'to-acknowledge')).toContain(got.task.id);
    });

    it('once, however often the form is sent; a number of another facility is told', async () => {
      const identifier = placer();
      const both = await Promise.all(
        [1, 2].map(() =>
          receive('clerk.hosp1', [{ name: 'person', resource: UNKNOWN }, text('identifier', identifier)]),
        ),
      );
      expect(both.map(({ answer }) => answer.status).sort()).toEqual([200, 201]);
      expect(both[0]?.referral.id).toBe(both[1]?.referral.id);
      const taken = await receive('clerk.hosp2', [
        { name: 'person', resource: UNKNOWN },
        text('identifier', identifier),
      ]);
      expect([taken.answer.status, errorCode(taken.answer)]).toEqual([409, 'duplicate']);
    });

    it('under a number that another referral holds, or that of another person, they are told, not taken for it', async () => {
      const [written, used] = [placer(), placer()];
      const sent = await send(service, 'system.uaps1', submission(order({ placer: written })));
      const first = await receive('clerk.hosp1', [{ name: 'person', resource: UNKNOWN }, text('identifier', used)]);
      const patient = { name: 'patient', valueReference: sent.referral.subject };
      for (const parameter of [
        [{ name: 'person', resource: UNKNOWN }, text('identifier', written)],
        [patient, text('identifier', used)],
      ]) {
        const { answer } = await receive('clerk.hosp1', parameter);
        expect([answer.status, errorCode(answer)]).toEqual([409, 'duplicate']);
      }
      const again = await receive('clerk.hosp1', [
        { name: 'patient', valueReference: first.referral.subject },
        text('identifier', used),
      ]);
      expect([again.answer.status, again.referral.id]).toEqual([200, first.referral.id]);
    });

    it('are completed no more once they are void, and no referral that was written before passes for one', async () => {
      const got = await receive('clerk.hosp1', [
        { name: 'person', resource: UNKNOWN },
        organization('origin', 'uaps1'),
      ]);
      const voided = await move(service, got, 'void', { account: 'clinician.uaps1' }, [text('reason', 'Era otra')]);
      expect(voided.state).toBe('error');
      const late = await service.call('clinician.uaps1', 'POST', `ServiceRequest/${got.referral.id}/$complete-order`, {
        body: {
          resourceType: 'Parameters',
          parameter: [text('summary', 'Caída'), text('question', '¿Fractura?'), text('diagnosis', 'Trauma')],
        },
        headers: { 'if-match': voided.etag },
      });
      expect([late.status, errorCode(late)]).toEqual([422, 'rule-broken']);

      const mark = got.referral.extension?.find(({ url }) => url === extensionUrl('after-the-fact'));
      const forged = order();
      const sent = await send(
        service,
        'system.uaps1',
        submission({ ...forged, extension: [...(forged.extension ?? []), mark!] }),
      );
      expect([sent.answer.status, errorCode(sent.answer)]).toEqual([422, 'rule-broken']);
      const reopened = reopenedOrder(got.referral, {
        reason: 'Sigue',
        author: post('x'),
        placer: placer(),
        written: '',
      });
      expect(afterTheFactOf(reopened)).toBeUndefined();
    });

    it('by people of the receiving facility only, and with what is right', async () => {
      const tries: [string, ParametersParameter[], number, string][] = [
        ['clinician.uaps1', [{ name: 'person', resource: UNKNOWN }], 403, 'move-role'],
        ['clerk.hosp1', [text('reason', 'Fiebre')], 422, 'field-missing'],
        [
          'clerk.hosp1',
          [{ name: 'patient', valueReference: { reference: 'Patient/none' } }],
          422,
          'reference-not-found',
        ],
        ['clerk.hosp1', [{ name: 'person', resource: UNKNOWN }, organization('origin', 'hosp1')], 422, 'rule-broken'],
        [
          'clerk.hosp1',
          [
            { name: 'person', resource: UNKNOWN },
            { name: 'arrived', valueDateTime: '2999-01-01T00:00:00Z' },
          ],
          422,
          'rule-broken',
        ],
        [
          'clerk.hosp1',
          [
            { name: 'person', resource: UNKNOWN },
            { name: 'arrived', valueDateTime: '1926-01-01' },
          ],
          422,
          'rule-broken',
        ],
      ];
      const people = await service.db.collection('Patient').countDocuments();
      for (const [account, parameter, status, code] of tries) {
        const { answer } = await receive(account, parameter);
        expect([account, answer.status, errorCode(answer)]).toEqual([account, status, code]);
      }
      expect(await service.db.collection('Patient').countDocuments()).toBe(people);
    });
  });

  describe('that are sent', () => {
    const stat = (more: Extension[] = [], arrives?: string) => {
      const sent = order({ priority: 'stat', ...(arrives === undefined ? {} : { arrives }) });
      return submission({ ...sent, extension: [...(sent.extension ?? []), ...more] });
    };
    const handover: Extension = {
      url: extensionUrl('handover'),
      extension: [
        { url: 'airway', valueString: 'Permeable' },
        { url: 'treatment', valueString: 'Suero' },
        { url: 'call-time', valueDateTime: '2026-11-20T10:00:00-06:00' },
        { url: 'call-name', valueString: 'Médico de guardia' },
      ],
    };
    const due = ({ task }: Moved): number => Date.parse(task.restriction?.period?.end ?? '');
    const soon = (ms = 1_500): string => new Date(Date.now() + ms).toISOString();
    const redirectTo = (alias: string): ParametersParameter[] => [
      coded('reason', 'redirect-reason', 'capacity'),
      organization('performer', alias),
    ];

    it('go out without a handover, with a warning that names what is missing; a repeat says it again', async () => {
      const bundle = stat();
      for (const status of [201, 200]) {
        const sent = await send(service, 'system.uaps1', bundle);
        const [issue] = warned(sent);
        expect([sent.answer.status, sent.state]).toEqual([status, 'in-transit']);
        expect(sent.answer.headers.get('location')).toContain(`/ServiceRequest/${sent.referral.id}/_history/1`);
        expect([issue?.severity, issue?.details?.coding?.[0]?.code]).toEqual(['warning', 'handover-incomplete']);
        expect(issue?.diagnostics).toContain('ABCDE state, vital signs, treatment given, time of the call');
      }
      const half = warned(await send(service, 'system.uaps1', stat([handover])));
      expect(half[0]?.diagnostics).toContain('lacks: vital signs, means of transport.');
      expect(warned(await send(service, 'system.uaps1', submission(order())))).toEqual([]);
    });

    it('are awaited at the hour that the origin says, and keep it through a redirect, which does not go back', async () => {
      const arrives = soon(600_000);
      const sent = await send(service, 'system.uaps1', stat([], arrives));
      expect(due(sent)).toBe(Date.parse(arrives));
      const on = await move(service, sent, 'redirect', { account: 'triage.hosp1' }, redirectTo('hosp2'));
      expect([on.state, due(on)]).toEqual(['in-transit', due(sent)]);
      const back = await move(service, on, 'redirect', { account: 'triage.hosp2' }, redirectTo('hosp1'));
      expect([back.answer.status, errorCode(back.answer)]).toEqual([422, 'redirect-returns']);
      const decided = await move(service, on, 'redirect', { account: 'manager.red1' }, redirectTo('hosp1'));
      expect([decided.state, due(decided), warned(decided)[0]?.details?.coding?.[0]?.code]).toEqual([
        'in-transit',
        due(sent),
        'redirect-returns',
      ]);
      // A term that has run out goes on as it is: overdue at once where the person is sent now.
      const over = await send(service, 'system.uaps1', stat([], soon(300)));
      await new Promise((done) => setTimeout(done, Math.max(0, due(over) + 50 - Date.now())));
      const passed = await move(service, over, 'redirect', { account: 'clerk.hosp1' }, redirectTo('hosp2'));
      expect([passed.state, due(passed)]).toEqual(['in-transit', due(over)]);
      // Without an hour the term of the table runs, and an hour beyond it counts for nothing.
      const usual = await send(service, 'system.uaps1', stat());
      const late = await send(service, 'system.uaps1', stat([], soon(30 * 86_400_000)));
      expect(Math.abs(due(late) - due(usual))).toBeLessThan(60_000);
    });

    it('and do not come: said after the term, the origin must find out, and whoever comes late is received', async () => {
      const input = [coded('reason', 'no-show-reason', 'unknown')];
      const early = await send(service, 'system.uaps1', stat());
      const refused = await move(service, early, 'not-arrived', { account: 'clerk.hosp1' }, input);
      expect([refused.answer.status, errorCode(refused.answer)]).toEqual([422, 'too-early']);
      const sent = await send(service, 'system.uaps1', stat([], soon()));
      expect(await list('clinician.uaps1', 'uaps1', 'transfer-overdue')).not.toContain(sent.task.id);
      await new Promise((done) => setTimeout(done, Math.max(0, due(sent) + 50 - Date.now())));
      expect(await list('clinician.uaps1', 'uaps1', 'transfer-overdue')).toContain(sent.task.id);
      const gone = await move(service, sent, 'not-arrived', { account: 'triage.hosp1' }, input);
      expect([gone.state, due(gone) > Date.now()]).toEqual(['no-show', true]);
      expect(await list('clinician.uaps1', 'uaps1', 'home-visit')).toContain(sent.task.id);
      const notice = async (): Promise<Task | undefined> =>
        (await read<Bundle<Task>>(`Task?based-on=ServiceRequest/${sent.referral.id}&code=not-arrived`)).entry?.[0]
          ?.resource;
      expect(await notice()).toMatchObject({
        status: 'requested',
        owner: { reference: `Organization/${facility('uaps1')}` },
        restriction: { period: { end: expect.any(String) } },
      });
      const late = await move(service, gone, 'arrive', { account: 'clerk.hosp1' });
      expect([late.state, late.answer.status === 200 ? '' : late.answer.text]).toEqual(['arrived', '']);
      // Nobody looks for whoever is here.
      const answered = await notice();
      expect([answered?.status, answered?.note?.[0]?.text]).toEqual([
        'completed',
        expect.stringContaining('La persona llegó al destino'),
      ]);
      expect(await list('clinician.uaps1', 'uaps1', 'notices')).not.toContain(answered?.id);
    });
  });

  it('an arrival takes no visit of another facility, and none that has ended', async () => {
    const sent = await send(service, 'system.uaps1', submission(order({ priority: 'stat' })));
    const visits: [string, string, Encounter['status'], string][] = [
      ['nurse.uaps1', 'uaps1', 'in-progress', 'reference-not-found'],
      ['clerk.hosp1', 'hosp1', 'cancelled', 'rule-broken'],
      ['clerk.hosp1', 'hosp1', 'finished', 'rule-broken'],
    ];
    for (const [account, place, status, code] of visits) {
      const visit = await service.call<Encounter>(account, 'POST', 'Encounter', {
        body: {
          resourceType: 'Encounter',
          status,
          class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
          subject: sent.referral.subject,
          period: { start: new Date().toISOString() },
          serviceProvider: { reference: `Organization/${facility(place)}` },
        },
      });
      const reference = `Encounter/${visit.body.id ?? ''}`;
      const encounter = { name: 'encounter', valueReference: { reference } };
      const refused = await move(service, sent, 'arrive', { account: 'clerk.hosp1' }, [encounter]);
      expect([status, refused.answer.status, errorCode(refused.answer)]).toEqual([status, 422, code]);
      const patient = { name: 'patient', valueReference: sent.referral.subject };
      const made = await receive('clerk.hosp1', [patient, encounter]);
      expect([status, made.answer.status, errorCode(made.answer)]).toEqual([status, 422, code]);
      expect((await read<Encounter>(reference)).meta?.versionId).toBe('1');
    }
  });

  it('opened by triage first, a referral is received by the service for that person; reading it moves nothing', async () => {
    const sent = await send(service, 'system.uaps1', submission(order()));
    await service.call('triage.hosp1', 'GET', `Task/${sent.task.id}`);
    expect((await read<Task>(`Task/${sent.task.id}`)).meta?.versionId).toBe(sent.task.meta?.versionId);
    const got = await move(service, sent, 'receive', { account: 'triage.hosp1' });
    expect([got.answer.status, got.state]).toEqual([200, 'in-triage']);
    const trail = (await read<Bundle<Provenance>>(`Provenance?target=Task/${sent.task.id}&_count=20`))
      .entry!.map(({ resource }) => resource!)
      .find(({ activity }) => activity?.coding?.[0]?.code === 'receive');
    expect(trail?.agent[0]).toMatchObject({
      who: { display: 'Servicio nacional de referencia y respuesta' },
      onBehalfOf: { reference: post('triage.hosp1') },
    });
    const records = await service.db.collection('audit').find({ sub: '$receive', 'det.as': 'service' }).toArray();
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ who: 'triage.hosp1' });
  });
});
