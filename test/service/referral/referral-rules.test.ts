import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AllergyIntolerance, Bundle, Parameters, ServiceRequest } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { startService, type TestService } from '../../support/service.js';
import {
  errorCode,
  errorText,
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

const TRIAGE = { account: 'triage.hosp1' };

describe('rules of the moves', () => {
  let service: TestService;
  let inTriage: Moved;

  beforeAll(async () => {
    service = await startService();
    const sent = await send(service, 'system.uaps1', submission(order()));
    inTriage = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
    expect(inTriage.state).toBe('in-triage');
  }, 60_000);
  afterAll(() => service.stop());

  it('403 for a role that never does the move, before anything else', async () => {
    const refused = await move(service, inTriage, 'accept', { account: 'clerk.hosp1', etag: 'none' });
    expect([refused.answer.status, errorCode(refused.answer)]).toEqual([403, 'move-role']);
  });

  it('404 for a referral of other facilities, as if it did not exist', async () => {
    const hidden = await move(service, inTriage, 'accept', { account: 'triage.hosp2' }, FIELDS.accept);
    const unknown = await service.call('triage.hosp2', 'POST', 'Task/none/$accept', {
      body: { resourceType: 'Parameters' },
    });
    expect([hidden.answer.status, unknown.status]).toEqual([404, 404]);
    expect(errorCode(hidden.answer)).toBe(errorCode(unknown));
  });

  it('403 for the right role on the wrong side', async () => {
    const refused = await move(service, inTriage, 'receive', { account: 'clerk.uaps1' });
    expect([refused.answer.status, errorCode(refused.answer)]).toEqual([403, 'move-role']);
  });

  it('400 for parameters that do not exist', async () => {
    const refused = await move(service, inTriage, 'accept', { ...TRIAGE, etag: 'none' }, [
      { name: 'prioridad', valueCode: 'routine' },
    ]);
    expect([refused.answer.status, errorCode(refused.answer)]).toEqual([400, 'operation-parameter']);
  });

  it('428 without If-Match, 412 with an old one', async () => {
    const without = await move(service, inTriage, 'accept', { ...TRIAGE, etag: 'none' }, FIELDS.accept);
    const old = await move(service, inTriage, 'accept', { ...TRIAGE, etag: 'W/"1"' }, FIELDS.accept);
    expect([without.answer.status, old.answer.status]).toEqual([428, 412]);
  });

  it('422 for a move that the state does not have, with the list of what is possible', async () => {
    const refused = await move(service, inTriage, 'book', { account: 'scheduler.hosp1' });
    expect([refused.answer.status, errorCode(refused.answer)]).toEqual([422, 'move-not-allowed']);
    const triage = await move(service, inTriage, 'receive', { account: 'conformance' });
    expect(errorText(triage.answer)).toMatch(/\$request-info, .*\$accept, \$reject/);
  });

  it('422 names every missing field at once', async () => {
    const refused = await move(service, inTriage, 'reject', TRIAGE);
    expect(refused.answer.status).toBe(422);
    for (const field of ['reason', 'comment', 'nextStep'])
      expect(refused.answer.text).toContain(`"expression":["${field}"]`);
  });

  it.each([
    [[null]],
    ['x'],
    [[{ name: 'reason', valueCodeableConcept: 'x' }]],
    [[{ name: 'nextStep', part: {} }]],
    [[{ name: 'actor', valueReference: { reference: 7 } }]],
  ])('4xx for parameters like %j', async (parameter) => {
    const { status } = await service.call('triage.hosp1', 'POST', `Task/${inTriage.task.id}/$reject`, {
      body: { resourceType: 'Parameters', parameter },
      headers: { 'if-match': inTriage.etag },
    });
    expect([400, 422]).toContain(status);
  });

  it('422 for a code that is not in its code system, and for a priority changed without saying why', async () => {
    const code = FIELDS.reject.map((field) =>
      field.name === 'reason' ? { name: 'reason', valueCode: 'because' } : field,
    );
    const wrong = await move(service, inTriage, 'reject', TRIAGE, code);
    expect([wrong.answer.status, errorCode(wrong.answer)]).toEqual([422, 'code-invalid']);
    const urgent = FIELDS.accept.map((field) =>
      field.name === 'priority' ? { name: 'priority', valueCode: 'urgent' } : field,
    );
    const silent = await move(service, inTriage, 'accept', TRIAGE, urgent);
    expect([silent.answer.status, silent.answer.text.includes('priorityReason')]).toEqual([422, true]);
  });

  it('a system must name an actor of its own facility in a role it is registered for', async () => {
    const nobody = await move(service, inTriage, 'accept', { account: 'system.hosp1' }, FIELDS.accept);
    expect([nobody.answer.status, nobody.answer.text.includes('"expression":["actor"]')]).toEqual([422, true]);
    const foreign = await move(
      service,
      inTriage,
      'accept',
      { account: 'system.hosp1', actor: 'triage.hosp2' },
      FIELDS.accept,
    );
    expect([foreign.answer.status, errorCode(foreign.answer)]).toEqual([403, 'move-role']);
    const clerk = await move(
      service,
      inTriage,
      'accept',
      { account: 'system.hosp1', actor: 'clerk.hosp1' },
      FIELDS.accept,
    );
    expect([clerk.answer.status, errorCode(clerk.answer)]).toEqual([403, 'move-role']);
  });

  it('of two opposite moves with the same version one wins', async () => {
    const sent = await send(service, 'system.uaps1', submission(order()));
    const received = await move(service, sent, 'receive', { account: 'clerk.hosp1' });
    const both = await Promise.all([
      move(service, received, 'accept', TRIAGE, FIELDS.accept),
      move(service, received, 'revoke', { account: 'clinician.uaps1' }, FIELDS.revoke),
    ]);
    expect(both.map(({ answer }) => answer.status).sort()).toEqual([200, 412]);
  });

  it('refuses patches and conditional writes of what the table governs like any other, alone and in Bundles', async () => {
    const { referral, task } = inTriage;
    const patch = JSON.stringify([{ op: 'replace', path: '/status', value: 'completed' }]);
    const headers = { 'content-type': 'application/json-patch+json' };
    const data = Buffer.from(patch).toString('base64');
    const binary = { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
    const fhirPath = {
      resourceType: 'Parameters',
      parameter: [
        {
          name: 'operation',
          part: [
            { name: 'type', valueCode: 'replace' },
            { name: 'path', valueString: 'Task.status' },
            { name: 'value', valueCode: 'completed' },
          ],
        },
      ],
    };
    const bundle = (method: string, url: string, resource?: object): object => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ ...(resource ? { resource } : {}), request: { method, url } }],
    });
    const byId = `Task?_id=${task.id}`;
    const completed = { ...task, status: 'completed' };
    const asked = [
      ['PATCH', `Task/${task.id}`, { body: patch, headers }],
      ['PATCH', byId, { body: patch, headers }],
      ['PATCH', `Task/${task.id}`, { body: fhirPath }],
      ['PUT', byId, { body: completed }],
      ['DELETE', byId, {}],
      ['POST', '', { body: bundle('PATCH', `Task/${task.id}`, binary) }],
      ['POST', '', { body: bundle('PATCH', byId, fhirPath) }],
      ['POST', '', { body: bundle('PUT', byId, completed) }],
      ['POST', '', { body: bundle('DELETE', byId) }],
      ['PATCH', `ServiceRequest/${referral.id}`, { body: patch, headers }],
    ] as const;
    for (const [method, path, options] of asked) {
      const account = path.startsWith('ServiceRequest') ? 'system.uaps1' : 'system.hosp1';
      const answer = await service.call(account, method, path, options);
      expect([method, path, answer.status, errorCode(answer)]).toEqual([method, path, 422, 'use-operation']);
    }
    const after = await service.call('system.hosp1', 'GET', `Task/${task.id}`);
    expect(after.body['meta']).toEqual(task.meta);
  });

  it('refuses plain writes of what the table governs and says what to do', async () => {
    const { referral, task } = inTriage;
    const changed = await service.call('system.hosp1', 'PUT', `Task/${task.id}`, {
      body: { ...task, status: 'completed' },
    });
    expect([changed.status, errorCode(changed)]).toEqual([422, 'use-operation']);
    expect(errorText(changed)).toContain('$accept');
    const closed = await service.call('system.uaps1', 'PUT', `ServiceRequest/${referral.id}`, {
      body: { ...referral, status: 'completed' },
    });
    expect([closed.status, errorCode(closed)]).toEqual([422, 'use-operation']);
    const sent = await service.call('system.uaps1', 'POST', 'ServiceRequest', {
      body: { ...order({ subject: referral.subject.reference ?? '' }), status: 'active' },
    });
    expect([sent.status, errorCode(sent)]).toEqual([422, 'use-operation']);
  });

  it('leaves other requests alone', async () => {
    const { category: _category, ...laboratory } = order({ subject: inTriage.referral.subject.reference ?? '' });
    const plain = await service.call('system.uaps1', 'POST', 'ServiceRequest', {
      body: { ...laboratory, status: 'active' },
    });
    expect(plain.status).toBe(201);
  });

  it('tells what this person can do now, and with which version', async () => {
    const asked = await service.call<Parameters>('triage.hosp1', 'GET', `Task/${inTriage.task.id}/$available-actions`);
    expect(asked.status).toBe(200);
    const names = asked.body.parameter?.flatMap(
      ({ part }) => part?.filter(({ name }) => name === 'name').map(({ valueCode }) => valueCode) ?? [],
    );
    expect(names).toEqual(['request-info', 'accept', 'reject', 'redirect', 'respond']);
    expect(asked.body.parameter?.find(({ name }) => name === 'version')?.valueString).toBe(
      inTriage.task.meta?.versionId,
    );
    const origin = await service.call<Parameters>(
      'clinician.uaps1',
      'GET',
      `ServiceRequest/${inTriage.referral.id}/$available-actions`,
    );
    expect(origin.text).toContain('/$revoke');
    expect(origin.text).not.toContain('/$accept');
  });
});

describe('$submit', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  it('answers a repeat with the same referral; another facility gets 409', async () => {
    const number = placer();
    const first = await send(service, 'system.uaps1', submission(order({ placer: number })));
    const again = await send(service, 'system.uaps1', submission(order({ placer: number })));
    expect([first.answer.status, again.answer.status, again.answer.status === 200 ? '' : again.answer.text]).toEqual([
      201,
      200,
      '',
    ]);
    expect([again.referral.id, again.task.id]).toEqual([first.referral.id, first.task.id]);
    const other = await send(
      service,
      'system.uaps2',
      submission(order({ placer: number, requester: post('clinician.uaps2') })),
    );
    expect([other.answer.status, errorCode(other.answer)]).toEqual([409, 'duplicate']);
  });

  it('makes one referral of twenty at the same moment', async () => {
    const bundle = submission(order({ placer: placer() }));
    const all = await Promise.all(Array.from({ length: 20 }, () => send(service, 'system.uaps1', bundle)));
    expect(new Set(all.map(({ answer }) => answer.status))).toEqual(new Set([200, 201]));
    expect(all.filter(({ answer }) => answer.status === 201)).toHaveLength(1);
    expect(new Set(all.map(({ referral }) => referral.id)).size).toBe(1);
  });

  it('lets known allergies ride along', async () => {
    const first = await send(service, 'system.uaps1', submission(order()));
    const patient = first.referral.subject.reference ?? '';
    const allergy: AllergyIntolerance = {
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
      },
      patient: { reference: patient },
      code: { text: 'Penicilina' },
    };
    const noted = await service.call<{ id: string }>('system.uaps1', 'POST', 'AllergyIntolerance', { body: allergy });
    expect(noted.status).toBe(201);
    const second = submission(order({ subject: patient }));
    const sent = await send(service, 'system.uaps1', { ...second, entry: second.entry?.slice(1) } as Bundle);
    expect(sent.answer.status).toBe(201);
    expect(sent.referral.supportingInfo).toEqual([{ reference: `AllergyIntolerance/${noted.body.id}` }]);
  });

  it.each([
    ['no Bundle', { resourceType: 'Parameters' } as unknown as Bundle, 400, 'bundle-invalid'],
    ['a Bundle of another type', { ...submission(order()), type: 'batch' } as Bundle, 400, 'bundle-invalid'],
    [
      'two referrals',
      submission(order(), [{ resource: order(), request: { method: 'POST', url: 'ServiceRequest' } }]),
      400,
      'bundle-invalid',
    ],
    [
      'no placer number',
      submission({ ...order(), identifier: [{ system: SID.account, value: 'x' }] }),
      422,
      'field-missing',
    ],
    ['no destination', submission({ ...order(), performer: undefined } as ServiceRequest), 422, 'invariant'],
    [
      'the origin as destination',
      submission(order({ destination: `Organization/${facility('uaps1')}` })),
      422,
      'rule-broken',
    ],
    [
      'a destination that does not exist',
      submission(order({ destination: 'Organization/none' })),
      422,
      'reference-not-found',
    ],
    ['a requester who is no clinician', submission(order({ requester: post('clerk.uaps1') })), 403, 'move-role'],
    ['a requester of another facility', submission(order({ requester: post('clinician.uaps2') })), 403, 'move-role'],
  ])('refuses %s', async (_name, bundle, status, code) => {
    const refused = await send(service, 'system.uaps1', bundle);
    expect([refused.answer.status, errorCode(refused.answer)]).toEqual([status, code]);
  });

  it.each([
    ['a category that is no list', { category: {} }],
    ['identifiers of no kind', { identifier: [null] }],
    ['a subject that is a text', { subject: 'Patient/1' }],
  ])('answers 4xx to an order with %s', async (_name, broken) => {
    const bundle = submission({ ...order(), ...broken } as ServiceRequest);
    const plain = { ...order(), ...broken };
    const answers = [
      await service.call('system.uaps1', 'POST', 'ServiceRequest/$submit', { body: bundle }),
      await service.call('system.uaps1', 'POST', 'ServiceRequest', { body: plain }),
    ];
    for (const { status } of answers) expect([400, 422]).toContain(status);
  });

  it.each([[[null]], [{}], ['x'], [[{ resource: order() }]], [[{ request: { method: 'POST', url: 7 } }]]])(
    'answers 400 to a Bundle whose entries are %j',
    async (entry) => {
      const body = { resourceType: 'Bundle', type: 'transaction', entry };
      const { status } = await service.call('system.uaps1', 'POST', 'ServiceRequest/$submit', { body });
      expect(status).toBe(400);
    },
  );

  it('writes nothing of a refused Bundle', async () => {
    const before = await service.db.collection('Patient').countDocuments();
    await send(service, 'system.uaps1', submission(order({ destination: 'Organization/none' })));
    expect(await service.db.collection('Patient').countDocuments()).toBe(before);
  });
});
