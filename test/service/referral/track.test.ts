import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Parameters } from '@medplum/fhirtypes';
import { pinOf } from '../../../src/access/short-code.js';
import { locationId } from '../../../src/seed/catalogue-ids.js';
import { facilityByAlias } from '../../../src/seed/find-facility.js';
import { paperCodeOf } from '../../../src/referral/paper-code.js';
import type { Answer } from '../../support/service.js';
import { startService, type TestService } from '../../support/service.js';
import { booking, errorCode, FIELDS, move, type Moved, order, send, submission } from './referral-fixture.js';
import { momentAhead } from '../../support/days-ahead.js';

let service: TestService;
let sent: Moved;
let code = '';

const track = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer<Parameters>> =>
  service.call<Parameters>(undefined, 'POST', 'ServiceRequest/$track', {
    body: {
      resourceType: 'Parameters',
      parameter: Object.entries(fields).map(([name, value]) => ({
        name,
        [name === 'birthDate' ? 'valueDate' : 'valueString']: value,
      })),
    },
    headers,
  });
const words = ({ body }: Answer<Parameters>, name: string): string | undefined =>
  body.parameter?.find((one) => one.name === name)?.part?.find((part) => part.name === 'es')?.valueString;
const audits = (): Promise<{ out: string; who: string; rol: string; pt: string[]; det?: { refused?: string } }[]> =>
  service.db.collection('audit').find({ sub: '$track' }).sort({ _id: 1 }).toArray() as never;

beforeAll(async () => {
  service = await startService();
  sent = await send(service, 'clinician.uaps1', submission(order()));
  code = paperCodeOf(sent.referral) ?? '';
}, 60_000);
afterAll(() => service.stop());
beforeEach(async () => {
  await service.db.collection('attempts').deleteMany({});
});

describe('paper code', () => {
  it('is made at sending, whatever the client wrote, and stays on a repeat', async () => {
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    const draft = order();
    const own = { system: sent.referral.identifier?.at(-1)?.system ?? '', value: 'AAAAAAAAAA' };
    const bundle = submission({ ...draft, identifier: [...(draft.identifier ?? []), own] });
    const first = await send(service, 'clinician.uaps1', bundle);
    const again = await send(service, 'clinician.uaps1', bundle);
    expect(paperCodeOf(first.referral)).not.toBe('AAAAAAAAAA');
    expect(again.answer.status).toBe(200);
    expect(paperCodeOf(again.referral)).toBe(paperCodeOf(first.referral));
  });

  it('finds the referral for the desk by identifier', async () => {
    const system = encodeURIComponent(sent.referral.identifier?.at(-1)?.system ?? '');
    const found = await service.call<{ entry?: { resource: { id: string } }[] }>(
      'clerk.hosp1',
      'GET',
      `ServiceRequest?identifier=${system}|${code}`,
    );
    expect(found.body.entry?.map(({ resource }) => resource.id)).toEqual([sent.referral.id]);
  });
});

describe('$track', () => {
  it('tells without a token what happens, in both languages, and is written down', async () => {
    const answer = await track({
      code: `${code.slice(0, 5).toLowerCase()} - ${code.slice(5)}`,
      birthDate: '1980-05-03',
    });
    expect(answer.status).toBe(200);
    expect(words(answer, 'sentence')).toBe('Su centro de salud envió su referencia al hospital.');
    expect(answer.body.parameter?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['number', 'state', 'next', 'todo', 'ifWorse', 'origin', 'destination']),
    );
    expect((await audits()).at(-1)).toMatchObject({ out: '0', who: 'paper-code', rol: 'paper-code' });
    expect((await audits()).at(-1)?.pt).toHaveLength(1);
  });

  it('gives one answer to a wrong code, a wrong date, a wrong kind of proof and nonsense', async () => {
    const answers = [
      await track({ code: 'ABCDEFGHJK', birthDate: '1980-05-03' }),
      await track({ code, birthDate: '1980-05-04' }),
      await track({ code, birthDate: 'not a date' }),
      await track({ code, pin: pinOf(service.context.paperSecret, code) }),
      await track({ code: '0O1I', birthDate: '1980-05-03' }),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(errorCode(answers[0]!)).toBe('paper-code-unknown');
    const written = (await audits()).slice(-5);
    expect(written.every(({ out, det }) => out === '4' && det?.refused === 'paper-code-unknown')).toBe(true);
    // The person sees who tried; a code that does not exist is nobody's.
    expect(written.map(({ pt }) => pt.length)).toEqual([0, 1, 1, 1, 0]);
  });

  it('lets five wrong tries pass, then asks to wait, also with the right date', async () => {
    for (let count = 0; count < 5; count += 1)
      expect((await track({ code, birthDate: '1981-01-01' })).status).toBe(404);
    const refused = await track({ code, birthDate: '1980-05-03' });
    expect([refused.status, errorCode(refused)]).toEqual([429, 'too-many']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
  });

  it('starts again at zero after the right date', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 4; count += 1) await track({ code, birthDate: '1981-01-01' });
      expect((await track({ code, birthDate: '1980-05-03' })).status).toBe(200);
    }
  });

  it.each([
    [{}, 400],
    [{ code: 'ABCDEFGHJK' }, 400],
    [{ code: 'ABCDEFGHJK', birthDate: '1980-05-03', pin: '123456' }, 400],
  ])('refuses %p', async (fields, status) => {
    expect((await track(fields)).status).toBe(status);
  });

  it('never fails on a hostile body', async () => {
    const bodies = [
      '{"resourceType":"Parameters","parameter":"x"}',
      '{"resourceType":"Parameters","parameter":[null,1,{"name":"code","valueString":{"$ne":null}}]}',
      '{"resourceType":"Patient"}',
      '{"resourceType":"Parameters","parameter":[{"name":"code","valueString":["a"]},{"name":"pin","valueString":7}]}',
    ];
    for (const body of bodies)
      expect((await service.call(undefined, 'POST', 'ServiceRequest/$track', { body })).status).toBe(400);
  });

  it('opens no other door without a token', async () => {
    for (const [method, path] of [
      ['GET', 'ServiceRequest/$track'],
      ['POST', 'ServiceRequest/$submit'],
      ['GET', `ServiceRequest/${sent.referral.id}/$track`],
      ['POST', 'ServiceRequest/$track/'],
      ['GET', `ServiceRequest/${sent.referral.id}`],
    ] as const)
      expect((await service.call(undefined, method, path)).status).toBe(401);
    // A token that is given is checked even here.
    const body = { resourceType: 'Parameters', parameter: [] };
    const forged = { authorization: 'Bearer x.y.z' };
    expect((await service.call(undefined, 'POST', 'ServiceRequest/$track', { body, headers: forged })).status).toBe(
      401,
    );
    expect((await service.call('clinician.uaps1', 'POST', 'ServiceRequest/$track', { body })).status).toBe(403);
  });

  it('asks for the PIN where no birth date is known, and for nothing else', async () => {
    const bundle = structuredClone(submission(order()));
    const person = bundle.entry?.[0]?.resource as unknown as Record<string, unknown>;
    delete person['birthDate'];
    person['_birthDate'] = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
    };
    const unknown = await send(service, 'clinician.uaps1', bundle);
    const its = paperCodeOf(unknown.referral) ?? '';
    expect((await track({ code: its, birthDate: '1980-05-03' })).status).toBe(404);
    expect((await track({ code: its, pin: '000000' })).status).toBe(404);
    expect((await track({ code: its, pin: pinOf(service.context.paperSecret, its) })).status).toBe(200);
  });

  it('shows day and place of the visit, and nothing clinical', async () => {
    const desk = { account: 'clerk.hosp1' };
    let now = await send(service, 'clinician.uaps1', submission(order({ priority: 'urgent' })));
    now = await move(service, now, 'receive', desk);
    now = await move(service, now, 'accept', { account: 'triage.hosp1' }, [
      { name: 'priority', valueCode: 'urgent' },
      ...FIELDS.accept.slice(1),
    ]);
    const place = `Location/${locationId(facilityByAlias('hosp1')?.rups ?? '')}`;
    now = await move(service, now, 'book', { account: 'scheduler.hosp1' }, booking(place));
    expect(now.state).toBe('scheduled');
    const answer = await track({ code: paperCodeOf(now.referral) ?? '', birthDate: '1980-05-03' });
    expect(answer.body.parameter?.find(({ name }) => name === 'appointment')?.part).toEqual(
      expect.arrayContaining([
        { name: 'start', valueDateTime: momentAhead(10, '09:00') },
        { name: 'place', valueString: facilityByAlias('hosp1')?.name },
      ]),
    );
    for (const secret of ['torácico', 'esfuerzo', 'cardiolog', 'Ana', 'Mejía', 'urgent', 'Dolor', '1980'])
      expect(answer.text).not.toContain(secret);
  });

  it('is in the CapabilityStatement, and open in OpenAPI', async () => {
    const metadata = await service.call<{ rest: { resource: { type: string; operation?: { name: string }[] }[] }[] }>(
      undefined,
      'GET',
      'metadata',
    );
    const row = metadata.body.rest[0]?.resource.find(({ type }) => type === 'ServiceRequest');
    expect(row?.operation?.map(({ name }) => name)).toContain('track');
    const api = (await (await fetch(`${service.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { security?: unknown[] }>>;
    };
    expect(api.paths['/fhir/ServiceRequest/$track']?.['post']?.security).toEqual([]);
    expect(api.paths['/fhir/ServiceRequest/{id}/$track']?.['get']?.security).toBeUndefined();
  });
});
