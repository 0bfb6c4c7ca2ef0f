import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Appointment, AuditEvent, Bundle, Encounter, Parameters, Provenance, Task } from '@medplum/fhirtypes';
import { LEG_SOURCES, PLAIN_MOVES } from '../../../src/referral/plain-writes/plain-moves.js';
import { type MoveName, moveRow } from '../../../src/referral/moves.js';
import { stateOf } from '../../../src/referral/vocabulary.js';
import { startService, type TestService } from '../../support/service.js';
import {
  EXAMPLES,
  legOf,
  legWrite,
  ownAppointment,
  ownEncounter,
  type PlainRequest,
  type Scene,
  sceneAt,
  write,
} from './plain-writes-fixture.js';
import {
  errorCode,
  errorText,
  facility,
  FIELDS,
  type Moved,
  move,
  order,
  post,
  send,
  submission,
} from './referral-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

let service: TestService;
beforeAll(async () => {
  service = await startService();
}, 60_000);
afterAll(() => service.stop());

const stateNow = async (scene: Moved): Promise<string | undefined> => stateOf((await legOf(service, scene)).body);

/** Codes of the moves that left a Provenance, newest last. */
async function trail({ referral }: Moved): Promise<Provenance[]> {
  const found = await service.call<Bundle>('system.hosp1', 'GET', `Provenance?target=ServiceRequest/${referral.id}`);
  return (found.body.entry ?? [])
    .map(({ resource }) => resource as Provenance)
    .sort((a, b) => a.recorded.localeCompare(b.recorded));
}

const says = (name: MoveName) => ({ name: `Provenance of $${name}`, code: name });

describe('plain writes that mean a move', () => {
  it('have an example for every row of the tables', () => {
    const shown = new Set(EXAMPLES.map(({ move: name }) => name));
    for (const { move: name } of PLAIN_MOVES) if (name) expect(shown).toContain(name);
    const whole = (Object.keys(LEG_SOURCES) as MoveName[]).filter((name) =>
      moveRow(name).fields.every(
        ({ required, name: field }) => !required || LEG_SOURCES[name]?.some((one) => one.field === field),
      ),
    );
    const linked = PLAIN_MOVES.map(({ move: name }) => name);
    // Only after a term has run out (move-rules.test.ts, emergency.test.ts), which no request can hurry.
    const waits: readonly string[] = ['no-response', 'not-arrived'];
    const built = new Set(service.context.operations.map(({ name }) => name).filter((name) => !waits.includes(name)));
    for (const name of whole) if (built.has(name) && !linked.includes(name)) expect(shown).toContain(name);
  });

  it.each(EXAMPLES.map((example) => [example.name, example] as const))(
    '%s: moves as the operation does; 403 for another party',
    async (_name, { at, to, by, notBy, move: name, write: request }) => {
      const scene = await sceneAt(service, at);
      const asked = request(scene);
      const refused = await write(service, notBy, asked);
      expect([refused.status, errorCode(refused), await stateNow(scene)]).toEqual([403, 'move-role', at]);

      const done = await write(service, by, asked);
      expect([done.status, done.status < 300 ? '' : done.text]).toEqual([asked.method === 'POST' ? 201 : 200, '']);
      expect(await stateNow(scene)).toBe(to);
      expect(done.body.resourceType).toBe(asked.body.resourceType);
      expect(done.headers.get('etag')).toBe(`W/"${done.body.meta?.versionId ?? ''}"`);
      const stored = await service.call(by, 'GET', `${done.body.resourceType}/${done.body.id}`);
      expect(stored.body).toEqual(done.body);

      const last = (await trail(scene)).at(-1);
      expect({ ...says(name), code: last?.activity?.coding?.[0]?.code }).toEqual(says(name));
      expect(last?.agent[0]?.who?.reference).toBe(post(by));
      const record = await service.db
        .collection('audit')
        .findOne({ sub: `$${name}`, 'det.written': { $regex: done.body.id } });
      expect(record).toMatchObject({ act: 'U', out: '0', det: { from: at } });
    },
  );

  it.each(EXAMPLES.flatMap((example) => (example.notAt ? [[example.name, example, example.notAt] as const] : [])))(
    '%s: 422 in another state, with the moves allowed now',
    async (_name, { by, move: name, write: request }, notAt) => {
      const scene = await sceneAt(service, notAt);
      const refused = await write(service, by, request(scene));
      expect(refused.status).toBe(422);
      expect(['move-not-allowed', 'use-operation']).toContain(errorCode(refused));
      // What the writer may do now; for a write that means no move at all, what anybody may do.
      const asker = errorCode(refused) === 'use-operation' ? 'conformance' : by;
      const possible = await service.call<Parameters>(asker, 'GET', `Task/${scene.task.id}/$available-actions`);
      const names = (possible.body.parameter ?? []).flatMap(
        ({ part }) => part?.filter((one) => one.name === 'name').map(({ valueCode }) => `$${valueCode ?? ''}`) ?? [],
      );
      expect(errorText(refused)).toContain(`Possible now: ${names.join(', ') || '—'}.`);
      expect(names).not.toContain(`$${name}`);
      expect(await stateNow(scene)).toBe(notAt);
    },
  );
});

describe('what a plain write must carry', () => {
  const without = (request: PlainRequest, ...elements: string[]): PlainRequest => ({
    ...request,
    body: Object.fromEntries(Object.entries(request.body).filter(([name]) => !elements.includes(name))) as never,
  });
  const example = (name: string) => {
    const found = EXAMPLES.find((one) => one.name === name);
    if (!found) throw new Error(name);
    return found;
  };

  it.each([
    ['POST Appointment booked', ['start', 'end', 'extension'], ['start', 'end', 'contactResult']],
    ['POST Appointment booked', ['participant'], ['participant', 'location']],
    ['PUT Appointment cancelled', ['cancelationReason'], ['reason']],
    ['PUT Encounter in-progress', ['participant'], ['practitioner', 'start']],
    ['PUT Task on-hold', ['statusReason', 'input'], ['reason', 'item']],
    ['PUT Task accepted', ['output'], ['modality', 'service']],
    ['PUT Task rejected', ['statusReason', 'output'], ['reason', 'comment', 'nextStep']],
    ['PUT Task redirected', ['statusReason', 'output'], ['reason', 'performer']],
    ['PUT Task (question) completed', ['output'], ['answer']],
  ] as const)('%s without %j: 422 names %j', async (name, elements, fields) => {
    const { at, by, write: request } = example(name);
    const scene = await sceneAt(service, at);
    const refused = await write(service, by, without(request(scene), ...elements));
    expect([refused.status, errorCode(refused)]).toEqual([422, 'field-missing']);
    for (const field of fields) expect(refused.text).toMatch(new RegExp(`needs \\\\"${field} \\(`));
    expect(await stateNow(scene)).toBe(at);
  });

  it('names the fields that a Task has no room for', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const refused = await write(service, 'scheduler.hosp1', legWrite(scene, 'in-progress', 'scheduled'));
    expect([refused.status, errorCode(refused)]).toEqual([422, 'field-missing']);
    for (const field of ['start', 'end', 'participant', 'location', 'contactResult'])
      expect(refused.text).toContain(`needs \\"${field}\\"`);
  });

  it('428 for a leg without If-Match, 412 with an old one', async () => {
    const scene = await sceneAt(service, 'sent');
    const { headers: _headers, ...bare } = legWrite(scene, 'received', 'in-triage');
    expect((await write(service, 'clerk.hosp1', bare)).status).toBe(428);
    const old = { ...bare, headers: { 'if-match': 'W/"99"' } };
    expect((await write(service, 'clerk.hosp1', old)).status).toBe(412);
  });

  it('changes nothing of a leg that the move does not carry, and says so', async () => {
    const scene = await sceneAt(service, 'in-triage');
    const request = example('PUT Task accepted').write(scene);
    const elsewhere = { ...request.body, owner: { reference: `Organization/${facility('hosp2')}` }, note: [] };
    const refused = await write(service, 'triage.hosp1', { ...request, body: elsewhere as unknown as Task });
    expect([refused.status, errorCode(refused)]).toEqual([422, 'write-unexplained']);
    expect(refused.text).toContain('Task.owner');
    expect(await stateNow(scene)).toBe('in-triage');
  });

  it('a leg that stays as it is moves nothing', async () => {
    const scene = await sceneAt(service, 'in-triage');
    const refused = await write(service, 'triage.hosp1', legWrite(scene, 'received', 'in-triage'));
    expect([refused.status, errorCode(refused)]).toEqual([422, 'use-operation']);
    expect(errorText(refused)).toContain('$accept');
  });

  it('takes a JSON Patch like a PUT', async () => {
    const scene = await sceneAt(service, 'sent');
    const coding = legWrite(scene, 'received', 'in-triage').body as Task;
    const done = await service.call<Task>('clerk.hosp1', 'PATCH', `Task/${scene.task.id}`, {
      body: JSON.stringify([
        { op: 'replace', path: '/status', value: 'received' },
        { op: 'replace', path: '/businessStatus', value: coding.businessStatus },
      ]),
      headers: { 'content-type': 'application/json-patch+json', 'if-match': scene.etag },
    });
    expect([done.status, stateOf(done.body)]).toEqual([200, 'in-triage']);
  });
});

describe('who acts in a plain write', () => {
  const named = (name: string) => ({
    'x-provenance': JSON.stringify({ resourceType: 'Provenance', agent: [{ who: { reference: post(name) } }] }),
  });

  it('a system names the post in X-Provenance, of its own facility and in a fitting role', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const request: PlainRequest = { method: 'POST', path: 'Appointment', body: ownAppointment(scene) };
    const nobody = await write(service, 'system.hosp1', request);
    expect([nobody.status, errorCode(nobody), nobody.text.includes('X-Provenance')]).toEqual([
      422,
      'field-missing',
      true,
    ]);
    for (const other of ['scheduler.hosp2', 'clerk.hosp1']) {
      const refused = await write(service, 'system.hosp1', { ...request, headers: named(other) });
      expect([other, refused.status, errorCode(refused)]).toEqual([other, 403, 'move-role']);
    }
    const broken = await write(service, 'system.hosp1', { ...request, headers: { 'x-provenance': '{' } });
    expect([broken.status, errorCode(broken)]).toEqual([400, 'header-invalid']);
    const done = await write(service, 'system.hosp1', { ...request, headers: named('scheduler.hosp1') });
    expect([done.status, await stateNow(scene)]).toEqual([201, 'scheduled']);
    expect((await trail(scene)).at(-1)?.agent[0]?.who?.reference).toBe(post('scheduler.hosp1'));
  });
});

describe('what a plain write stores', () => {
  it('the caller’s appointment, with what the server sets', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const own = ownAppointment(scene);
    const done = await service.call<Appointment & { id: string }>('scheduler.hosp1', 'POST', 'Appointment', {
      body: own,
    });
    const { created, specialty, meta: _meta, id: _id, ...kept } = done.body;
    expect(kept).toEqual(own);
    expect([typeof created, specialty?.[0]?.coding?.[0]?.code]).toEqual(['string', 'cardiologia']);
    expect((await legOf(service, scene)).body.output?.at(-1)?.valueReference?.reference).toBe(
      `Appointment/${done.body.id}`,
    );
  });

  it('a changed appointment stays the same resource', async () => {
    const scene = await sceneAt(service, 'scheduled');
    const example = EXAMPLES.find(({ move: name }) => name === 'reschedule');
    const done = await write(service, 'scheduler.hosp1', example!.write(scene));
    expect(done.body).toMatchObject({
      id: scene.appointment?.id,
      status: 'booked',
      start: momentAhead(11, '10:00'),
    });
    const { body: leg } = await legOf(service, scene);
    expect(leg.output?.filter(({ type }) => type.coding?.[0]?.code === 'appointment')).toHaveLength(1);
    expect(Date.parse(leg.restriction?.period?.end ?? '')).toBe(Date.parse(momentAhead(11, '10:30')));
  });

  it('a visit of its own beside the one that the desk opened; ties a visit that was there', async () => {
    const scene = await sceneAt(service, 'arrived');
    const body = {
      ...ownEncounter(scene, 'in-progress'),
      participant: [{ individual: { reference: post('specialist.hosp1') } }],
    };
    const done = await write(service, 'specialist.hosp1', { method: 'POST', path: 'Encounter', body });
    expect([done.status, await stateNow(scene)]).toEqual([201, 'in-care']);
    expect(done.body).toMatchObject({ status: 'in-progress', identifier: body.identifier });

    const waiting = await sceneAt(service, 'scheduled');
    const { basedOn, ...untied } = ownEncounter(waiting, 'arrived');
    const opened = await service.call<Encounter & { id: string }>('clerk.hosp1', 'POST', 'Encounter', { body: untied });
    expect([opened.status, await stateNow(waiting)]).toEqual([201, 'scheduled']);
    const tied = { ...opened.body, ...(basedOn ? { basedOn } : {}) };
    const put = await write(service, 'clerk.hosp1', { method: 'PUT', path: `Encounter/${opened.body.id}`, body: tied });
    expect([put.status, await stateNow(waiting)]).toEqual([200, 'arrived']);
    expect(put.body.id).toBe(opened.body.id);
  });

  it('leaves alone what names no referral, and what means nothing of it', async () => {
    const scene = await sceneAt(service, 'scheduled');
    const { basedOn: _basedOn, ...free } = ownAppointment(scene);
    expect((await write(service, 'scheduler.hosp1', { method: 'POST', path: 'Appointment', body: free })).status).toBe(
      201,
    );
    const proposed = { ...ownAppointment(scene), status: 'proposed' as const };
    expect((await write(service, 'clerk.hosp1', { method: 'POST', path: 'Appointment', body: proposed })).status).toBe(
      201,
    );
    const commented = { ...scene.appointment!, description: 'Traer exámenes' };
    const path = `Appointment/${commented.id}`;
    expect((await write(service, 'scheduler.hosp1', { method: 'PUT', path, body: commented })).status).toBe(200);
    expect(await stateNow(scene)).toBe('scheduled');
  });

  it('refuses to take away what a referral stands on', async () => {
    const scene = await sceneAt(service, 'scheduled');
    const path = `Appointment/${scene.appointment?.id ?? ''}`;
    const { basedOn: _basedOn, ...loose } = scene.appointment!;
    for (const body of [loose, { ...scene.appointment!, status: 'entered-in-error' as const }]) {
      const refused = await write(service, 'scheduler.hosp1', { method: 'PUT', path, body });
      expect([refused.status, errorCode(refused)]).toEqual([422, 'use-operation']);
    }
  });

  it('refuses a resource of somebody else, and tells a referral out of sight like one that does not exist', async () => {
    const [scene, other] = [
      await sceneAt(service, 'accepted-waiting'),
      await send(service, 'system.uaps1', submission(order())),
    ];
    const mixed = { ...ownAppointment(scene) };
    mixed.participant = ownAppointment({ ...scene, referral: other.referral }).participant;
    const refused = await write(service, 'scheduler.hosp1', { method: 'POST', path: 'Appointment', body: mixed });
    expect([refused.status, errorCode(refused), await stateNow(scene)]).toEqual([
      422,
      'rule-broken',
      'accepted-waiting',
    ]);
    const hidden = await write(service, 'scheduler.hosp2', {
      method: 'POST',
      path: 'Appointment',
      body: ownAppointment(scene),
    });
    expect([hidden.status, errorCode(hidden)]).toEqual([422, 'reference-not-found']);
  });
});

describe('plain writes beside other writes', () => {
  it('of two that would book one is 201, the other 422 with what is possible now', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const request: PlainRequest = { method: 'POST', path: 'Appointment', body: ownAppointment(scene) };
    const both = await Promise.all([1, 2].map(() => write(service, 'scheduler.hosp1', request)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(both.map(errorCode)).toContain('move-not-allowed');
    const made = await service.call<Bundle>(
      'system.hosp1',
      'GET',
      `Appointment?based-on=ServiceRequest/${scene.referral.id}`,
    );
    expect(made.body.entry).toHaveLength(1);
  });

  it('repeated with its Idempotency-Key a booking is answered as the first time', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const request: PlainRequest = {
      method: 'POST',
      path: 'Appointment',
      body: ownAppointment(scene),
      headers: { 'idempotency-key': `"k-${scene.referral.id}"` },
    };
    const all = await Promise.all([1, 2, 3].map(() => write(service, 'scheduler.hosp1', request)));
    expect(new Set(all.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(all[0]?.status).toBe(201);
  });

  it.each([
    ['PUT Task accepted', 'revoke', 'clinician.uaps1', FIELDS.revoke],
    [
      'PUT Appointment noshow',
      'cancel-appointment',
      'scheduler.hosp1',
      [{ name: 'reason', valueCode: 'provider-absent' }],
    ],
  ] as const)('%s against $%s: one wins', async (name, operation, account, fields) => {
    const example = EXAMPLES.find((one) => one.name === name)!;
    const scene: Scene = await sceneAt(service, example.at);
    const [plain, moved] = await Promise.all([
      write(service, example.by, example.write(scene)),
      move(service, scene, operation, { account }, [...fields]),
    ]);
    const statuses = [plain.status, moved.answer.status];
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 412 || status === 422)).toHaveLength(1);
    const moves = (await trail(scene)).map(({ activity }) => activity?.coding?.[0]?.code);
    expect(moves.filter((code) => code === operation || code === example.move)).toHaveLength(1);
  });

  it('goes in a batch under the same rules, and not in a transaction', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const entry = (resource: object) => ({ resource, request: { method: 'POST', url: 'Appointment' } });
    const bundle = (type: string, ...resources: object[]) => ({
      resourceType: 'Bundle',
      type,
      entry: resources.map(entry),
    });
    const own = ownAppointment(scene);
    const whole = await service.call('scheduler.hosp1', 'POST', '', { body: bundle('transaction', own) });
    expect([whole.status, errorCode(whole), await stateNow(scene)]).toEqual([
      422,
      'move-in-transaction',
      'accepted-waiting',
    ]);
    const batch = await service.call<Bundle>('scheduler.hosp1', 'POST', '', { body: bundle('batch', own, own) });
    expect(batch.body.entry?.map(({ response }) => response?.status)).toEqual([
      '201 Created',
      '422 Unprocessable Entity',
    ]);
    expect(await stateNow(scene)).toBe('scheduled');
    const sent = await sceneAt(service, 'sent');
    const { body: leg, path: url, headers } = legWrite(sent, 'received', 'in-triage');
    const entries = [{ resource: leg, request: { method: 'PUT', url, ifMatch: headers?.['if-match'] } }];
    const put = await service.call('clerk.hosp1', 'POST', '', {
      body: { resourceType: 'Bundle', type: 'transaction', entry: entries },
    });
    expect([put.status, errorCode(put), await stateNow(sent)]).toEqual([422, 'move-in-transaction', 'sent']);
  });

  it('is audited as the move it is', async () => {
    const scene = await sceneAt(service, 'accepted-waiting');
    const done = await write(service, 'scheduler.hosp1', {
      method: 'POST',
      path: 'Appointment',
      body: ownAppointment(scene),
    });
    const seen = await service.call<Bundle>('privacy', 'GET', `AuditEvent?entity=Appointment/${done.body.id}`);
    const events = (seen.body.entry ?? []).map(({ resource }) => resource as AuditEvent);
    expect(events.flatMap(({ subtype }) => subtype?.map(({ code }) => code) ?? [])).toContain('$book');
  });
});
