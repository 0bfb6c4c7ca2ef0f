import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent, Bundle, BundleEntry, Encounter, Observation, Patient, Resource } from '@medplum/fhirtypes';
import { SID } from '../../../src/config/canonical.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { bundleOf, codeOf, created, facilityOf, verdict } from './policy-fixture.js';

const HERE = 'system.uaps1';
const THERE = 'system.hosp1';
const UNKNOWN = '0000-00000000-0000-7000-8000-000000000000';
/** A name that must never reach whoever has no relation. */
const CANARY = 'Zarigüeya';

const statuses = (answer: Answer<unknown>): (string | undefined)[] =>
  ((answer.body as Bundle).entry ?? []).map(({ response }) => response?.status);

/** Body of an answer with the id in it made equal: what remains must not tell two cases apart. */
const shape = (answer: Answer<unknown>, id: string): string => answer.text.replaceAll(id, '{id}');

describe('the two gates', () => {
  let service: TestService;
  let here: string;
  let there: string;
  let patient: Patient & { id: string };
  let observation: Observation & { id: string };
  let encounter: Encounter & { id: string };
  let dni = 801199000000;

  const nextDni = (): string => `0${(dni += 1)}`;
  const register = (account: string, about: Partial<Patient> = {}): Promise<Patient & { id: string }> =>
    created(service, account, {
      resourceType: 'Patient',
      identifier: [{ system: SID.dni, value: nextDni() }],
      name: [{ family: CANARY, given: ['Ana'] }],
      gender: 'female',
      birthDate: '1990-05-04',
      telecom: [{ system: 'phone', value: '9999-0000' }],
      address: [{ city: 'Tela' }],
      ...about,
    });
  const observed = (id: string): Observation => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Hemoglobina' },
    subject: { reference: `Patient/${id}` },
    effectiveDateTime: '2026-05-04',
  });
  const visit = (id: string): Encounter => ({
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    subject: { reference: `Patient/${id}` },
  });
  const search = (account: string, query: string): Promise<Answer<Bundle>> =>
    service.call<Bundle>(account, 'GET', query);
  const total = async (account: string, query: string): Promise<number | undefined> =>
    (await search(account, `${query}&_summary=count`)).body.total;

  beforeAll(async () => {
    service = await startService();
    here = await facilityOf(service, HERE);
    there = await facilityOf(service, THERE);
    patient = await register(HERE, {
      identifier: [
        { system: SID.dni, value: nextDni() },
        { system: SID.expediente, value: 'E-1', assigner: { reference: `Organization/${here}` } },
      ],
    });
    observation = await created(service, HERE, observed(patient.id));
    encounter = await created(service, HERE, visit(patient.id));
  }, 60_000);
  afterAll(() => service.stop());

  const dniOf = (person: Patient = patient): string => `${SID.dni}|${person.identifier?.[0]?.value}`;

  describe('inside a record: by id', () => {
    const places: readonly (readonly [string, () => readonly [string, string], string])[] = [
      ['read of a Patient', () => ['Patient', patient.id], ''],
      ['read of an Observation', () => ['Observation', observation.id], ''],
      ['read of an Encounter', () => ['Encounter', encounter.id], ''],
      ['history', () => ['Observation', observation.id], '/_history'],
      ['vread', () => ['Observation', observation.id], '/_history/1'],
      ['history of a Patient', () => ['Patient', patient.id], '/_history'],
      ['$everything', () => ['Patient', patient.id], '/$everything'],
      ['$timeline', () => ['Patient', patient.id], '/$timeline'],
    ];

    it.each(places)('%s: 404 like an unknown id, audited with the patient (S01, S03, S04)', async (_name, at, rest) => {
      const [type, id] = at();
      const answer = await service.call(THERE, 'GET', `${type}/${id}${rest}`);
      const unknown = await service.call(THERE, 'GET', `${type}/${UNKNOWN}${rest}`);
      expect(verdict(answer)).toEqual([404, 'not-found']);
      expect(shape(answer, id)).toBe(shape(unknown, UNKNOWN));
      const request = answer.headers.get('x-request-id');
      const records = await service.context.store.findAudits({ req: request }, { limit: 5 });
      expect(records).toEqual([
        expect.objectContaining({ out: '4', act: 'R', who: THERE, pt: [patient.id], ent: [`${type}/${id}`] }),
      ]);
      // as much work for what is not there: the time tells nothing, and probing leaves a trace
      const probe = await service.context.store.findAudits({ req: unknown.headers.get('x-request-id') }, { limit: 5 });
      expect(probe).toEqual([expect.objectContaining({ out: '4', pt: [], ent: [`${type}/${UNKNOWN}`] })]);
      expect((await service.call(HERE, 'GET', `${type}/${id}${rest}`)).status).toBe(200);
    });

    it('does not tell an unknown version from one out of reach', async () => {
      const answer = await service.call(THERE, 'GET', `Observation/${observation.id}/_history/9`);
      expect(verdict(answer)).toEqual([404, 'not-found']);
      const own = await service.call(HERE, 'GET', `Observation/${observation.id}/_history/9`);
      expect(verdict(own)).toEqual([404, 'version-not-found']);
    });

    it('says 410 for a deleted one only to who could see it', async () => {
      const gone = await created(service, HERE, observed(patient.id));
      expect((await service.call(HERE, 'DELETE', `Observation/${gone.id}`)).status).toBe(204);
      expect(verdict(await service.call(HERE, 'GET', `Observation/${gone.id}`))).toEqual([410, 'deleted']);
      for (const method of ['GET', 'DELETE'])
        expect(verdict(await service.call(THERE, method, `Observation/${gone.id}`))).toEqual([404, 'not-found']);
      const old = await service.call(THERE, 'GET', `Observation/${gone.id}/_history/1`);
      expect(verdict(old)).toEqual([404, 'not-found']);
    });
  });

  describe('inside Bundles (S05)', () => {
    const reads = (): BundleEntry[] => [
      { request: { method: 'GET', url: `Observation/${observation.id}` } },
      { request: { method: 'GET', url: `Patient/${patient.id}/_history` } },
      { request: { method: 'GET', url: `Patient/${patient.id}/$everything` } },
      { request: { method: 'PUT', url: `Observation/${observation.id}` }, resource: observation },
      { request: { method: 'DELETE', url: `Observation/${observation.id}` } },
      { request: { method: 'POST', url: 'Observation' }, resource: observed(patient.id) },
      { request: { method: 'GET', url: `Observation?patient=Patient/${patient.id}` } },
    ];

    it('refuses each entry of a batch by itself', async () => {
      const answer = await service.call<Bundle>(THERE, 'POST', '', { body: bundleOf('batch', reads()) });
      const notFound = '404 Not Found';
      expect(statuses(answer)).toEqual([
        ...[notFound, notFound, notFound, notFound, notFound],
        '422 Unprocessable Entity',
        '200 OK',
      ]);
      expect((answer.body.entry?.at(-1)?.resource as Bundle).entry).toBeUndefined();
      expect(answer.text).not.toContain(CANARY);
    });

    it.each([0, 1, 2, 3, 4, 5])('refuses a transaction whole for entry %d, and writes nothing', async (index) => {
      const family = `Testigo${index}`;
      const witness: BundleEntry = {
        request: { method: 'POST', url: 'Patient' },
        resource: { resourceType: 'Patient', name: [{ family }], gender: 'male' },
      };
      const body = bundleOf('transaction', [witness, reads()[index]!]);
      const answer = await service.call(THERE, 'POST', '', { body });
      expect([404, 422]).toContain(answer.status);
      expect(answer.text).not.toContain(CANARY);
      expect(await total(THERE, `Patient?name=${family}`)).toBe(0);
      const stands = await service.call<Observation>(HERE, 'GET', `Observation/${observation.id}`);
      expect([stands.status, stands.body.meta?.versionId]).toEqual([200, '1']);
      const control = await service.call(THERE, 'POST', '', { body: bundleOf('transaction', [witness]) });
      expect(control.status).toBe(200);
    });

    it('reads in a transaction what its writes made of it', async () => {
      const own = await created(service, HERE, observed(patient.id));
      const answer = await service.call<Bundle>(HERE, 'POST', '', {
        body: bundleOf('transaction', [
          { request: { method: 'GET', url: `Observation/${own.id}` } },
          { request: { method: 'PUT', url: `Observation/${own.id}` }, resource: { ...own, status: 'amended' } },
        ]),
      });
      expect(statuses(answer)).toEqual(['200 OK', '200 OK']);
      expect((answer.body.entry?.[0]?.resource as Observation).status).toBe('amended');
    });
  });

  describe('across patients: searches', () => {
    const queries: readonly (readonly [string, () => string])[] = [
      ['by name', () => `Patient?name=${CANARY}`],
      ['by birth date', () => 'Patient?birthdate=1990-05-04'],
      ['by id', () => `Patient?_id=${patient.id}`],
      ['by the number alone', () => `Patient?identifier=${patient.identifier?.[0]?.value}`],
      ['by the system alone', () => `Patient?identifier=${encodeURIComponent(`${SID.dni}|`)}`],
      ['by number or name', () => `Patient?identifier=${patient.identifier?.[0]?.value}&name=${CANARY}`],
      ['the record by patient', () => `Observation?patient=Patient/${patient.id}`],
      ['the record by subject', () => `Observation?subject=Patient/${patient.id}`],
      ['the record by id', () => `Observation?_id=${observation.id}`],
      ['two records at once', () => `Observation?patient=Patient/${patient.id},Patient/${UNKNOWN}`],
      ['the visits', () => `Encounter?patient=${patient.id}`],
      ['what names another facility', () => `Encounter?service-provider=Organization/${here}`],
      ['everything', () => 'Observation?_count=1000'],
      // No hop to look through (S02).
      ['over a finding', () => 'Patient?_has:Observation:patient:status=final'],
      ['over two links', () => 'Patient?_has:Observation:patient:patient._has:Encounter:patient:status=in-progress'],
      ['by the name at a link', () => `Observation?patient.name=${CANARY}`],
      ['by the number at a link', () => `Encounter?subject:Patient.identifier=${encodeURIComponent(dniOf())}`],
      ['the compartment', () => `Patient/${patient.id}/Observation?status=final`],
    ];

    it.each(queries)('%s: neither rows nor totals of others', async (_name, query) => {
      const rows = await search(THERE, query());
      expect([rows.status, rows.body.entry, await total(THERE, query())]).toEqual([200, undefined, 0]);
      expect((await search(THERE, `${query()}&_total=accurate`)).body.total).toBe(0);
      expect(await total(HERE, query())).toBeGreaterThan(0);
    });

    it('there is no include to look through (S02)', async () => {
      const wanted = '_revinclude=Observation:patient&_revinclude=Encounter:patient&_include=Patient:organization';
      const exact = `Patient?identifier=${encodeURIComponent(dniOf())}&${wanted}`;
      const types = ({ body }: Answer<Bundle>): (string | undefined)[] => [
        ...new Set((body.entry ?? []).map(({ resource }) => resource?.resourceType)),
      ];
      expect(types(await search(THERE, exact))).toEqual(['Patient']);
      expect(types(await search(HERE, exact)).sort()).toEqual(['Encounter', 'Observation', 'Organization', 'Patient']);
    });

    it('finds a person by exact identifier, with minimal demographics', async () => {
      const found = await search(THERE, `Patient?identifier=${encodeURIComponent(dniOf())}`);
      const shown = found.body.entry?.[0]?.resource as Patient;
      expect(shown).toMatchObject({ id: patient.id, name: patient.name, gender: 'female', birthDate: '1990-05-04' });
      expect(shown.meta?.security?.map(({ code }) => code)).toEqual(['REDACTED']);
      expect(shown.meta?.tag?.map(({ code }) => code)).toEqual(['SUBSETTED']);
      // the assigner of a file number tells where the person is treated
      expect(shown.identifier?.map(({ system }) => system)).toEqual([SID.dni]);
      for (const hidden of ['9999-0000', 'Tela', here, 'E-1', 'managingOrganization'])
        expect(found.text).not.toContain(hidden);
      const own = await search(HERE, `Patient?identifier=${encodeURIComponent(dniOf())}`);
      expect(own.text).toContain('9999-0000');
      const record = await service.context.store.findAudits({ req: found.headers.get('x-request-id') }, { limit: 2 });
      expect(record[0]?.pt).toEqual([patient.id]);
    });

    it.each([
      ['where the person is treated', () => `organization=Organization/${here}`],
      ['a telephone', () => 'phone=9999-0000'],
      ['an address', () => 'address-city=Tela'],
      ['a finding', () => '_has:Observation:patient:status=final'],
      ['where the person is treated, at a link', () => `organization._id=${here}`],
    ])('does not answer questions about what is hidden: %s', async (_name, question) => {
      const exact = `Patient?identifier=${encodeURIComponent(dniOf())}`;
      expect(await total(THERE, exact)).toBe(1);
      expect(await total(THERE, `${exact}&${question()}`)).toBe(0);
      expect(await total(HERE, `${exact}&${question()}`)).toBe(1);
    });

    it('does not fish with a list of numbers, nor by file number', async () => {
      const list = [dniOf(), ...Array.from({ length: 50 }, (_, index) => `${SID.dni}|${index}`)].join(',');
      expect(await total(THERE, `Patient?identifier=${encodeURIComponent(list)}`)).toBe(0);
      const file = `Patient?identifier=${encodeURIComponent(`${SID.expediente}|E-1`)}`;
      expect([await total(THERE, file), await total(HERE, file)]).toEqual([0, 1]);
    });

    it('does not turn pages of another caller', async () => {
      await register(HERE);
      const page = await search(HERE, `Patient?name=${CANARY}&_count=1`);
      const next = page.body.link?.find(({ relation }) => relation === 'next')?.url ?? '';
      const path = next.slice(service.base.length + 1);
      expect((await service.call(HERE, 'GET', path)).status).toBe(200);
      expect(verdict(await service.call(THERE, 'GET', path))).toEqual([400, 'cursor-invalid']);
    });
  });

  describe('conditional create (S07)', () => {
    const newcomer = (): Patient => ({ resourceType: 'Patient', name: [{ family: CANARY }], gender: 'male' });

    it('finds nothing out of reach: a new person is registered', async () => {
      const family = 'Irrepetible';
      const theirs = await register(HERE, { name: [{ family }] });
      const headers = { 'if-none-exist': `name=${family}` };
      const body: Patient = { ...newcomer(), name: [{ family }] };
      const first = await service.call<Patient>(THERE, 'POST', 'Patient', { body, headers });
      expect(first.status).toBe(201);
      expect(first.body.id).not.toBe(theirs.id);
      const second = await service.call<Patient>(THERE, 'POST', 'Patient', { body, headers });
      expect([second.status, second.body.id]).toEqual([200, first.body.id]);
    });

    it.each(['alone', 'in a batch', 'in a transaction'])(
      'by exact identifier finds the person, minimally, and is audited: %s',
      async (how) => {
        const condition = `identifier=${dniOf()}`;
        const entry: BundleEntry = {
          request: { method: 'POST', url: 'Patient', ifNoneExist: condition },
          resource: newcomer(),
        };
        const answer =
          how === 'alone'
            ? await service.call(THERE, 'POST', 'Patient', {
                body: newcomer(),
                headers: { 'if-none-exist': condition },
              })
            : await service.call(THERE, 'POST', '', {
                body: bundleOf(how === 'in a batch' ? 'batch' : 'transaction', [entry]),
              });
        expect(answer.status).toBe(200);
        expect(answer.text).toContain(patient.id);
        expect(answer.text).toContain('REDACTED');
        for (const hidden of ['9999-0000', 'Tela', here]) expect(answer.text).not.toContain(hidden);
        const records = await service.context.store.findAudits(
          { req: answer.headers.get('x-request-id') },
          { limit: 3 },
        );
        expect(records.map(({ pt }) => pt)).toEqual([[patient.id]]);
        const [held] = await service.context.store.heads('Patient', [patient.id]);
        expect(held?.acc).not.toContain(there);
      },
    );

    it('is not offered to who may only look', async () => {
      const entry = {
        request: { method: 'POST', url: 'Patient', ifNoneExist: 'name=a' },
        resource: newcomer(),
      } as const;
      const answer = await service.call('manager.red1', 'POST', '', { body: bundleOf('transaction', [entry]) });
      expect(verdict(answer)).toEqual([403, 'role-forbidden']);
    });
  });

  describe('writes', () => {
    const put = (account: string, resource: Resource): Promise<Answer> =>
      service.call(account, 'PUT', `${resource.resourceType}/${resource.id}`, { body: resource });

    it.each(['relative', 'absolute'])('do not move a record to another patient: %s reference (S08)', async (form) => {
      const other = await register(HERE);
      const reference = `${form === 'absolute' ? `${service.base}/` : ''}Patient/${other.id}`;
      const answer = await put(HERE, { ...observation, subject: { reference } });
      expect(verdict(answer)).toEqual([422, 'patient-change']);
      const body = bundleOf('transaction', [
        {
          request: { method: 'PUT', url: `Observation/${observation.id}` },
          resource: { ...observation, subject: { reference } },
        },
      ]);
      expect(verdict(await service.call(HERE, 'POST', '', { body }))).toEqual([422, 'patient-change']);
    });

    it.each(['relative', 'absolute'])('do not act for another facility: %s reference (S08)', async (form) => {
      const foreign = { reference: `${form === 'absolute' ? `${service.base}/` : ''}Organization/${there}` };
      const own = await register(HERE);
      expect(verdict(await put(HERE, { ...own, managingOrganization: foreign }))).toEqual([403, 'facility-foreign']);
      const answers = await Promise.all([
        service.call(HERE, 'POST', 'Patient', {
          body: { resourceType: 'Patient', gender: 'male', managingOrganization: foreign },
        }),
        service.call(HERE, 'POST', 'Encounter', { body: { ...visit(own.id), serviceProvider: foreign } }),
        put(HERE, { ...encounter, serviceProvider: foreign }),
      ]);
      expect(answers.map(codeOf)).toEqual(['facility-foreign', 'facility-foreign', 'facility-foreign']);
      const [head] = await service.context.store.heads('Patient', [own.id]);
      expect(head?.acc).toEqual([here]);
    });

    it('set id, version and time themselves, and keep where it came from (S09)', async () => {
      const source = 'urn:mine';
      const meta = { versionId: '77', lastUpdated: '1999-01-01T00:00:00Z', source };
      const answer = await service.call<Observation>(HERE, 'POST', 'Observation', {
        body: { ...observed(patient.id), id: 'mine', meta },
      });
      expect(answer.status).toBe(201);
      expect(answer.body.id).not.toBe('mine');
      expect(answer.body.meta).toEqual({ source, versionId: '1', lastUpdated: expect.stringMatching(/^20[2-9]\d-/) });
      const again = await put(HERE, { ...answer.body, meta });
      expect(again.body['meta']).toEqual({ source, versionId: '2', lastUpdated: expect.stringMatching(/^20[2-9]\d-/) });
    });

    it('do not take a part for the whole', async () => {
      const found = await search(THERE, `Patient?identifier=${encodeURIComponent(dniOf())}`);
      const part = found.body.entry?.[0]?.resource as Patient;
      expect(verdict(await put(HERE, part))).toEqual([422, 'rule-broken']);
    });

    const references: readonly (readonly [string, (reference: string) => Resource])[] = [
      ['the subject of an Observation', (reference) => ({ ...observed(''), subject: { reference } })],
      ['the focus of an own Observation', (reference) => ({ ...observed(ownId), focus: [{ reference }] })],
      [
        'the link of an own Patient',
        (reference) => ({ resourceType: 'Patient', gender: 'male', link: [{ other: { reference }, type: 'seealso' }] }),
      ],
      ['a RelatedPerson', (reference) => ({ resourceType: 'RelatedPerson', patient: { reference } })],
      [
        'a Binary',
        (reference) => ({
          resourceType: 'Binary',
          contentType: 'text/plain',
          data: 'aG9sYQ==',
          securityContext: { reference },
        }),
      ],
    ];
    let ownId = '';
    beforeAll(async () => {
      ownId = (await register(THERE)).id;
    });

    it.each(references)('refer to an unseen patient as if to nobody: %s (S11)', async (_name, make) => {
      for (const prefix of ['', `${service.base}/`]) {
        const answers = await Promise.all(
          [patient.id, UNKNOWN].map((id) => {
            const body = make(`${prefix}Patient/${id}`);
            return service.call(THERE, 'POST', body.resourceType, { body });
          }),
        );
        expect(answers.map(verdict)).toEqual([
          [422, 'reference-not-found'],
          [422, 'reference-not-found'],
        ]);
        expect(shape(answers[0]!, patient.id)).toBe(shape(answers[1]!, UNKNOWN));
      }
    });

    it('refer to an unseen resource as if to nothing (S11)', async () => {
      const bodies = [observation.id, UNKNOWN].map((id) => ({
        ...observed(ownId),
        hasMember: [{ reference: `Observation/${id}` }],
      }));
      const answers = await Promise.all(bodies.map((body) => service.call(THERE, 'POST', 'Observation', { body })));
      expect(answers.map(verdict)).toEqual([
        [422, 'reference-not-found'],
        [422, 'reference-not-found'],
      ]);
      expect(shape(answers[0]!, observation.id)).toBe(shape(answers[1]!, UNKNOWN));
      const own = await created(service, THERE, observed(ownId));
      const fine = await service.call(THERE, 'POST', 'Observation', {
        body: { ...observed(ownId), hasMember: [{ reference: `Observation/${own.id}` }] },
      });
      expect(fine.status).toBe(201);
    });

    it('keep a record in its compartment when the reference is absolute', async () => {
      const answer = await service.call<Observation>(HERE, 'POST', 'Observation', {
        body: { ...observed(patient.id), subject: { reference: `${service.base}/Patient/${patient.id}` } },
      });
      expect([answer.status, answer.body.subject?.reference]).toEqual([201, `Patient/${patient.id}`]);
      expect(answer.body.id?.slice(0, 4)).toBe(patient.id.slice(0, 4));
      expect(await total(HERE, `Observation?patient=${patient.id}&_id=${answer.body.id}`)).toBe(1);
    });

    it.each(['PUT', 'DELETE'])('%s of what is out of reach is 404, and nothing changes', async (method) => {
      const answer = await service.call(
        THERE,
        method,
        `Observation/${observation.id}`,
        method === 'PUT' ? { body: observation } : {},
      );
      expect(verdict(answer)).toEqual([404, 'not-found']);
      expect((await service.call<Observation>(HERE, 'GET', `Observation/${observation.id}`)).body.meta?.versionId).toBe(
        '1',
      );
    });
  });

  describe('a relation', () => {
    it('comes from an Encounter and opens the whole record; changes stay with the custodian', async () => {
      const person = await register(HERE);
      const theirs = await created(service, HERE, observed(person.id));
      const path = `Patient/${person.id}/$everything`;
      expect((await service.call(THERE, 'GET', path)).status).toBe(404);

      await created(service, THERE, visit(person.id));

      const all = await service.call<Bundle>(THERE, 'GET', path);
      expect(all.body.entry?.map(({ resource }) => resource?.resourceType).sort()).toEqual([
        'Encounter',
        'Observation',
        'Patient',
      ]);
      expect((await service.call(THERE, 'GET', `Observation/${theirs.id}/_history/1`)).status).toBe(200);
      expect(await total(THERE, `Observation?patient=${person.id}`)).toBe(1);
      expect((await service.call<Patient>(THERE, 'GET', `Patient/${person.id}`)).body.telecom).toEqual(person.telecom);
      const found = await search(THERE, `Patient?identifier=${encodeURIComponent(dniOf(person))}`);
      expect(found.text).not.toContain('REDACTED');

      expect((await service.call(THERE, 'POST', 'Observation', { body: observed(person.id) })).status).toBe(201);
      const changes = await Promise.all([
        service.call(THERE, 'PUT', `Observation/${theirs.id}`, { body: theirs }),
        service.call(THERE, 'DELETE', `Observation/${theirs.id}`),
        service.call(THERE, 'DELETE', `Patient/${person.id}`),
        service.call(THERE, 'POST', '', {
          body: bundleOf('transaction', [{ request: { method: 'DELETE', url: `Observation/${theirs.id}` } }]),
        }),
      ]);
      expect(changes.map(verdict)).toEqual(changes.map(() => [403, 'custodian-only']));
      // what is known of a person may be kept up to date wherever the person is seen
      const { body: current } = await service.call<Patient>(THERE, 'GET', `Patient/${person.id}`);
      const moved = await service.call(THERE, 'PUT', `Patient/${person.id}`, {
        body: { ...current, address: [{ city: 'Yoro' }] },
      });
      expect(moved.status).toBe(200);
      expect((await service.call(HERE, 'GET', `Patient/${person.id}`)).text).toContain('Yoro');
    });

    it('may be made in the transaction that writes the record', async () => {
      const person = await register(HERE);
      const entry = (resource: Resource): BundleEntry => ({
        request: { method: 'POST', url: resource.resourceType },
        resource,
      });
      const body = bundleOf('transaction', [entry(observed(person.id)), entry(visit(person.id))]);
      expect(statuses(await service.call(THERE, 'POST', '', { body }))).toEqual(['201 Created', '201 Created']);
      expect(await total(THERE, `Observation?patient=${person.id}`)).toBe(1);
    });

    it('is not made by an Encounter that was refused', async () => {
      const person = await register(HERE);
      const bad = { ...visit(person.id), status: 'quizás' };
      expect((await service.call(THERE, 'POST', 'Encounter', { body: bad })).status).toBe(422);
      expect((await service.call(THERE, 'GET', `Patient/${person.id}`)).status).toBe(404);
    });

    it('ends when its time is over', async () => {
      const person = await register(HERE);
      await created(service, THERE, visit(person.id));
      await service.db
        .collection<{ _id: string }>('Patient')
        .updateOne(
          { _id: person.id },
          { $set: { 'rel.$[mine].u': new Date(Date.now() - 1_000) } },
          { arrayFilters: [{ 'mine.f': there }] },
        );
      expect(verdict(await service.call(THERE, 'GET', `Patient/${person.id}`))).toEqual([404, 'not-found']);
      expect((await service.call(HERE, 'GET', `Patient/${person.id}`)).status).toBe(200);
    });
  });

  describe('deletes', () => {
    it('leave no record without its patient, in a transaction either', async () => {
      const person = await register(HERE);
      const own = await created(service, HERE, observed(person.id));
      const one = (name: string): BundleEntry => ({ request: { method: 'DELETE', url: name } });
      const alone = bundleOf('transaction', [one(`Patient/${person.id}`)]);
      expect(verdict(await service.call(HERE, 'POST', '', { body: alone }))).toEqual([409, 'still-referenced']);
      expect(verdict(await service.call(HERE, 'DELETE', `Patient/${person.id}`))).toEqual([409, 'still-referenced']);
      const both = bundleOf('transaction', [one(`Patient/${person.id}`), one(`Observation/${own.id}`)]);
      expect((await service.call(HERE, 'POST', '', { body: both })).status).toBe(200);
    });
  });

  describe('roles without a key to the record', () => {
    it.each(['Observation', 'Condition', 'AllergyIntolerance', 'DocumentReference'])(
      'a clerk does not read %s',
      async (type) => {
        const query = await service.call('clerk.uaps1', 'GET', `${type}?patient=${patient.id}`);
        expect(verdict(query)).toEqual([403, 'role-forbidden']);
        expect(verdict(await service.call('clerk.uaps1', 'GET', `${type}/${UNKNOWN}`))).toEqual([
          403,
          'role-forbidden',
        ]);
      },
    );

    it('a clerk sees the person and the visits, not $everything', async () => {
      expect((await service.call('clerk.uaps1', 'GET', `Patient/${patient.id}`)).status).toBe(200);
      expect(await total('clerk.uaps1', `Encounter?patient=${patient.id}`)).toBe(1);
      expect(verdict(await service.call('clerk.uaps1', 'GET', `Patient/${patient.id}/$everything`))).toEqual([
        403,
        'role-forbidden',
      ]);
    });
  });

  describe('a patient', () => {
    const me = 'patient.1';
    let own: string;
    let mine: Observation & { id: string };

    beforeAll(async () => {
      own = (await register(HERE)).id;
      mine = await created(service, HERE, observed(own));
      await service.context.store
        .support<{ _id: string }>('accounts')
        .updateOne({ _id: me }, { $set: { patient: own } });
    });

    it('sees the own record and no other', async () => {
      const everything = await service.call<Bundle>(me, 'GET', `Patient/${own}/$everything`);
      expect(everything.body.entry?.map(({ resource }) => resource?.id).sort()).toEqual([mine.id, own].sort());
      expect(await total(me, 'Patient?gender=female,male')).toBe(1);
      expect(await total(me, 'Observation?status=final')).toBe(1);
      const others = [
        `Patient/${patient.id}`,
        `Observation/${observation.id}`,
        `Patient/${patient.id}/$everything`,
        `Patient/${patient.id}/_history`,
      ];
      for (const path of others) expect(verdict(await service.call(me, 'GET', path))).toEqual([404, 'not-found']);
      expect(await total(me, `Patient?identifier=${encodeURIComponent(dniOf())}`)).toBe(0);
      expect(verdict(await service.call(me, 'PUT', `Observation/${mine.id}`, { body: mine }))).toEqual([
        403,
        'role-forbidden',
      ]);
    });

    it('sees who saw the own record, searches too, and nobody else in it (S61)', async () => {
      const seen = await service.call(HERE, 'GET', `Observation/${mine.id}`);
      const listed = await service.call(HERE, 'GET', `Patient?name=${CANARY}`);
      const theirs = await service.call(HERE, 'GET', `Patient/${patient.id}`);
      const recordOf = async (answer: Answer): Promise<string> =>
        (await service.context.store.findAudits({ req: answer.headers.get('x-request-id') }, { limit: 1 }))[0]!._id;
      const ids = await Promise.all([seen, listed, theirs].map(recordOf));

      const found = await service.call<Bundle>(me, 'GET', 'AuditEvent?_count=1000');
      const events = (found.body.entry ?? []).map(({ resource }) => resource as AuditEvent);
      expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(ids.slice(0, 2)));
      expect(events.map(({ id }) => id)).not.toContain(ids[2]);
      expect(found.text).not.toContain(patient.id);
      const asked = await service.context.store.findAudits({ req: found.headers.get('x-request-id') }, { limit: 1 });
      expect(asked[0]?.pt).toEqual([own]);
      const by = events.find(({ id }) => id === ids[0])?.agent?.find(({ requestor }) => requestor);
      expect(by?.who?.identifier?.value).toBe(HERE);

      expect(verdict(await service.call(me, 'GET', `AuditEvent/${ids[2]}`))).toEqual([404, 'not-found']);
      const search = await service.call<AuditEvent>(me, 'GET', `AuditEvent/${ids[1]}`);
      expect(search.status).toBe(200);
      const named = search.body.entity?.flatMap(({ what }) => (what?.reference ? [what.reference] : []));
      expect(named).toEqual([`Patient/${own}`]);
      expect(search.text).not.toContain(Buffer.from(`Patient?name=${CANARY}`).toString('base64').slice(0, 16));
      const whole = await service.call<AuditEvent>('privacy', 'GET', `AuditEvent/${ids[1]}`);
      expect(whole.text).toContain(patient.id);
    });

    it.each(['PUT', 'DELETE', 'PATCH', 'POST'])('cannot %s an AuditEvent, nor can anybody (S62)', async (method) => {
      const [record] = await service.context.store.findAudits({ pt: own }, { limit: 1 });
      const event = { resourceType: 'AuditEvent', id: record!._id };
      for (const account of [me, HERE, 'privacy', 'administrator', 'conformance']) {
        const path = method === 'POST' ? 'AuditEvent' : `AuditEvent/${event.id}`;
        expect((await service.call(account, method, path, { body: event })).status).toBe(405);
        if (method === 'PATCH') continue;
        const request = { method: method as 'PUT', url: path };
        const entry: BundleEntry = { request, ...(method === 'DELETE' ? {} : { resource: event as AuditEvent }) };
        const whole = await service.call(account, 'POST', '', { body: bundleOf('transaction', [entry]) });
        expect(verdict(whole)).toEqual([405, 'interaction-unsupported']);
      }
      expect(await service.context.store.readAudit(event.id)).toEqual(record);
    });
  });
});
