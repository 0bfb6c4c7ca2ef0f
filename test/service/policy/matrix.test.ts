import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { ROLES, type Role } from '../../../src/access/caller.js';
import { type PolicyInteraction, reachOf } from '../../../src/access/policy/policy-table.js';
import { groupOf } from '../../../src/access/policy/type-groups.js';
import { policyKey, policyType, REST_ROUTES } from '../../../src/fhir/dispatch.js';
import { supports } from '../../../src/fhir/interaction-table.js';
import { startService, type TestService } from '../../support/service.js';
import { addAccount, bundleOf, codeOf, created, facilityOf, inParallel, scopedTo, verdict } from './policy-fixture.js';

/** An account for each role; those without a demonstration account are added. */
const ACCOUNTS: Readonly<Record<Role, string>> = {
  clinician: 'clinician.uaps1',
  nurse: 'nurse.uaps1',
  'community-agent': 'agent.uaps1',
  clerk: 'clerk.uaps1',
  uau: 'uau.uaps1',
  triage: 'triage.hosp1',
  scheduler: 'scheduler.hosp1',
  specialist: 'specialist.hosp1',
  manager: 'manager.red1',
  patient: 'patient.1',
  'paper-code': 'holder.of.a.sheet',
  statistics: 'statistics',
  approver: 'approver',
  national: 'national',
  privacy: 'privacy',
  administrator: 'administrator',
  system: 'system.uaps1',
  conformance: 'conformance',
  service: 'service.timer',
};

/** One request of the matrix, and who may make it. */
interface Case {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly interaction: PolicyInteraction;
  /** False for what a type does not offer to anybody. */
  readonly offered: boolean;
  readonly body?: unknown;
}

/** An id that no resource has: who may ask gets 404, who may not gets 403 before anything is looked up. */
const NOBODY = '0000-00000000-0000-7000-8000-000000000000';

function restCases(types: readonly string[]): Case[] {
  return types.flatMap((type) =>
    REST_ROUTES.map(({ method, path, interaction }): Case => {
      const writes = interaction === 'create' || interaction === 'update' || interaction === 'patch';
      return {
        method,
        path: path.replace(':type', type).replace(':id', NOBODY).replace(':vid', '1'),
        type,
        interaction,
        offered: supports(type, interaction),
        ...(writes ? { body: { resourceType: type, ...(interaction === 'update' ? { id: NOBODY } : {}) } } : {}),
      };
    }),
  );
}

const allowed = (role: Role, { type, interaction }: Case): boolean => {
  const group = groupOf(type);
  return group !== undefined && reachOf(role, group, interaction) !== undefined;
};

describe('role x interaction x type over HTTP', () => {
  let service: TestService;
  let rest: readonly Case[];
  let operations: readonly Case[];

  beforeAll(async () => {
    service = await startService();
    const { definitions } = service.context;
    const facility = await facilityOf(service, 'clinician.uaps1');
    await addAccount(service, ACCOUNTS['community-agent'], 'community-agent', { facility, facilities: [facility] });
    await addAccount(service, ACCOUNTS.service, 'service');
    await addAccount(service, ACCOUNTS['paper-code'], 'paper-code');
    rest = restCases(definitions.resourceTypes);
    operations = service.context.operations
      // One type is as good as all for $validate: the row is the same for every group.
      .filter(({ name, type }) => name !== 'validate' || type === 'Condition')
      .map((operation): Case => {
        const path = { system: '', type: `${operation.type}/`, instance: `${operation.type}/${NOBODY}/` }[
          operation.level
        ];
        return {
          method: operation.method,
          path: `${path}$${operation.name}`,
          type: policyType(operation),
          interaction: policyKey(operation),
          offered: true,
          ...(operation.method === 'POST' ? { body: { resourceType: 'Parameters' } } : {}),
        };
      });
  }, 60_000);
  afterAll(() => service.stop());

  const run = async (role: Role, cases: readonly Case[]): Promise<{ wrong: string[]; refused: number }> => {
    const wrong: string[] = [];
    let refused = 0;
    await inParallel(cases, 16, async (one) => {
      const answer = await service.call(ACCOUNTS[role], one.method, one.path, 'body' in one ? { body: one.body } : {});
      const code = codeOf(answer);
      if (answer.status === 403 && code === 'role-forbidden') refused += 1;
      const right = !one.offered
        ? answer.status === 405
        : allowed(role, one)
          ? code !== 'role-forbidden' && (answer.status !== 403 || code === 'move-role') && answer.status < 500
          : answer.status === 403 && code === 'role-forbidden';
      if (!right) wrong.push(`${one.method} ${one.path}: ${answer.status} ${code}`);
    });
    return { wrong, refused };
  };

  it.each(ROLES)('%s: 403 exactly where no row allows it', async (role) => {
    const { wrong, refused } = await run(role, rest);
    expect(wrong).toEqual([]);
    expect(refused).toBe(rest.filter((one) => one.offered && !allowed(role, one)).length);
  });

  it.each(ROLES)('%s: operations likewise', async (role) => {
    const { wrong, refused } = await run(role, operations);
    expect(wrong).toEqual([]);
    expect(refused).toBe(operations.filter((one) => !allowed(role, one)).length);
  });

  it('covers every type, route and operation', () => {
    expect(rest).toHaveLength(service.context.definitions.resourceTypes.length * REST_ROUTES.length);
    expect(operations.length).toBeGreaterThan(20);
  });

  it('refuses an account whose facility was taken away from its writes', async () => {
    const name = await addAccount(service, 'clinician.nowhere', 'clinician');
    const answer = await service.call(name, 'POST', 'Patient', { body: { resourceType: 'Patient', gender: 'female' } });
    expect(verdict(answer)).toEqual([403, 'role-forbidden']);
  });
});

describe('a token that allows less than the role', () => {
  let service: TestService;
  let patient: string;
  let facility: string;
  const account = 'system.uaps1';

  beforeAll(async () => {
    service = await startService();
    facility = await facilityOf(service, account);
    patient = (
      await created(service, account, { resourceType: 'Patient', name: [{ family: 'Ámbito' }], gender: 'male' })
    ).id;
    await created(service, account, {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Peso' },
      effectiveDateTime: '2026-05-04',
      subject: { reference: `Patient/${patient}` },
    });
  }, 60_000);
  afterAll(() => service.stop());

  const condition = (): Resource => ({ resourceType: 'Condition', subject: { reference: `Patient/${patient}` } });
  const observation = (): Resource => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Talla' },
    subject: { reference: `Patient/${patient}` },
  });
  type Ask = readonly [scope: string, method: string, path: () => string, body: (() => unknown) | undefined];
  const id = NOBODY;

  const refusals: readonly Ask[] = [
    ['system/Observation.rs', 'POST', () => 'Condition', condition],
    ['system/Observation.rs', 'GET', () => `Condition/${id}`, undefined],
    ['system/Observation.rs', 'GET', () => 'Condition', undefined],
    ['system/Observation.rs', 'POST', () => 'Condition/_search', undefined],
    ['system/Observation.rs', 'GET', () => `Condition/${id}/_history`, undefined],
    ['system/Observation.rs', 'POST', () => 'Observation', observation],
    ['system/Observation.rs', 'PUT', () => `Observation/${id}`, () => ({ ...observation(), id })],
    ['system/Observation.rs', 'DELETE', () => `Observation/${id}`, undefined],
    ['system/Observation.rs', 'PATCH', () => `Observation/${id}`, () => ({ resourceType: 'Parameters' })],
    ['system/Observation.crds', 'PATCH', () => `Observation/${id}`, () => ({ resourceType: 'Parameters' })],
    ['system/Observation.crds', 'PATCH', () => 'Observation?status=final', () => ({ resourceType: 'Parameters' })],
    ['system/Observation.crds', 'PUT', () => 'Observation?status=final', observation],
    ['system/Observation.ud', 'PUT', () => 'Observation?status=final', observation],
    ['system/Observation.us', 'PUT', () => 'Observation?status=preliminary', observation],
    ['system/Observation.crud', 'DELETE', () => 'Observation?status=final', undefined],
    ['system/Observation.crud', 'GET', () => 'Observation/_history', undefined],
    ['system/Observation.rs', 'GET', () => `Patient/${patient}/$everything`, undefined],
    ['system/Observation.r', 'GET', () => 'Observation', undefined],
    ['system/Observation.s', 'GET', () => `Observation/${id}`, undefined],
    ['system/Observation.sr', 'GET', () => 'Observation', undefined],
    ['system/Observation.rs?status=final', 'GET', () => 'Observation', undefined],
    ['system/observation.rs', 'GET', () => 'Observation', undefined],
    ['openid fhirUser', 'GET', () => 'Observation', undefined],
    ['', 'GET', () => 'Observation', undefined],
    ['system/Organization.r', 'GET', () => `Organization/${facility}/$worklists`, undefined],
    ['system/Organization.r system/Task.r', 'GET', () => `Organization/${facility}/$daily-register`, undefined],
    ['system/ServiceRequest.rs', 'POST', () => 'ServiceRequest/$submit', () => bundleOf('transaction', [])],
  ];
  it.each(refusals)('%p refuses %s', async (scope, method, path, body) => {
    const headers = await scopedTo(service, account, scope);
    const answer = await service.call(undefined, method, path(), { headers, ...(body ? { body: body() } : {}) });
    expect(verdict(answer)).toEqual([403, 'scope-forbidden']);
  });

  const grants: readonly (readonly [string, string, () => string, number])[] = [
    ['system/Observation.rs', 'GET', () => 'Observation', 200],
    ['system/Observation.rs', 'GET', () => `Observation/${id}`, 404],
    ['system/Observation.read', 'GET', () => 'Observation', 200],
    ['system/*.s', 'GET', () => 'Condition', 200],
    ['openid system/Observation.s', 'GET', () => 'Observation', 200],
    ['system/Organization.r system/Task.r', 'GET', () => `Organization/${facility}/$worklists`, 200],
  ];
  it.each(grants)('%p grants %s', async (scope, method, path, status) => {
    const headers = await scopedTo(service, account, scope);
    expect((await service.call(undefined, method, path(), { headers })).status).toBe(status);
  });

  it('narrows what $everything and $timeline gather', async () => {
    const headers = await scopedTo(service, account, 'system/Patient.r');
    const all = await service.call<Bundle>(undefined, 'GET', `Patient/${patient}/$everything`, { headers });
    expect(all.body.entry?.map(({ resource }) => resource?.resourceType)).toEqual(['Patient']);
    const line = await service.call(undefined, 'GET', `Patient/${patient}/$timeline`, { headers });
    expect([line.status, line.text.includes('Peso')]).toEqual([200, false]);
    const whole = await service.call(account, 'GET', `Patient/${patient}/$timeline`);
    expect(whole.text).toContain('Peso');
  });

  const conditional = { 'if-none-exist': 'name=Ámbito' };
  const newcomer = { resourceType: 'Patient', name: [{ family: 'Ámbito' }] } as const;

  it('does not let a conditional create search without the right to', async () => {
    const headers = { ...(await scopedTo(service, account, 'system/Patient.c')), ...conditional };
    const answer = await service.call(undefined, 'POST', 'Patient', { headers, body: newcomer });
    expect(verdict(answer)).toEqual([403, 'scope-forbidden']);
  });

  it.each([
    ['a conditional create', { method: 'POST', url: 'Patient', ifNoneExist: 'name=Ámbito' }, newcomer],
    ['a create', { method: 'POST', url: 'Observation' }, observation],
    ['an update', { method: 'PUT', url: `Observation/${id}` }, () => ({ ...observation(), id })],
    ['a delete', { method: 'DELETE', url: `Observation/${id}` }, undefined],
    ['a patch', { method: 'PATCH', url: `Observation/${id}` }, { resourceType: 'Parameters' } as Resource],
    ['a conditional update', { method: 'PUT', url: 'Observation?status=final' }, observation],
    ['a conditional delete', { method: 'DELETE', url: 'Observation?status=final' }, undefined],
    ['a read', { method: 'GET', url: `Condition/${id}` }, undefined],
    ['a search', { method: 'GET', url: 'Condition?_count=1' }, undefined],
  ] as const)('holds inside Bundles: %s', async (_name, request, given) => {
    const headers = await scopedTo(service, account, 'system/Observation.rs');
    const resource = (typeof given === 'function' ? given() : given) as Resource | undefined;
    const entry = { request, ...(resource ? { resource } : {}) };
    const batch = await service.call<Bundle>(undefined, 'POST', '', { headers, body: bundleOf('batch', [entry]) });
    expect(batch.body.entry?.[0]?.response?.status).toBe('403 Forbidden');
    expect(batch.body.entry?.[0]?.resource).toBeUndefined();
    const whole = await service.call(undefined, 'POST', '', { headers, body: bundleOf('transaction', [entry]) });
    expect(verdict(whole)).toEqual([403, 'scope-forbidden']);
  });
});
