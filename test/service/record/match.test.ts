import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Parameters, Patient } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { startService, type TestService } from '../../support/service.js';
import { created, facilityOf } from '../policy/policy-fixture.js';

const HERE = 'clinician.uaps1';
const ELSEWHERE = 'clerk.hosp2';
const DNI = '0801198400777';

let service: TestService;
let ana: Patient & { id: string };

const person = (given: string, family: string, birthDate?: string, more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  name: [{ given: [given], family }],
  gender: 'female',
  ...(birthDate === undefined ? {} : { birthDate }),
  ...more,
});
const question = (resource: unknown, ...more: NonNullable<Parameters['parameter']>): Parameters => ({
  resourceType: 'Parameters',
  parameter: [{ name: 'resource', resource } as never, ...more],
});
const match = (account: string, body: unknown) => service.call<Bundle>(account, 'POST', 'Patient/$match', { body });
/** Grade and id of each match, in their order. */
const grades = (bundle: Bundle): (readonly [string | undefined, string | undefined])[] =>
  (bundle.entry ?? []).map(({ resource, search }) => [search?.extension?.[0]?.valueCode, resource?.id]);

beforeAll(async () => {
  service = await startService();
  const facility = await facilityOf(service, HERE);
  ana = (await created(service, HERE, {
    ...person('Ana Cristina', 'Velásquez Norales', '1984-05-12'),
    identifier: [
      { system: SID.dni, value: DNI },
      { system: SID.expediente, value: '77', assigner: { reference: `Organization/${facility}` } },
    ],
    telecom: [{ system: 'phone', value: '+504 0000-0077' }],
    address: [{ district: 'La Ceiba', state: 'Atlántida' }],
    managingOrganization: { reference: `Organization/${facility}` },
  })) as never;
});
afterAll(() => service.stop());

describe('Patient/$match', () => {
  it('is certain of the same DNI in the whole country, however it is written, and shows a stranger the minimum', async () => {
    const asked = person('Otra', 'Persona', undefined, { identifier: [{ system: SID.dni, value: '0801-1984-00777' }] });
    const here = await match(HERE, question(asked));
    expect([here.status, grades(here.body)]).toEqual([200, [['certain', ana.id]]]);
    expect(here.body).toMatchObject({ type: 'searchset', total: 1, entry: [{ search: { mode: 'match', score: 1 } }] });
    expect(here.text).toContain('0000-0077');
    const elsewhere = await match(ELSEWHERE, question(asked));
    expect(grades(elsewhere.body)).toEqual([['certain', ana.id]]);
    expect(elsewhere.text).toContain('SUBSETTED');
    expect(elsewhere.text).not.toMatch(/0000-0077|La Ceiba|expediente/);
  });

  it('finds a person by the sound of her name among the people of the facility, and nobody elsewhere', async () => {
    const asked = person('Kristina', 'Belasques', '1984-12-05');
    const here = await match(HERE, question(asked));
    expect(grades(here.body).map(([, id]) => id)).toContain(ana.id);
    expect(here.body.entry?.[0]?.search?.score).toBeLessThan(1);
    expect((await match(ELSEWHERE, question(asked))).body).toMatchObject({ total: 0 });
  });

  it('tells probable from possible, and does not name somebody else', async () => {
    const same = await match(HERE, question(person('ANA CRISTINA', 'VELASQUEZ NORALES', '1984-05-12')));
    expect(grades(same.body)[0]).toEqual(['probable', ana.id]);
    const unknownBirth = await match(HERE, question(person('Ana', 'Velásquez Norales')));
    expect(grades(unknownBirth.body)).toContainEqual(['possible', ana.id]);
    const other = await match(HERE, question(person('Ana Cristina', 'Velásquez Norales', '2001-01-30')));
    expect(grades(other.body).map(([, id]) => id)).not.toContain(ana.id);
  });

  it('keeps to what is asked: certain ones only, so many', async () => {
    const asked = person('Ana Cristina', 'Velásquez Norales', '1984-05-12');
    const certain = await match(HERE, question(asked, { name: 'onlyCertainMatches', valueBoolean: true }));
    expect(certain.body).toMatchObject({ total: 0 });
    const twin = await created(service, HERE, {
      ...asked,
      name: [{ given: ['Ana Cristina'], family: 'Velásquez N.' }],
    });
    expect(twin.id).toBeDefined();
    expect((await match(HERE, question(asked, { name: 'count', valueInteger: 1 }))).body).toMatchObject({ total: 1 });
  });

  it('is audited with whom it showed, and writes nothing', async () => {
    const before = await service.db.collection('Patient').countDocuments();
    await match(ELSEWHERE, question(person('X', 'Y', undefined, { identifier: [{ system: SID.dni, value: DNI }] })));
    const record = await service.db.collection('audit').findOne({ sub: '$match' }, { sort: { at: -1, _id: -1 } });
    expect(record).toMatchObject({ act: 'E', who: ELSEWHERE, pt: [ana.id], ent: [`Patient/${ana.id}`] });
    expect(JSON.stringify(record)).not.toContain(DNI);
    expect(await service.db.collection('Patient').countDocuments()).toBe(before);
  });

  it.each([
    ['statistics', 403],
    ['manager.red1', 403],
    ['patient.1', 403],
    ['privacy', 403],
    ['scheduler.hosp1', 200],
    ['nurse.uaps1', 200],
  ])('%s: %d', async (account, status) => {
    expect((await match(account, question(person('A', 'B')))).status).toBe(status);
  });

  it.each([
    ['no resource', { resourceType: 'Parameters' }, 400],
    ['parameter is no list', { resourceType: 'Parameters', parameter: 'x' }, 400],
    ['nulls', { resourceType: 'Parameters', parameter: [null] }, 400],
    ['a bare Patient', person('A', 'B'), 400],
    ['another resource', question({ resourceType: 'Group', type: 'person', actual: true }), 400],
    ['a count of none', question(person('A', 'B'), { name: 'count', valueInteger: 0 }), 400],
    ['a count of words', question(person('A', 'B'), { name: 'count', valueInteger: 'many' as never }), 400],
    ['a flag of words', question(person('A', 'B'), { name: 'onlyCertainMatches', valueBoolean: 'yes' as never }), 400],
    ['a name that is no list', question({ resourceType: 'Patient', name: { family: 'A' } }), 422],
    ['a name of numbers', question({ resourceType: 'Patient', name: [{ family: 7, given: 'x' }] }), 422],
    ['identifiers of nulls', question({ resourceType: 'Patient', identifier: [null, {}] }), 422],
    ['marks instead of letters', question(person('$|,\\', '"><script>')), 200],
    [
      'a number of separators',
      question(person('A', 'B', undefined, { identifier: [{ system: SID.dni, value: '|,$\\' }] })),
      200,
    ],
  ])('%s', async (_name, body, status) => {
    expect((await match(HERE, body)).status).toBe(status);
  });
});
