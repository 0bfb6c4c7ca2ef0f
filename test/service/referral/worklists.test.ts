import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Parameters } from '@medplum/fhirtypes';
import { startService, type TestService } from '../../support/service.js';
import { errorCode, facility, FIELDS, move, order, send, submission } from './referral-fixture.js';

describe('worklists and the daily register', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startService();
    const sent = [];
    for (let index = 0; index < 3; index += 1) sent.push(await send(service, 'system.uaps1', submission(order())));
    const received = await move(service, sent[0]!, 'receive', { account: 'clerk.hosp1' });
    await move(service, received, 'request-info', { account: 'triage.hosp1' }, FIELDS['request-info']);
    await move(service, sent[1]!, 'reject', { account: 'triage.hosp1' }, FIELDS.reject);
  }, 60_000);
  afterAll(() => service.stop());

  const lists = async (account: string, alias: string): Promise<Map<string, { count?: number; url?: string }>> => {
    const answer = await service.call<Parameters>(account, 'GET', `Organization/${facility(alias)}/$worklists`);
    expect(answer.status).toBe(200);
    return new Map(
      answer.body.parameter?.map(({ part }) => {
        const value = (name: string) => part?.find((one) => one.name === name);
        const [count, url] = [value('count')?.valueInteger, value('url')?.valueUrl];
        return [value('name')?.valueCode ?? '', { ...(count === undefined ? {} : { count }), ...(url ? { url } : {}) }];
      }),
    );
  };

  it('counts what each side must do', async () => {
    const hospital = await lists('uau.hosp1', 'hosp1');
    const origin = await lists('clinician.uaps1', 'uaps1');
    expect([hospital.get('new')?.count, hospital.get('triage')?.count]).toEqual([1, 0]);
    expect([origin.get('returned')?.count, origin.get('rejected')?.count, origin.get('new')?.count]).toEqual([1, 1, 0]);
  });

  it('gives the address of each list, and the list has as many rows', async () => {
    const all = [
      ...[...(await lists('uau.hosp1', 'hosp1')).values()].map((list) => ({ ...list, account: 'uau.hosp1' })),
      ...[...(await lists('nurse.uaps1', 'uaps1')).values()].map((list) => ({ ...list, account: 'nurse.uaps1' })),
    ];
    expect(all.filter(({ count = 0 }) => count > 0).length).toBeGreaterThan(3);
    for (const { url = '', count, account } of all) {
      const answer = await service.call<Bundle>(account, 'GET', url.slice(service.base.length + 1));
      const matches = (answer.body.entry ?? []).filter(({ search }) => search?.mode === 'match');
      expect([url, answer.status, matches.length]).toEqual([url, 200, count]);
    }
  });

  it('is closed to other facilities', async () => {
    const answer = await service.call('uau.hosp2', 'GET', `Organization/${facility('hosp1')}/$worklists`);
    expect([answer.status, errorCode(answer)]).toEqual([403, 'facility-foreign']);
  });

  it('registers what was sent and received on the day', async () => {
    const origin = await service.call<Parameters>(
      'uau.uaps1',
      'GET',
      `Organization/${facility('uaps1')}/$daily-register`,
    );
    expect([origin.status, origin.status === 200 ? '' : origin.text]).toEqual([200, '']);
    const rows = origin.body.parameter?.filter(({ name }) => name === 'row') ?? [];
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows[0])).toContain('"valueString":"Ana Mejía López"');
    const hospital = await service.call<Parameters>(
      'uau.hosp1',
      'GET',
      `Organization/${facility('hosp1')}/$daily-register`,
    );
    expect(hospital.body.parameter?.filter(({ name }) => name === 'row')).toHaveLength(1);
    const other = await service.call<Parameters>(
      'uau.hosp1',
      'GET',
      `Organization/${facility('hosp1')}/$daily-register?date=2020-01-01`,
    );
    expect(other.body.parameter?.filter(({ name }) => name === 'row')).toHaveLength(0);
    const wrong = await service.call(
      'uau.hosp1',
      'GET',
      `Organization/${facility('hosp1')}/$daily-register?date=2020-02-31`,
    );
    expect(wrong.status).toBe(400);
  });
});
