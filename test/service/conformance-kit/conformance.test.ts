import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Communication, ParametersParameter } from '@medplum/fhirtypes';
import { demoClientKey } from '../../../src/access/accounts.js';
import { conformance } from '../../../src/cli/conformance.js';
import { codeSystemUrl } from '../../../src/config/canonical.js';
import type { Grade } from '../../../src/conformance-kit/grade.js';
import { gradeEndpoint } from '../../../src/conformance-kit/grade-endpoint.js';
import { PeerClient } from '../../../src/conformance-kit/peer-client.js';
import { CLIENT_REQUIREMENTS } from '../../../src/conformance-kit/client-requirements.js';
import { lastOutput } from '../../../src/referral/task-io.js';
import { startService, type TestService } from '../../support/service.js';
import {
  answerDocument,
  booking,
  facility,
  FIELDS,
  type Moved,
  move,
  order,
  post,
  send,
  submission,
} from '../referral/referral-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

let service: TestService;
let folder = '';
let location = '';

beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  const accounts = ['system.uaps3', 'system.hosp3', 'conformance'];
  const keys = await Promise.all(
    accounts.map(async (name) => [name, await demoClientKey(service.context.store, name)]),
  );
  await writeFile(join(folder, 'keys.json'), JSON.stringify(Object.fromEntries(keys)));
  const found = await service.call<Bundle>(
    'system.hosp1',
    'GET',
    `Location?organization=Organization/${facility('hosp1')}&_count=1`,
  );
  location = `Location/${found.body.entry?.[0]?.resource?.id ?? ''}`;
}, 60_000);
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** The command as somebody types it. */
async function grade(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const env = { NODE_ENV: 'test', DEMO_KEYS_FILE: join(folder, 'keys.json') };
  const code = await conformance({ args: ['--url', service.url, ...args], env, out: (line) => lines.push(line) });
  return { code, lines };
}

const gradeIn = (lines: readonly string[]): Grade => JSON.parse(lines.join('\n')) as Grade;
const faults = ({ rows }: Grade) =>
  rows.filter(({ verdict }) => verdict !== 'met').map(({ id, verdict, why }) => ({ id, verdict, why: why?.en }));

const by = (actor: string) => ({ account: `system.${actor.split('.')[1] ?? ''}`, actor });
const ask = (...codes: string[]): ParametersParameter[] => [
  { name: 'reason', valueString: 'Faltan exámenes' },
  ...codes.map((code) => ({ name: 'item', valueCoding: { system: codeSystemUrl('information-item'), code } })),
  { name: 'due', valueDateTime: momentAhead(20, '12:00') },
];

const message = (sent: Moved, sender: string, to: string): Communication => ({
  resourceType: 'Communication',
  status: 'completed',
  basedOn: [{ reference: `ServiceRequest/${sent.referral.id}` }],
  subject: { reference: sent.referral.subject.reference ?? '' },
  sent: new Date().toISOString(),
  sender: { reference: post(sender) },
  recipient: [{ reference: `Organization/${facility(to)}` }],
  payload: [{ contentString: 'Mensaje de prueba' }],
});

/** The hospital's part: from receiving to the answer. */
async function attend(sent: Moved): Promise<Moved> {
  const steps: [string, string, ParametersParameter[]][] = [
    ['accept', 'triage.hosp1', FIELDS.accept],
    ['book', 'scheduler.hosp1', booking(location)],
    ['arrive', 'clerk.hosp1', []],
    [
      'start-care',
      'specialist.hosp1',
      [
        { name: 'practitioner', valueReference: { reference: post('specialist.hosp1') } },
        { name: 'start', valueDateTime: momentAhead(10, '09:05') },
      ],
    ],
    ['respond', 'specialist.hosp1', answerDocument(sent.referral)],
  ];
  let now = sent;
  for (const [name, actor, fields] of steps) {
    now = await move(service, now, name, by(actor), fields);
    expect([name, now.answer.status]).toEqual([name, 200]);
  }
  return now;
}

const from = (clinic: string) => submission(order({ requester: post(`clinician.${clinic}`) }));

/** A referral that is asked about; `told` are the items that the clinic answers. */
async function asked(clinic: string, ...told: string[]): Promise<Moved> {
  const sent = await send(service, `system.${clinic}`, from(clinic));
  const received = await move(service, sent, 'receive', by('clerk.hosp1'));
  const question = await move(service, received, 'request-info', by('triage.hosp1'), ask('ecg', 'laboratory'));
  const answers = told.map((code) => ({
    name: 'answer',
    part: [
      { name: 'item', valueCoding: { system: codeSystemUrl('information-item'), code } },
      { name: 'value', valueString: 'Normal' },
    ],
  }));
  return move(service, question, 'provide-info', by(`clinician.${clinic}`), answers);
}

describe('conformance of an endpoint', () => {
  it('this service reaches L3', async () => {
    const { code, lines } = await grade('--from', 'uaps3', '--to', 'hosp3', '--json');
    expect(faults(gradeIn(lines))).toEqual([]);
    expect([code, gradeIn(lines).reached]).toEqual([0, 'L3']);
  }, 60_000);

  it('an endpoint whose destination is somebody else reaches L1 only, and the reasons say so', async () => {
    const peer = (account: string) => new PeerClient(service.base, () => service.token(account));
    const result = await gradeEndpoint({
      from: 'uaps3',
      to: 'hosp3',
      origin: peer('system.uaps3'),
      destination: peer('system.hosp2'),
    });
    expect(result.reached).toBe('L1');
    const status = result.rows.find(({ id }) => id === 'L2-status');
    expect(status?.why?.en).toMatch(/\$receive answers HTTP 40[34]/);
  }, 60_000);
});

describe('conformance of a client', () => {
  it('one that does its part reaches L3, as origin and as destination', async () => {
    const account = 'system.uaps1';
    const told = await asked('uaps1', 'ecg', 'laboratory');
    const read = async (path: string): Promise<void> =>
      expect((await service.call(account, 'GET', path)).status).toBe(200);
    const answered = await attend(told);
    const { referral, task } = answered;
    await service.call('system.hosp1', 'POST', 'Communication', { body: message(told, 'triage.hosp1', 'uaps1') });
    await service.call(account, 'POST', 'Communication', { body: message(told, 'clinician.uaps1', 'hosp1') });
    await read(`Task/${task.id}/$available-actions`);
    await read(`Communication?based-on=ServiceRequest/${referral.id}`);
    await read(lastOutput(task, 'appointment') ?? '');
    await read(lastOutput(task, 'respuesta') ?? '');
    expect((await move(service, answered, 'acknowledge', by('clinician.uaps1'))).state).toBe('follow-up');
    const other = await send(service, account, submission(order()));
    await move(service, other, 'revoke', by('clinician.uaps1'), FIELDS.revoke);

    const { code, lines } = await grade('--watch', 'uaps1', '--minutes', '30', '--json');
    expect(faults(gradeIn(lines))).toEqual([]);
    expect([code, gradeIn(lines).reached]).toEqual([0, 'L3']);

    const numbered = told.referral.identifier?.[0]?.value ?? '';
    const hospital = gradeIn(
      (
        await grade(
          '--watch',
          `Organization/${facility('hosp1')}`,
          '--side',
          'destination',
          '--placer',
          numbered,
          '--json',
        )
      ).lines,
    );
    expect(faults(hospital)).toEqual([]);
    expect(hospital.reached).toBe('L3');
  }, 60_000);

  it('a faulty one is graded below, with the right reasons', async () => {
    const account = 'system.uaps2';
    const told = await asked('uaps2', 'ecg');
    const again = order({ requester: post('clinician.uaps2'), subject: told.referral.subject.reference ?? '' });
    const bundle = submission(again);
    const double = await send(service, account, { ...bundle, entry: (bundle.entry ?? []).slice(1) });
    expect(double.answer.status).toBe(201);
    const answered = await attend(told);
    await service.call(account, 'GET', lastOutput(answered.task, 'respuesta') ?? '');
    expect((await service.call(account, 'GET', 'Patient/none')).status).toBe(404);

    const { code, lines } = await grade('--watch', 'uaps2', '--json');
    const result = gradeIn(lines);
    expect([code, result.reached]).toEqual([1, undefined]);
    const found = new Map(faults(result).map(({ id, verdict, why }) => [id, `${verdict}: ${why ?? ''}`]));
    expect(found.get('L1-once')).toMatch(/^not-met: .* are the same/);
    expect(found.get('L1-revoke')).toBe('not-seen: it revoked none');
    expect(found.get('L1-allowed')).toBe('not-met: refused: read Patient/none');
    expect(found.get('L2-status')).toMatch(/^not-met: the state of .* was not read/);
    expect(found.get('L2-information')).toMatch(/^not-met: .*not answered: laboratory/);
    expect(found.get('L3-appointment')).toMatch(/^not-met: the appointment of .* was not read/);
    expect(found.get('L3-message-send')).toBe('not-seen: it sent no message');
    expect(found.get('L3-answer')).toMatch(/^not-met: the answer of .* was not acknowledged/);
    expect(found.has('L1-send')).toBe(false);
  }, 60_000);

  it('takes a key of its own or the token of a command instead of demonstration accounts', async () => {
    const [key, script] = [join(folder, 'own.jwk.json'), join(folder, 'token.sh')];
    await writeFile(key, JSON.stringify(await demoClientKey(service.context.store, 'conformance')));
    await writeFile(script, `test "$1" = watch && echo ${await service.token('conformance')}`);
    const asked = ['--watch', 'uaps2', '--json'];
    const expected = gradeIn((await grade(...asked)).lines);
    for (const way of [
      ['--client-id', 'conformance', '--key', key],
      ['--token-command', `sh ${script}`],
    ])
      expect(gradeIn((await grade(...asked, ...way)).lines).rows).toEqual(expected.rows);
  });

  it('prints a table in both languages, and refuses what it does not understand', async () => {
    const { code, lines } = await grade('--watch', 'uaps2', '--level', 'L1');
    expect(code).toBe(1);
    for (const { id } of CLIENT_REQUIREMENTS.filter(({ sides }) => sides.includes('origin')))
      expect(lines.some((line) => line.includes(id))).toBe(true);
    expect(lines.at(-1)).toContain('Ningún nivel alcanzado.');
    expect(lines.at(-1)).toContain('No level reached.');
    for (const wrong of [
      ['--level', 'L4'],
      ['--watch', 'uaps2', '--side', 'middle'],
      ['--client-id', 'x'],
    ])
      await expect(grade(...wrong)).rejects.toMatchObject({ name: 'UsageError' });
  });
});
