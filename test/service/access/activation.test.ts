import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Parameters } from '@medplum/fhirtypes';
import {
  type ActivateAccount,
  type ActivationTry,
  createActivateAccount,
} from '../../../src/access/activate-account.js';
import { findAccount } from '../../../src/access/accounts.js';
import { createAccountLookup } from '../../../src/access/authenticate.js';
import { isUserName } from '../../../src/access/patient-accounts.js';
import { roleClaimsOf } from '../../../src/access/role-profile.js';
import { createSessions, type Sessions } from '../../../src/access/sessions.js';
import { pinOf } from '../../../src/access/short-code.js';
import type { Answer } from '../../support/service.js';
import { startService, type TestService } from '../../support/service.js';
import { errorCode, order, send, submission } from '../referral/referral-fixture.js';

let service: TestService;
let sessions: Sessions;
let desk: ActivateAccount;
let patient = '';
const PASSWORD = 'cuatro palabras raras juntas';
const about = { requestId: 'test', ip: '10.0.0.1' };

const issue = (
  account: string,
  id: string,
  identifiedBy = 'dni-seen',
  more: Record<string, string> = {},
): Promise<Answer<Parameters>> =>
  service.call<Parameters>(account, 'POST', `Patient/${id}/$activation-code`, {
    body: {
      resourceType: 'Parameters',
      parameter: [
        { name: 'identifiedBy', valueCode: identifiedBy },
        ...Object.entries(more).map(([name, valueString]) => ({ name, valueString })),
      ],
    },
  });
const valueOf = ({ body }: Answer<Parameters>, name = 'code'): string =>
  body.parameter?.find((one) => one.name === name)?.valueString ?? '';
const shown = (code: string, more: Partial<ActivationTry> = {}): ActivationTry => ({
  code,
  birthDate: '1980-05-03',
  pin: '',
  ...about,
  ...more,
});

/** A person known at UAPS 1; without a birth date when told so. */
async function person(birthDate?: string): Promise<string> {
  const bundle = structuredClone(submission(order()));
  const resource = bundle.entry?.[0]?.resource as unknown as Record<string, unknown>;
  if (birthDate === undefined) {
    delete resource['birthDate'];
    resource['_birthDate'] = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    };
  } else resource['birthDate'] = birthDate;
  const sent = await send(service, 'clinician.uaps1', bundle);
  return sent.referral.subject.reference?.replace('Patient/', '') ?? '';
}

/** The whole way: code, first step, second step. */
async function activated(id: string, name: string, password = PASSWORD): Promise<string> {
  const answer = await desk.check(shown(valueOf(await issue('clerk.uaps1', id))));
  if (!('sheet' in answer)) throw new Error('refused');
  const result = await desk.open(answer.sheet, { name, password }, about);
  return 'account' in result ? result.account.name : result.refused;
}

beforeAll(async () => {
  service = await startService();
  const { store, paperSecret } = service.context;
  sessions = createSessions(store, createAccountLookup(store, { production: false }));
  desk = createActivateAccount({ store, sessions, secret: paperSecret });
  patient = await person('1980-05-03');
}, 60_000);
afterAll(() => service.stop());
beforeEach(async () => {
  await service.db.collection('attempts').deleteMany({});
});

describe('$activation-code', () => {
  it.each(['clerk.uaps1', 'uau.uaps1', 'nurse.uaps1', 'clinician.uaps1'])('%s makes one', async (account) => {
    const answer = await issue(account, patient);
    expect(answer.status).toBe(200);
    expect(valueOf(answer)).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    const expires = answer.body.parameter?.find(({ name }) => name === 'expires')?.valueInstant ?? '';
    expect(Math.round((Date.parse(expires) - Date.now()) / 86_400_000)).toBe(7);
    expect(answer.body.parameter?.map(({ name }) => name)).not.toContain('pin');
  });

  it('is refused to other roles, to strangers and for strangers', async () => {
    expect((await issue('triage.hosp1', patient)).status).toBe(403);
    expect((await issue('patient.1', patient)).status).toBe(403);
    expect((await issue('clerk.uaps2', patient)).status).toBe(404);
    expect((await issue('clerk.uaps1', 'nobody')).status).toBe(404);
    expect((await service.call(undefined, 'POST', `Patient/${patient}/$activation-code`)).status).toBe(401);
  });

  it('wants to know how the person was identified, and who the guardian is', async () => {
    for (const answer of [
      await issue('clerk.uaps1', patient, 'guessed'),
      await issue('clerk.uaps1', patient, 'guardian'),
      await issue('clerk.uaps1', patient, 'guardian', { guardianName: 'Rosa' }),
      await service.call('clerk.uaps1', 'POST', `Patient/${patient}/$activation-code`, {
        body: '{"resourceType":"Parameters","parameter":[null,{"name":"identifiedBy","valueCode":{}}]}',
      }),
    ])
      expect([answer.status, errorCode(answer)]).toEqual([422, 'field-missing']);
  });

  it('is written down for the person to see, and the code is not kept', async () => {
    const code = valueOf(await issue('clerk.uaps1', patient));
    const record = await service.db.collection('audit').findOne({ sub: '$activation-code' }, { sort: { _id: -1 } });
    expect(record).toMatchObject({ who: 'clerk.uaps1', pt: [patient], det: { identified: 'dni-seen' } });
    const stored = await service.db.collection('activations').findOne({ _id: patient as never });
    expect(JSON.stringify([stored, record])).not.toContain(code);
  });
});

describe('the first step', () => {
  it('refuses a wrong code, a wrong date, an old code and a voided one alike', async () => {
    const voided = valueOf(await issue('clerk.uaps1', patient));
    const code = valueOf(await issue('clerk.uaps1', patient));
    for (const wrong of [shown('ABCDEFGHJK'), shown(code, { birthDate: '1980-05-04' }), shown(voided), shown('')])
      expect(await desk.check(wrong)).toEqual({ refused: 'wrong' });
    expect(await desk.check(shown(code))).toMatchObject({ sheet: { code } });
    await service.db
      .collection('activations')
      .updateOne({ _id: patient as never }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(await desk.check(shown(code))).toEqual({ refused: 'wrong' });
    expect(await desk.resume(code)).toBeUndefined();
  });

  it('takes the PIN where no birth date is known, and only there', async () => {
    const unknown = await person();
    const answer = await issue('clerk.uaps1', unknown);
    const [code, pin] = [valueOf(answer), valueOf(answer, 'pin')];
    expect(pin).toBe(pinOf(service.context.paperSecret, code));
    expect(await desk.check(shown(code))).toEqual({ refused: 'wrong' });
    expect(await desk.check(shown(code, { birthDate: '', pin: '' }))).toEqual({ refused: 'wrong' });
    expect(await desk.check(shown(code, { birthDate: '', pin }))).toMatchObject({ sheet: { code } });
    const known = valueOf(await issue('clerk.uaps1', patient));
    const its = pinOf(service.context.paperSecret, known);
    expect(await desk.check(shown(known, { birthDate: '', pin: its }))).toEqual({ refused: 'wrong' });
  });

  it('asks to wait after five wrong tries, whatever comes next', async () => {
    const code = valueOf(await issue('clerk.uaps1', patient));
    for (let count = 0; count < 5; count += 1)
      expect(await desk.check(shown(code, { birthDate: '1970-01-01' }))).toEqual({ refused: 'wrong' });
    expect(await desk.check(shown(code))).toMatchObject({ refused: 'wait' });
    expect(await service.db.collection('audit').countDocuments({ sub: 'activate-account', out: '4' })).toBeGreaterThan(
      5,
    );
  });
});

describe('the second step', () => {
  it('opens an account of the person that signs in, once', async () => {
    const id = await person('1980-05-03');
    const code = valueOf(await issue('clerk.uaps1', id));
    const first = await desk.check(shown(code));
    if (!('sheet' in first)) throw new Error('refused');
    const [one, two] = await Promise.all([
      desk.open(first.sheet, { name: 'anamejia80', password: PASSWORD }, about),
      desk.open(first.sheet, { name: 'anamejia81', password: PASSWORD }, about),
    ]);
    expect([one, two].filter((result) => 'account' in result)).toHaveLength(1);
    const accounts = await service.db.collection('accounts').find({ patient: id }).toArray();
    expect(accounts).toHaveLength(1);
    expect(accounts[0]).toMatchObject({ role: 'patient', kind: 'person', enabled: true, demo: false, facilities: [] });
    expect(JSON.stringify(accounts)).not.toContain(PASSWORD);
    expect(await desk.check(shown(code))).toEqual({ refused: 'wrong' });
    const name = String(accounts[0]?._id);
    const own = await service.call<{ id: string }>(name, 'GET', `Patient/${id}`);
    expect(own.body.id).toBe(id);
    expect((await service.call(name, 'GET', `Patient/${patient}`)).status).toBe(404);
  });

  it('leaves a taken name to its owner, and the code unused', async () => {
    const id = await person('1980-05-03');
    const code = valueOf(await issue('clerk.uaps1', id));
    const first = await desk.check(shown(code));
    if (!('sheet' in first)) throw new Error('refused');
    const choice = { name: 'clerk.uaps1', password: PASSWORD };
    expect(await desk.open(first.sheet, choice, about)).toEqual({ refused: 'taken' });
    expect(await findAccount(service.context.store, 'clerk.uaps1')).toMatchObject({ role: 'clerk' });
    expect(await desk.open(first.sheet, { ...choice, name: 'otronombre' }, about)).toMatchObject({
      account: { name: 'otronombre', patient: id },
    });
  });

  it('with a new code gives a new password to the same account and ends its sessions', async () => {
    const id = await person('1980-05-03');
    expect(await activated(id, 'rosalinda')).toBe('rosalinda');
    const account = await findAccount(service.context.store, 'rosalinda');
    if (!account) throw new Error('no account');
    const claims = {
      sub: 'rosalinda',
      client_id: 'paginas',
      scope: 'patient/*.cruds',
      ...roleClaimsOf(account),
    };
    const token = await sessions.open({ claims });
    expect(await sessions.find(token)).toBeDefined();
    const before = await service.db.collection('accounts').findOne({ _id: 'rosalinda' as never });
    expect(await activated(id, 'another', 'otras cuatro palabras nuevas')).toBe('rosalinda');
    expect(await sessions.find(token)).toBeUndefined();
    const after = await service.db.collection('accounts').findOne({ _id: 'rosalinda' as never });
    expect(after?.['password']).not.toBe(before?.['password']);
    expect(await findAccount(service.context.store, 'another')).toBeUndefined();
  });

  it('records the guardian, and forgets one who no longer stands there', async () => {
    const id = await person('1980-05-03');
    const guardian = { guardianName: 'Rosa López', guardianRelationship: 'madre' };
    const first = await desk.check(shown(valueOf(await issue('clerk.uaps1', id, 'guardian', guardian))));
    if (!('sheet' in first)) throw new Error('refused');
    await desk.open(first.sheet, { name: 'rosalopez', password: PASSWORD }, about);
    expect(await findAccount(service.context.store, 'rosalopez')).toMatchObject({
      guardian: { name: 'Rosa López', relationship: 'madre' },
    });
    await activated(id, 'ignored');
    expect((await findAccount(service.context.store, 'rosalopez'))?.guardian).toBeUndefined();
  });
});

describe('user names', () => {
  it('are letters and digits, and no office', () => {
    for (const good of ['ana', 'anamejia80', 'x'.repeat(30)]) expect(isUserName(good)).toBe(true);
    for (const bad of [
      'an',
      'Ana',
      '1ana',
      'ana mejia',
      'ana.mejia',
      'administrator',
      'privacy',
      'ñandu',
      'x'.repeat(31),
    ])
      expect(isUserName(bad)).toBe(false);
  });
});
