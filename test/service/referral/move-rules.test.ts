import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Appointment,
  Bundle,
  Composition,
  DocumentReference,
  Encounter,
  Parameters,
  ParametersParameter,
  Provenance,
  Resource,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { type Walk, walkTo } from '../../../src/demo/edge-walks.js';
import { codeSystemUrl, extensionUrl } from '../../../src/config/canonical.js';
import type { Condition } from '../../../src/referral/conditions.js';
import { type Edge, EDGES } from '../../../src/referral/edges.js';
import type { MoveName } from '../../../src/referral/moves.js';
import type { ReferralState } from '../../../src/referral/states.js';
import { startService, type TestService } from '../../support/service.js';
import {
  errorCode,
  errorText,
  facility,
  order,
  type OrderOptions,
  placer,
  post,
  send,
  submission,
} from './referral-fixture.js';
import { ask, follow, inputOf, startWalk, step, type Walker, type WalkScene, walkScene } from './walk-moves.js';

const edge = (from: ReferralState, move: MoveName, when?: Condition): Edge =>
  EDGES.find((one) => one.from === from && one.move === move && one.when === when)!;
const before = ({ start, edges }: Walk): Walk => ({ start, edges: edges.slice(0, -1) });
const codeOf = (task: Task | undefined): string | undefined => task?.code?.coding?.[0]?.code;
const output = (task: Task, code: string): string[] =>
  (task.output ?? [])
    .filter(({ type }) => type.coding?.some((coding) => coding.code === code))
    .map(({ valueReference, valueString, valueCodeableConcept }) =>
      String(valueReference?.reference ?? valueString ?? valueCodeableConcept?.coding?.[0]?.code),
    );

describe('rules of the moves that end, correct and lead on', () => {
  let service: TestService;
  let scene: WalkScene;

  beforeAll(async () => {
    service = await startService();
    scene = await walkScene(service);
  }, 60_000);
  afterAll(() => service.stop());

  const read = async <T extends Resource>(reference: string): Promise<T> =>
    (await service.call<T>('conformance', 'GET', reference)).body;
  const search = async <T extends Resource>(query: string): Promise<T[]> =>
    ((await service.call<Bundle>('conformance', 'GET', query)).body.entry ?? []).map(({ resource }) => resource as T);
  const sides = (walker: Walker): Promise<Task[]> =>
    search<Task>(`Task?based-on=ServiceRequest/${walker.moved.referral.id}&_count=50`);
  /** A referral at the state from which an edge leaves. */
  const at = (from: ReferralState, move: MoveName, when?: Condition, options?: OrderOptions): Promise<Walker> =>
    follow(scene, before(walkTo(edge(from, move, when))), options);
  const make = (walker: Walker, move: MoveName, account: string, input: ParametersParameter[]) =>
    ask(scene, walker, move, account, input);

  describe('$request-info', () => {
    const input = (due: Date): ParametersParameter[] => [
      { name: 'reason', valueString: 'Falta el electrocardiograma' },
      { name: 'item', valueCoding: { system: codeSystemUrl('information-item'), code: 'ecg' } },
      { name: 'due', valueDateTime: due.toISOString() },
    ];
    const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);

    it('takes no term that has passed, and none beyond the limit of the deadlines for the priority', async () => {
      for (const [priority, limit] of [
        ['routine', 30],
        ['urgent', 10],
      ] as const) {
        const walker = await at('in-triage', 'request-info', undefined, { priority });
        for (const [due, code] of [
          [days(-0.001), 'date-past'],
          [days(limit + 2), 'date-too-far'],
          [new Date('9999-12-31T00:00:00Z'), 'date-too-far'],
        ] as const) {
          const { answer } = await make(walker, 'request-info', 'triage.hosp1', input(due));
          expect([due, answer.status, errorCode(answer)]).toEqual([due, 422, code]);
          expect(answer.text).toContain('"expression":["due"]');
        }
        const asked = await make(walker, 'request-info', 'triage.hosp1', input(days(limit)));
        expect([priority, asked.state]).toEqual([priority, 'info-requested']);
      }
    });

    it('is taken back by triage before the term is over: the question ends, the triage clock goes on', async () => {
      const walker = await at('in-triage', 'request-info');
      const asked = await make(walker, 'request-info', 'triage.hosp1', input(days(9)));
      const waits: Walker = { ...walker, moved: asked };
      const none = await make(waits, 'withdraw-info', 'triage.hosp1', []);
      expect([none.answer.status, errorCode(none.answer)]).toEqual([422, 'field-missing']);
      const why = [{ name: 'reason', valueString: 'Ya estaba en el expediente' }];
      for (const account of ['clinician.uaps1', 'clerk.hosp1'])
        expect((await make(waits, 'withdraw-info', account, why)).answer.status).toBe(403);
      const back = await make(waits, 'withdraw-info', 'triage.hosp1', why);
      expect(back.state).toBe('in-triage');
      // Working time that was left, up to the minute; what passed meanwhile is added.
      const [usual, now] = [walker.moved, back].map(({ task }) => Date.parse(task.restriction?.period?.end ?? ''));
      expect(Math.abs(now! - usual!)).toBeLessThan(120_000);
      const [child] = (await sides(walker)).filter((task) => codeOf(task) === 'provide-information');
      expect(child).toMatchObject({ status: 'cancelled', statusReason: { text: 'Ya estaba en el expediente' } });
    });
  });

  describe('$book', () => {
    it('takes no start that has passed', async () => {
      const walker = await at('accepted-waiting', 'book');
      const booking = (ms: number) =>
        inputOf(scene, walker, edge('accepted-waiting', 'book')).map((field) => {
          if (field.name === 'start') return { ...field, valueDateTime: new Date(Date.now() + ms).toISOString() };
          return field.name === 'end'
            ? { ...field, valueDateTime: new Date(Date.now() + ms + 3_600_000).toISOString() }
            : field;
        });
      const past = await make(walker, 'book', 'scheduler.hosp1', booking(-86_400_000));
      expect([past.answer.status, errorCode(past.answer)]).toEqual([422, 'date-past']);
      expect(past.answer.text).toContain('"expression":["start"]');
      // Whoever stands at the desk is booked for the hour that has just struck.
      const booked = await make(walker, 'book', 'scheduler.hosp1', booking(-60_000));
      expect(booked.state).toBe('scheduled');
      const reason = {
        name: 'reason',
        valueCoding: { system: codeSystemUrl('cancel-reason'), code: 'provider-schedule' },
      };
      const again = await make({ ...walker, moved: booked }, 'reschedule', 'scheduler.hosp1', [
        reason,
        ...booking(-86_400_000),
      ]);
      expect([again.answer.status, errorCode(again.answer)]).toEqual([422, 'date-past']);
    });
  });

  describe('$no-response', () => {
    it('waits until the term of the origin is over, says when that is, and leaves what was asked as the next step', async () => {
      const walker = await at('info-requested', 'no-response');
      const end = walker.moved.task.restriction?.period?.end ?? '';
      const input = [{ name: 'comment', valueString: 'No llegó' }];
      const early = await make(walker, 'no-response', 'triage.hosp1', input);
      expect(early.answer.status).toBe(422);
      expect(errorText(early.answer)).toContain(end);
      const proposal = async (): Promise<string | undefined> => {
        const { body } = await service.call<Parameters>(
          'triage.hosp1',
          'GET',
          `Task/${walker.moved.task.id}/$available-actions`,
        );
        return (body.parameter ?? []).flatMap(({ part = [] }) => part).find(({ name }) => name === 'proposal')
          ?.valueString;
      };
      const noReply = async (): Promise<string[]> => {
        const path = `Organization/${facility('hosp1')}/$worklist?list=no-reply&_count=200`;
        const { body } = await service.call<Bundle>('triage.hosp1', 'GET', path);
        return (body.entry ?? []).map(({ resource }) => resource?.id ?? '');
      };
      expect([await proposal(), (await noReply()).includes(walker.moved.task.id)]).toEqual([undefined, false]);
      // Past the term the service proposes, and leaves it at that.
      await sleep(Math.max(0, Date.parse(end) + 1 - Date.now()));
      expect(await proposal()).toContain('no hubo respuesta');
      expect((await noReply()).includes(walker.moved.task.id)).toBe(true);
      expect((await read<Task>(`Task/${walker.moved.task.id}`)).status).toBe('on-hold');
      const { moved } = await step(scene, walker, edge('info-requested', 'no-response'), 'triage.hosp1');
      expect(moved.task.statusReason).toMatchObject({ coding: [{ code: 'no-response' }] });
      expect(output(moved.task, 'requested-item')).toEqual(['ecg']);
      const [child] = (await sides(walker)).filter((task) => codeOf(task) === 'provide-information');
      expect(child).toMatchObject({ status: 'failed', statusReason: { coding: [{ code: 'no-response' }] } });
      const [again] = [await step(scene, { ...walker, moved }, edge('rejected', 'resubmit'), 'clinician.uaps1')];
      expect(again.moved.state).toBe('sent');
    });
  });

  describe('$leave-list', () => {
    const input = (approver: string, code = 'improved'): ParametersParameter[] => [
      { name: 'reason', valueCoding: { system: codeSystemUrl('exit-cause'), code } },
      { name: 'approver', valueReference: { reference: post(approver) } },
    ];

    it('needs a triage clinician of the destination', async () => {
      const walker = await at('accepted-waiting', 'leave-list');
      for (const approver of ['clerk.hosp1', 'triage.hosp2', 'clinician.uaps1']) {
        const refused = await make(walker, 'leave-list', 'scheduler.hosp1', input(approver));
        expect([approver, refused.answer.status]).toEqual([approver, 422]);
        expect(refused.answer.text).toContain('"expression":["approver"]');
      }
      const died = [{ name: 'reason', valueCoding: { system: codeSystemUrl('exit-cause'), code: 'died' } }];
      const wrong = await make(walker, 'leave-list', 'scheduler.hosp1', [...died, ...input('triage.hosp1').slice(1)]);
      expect([wrong.answer.status, errorText(wrong.answer)]).toEqual([422, expect.stringContaining('$record-death')]);
      const left = await make(walker, 'leave-list', 'scheduler.hosp1', input('triage.hosp1'));
      expect([left.answer.status, left.state, left.task.status]).toEqual([200, 'left-list', 'cancelled']);
      const reason = left.referral.extension?.find(({ url }) => url === extensionUrl('status-reason'));
      expect(reason?.valueCodeableConcept?.coding?.[0]?.code).toBe('improved');
      const [notice] = (await sides(walker)).filter((task) => codeOf(task) === 'find-person');
      expect(notice).toMatchObject({
        status: 'requested',
        owner: { reference: `Organization/${facility('uaps1')}` },
        focus: { reference: `ServiceRequest/${walker.moved.referral.id}` },
      });
      const [trail] = (await search<Provenance>(`Provenance?target=Task/${left.task.id}&_count=50`)).filter(
        ({ activity }) => activity?.coding?.[0]?.code === 'leave-list',
      );
      const verifier = trail?.agent.find(({ type }) => type?.coding?.[0]?.code === 'verifier');
      expect(verifier?.who.reference).toBe(post('triage.hosp1'));
      // The facility that got it says by itself what came of it, with a plain update too.
      const done = await service.call('clinician.uaps1', 'PUT', `Task/${notice?.id}`, {
        body: { ...notice, status: 'completed', note: [{ text: 'La visitamos; ya se operó.' }] },
      });
      expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);
    });

    it('has failed when there was an appointment; one that was missed stays missed', async () => {
      const missed = await at('no-show', 'leave-list', 'no-care');
      const left = await make(missed, 'leave-list', 'scheduler.hosp1', input('triage.hosp1'));
      expect([left.state, left.task.status]).toEqual(['left-list', 'failed']);
      expect((await read<Appointment>(output(left.task, 'appointment').at(-1) ?? '')).status).toBe('noshow');
      const came = await at('arrived', 'leave-list', 'no-care');
      const gone = await make(came, 'leave-list', 'scheduler.hosp1', input('triage.hosp1'));
      expect((await read<Appointment>(output(gone.task, 'appointment').at(-1) ?? '')).status).toBe('cancelled');
      expect((await read<Encounter>(output(gone.task, 'encounter').at(-1) ?? '')).status).toBe('cancelled');
    });

    /** The attempts on record, as if each had been made a day earlier than it was. */
    async function aDayEarlier(task: Task): Promise<void> {
      const rows = service.db.collection<{ _id: string; json: string }>('Task');
      const found = JSON.parse((await rows.findOne({ _id: task.id ?? '' }))?.json ?? '{}') as Task;
      for (const { url, extension = [] } of found.extension ?? [])
        for (const one of url === extensionUrl('contact-attempt') ? extension : [])
          if (one.valueDateTime !== undefined)
            one.valueDateTime = new Date(Date.parse(one.valueDateTime) - 86_400_000).toISOString();
      await rows.updateOne({ _id: task.id ?? '' }, { $set: { json: JSON.stringify(found) } });
    }

    it('after repeated no-shows needs two missed appointments of this referral', async () => {
      const missed = await at('no-show', 'leave-list', 'no-care');
      const early = await make(missed, 'leave-list', 'scheduler.hosp1', input('triage.hosp1', 'repeated-no-show'));
      expect([early.answer.status, errorText(early.answer)]).toEqual([
        422,
        expect.stringContaining('1 of this referral on record, 2 needed'),
      ]);
      const booked = await step(scene, missed, edge('no-show', 'book'));
      const again = await step(scene, booked, edge('scheduled', 'no-show'));
      const gone = await make(again, 'leave-list', 'scheduler.hosp1', input('triage.hosp1', 'repeated-no-show'));
      expect([gone.answer.status, gone.state]).toEqual([200, 'left-list']);
    });

    it.each<[string, number, OrderOptions, Record<string, unknown> | undefined]>([
      ['an ordinary person', 1, {}, undefined],
      ['urgent', 2, { priority: 'urgent' }, undefined],
      ['a minor', 2, {}, { birthDate: '2015-02-03' }],
      [
        'a minor by estimated age',
        2,
        {},
        {
          birthDate: undefined,
          extension: [
            {
              url: extensionUrl('estimated-age'),
              extension: [
                { url: 'age', valueAge: { value: 9, unit: 'años', system: 'http://unitsofmeasure.org', code: 'a' } },
                { url: 'date', valueDate: '2026-10-01' },
              ],
            },
          ],
        },
      ],
    ])(
      'never takes %s off the list as unreachable before %i days of attempts to reach the person',
      async (_who, needed, options, person) => {
        let subject = scene.patient;
        if (person) {
          const bundle = submission(order());
          Object.assign(bundle.entry?.[0]?.resource ?? {}, person);
          const known = await send(service, 'system.uaps1', bundle);
          expect([known.answer.status, known.answer.status === 201 ? '' : known.answer.text]).toEqual([201, '']);
          subject = known.referral.subject.reference ?? '';
        }
        const received = await follow(scene, { ...walkTo(edge('sent', 'receive')) }, { ...options, subject });
        const accept = inputOf(scene, received, edge('in-triage', 'accept', 'order')).map((field) =>
          field.name === 'priority' ? { name: 'priority', valueCode: options.priority ?? 'routine' } : field,
        );
        let moved = await make(received, 'accept', 'triage.hosp1', accept);
        expect(moved.state).toBe('accepted-waiting');
        for (let made = 0; made <= needed; made += 1) {
          const walker = { ...received, moved };
          const left = await make(walker, 'leave-list', 'scheduler.hosp1', input('triage.hosp1', 'not-reachable'));
          expect([made, left.answer.status]).toEqual([made, made < needed ? 422 : 200]);
          if (left.answer.status === 200) break;
          expect(errorText(left.answer)).toContain(`${made} on record, ${needed} needed`);
          await aDayEarlier(moved.task);
          moved = await make(walker, 'contact-attempt', 'scheduler.hosp1', [
            { name: 'medium', valueCoding: { system: codeSystemUrl('contact-medium'), code: 'phone' } },
            { name: 'reached', valueBoolean: false },
            { name: 'reason', valueCoding: { system: codeSystemUrl('not-reached-reason'), code: 'no-answer' } },
          ]);
          expect([moved.answer.status, moved.answer.status === 200 ? '' : moved.answer.text]).toEqual([200, '']);
        }
      },
    );

    it('never takes a pregnant woman off the list before she was looked for', async () => {
      const bundle = submission(order());
      const known = await send(service, 'system.uaps1', bundle);
      const subject = known.referral.subject.reference ?? '';
      const noted = await service.call('clinician.uaps1', 'POST', 'Observation', {
        body: {
          resourceType: 'Observation',
          status: 'final',
          code: { coding: [{ system: 'http://loinc.org', code: '11778-8' }] },
          subject: { reference: subject },
          effectiveDateTime: '2026-11-01T09:30:00-06:00',
          valueDateTime: '2027-03-01',
        },
      });
      expect([noted.status, noted.status === 201 ? '' : noted.text]).toEqual([201, '']);
      const walker = await follow(scene, before(walkTo(edge('accepted-waiting', 'leave-list'))), { subject });
      const left = await make(walker, 'leave-list', 'scheduler.hosp1', input('triage.hosp1'));
      expect([left.answer.status, errorText(left.answer)]).toEqual([
        422,
        expect.stringMatching(/^(?!.*(pregnant|embaraz)).*priority group/s),
      ]);
    });
  });

  describe('$interim', () => {
    it('must be preliminary; the final answer takes its place', async () => {
      const walker = await at('in-care', 'interim');
      const final = inputOf(scene, walker, edge('in-care', 'respond')).slice(0, 1);
      const wrong = await make(walker, 'interim', 'specialist.hosp1', final);
      expect([wrong.answer.status, errorText(wrong.answer)]).toEqual([422, expect.stringContaining('preliminary')]);
      const early = await step(scene, walker, edge('in-care', 'interim'), 'specialist.hosp1');
      const [first = ''] = output(early.moved.task, 'interim');
      expect((await read<Composition>(first)).status).toBe('preliminary');
      expect(early.moved.task.restriction?.period?.end).toBe(walker.moved.task.restriction?.period?.end);
      const origin = await service.call('clinician.uaps1', 'GET', first);
      expect(origin.status).toBe(200);
      const done = await step(scene, early, edge('interim-answer', 'respond'), 'specialist.hosp1');
      const [answer = ''] = output(done.moved.task, 'respuesta');
      expect((await read<Composition>(answer)).relatesTo).toEqual([
        { code: 'replaces', targetReference: { reference: first } },
      ]);
      const entries = await search<DocumentReference>(
        `DocumentReference?related=ServiceRequest/${walker.moved.referral.id}`,
      );
      expect(entries.map(({ status, docStatus }) => `${status} ${docStatus}`).sort()).toEqual([
        'current final',
        'superseded preliminary',
      ]);
      const visit = await read<Encounter>(output(done.moved.task, 'encounter').at(-1) ?? '');
      expect(visit.status).toBe('finished');
    });
  });

  describe('$request-cancel and $confirm-cancel', () => {
    it('cancel the appointment with the referral while nobody attended the patient', async () => {
      const walker = await at('scheduled', 'request-cancel');
      const asked = await step(scene, walker, edge('scheduled', 'request-cancel'), 'clinician.uaps1');
      expect(asked.moved.task.statusReason?.coding?.[0]?.code).toBe('improved');
      const offered = await service.call<Parameters>(
        'specialist.hosp1',
        'GET',
        `Task/${asked.moved.task.id}/$available-actions`,
      );
      expect(offered.text).toContain('$confirm-cancel');
      expect(offered.text).not.toContain('$respond');
      const answered = await make(
        asked,
        'respond',
        'specialist.hosp1',
        inputOf(scene, asked, edge('in-care', 'respond')),
      );
      expect(answered.answer.status).toBe(422);
      const { moved } = await step(
        scene,
        asked,
        edge('cancel-requested', 'confirm-cancel', 'no-care'),
        'scheduler.hosp1',
      );
      expect(moved.task).toMatchObject({ status: 'cancelled', statusReason: { coding: [{ code: 'improved' }] } });
      expect((await read<Appointment>(output(moved.task, 'appointment').at(-1) ?? '')).status).toBe('cancelled');
    });

    it('end answered when care was given', async () => {
      const walker = await at('in-care', 'request-cancel');
      const asked = await step(scene, walker, edge('in-care', 'request-cancel'), 'clinician.uaps1');
      const refused = await make(asked, 'confirm-cancel', 'specialist.hosp1', []);
      expect([refused.answer.status, errorText(refused.answer)]).toEqual([422, expect.stringContaining('$respond')]);
      const { moved } = await step(scene, asked, edge('cancel-requested', 'respond', 'care-given'), 'specialist.hosp1');
      expect(moved.state).toBe('answered');
    });
  });

  it('after a first visit a missed second one is answered, not left', async () => {
    const walker = await at('no-show', 'respond', 'care-given');
    const approved = inputOf(scene, walker, edge('no-show', 'leave-list', 'no-care'));
    expect((await make(walker, 'leave-list', 'scheduler.hosp1', approved)).answer.status).toBe(422);
    const { moved } = await step(scene, walker, edge('no-show', 'respond', 'care-given'), 'specialist.hosp1');
    const answer = await read<Composition>(output(moved.task, 'respuesta')[0] ?? '');
    expect((await read<Encounter>(answer.encounter?.reference ?? '')).status).toBe('finished');
  });

  describe('$amend', () => {
    it('replaces the answer, asks the origin again, and renews the follow-up that goes on', async () => {
      const walker = await at('follow-up', 'amend');
      const followUps = async (): Promise<Task[]> =>
        (await sides(walker)).filter((task) => codeOf(task) === 'follow-up');
      const [old = ''] = output(walker.moved.task, 'respuesta');
      const input = inputOf(scene, walker, edge('follow-up', 'amend'));
      const { composition } = { composition: (input[1]?.resource as Bundle).entry?.[0]?.resource as Composition };
      const plan = composition.section?.find(({ code }) => code?.coding?.[0]?.code === 'plan');
      plan!.text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Dieta sin sal</div>' };
      const amended = await make(walker, 'amend', 'specialist.hosp1', input);
      expect([amended.answer.status, amended.state, amended.answer.status === 200 ? '' : amended.answer.text]).toEqual([
        ...[200, 'answered', ''],
      ]);
      const [answer = ''] = output(amended.task, 'respuesta');
      expect(answer).not.toBe(old);
      expect((await read<Composition>(answer)).relatesTo).toEqual([
        { code: 'replaces', targetReference: { reference: old } },
      ]);
      expect((await read<Composition>(old)).status).toBe('final');
      expect((await followUps()).map(({ status, focus }) => [status, focus?.reference])).toEqual([['ready', old]]);
      const entries = await search<DocumentReference>(
        `DocumentReference?related=ServiceRequest/${walker.moved.referral.id}`,
      );
      const superseded = entries.find(({ status }) => status === 'superseded');
      expect(entries.find(({ status }) => status === 'current')?.relatesTo?.[0]).toMatchObject({
        code: 'replaces',
        target: { reference: `DocumentReference/${superseded?.id}` },
      });
      await step(scene, { ...walker, moved: amended }, edge('answered', 'acknowledge'), 'clinician.uaps1');
      expect(
        (await followUps()).map(({ status, focus, input: items }) => [
          status,
          focus?.reference,
          items?.[0]?.valueString,
        ]),
      ).toEqual([['ready', answer, 'Dieta sin sal']]);
      // The dated point of the old plan ends with it.
      const [followUp] = await followUps();
      const points = await search<Task>(`Task?part-of=Task/${followUp?.id}&code=follow-up-item`);
      expect(points.map(({ status, statusReason }) => [status, statusReason?.text?.slice(0, 12)])).toEqual([
        ['cancelled', 'La respuesta'],
      ]);
    });

    it('opens a closed referral again; a new follow-up begins with the acknowledgement', async () => {
      const walker = await at('closed', 'amend');
      const amended = await step(scene, walker, edge('closed', 'amend'), 'specialist.hosp1');
      expect(amended.moved.referral.status).toBe('active');
      await step(scene, amended, edge('answered', 'acknowledge'), 'clinician.uaps1');
      const followUps = (await sides(walker)).filter((task) => codeOf(task) === 'follow-up');
      expect(followUps.map(({ status }) => status).sort()).toEqual(['completed', 'ready']);
    });
  });

  describe('$void', () => {
    it('marks drafts and referrals before care; everything stays readable', async () => {
      const draft = await startWalk(scene, { state: 'draft', care: false, advice: false, stat: false });
      const { moved } = await step(scene, draft, edge('draft', 'void'), 'clerk.uaps1');
      expect(moved.referral).toMatchObject({ status: 'entered-in-error' });
      expect((await read<ServiceRequest>(`ServiceRequest/${moved.referral.id}`)).status).toBe('entered-in-error');
      const history = await read<Bundle>(`ServiceRequest/${moved.referral.id}/_history`);
      expect(history.entry).toHaveLength(2);
      const trail = await search<Provenance>(`Provenance?target=ServiceRequest/${moved.referral.id}`);
      expect(trail[0]?.reason?.[0]?.text).toBe('Era de otro paciente');
      const again = await make(
        { ...draft, moved },
        'void',
        'clerk.uaps1',
        inputOf(scene, draft, edge('draft', 'void')),
      );
      expect(again.answer.status).toBe(422);
      const care = await at('in-care', 'interim');
      const late = await make(care, 'void', 'clinician.uaps1', inputOf(scene, care, edge('draft', 'void')));
      expect(late.answer.status).toBe(422);
    });
  });

  describe('$convert', () => {
    it('makes a referral of a request for advice, only when the origin had allowed it', async () => {
      const walker = await at('in-triage', 'convert', 'authorised');
      const accept = inputOf(scene, walker, edge('in-triage', 'accept', 'order'));
      expect((await make(walker, 'accept', 'triage.hosp1', accept)).answer.status).toBe(422);
      const { moved } = await step(scene, walker, edge('in-triage', 'convert', 'authorised'), 'triage.hosp1');
      expect(moved.referral).toMatchObject({ intent: 'order', category: [{ coding: [{ code: 'referencia' }] }] });
      expect(moved.task.authoredOn).toBe(walker.moved.task.authoredOn);
      expect((await make({ ...walker, moved }, 'accept', 'triage.hosp1', accept)).state).toBe('accepted-waiting');

      const { start, edges } = before(walkTo(edge('in-triage', 'convert', 'authorised')));
      const bundle = submission({
        ...order({ advice: true, subject: scene.patient }),
        extension: order().extension ?? [],
      });
      const sent = await send(service, 'system.uaps1', { ...bundle, entry: bundle.entry?.slice(1) } as Bundle);
      const silent = await step(
        scene,
        { moved: sent, standing: { ...start, state: 'sent' }, destination: 'hosp1' },
        edges.at(-1)!,
      );
      const refused = await make(silent, 'convert', 'triage.hosp1', [{ name: 'reason', valueString: 'x' }]);
      expect(refused.answer.status).toBe(422);
    });

    it('urgent advice is asked for, not sent on the way', async () => {
      const bundle = submission({
        ...order({ advice: true, subject: scene.patient, priority: 'stat' }),
        extension: order({ priority: 'stat' }).extension ?? [],
      });
      const sent = await send(service, 'system.uaps1', { ...bundle, entry: bundle.entry?.slice(1) } as Bundle);
      expect([sent.answer.status, sent.state]).toEqual([201, 'sent']);
    });

    it('advice says who keeps the patient', async () => {
      const walker = await at('in-triage', 'convert', 'authorised');
      const advised = await step(scene, walker, edge('in-triage', 'respond', 'advice'), 'triage.hosp1');
      const answer = await read<Composition>(output(advised.moved.task, 'respuesta')[0] ?? '');
      const responsible = answer.extension?.find(({ url }) => url === extensionUrl('responsible'));
      expect(responsible?.valueReference?.reference).toBe(post('clinician.uaps1'));
    });
  });

  describe('an onward referral', () => {
    it('is a draft of the destination, linked both ways; the origin is told; it is sent like any other', async () => {
      const walker = await at('in-care', 'respond', 'onward');
      const input = inputOf(scene, walker, edge('in-care', 'respond', 'onward'));
      const other = { resourceType: 'ServiceRequest', subject: { reference: 'Patient/other' } } as ServiceRequest;
      const foreign = await make(walker, 'respond', 'specialist.hosp1', [
        ...input,
        { name: 'onward', resource: { ...order(), ...other, status: 'draft' } },
      ]);
      expect(foreign.answer.status).toBe(422);
      const next = {
        ...order({
          subject: scene.patient,
          destination: `Organization/${facility('hosp2')}`,
          requester: post('specialist.hosp1'),
        }),
        identifier: [{ system: order().identifier?.[0]?.system ?? '', value: placer() }],
      };
      const moved = await make(walker, 'respond', 'specialist.hosp1', [...input, { name: 'onward', resource: next }]);
      expect([moved.answer.status, moved.answer.status === 200 ? '' : moved.answer.text]).toEqual([200, '']);
      const [link = ''] = output(moved.task, 'onward-referral');
      const draft = await service.call<ServiceRequest & { id: string }>('specialist.hosp1', 'GET', link);
      expect(draft.body).toMatchObject({
        status: 'draft',
        basedOn: [{ reference: `ServiceRequest/${walker.moved.referral.id}` }],
        requester: { reference: post('specialist.hosp1') },
      });
      const [notice] = (await sides(walker)).filter((task) => codeOf(task) === 'onward-notice');
      expect([notice?.owner?.reference, notice?.focus?.reference]).toEqual([`Organization/${facility('uaps1')}`, link]);
      const sent = await service.call<Parameters>('specialist.hosp1', 'POST', `${link}/$submit`, {
        body: { resourceType: 'Parameters' },
        headers: { 'if-match': draft.headers.get('etag') ?? '' },
      });
      expect([sent.status, sent.status === 200 ? '' : sent.text]).toEqual([200, '']);
      expect((await service.call('clinician.uaps1', 'GET', link)).status).toBe(200);
    });

    it('is made from the first one when nothing is given of it', async () => {
      const walker = await at('interim-answer', 'respond', 'onward');
      const { moved } = await step(scene, walker, edge('interim-answer', 'respond', 'onward'), 'specialist.hosp1');
      const draft = await read<ServiceRequest>(output(moved.task, 'onward-referral')[0] ?? '');
      expect(draft).toMatchObject({ status: 'draft', performerType: walker.moved.referral.performerType });
      expect(draft.performer).toBeUndefined();
    });
  });

  describe('a new referral that replaces an ended one', () => {
    const reopening = (id: string, approver?: string): Pick<ServiceRequest, 'replaces' | 'extension'> => ({
      replaces: [{ reference: `ServiceRequest/${id}` }],
      extension: [
        ...(order().extension ?? []),
        {
          url: extensionUrl('reopening'),
          extension: [
            { url: 'reason', valueString: 'El dolor volvió' },
            ...(approver ? [{ url: 'date-approver', valueReference: { reference: post(approver) } }] : []),
          ],
        },
      ],
    });
    const submit = async (request: ServiceRequest) => {
      const bundle = submission(request);
      return send(service, 'system.uaps1', { ...bundle, entry: bundle.entry?.slice(1) } as Bundle);
    };

    it('says why; keeps the earlier date only when a manager of the network agrees', async () => {
      const ended = await follow(scene, walkTo(edge('accepted-waiting', 'leave-list')));
      const { id } = ended.moved.referral;
      const first = ended.moved.task.authoredOn ?? '';
      const base = (): ServiceRequest => order({ subject: scene.patient });
      const mute = await submit({ ...base(), replaces: [{ reference: `ServiceRequest/${id}` }] });
      expect([mute.answer.status, mute.answer.text.includes('reopening')]).toEqual([422, true]);
      const alone = await submit({ ...base(), ...reopening(id, 'triage.hosp1') });
      expect([alone.answer.status, alone.answer.text.includes('date-approver')]).toEqual([422, true]);
      const plain = await submit({ ...base(), ...reopening(id) });
      expect([plain.answer.status, plain.answer.status === 201 ? '' : plain.answer.text]).toEqual([201, '']);
      expect(Date.parse(plain.task.authoredOn ?? '')).toBeGreaterThan(Date.parse(first));
      const agreed = await submit({ ...base(), ...reopening(id, 'manager.red1') });
      expect(agreed.task.authoredOn).toBe(first);
      const [trail] = await search<Provenance>(`Provenance?target=Task/${agreed.task.id}`);
      expect(trail?.agent.map(({ who }) => who.reference)).toContain(post('manager.red1'));
      const open = await submit({ ...base(), ...reopening(plain.referral.id) });
      expect(open.answer.status).toBe(422);
    });
  });
});
