import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment, Bundle, Patient, Provenance, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { walkTo } from '../../../src/demo/edge-walks.js';
import { extensionUrl } from '../../../src/config/canonical.js';
import { EDGES } from '../../../src/referral/edges.js';
import type { ReferralState } from '../../../src/referral/states.js';
import { startService, type TestService } from '../../support/service.js';
import { errorText, facility, order, send, submission } from './referral-fixture.js';
import { ask, follow, inputOf, type Walker, type WalkScene, walkScene } from './walk-moves.js';

const MARK = extensionUrl('death-recorded');

/** The shortest way into a state, of a referral that was attended or not. */
function into(state: ReferralState, care: boolean) {
  const ways = EDGES.filter(({ from, to, move }) => to === state && from !== undefined && move !== 'create')
    .filter((edge) => !care || edge.t === '23')
    .map(walkTo);
  return ways.sort((a, b) => a.edges.length - b.edges.length)[0]!;
}

/** State before -> state after the death is on record, and whether care had been given. */
const FATES: readonly (readonly [ReferralState, ReferralState, boolean])[] = [
  ['sent', 'left-list', false],
  ['in-triage', 'left-list', false],
  ['info-requested', 'left-list', false],
  ['rejected', 'left-list', false],
  ['accepted-waiting', 'left-list', false],
  ['scheduled', 'left-list', false],
  ['in-transit', 'left-list', false],
  ['no-show', 'left-list', false],
  ['appointment-cancelled', 'left-list', false],
  ['arrived', 'left-list', false],
  ['cancel-requested', 'left-list', false],
  ['scheduled', 'scheduled', true],
  ['in-care', 'in-care', false],
  ['interim-answer', 'interim-answer', false],
  ['answered', 'answered', false],
  ['follow-up', 'follow-up', false],
  ['closed', 'closed', false],
];

describe('a death that is recorded', () => {
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

  /** Somebody whom nobody else's test knows. */
  async function somebody(): Promise<WalkScene> {
    const bundle = submission(order());
    Object.assign(bundle.entry?.[0]?.resource ?? {}, { gender: 'male' });
    const sent = await send(service, 'system.uaps1', bundle);
    // The referral that registers the person is no part of the test.
    const { subject } = sent.referral;
    const walker: Walker = {
      moved: sent,
      standing: { state: 'sent', care: false, advice: false, stat: false },
      destination: 'hosp1',
    };
    await ask(scene, walker, 'void', 'clinician.uaps1', [{ name: 'reason', valueString: 'Registro' }]);
    return { ...scene, patient: subject.reference ?? '' };
  }
  const patientOf = (one: WalkScene): Promise<Patient & { id: string }> => read(one.patient);
  const put = (person: Patient, headers: Record<string, string> = {}, account = 'clinician.uaps1') =>
    service.call(account, 'PUT', `Patient/${person.id}`, { body: person, headers });
  const stateOf = (task: Task): string | undefined => task.businessStatus?.coding?.[0]?.code;
  const notices = async (one: WalkScene): Promise<Task[]> =>
    await search<Task>(`Task?patient=${one.patient}&code=death-notice&_count=50`);

  it('written by a facility that has no part in the referral ends nothing: both sides are told and confirm it', async () => {
    const one = await somebody();
    const { moved } = await follow(one, into('accepted-waiting', false));
    const visit = {
      resourceType: 'Encounter',
      status: 'planned',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: one.patient },
      serviceProvider: { reference: `Organization/${facility('hosp3')}` },
    };
    expect((await service.call('clerk.hosp3', 'POST', 'Encounter', { body: visit })).status).toBe(201);
    const done = await put({ ...(await patientOf(one)), deceasedBoolean: true }, {}, 'clerk.hosp3');
    expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);
    const task = await read<Task>(`Task/${moved.task.id}`);
    expect(stateOf(task)).toBe('accepted-waiting');
    expect(task.extension?.some(({ url }) => url === MARK)).toBe(true);
    expect(await notices(one)).toHaveLength(2);
  });

  it('follows into every open referral of the person by its state, in one transaction', async () => {
    const one = await somebody();
    const walkers: Walker[] = [];
    for (const [state, , care] of FATES) walkers.push(await follow(one, into(state, care)));
    const before = await patientOf(one);
    const done = await put({ ...before, deceasedDateTime: '2026-11-29T04:00:00-06:00' });
    expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);

    for (const [index, [state, to, care]] of FATES.entries()) {
      const { moved } = walkers[index]!;
      const task = await read<Task>(`Task/${moved.task.id}`);
      const request = await read<ServiceRequest>(`ServiceRequest/${moved.referral.id}`);
      expect([state, care, stateOf(task)]).toEqual([state, care, to]);
      const appointments = await search<Appointment>(`Appointment?based-on=ServiceRequest/${moved.referral.id}`);
      const marked = task.extension?.some(({ url }) => url === MARK) === true;
      if (to !== 'left-list') {
        expect([state, marked]).toEqual([state, to !== 'closed']);
        continue;
      }
      expect(marked).toBe(false);
      expect(request.status).toBe('revoked');
      expect(task.statusReason?.coding?.[0]?.code).toBe('died');
      expect(task.status).toBe(appointments.length > 0 ? 'failed' : 'cancelled');
      for (const { status } of appointments) expect(['cancelled', 'noshow']).toContain(status);
      const trail = await search<Provenance>(`Provenance?target=Task/${task.id}&_count=50`);
      const death = trail.find(({ activity }) => activity?.coding?.[0]?.code === 'record-death');
      expect(death?.agent[0]?.who.display).toMatch(/Servicio nacional/);
    }
    // One notice for each facility, whatever the number of its referrals.
    const told = await notices(one);
    const owners = told.map(({ owner }) => owner?.reference).sort();
    expect(owners).toEqual([facility('hosp1'), facility('uaps1')].map((id) => `Organization/${id}`).sort());
    expect(told[0]?.basedOn?.length).toBe(FATES.length - 1);
    // All of it was one transaction: one request, one moment.
    const written = await service.db
      .collection('history')
      .find({ type: 'Task', pt: before.id, req: done.headers.get('x-request-id') })
      .toArray();
    // Beside the legs and the notices what had been asked from the origin, and the searches that end.
    const searched = await search<Task>(`Task?patient=${one.patient}&code=find-person,not-arrived&_count=50`);
    expect(new Set(searched.map(({ status }) => status))).toEqual(new Set(['completed']));
    expect(written.length).toBe(FATES.length - 1 + 1 + told.length + searched.length);
    expect(new Set(written.map(({ lu }) => (lu as Date).getTime())).size).toBe(1);

    // Written again, nothing more happens.
    const again = await put({ ...(await patientOf(one)), deceasedDateTime: '2026-11-29T05:00:00-06:00' });
    expect(again.status).toBe(200);
    expect(await notices(one)).toHaveLength(told.length);

    // Nobody sends somebody who died; nobody is revived silently.
    const bundle = submission(order({ subject: one.patient }));
    const refused = await send(service, 'system.uaps1', { ...bundle, entry: bundle.entry?.slice(1) } as Bundle);
    expect([refused.answer.status, errorText(refused.answer)]).toEqual([422, expect.stringContaining('died')]);
    const { deceasedDateTime: _died, ...alive } = await patientOf(one);
    expect((await put(alive as Patient)).status).toBe(200);
    for (const [index, [, to]] of FATES.entries()) {
      const task = await read<Task>(`Task/${walkers[index]!.moved.task.id}`);
      expect(stateOf(task)).toBe(to);
      expect(task.extension?.some(({ url }) => url === MARK) ?? false).toBe(false);
    }
  }, 120_000);

  it('ends the search for the person at the facility that was asked to look, and tells it', async () => {
    const one = await somebody();
    const left = EDGES.find(({ from, move }) => from === 'accepted-waiting' && move === 'leave-list')!;
    await follow(one, walkTo(left));
    const asked = () => search<Task>(`Task?patient=${one.patient}&code=find-person`);
    const [before] = await asked();
    expect([before?.status, before?.owner?.reference]).toEqual(['requested', `Organization/${facility('uaps1')}`]);
    const done = await put({ ...(await patientOf(one)), deceasedBoolean: true });
    expect([done.status, done.status === 200 ? '' : done.text]).toEqual([200, '']);
    const [after] = await asked();
    expect([after?.status, after?.note?.at(-1)?.text]).toEqual(['completed', expect.stringContaining('fallecimiento')]);
    expect((await notices(one)).map(({ owner }) => owner?.reference)).toEqual([`Organization/${facility('uaps1')}`]);
    const trail = await search<Provenance>(`Provenance?target=Task/${after?.id ?? ''}`);
    expect(trail.some(({ activity }) => activity?.coding?.[0]?.code === 'complete-notice')).toBe(true);
    // Written again it changes nothing more.
    await put({ ...(await patientOf(one)), deceasedBoolean: true });
    expect(await notices(one)).toHaveLength(1);
  });

  it('is the same by PATCH and in a transaction Bundle', async () => {
    for (const by of ['patch', 'bundle'] as const) {
      const one = await somebody();
      const { moved } = await follow(one, into('scheduled', false));
      const person = await patientOf(one);
      const answer =
        by === 'patch'
          ? await service.call('clinician.uaps1', 'PATCH', one.patient, {
              body: JSON.stringify([{ op: 'add', path: '/deceasedBoolean', value: true }]),
              headers: { 'content-type': 'application/json-patch+json' },
            })
          : await service.call('clinician.uaps1', 'POST', '', {
              body: {
                resourceType: 'Bundle',
                type: 'transaction',
                entry: [
                  { resource: { ...person, deceasedBoolean: true }, request: { method: 'PUT', url: one.patient } },
                ],
              },
            });
      expect([by, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([by, 200, '']);
      expect(stateOf(await read<Task>(`Task/${moved.task.id}`))).toBe('left-list');
    }
  });

  it('is not recorded when the person cannot be written', async () => {
    const one = await somebody();
    const { moved } = await follow(one, into('sent', false));
    const person = await patientOf(one);
    const stale = await put({ ...person, deceasedBoolean: true }, { 'if-match': 'W/"99"' });
    expect(stale.status).toBe(412);
    expect(stateOf(await read<Task>(`Task/${moved.task.id}`))).toBe('sent');
    expect(await notices(one)).toEqual([]);
  });

  it('lets the destination answer that the person died in care', async () => {
    const one = await somebody();
    const walker = await follow(one, into('in-care', false));
    await put({ ...(await patientOf(one)), deceasedBoolean: true });
    const died = EDGES.find(({ from, when }) => from === 'in-care' && when === 'died')!;
    const input = inputOf(one, walker, died);
    const stale = await ask(one, walker, 'respond', 'specialist.hosp1', input);
    expect(stale.answer.status).toBe(412);
    const task = await service.call<Task & { id: string }>('specialist.hosp1', 'GET', `Task/${walker.moved.task.id}`);
    const etag = task.headers.get('etag') ?? '';
    const answered = await ask(one, walker, 'respond', 'specialist.hosp1', input, etag);
    expect([answered.answer.status, answered.state]).toEqual([200, 'answered']);
  });

  it('by the origin alone closes one referral, writes nothing about the person and tells the destination', async () => {
    const one = await somebody();
    const walker = await follow(one, into('scheduled', false));
    const person = await patientOf(one);
    const reason = (code: string) => [
      { name: 'reason', valueCoding: { system: 'https://referencia.salud.gob.hn/fhir/CodeSystem/exit-cause', code } },
    ];
    const wrong = await ask(one, walker, 'record-death', 'clinician.uaps1', reason('improved'));
    expect([wrong.answer.status, errorText(wrong.answer)]).toEqual([422, expect.stringContaining('"died"')]);
    const moved = await ask(one, walker, 'record-death', 'clinician.uaps1', reason('died'));
    expect(moved.state).toBe('left-list');
    expect((await patientOf(one)).meta).toEqual(person.meta);
    expect((await notices(one)).map(({ owner }) => owner?.reference)).toEqual([`Organization/${facility('hosp1')}`]);
    const told = await service.call('conformance', 'GET', `ServiceRequest/${moved.referral.id}/$track`);
    expect(told.text).toContain('La familia puede pedir información');
  });

  describe('at the same moment as other writes', () => {
    const ROUNDS = 4;

    it('leaves no referral open that was sent meanwhile', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await somebody();
        const person = await patientOf(one);
        const bundles = Array.from({ length: 4 }, () => submission(order({ subject: one.patient })));
        const [death, ...sent] = await Promise.all([
          put({ ...person, deceasedBoolean: true }),
          ...bundles.map((bundle) =>
            send(service, 'system.uaps1', { ...bundle, entry: bundle.entry?.slice(1) } as Bundle),
          ),
        ]);
        expect(death.status).toBe(200);
        for (const { answer } of sent) expect([201, 422]).toContain(answer.status);
        const tasks = await search<Task>(`Task?patient=${one.patient}&code=fulfill&_count=50`);
        expect(tasks.filter((task) => !['left-list', 'error'].includes(stateOf(task) ?? ''))).toEqual([]);
      }
    }, 60_000);

    it('and a move on one of them end in one order or the other', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const one = await somebody();
        const walker = await follow(one, into('in-triage', false));
        const person = await patientOf(one);
        const accept = inputOf(
          one,
          walker,
          EDGES.find(({ move }) => move === 'accept')!,
        );
        const [death, accepted] = await Promise.all([
          put({ ...person, deceasedBoolean: true }, { 'if-match': `W/"${person.meta?.versionId}"` }),
          ask(one, walker, 'accept', 'triage.hosp1', accept),
        ]);
        expect(death.status).toBe(200);
        expect([200, 412]).toContain(accepted.answer.status);
        expect(stateOf(await read<Task>(`Task/${walker.moved.task.id}`))).toBe('left-list');
      }
    }, 60_000);
  });
});
