import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Bundle,
  Composition,
  Encounter,
  Meta,
  Observation,
  OperationOutcome,
  Parameters,
  Patient,
  Resource,
} from '@medplum/fhirtypes';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { codeOf, created, facilityOf, scopedTo, verdict } from '../policy/policy-fixture.js';

const HERE = 'system.uaps1';
const THERE = 'system.hosp1';

describe('operations over HTTP', () => {
  let service: TestService;
  let patient: string;
  let facility: string;
  beforeAll(async () => {
    service = await startService();
    facility = await facilityOf(service, HERE);
    patient = (await created<Patient>(service, HERE, { resourceType: 'Patient', name: [{ family: 'Nutria' }] })).id;
  }, 60_000);
  afterAll(() => service.stop());

  const observed = (about: Partial<Observation> = {}): Promise<Observation & { id: string }> =>
    created<Observation>(service, HERE, {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Peso' },
      subject: { reference: `Patient/${patient}` },
      ...about,
    });
  const visit = (): Promise<Encounter & { id: string }> =>
    created<Encounter>(service, HERE, {
      resourceType: 'Encounter',
      status: 'in-progress',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject: { reference: `Patient/${patient}` },
    });
  const idsOf = ({ body }: Answer<Bundle>): string[] =>
    (body.entry ?? []).map(({ resource }) => `${resource?.resourceType}/${resource?.id}`);
  const nextOf = ({ body }: Answer<Bundle>): string | undefined =>
    body.link?.find(({ relation }) => relation === 'next')?.url.replace(`${service.base}/`, '');

  describe('$everything', () => {
    it('pages: each row once, the Patient first, while others write', async () => {
      for (let index = 0; index < 7; index += 1) await observed();
      const whole = await service.call<Bundle>(HERE, 'GET', `Patient/${patient}/$everything`);
      const before = new Set(idsOf(whole));
      expect(whole.body.total).toBe(before.size);
      const seen: string[] = [];
      let path: string | undefined = `Patient/${patient}/$everything?_count=2`;
      while (path !== undefined) {
        const page: Answer<Bundle> = await service.call<Bundle>(HERE, 'GET', path);
        expect(page.status).toBe(200);
        expect(page.body.total).toBeUndefined();
        expect(page.body.entry?.length).toBeLessThanOrEqual(2);
        seen.push(...idsOf(page));
        const last = seen.at(-1)?.replace('Observation/', '');
        // A new row, and a change of one that was already given.
        await observed();
        if (seen.at(-1)?.startsWith('Observation/')) {
          const { body } = await service.call(HERE, 'GET', `Observation/${last}`);
          await service.call(HERE, 'PUT', `Observation/${last}`, { body: { ...body, status: 'amended' } });
        }
        if (seen.length > 20) break;
        path = nextOf(page);
      }
      expect(seen[0]).toBe(`Patient/${patient}`);
      expect(new Set(seen).size).toBe(seen.length);
      expect([...before].filter((id) => !seen.includes(id))).toEqual([]);
    });

    it('narrows by type and time, and keeps that in its links', async () => {
      const path = `Patient/${patient}/$everything?_type=Observation&_count=3`;
      const page = await service.call<Bundle>(HERE, 'GET', path);
      const second = await service.call<Bundle>(HERE, 'GET', nextOf(page) ?? '');
      expect([...idsOf(page), ...idsOf(second)].every((id) => id.startsWith('Observation/'))).toBe(true);
      const later = await service.call<Bundle>(
        HERE,
        'GET',
        `Patient/${patient}/$everything?_since=2100-01-01&_count=3`,
      );
      expect([later.status, idsOf(later)]).toEqual([200, []]);
    });

    it.each([
      ['_count=0', 'parameter-value'],
      ['_count=x', 'parameter-value'],
      ['_since=ayer', 'parameter-value'],
      ['_type=Nada', 'parameter-value'],
      ['start=2026', 'parameter-unknown'],
      ['_cursor=abc', 'cursor-invalid'],
    ])('refuses %s', async (query, code) => {
      expect(verdict(await service.call(HERE, 'GET', `Patient/${patient}/$everything?${query}`))).toEqual([400, code]);
    });

    it('is asked by POST with Parameters too', async () => {
      const encounter = await visit();
      const parameter = [
        { name: '_type', valueCode: 'Patient' },
        { name: '_type', valueCode: 'Encounter' },
        { name: '_count', valueInteger: 1 },
      ];
      const body = { resourceType: 'Parameters', parameter };
      const first = await service.call<Bundle>(HERE, 'POST', `Patient/${patient}/$everything`, { body });
      expect([first.status, idsOf(first)]).toEqual([200, [`Patient/${patient}`]]);
      const second = await service.call<Bundle>(HERE, 'GET', nextOf(first) ?? '');
      expect([second.status, idsOf(second)[0]?.split('/')[0]]).toEqual([200, 'Encounter']);
      const empty = { body: { resourceType: 'Parameters' } };
      const whole = await service.call<Bundle>(HERE, 'POST', `Encounter/${encounter.id}/$everything`, empty);
      expect(idsOf(whole)).toEqual([`Patient/${patient}`, `Encounter/${encounter.id}`]);
      for (const place of [`Patient/${patient}/$timeline`, `Patient/${patient}/$meta`])
        expect([place, (await service.call(HERE, 'POST', place, empty)).status]).toEqual([place, 200]);
      const wrong = { body: { resourceType: 'Parameters', parameter: [{ name: '_tipe', valueCode: 'Patient' }] } };
      for (const place of ['$everything', '$timeline', '$meta'])
        expect(verdict(await service.call(HERE, 'POST', `Patient/${patient}/${place}`, wrong))).toEqual([
          400,
          'parameter-unknown',
        ]);
    });

    it('gives a page to its caller only', async () => {
      const page = await service.call<Bundle>(HERE, 'GET', `Patient/${patient}/$everything?_count=1`);
      const next = nextOf(page) ?? '';
      expect(verdict(await service.call('conformance', 'GET', next))).toEqual([400, 'cursor-invalid']);
      expect(verdict(await service.call(HERE, 'GET', next.replace('_count=1', '_count=2')))).toEqual([
        400,
        'cursor-invalid',
      ]);
    });

    it('of a hidden or unknown patient is 404 with the same words', async () => {
      const hidden = await service.call(THERE, 'GET', `Patient/${patient}/$everything?_count=1`);
      const unknown = await service.call(THERE, 'GET', 'Patient/nobody/$everything?_count=1');
      expect(verdict(hidden)).toEqual([404, 'not-found']);
      expect(hidden.text.replaceAll(patient, 'nobody')).toBe(unknown.text);
      expect(verdict(await service.call('statistics', 'GET', `Patient/${patient}/$everything`))).toEqual([
        403,
        'role-forbidden',
      ]);
    });

    it('of a visit gives the visit, the patient, and what refers to it', async () => {
      const encounter = await visit();
      const other = await observed();
      const own = await observed({ encounter: { reference: `Encounter/${encounter.id}` } });
      const answer = await service.call<Bundle>(HERE, 'GET', `Encounter/${encounter.id}/$everything`);
      expect(new Set(idsOf(answer))).toEqual(
        new Set([`Patient/${patient}`, `Encounter/${encounter.id}`, `Observation/${own.id}`]),
      );
      expect(idsOf(answer)).not.toContain(`Observation/${other.id}`);
      const first = await service.call<Bundle>(HERE, 'GET', `Encounter/${encounter.id}/$everything?_count=2`);
      const second = await service.call<Bundle>(HERE, 'GET', nextOf(first) ?? '');
      expect([idsOf(first).length, idsOf(second)]).toEqual([2, [`Observation/${own.id}`]]);
      expect(verdict(await service.call(THERE, 'GET', `Encounter/${encounter.id}/$everything`))).toEqual([
        404,
        'not-found',
      ]);
      const headers = await scopedTo(service, HERE, 'system/Encounter.r');
      const narrow = await service.call<Bundle>(undefined, 'GET', `Encounter/${encounter.id}/$everything`, { headers });
      expect(idsOf(narrow)).toEqual([`Encounter/${encounter.id}`]);
    });
  });

  describe('Composition/$document', () => {
    let observation: Observation & { id: string };
    let composition: Composition & { id: string };
    beforeAll(async () => {
      observation = await observed();
      composition = await created<Composition>(service, HERE, {
        resourceType: 'Composition',
        status: 'final',
        type: { text: 'Nota' },
        subject: { reference: `Patient/${patient}` },
        date: '2026-05-03',
        author: [{ reference: `Organization/${facility}` }],
        title: 'Nota',
        section: [{ title: 'Peso', entry: [{ reference: `Observation/${observation.id}` }] }],
      });
    });
    const path = (): string => `Composition/${composition.id}/$document`;

    it('has the composition first and all that it refers to', async () => {
      const answer = await service.call<Bundle>(HERE, 'GET', path());
      expect([answer.status, answer.body.type]).toEqual([200, 'document']);
      expect(idsOf(answer)).toEqual([
        `Composition/${composition.id}`,
        `Patient/${patient}`,
        `Organization/${facility}`,
        `Observation/${observation.id}`,
      ]);
      expect(answer.body.entry?.[0]?.fullUrl).toBe(`${service.base}/Composition/${composition.id}`);
      const checked = await service.call('conformance', 'POST', 'Bundle/$validate', { body: answer.body });
      expect(codeOf(checked)).toBe('ok');
    });

    it('is stored when asked to, by POST', async () => {
      expect(verdict(await service.call(HERE, 'GET', `${path()}?persist=true`))).toEqual([400, 'operation-parameter']);
      const answer = await service.call<Bundle>(HERE, 'POST', `${path()}?persist=true`);
      expect(answer.status).toBe(201);
      const stored = await service.call<Bundle>(HERE, 'GET', `Bundle/${answer.body.id}`);
      expect([stored.status, stored.body.type, idsOf(stored).length]).toEqual([200, 'document', 4]);
      expect((await service.call(THERE, 'GET', `Bundle/${answer.body.id}`)).status).toBe(404);
    });

    it('is not made for who may not see it or a part of it', async () => {
      expect(verdict(await service.call(THERE, 'GET', path()))).toEqual([404, 'not-found']);
      expect(verdict(await service.call('clerk.uaps1', 'GET', path()))).toEqual([403, 'role-forbidden']);
      const headers = await scopedTo(service, HERE, 'system/Composition.r');
      const partial = await service.call(undefined, 'GET', path(), { headers });
      expect(verdict(partial)).toEqual([422, 'reference-not-found']);
      expect(partial.text).not.toContain('Peso');
      const persisted = await service.call(undefined, 'POST', `${path()}?persist=true`, { headers });
      expect(verdict(persisted)).toEqual([403, 'scope-forbidden']);
    });
  });

  describe('$meta', () => {
    const tag = (code: string): object => ({ system: 'urn:prueba', code });
    const meta = (valueMeta: object): object => ({
      resourceType: 'Parameters',
      parameter: [{ name: 'meta', valueMeta }],
    });
    const returned = (answer: Answer<Parameters>): Meta | undefined => answer.body.parameter?.[0]?.valueMeta;
    const ask = (id: string, name: string, body: object, as = HERE, headers = {}): Promise<Answer<Parameters>> =>
      service.call<Parameters>(as, 'POST', `Observation/${id}/$${name}`, { body, headers });

    it('shows, adds and takes away tags and profiles', async () => {
      const { id } = await observed();
      const shown = await service.call<Parameters>(HERE, 'GET', `Observation/${id}/$meta`);
      expect([shown.status, returned(shown)?.versionId, shown.headers.get('etag')]).toEqual([200, '1', 'W/"1"']);
      const added = await ask(id, 'meta-add', meta({ tag: [tag('a'), tag('b'), tag('a')] }));
      expect([added.status, returned(added)?.versionId]).toEqual([200, '2']);
      await ask(id, 'meta-add', meta({ tag: [tag('b'), tag('c')] }));
      const removed = await ask(id, 'meta-delete', meta({ tag: [tag('a'), tag('nada')] }));
      expect(returned(removed)?.tag?.map(({ code }) => code)).toEqual(['b', 'c']);
      const resource = await service.call<Resource>(HERE, 'GET', `Observation/${id}`);
      expect(resource.body.meta).toEqual(returned(removed));
      const found = await service.call<Bundle>(HERE, 'GET', `Observation?_tag=urn:prueba|c&patient=${patient}`);
      if (found.status === 200) expect(idsOf(found)).toEqual([`Observation/${id}`]);
    });

    it('leaves security labels alone, and takes If-Match', async () => {
      const { id } = await observed({ meta: { security: [{ system: 'urn:x', code: 'R' }] } });
      for (const name of ['meta-add', 'meta-delete'])
        expect(verdict(await ask(id, name, meta({ security: [{ system: 'urn:x', code: 'R' }] })))).toEqual([
          403,
          'label-kept',
        ]);
      const kept = await ask(id, 'meta-add', meta({ tag: [tag('z')] }));
      expect(returned(kept)?.security?.[0]?.code).toBe('R');
      expect(verdict(await ask(id, 'meta-add', meta({ tag: [tag('y')] }), HERE, { 'if-match': 'W/"1"' }))).toEqual([
        412,
        'version-conflict',
      ]);
    });

    it('of something hidden is 404, and roles that do not write do not tag', async () => {
      const { id } = await observed();
      expect(verdict(await ask(id, 'meta-add', meta({ tag: [tag('x')] }), THERE))).toEqual([404, 'not-found']);
      expect((await service.call(THERE, 'GET', `Observation/${id}/$meta`)).status).toBe(404);
      expect(verdict(await ask(id, 'meta-add', meta({ tag: [tag('x')] }), 'patient.1'))).toEqual([
        403,
        'role-forbidden',
      ]);
    });

    it.each([
      [{ resourceType: 'Parameters' }],
      [meta({ tag: 'x' })],
      [meta({ tag: [null] })],
      [{ resourceType: 'Parameters', parameter: [{ name: 'meta', valueString: 'x' }] }],
    ])('refuses %j', async (body) => {
      const { id } = await observed();
      expect(verdict(await ask(id, 'meta-add', body))).toEqual([400, 'operation-parameter']);
    });
  });

  describe('$validate', () => {
    const ask = async (method: string, path: string, body?: object, as = HERE): Promise<unknown[]> => {
      const answer = await service.call<OperationOutcome>(as, method, path, body ? { body } : {});
      return [answer.status, ...(answer.body.issue ?? []).map(({ details }) => details?.coding?.[0]?.code)];
    };

    it('looks at references in the modes of writing', async () => {
      const resource = {
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'Peso' },
        subject: { reference: 'Patient/nobody' },
      };
      expect(await ask('POST', 'Observation/$validate', resource)).toEqual([200, 'ok']);
      expect(await ask('POST', 'Observation/$validate?mode=create', resource)).toEqual([200, 'reference-not-found']);
      const known = { ...resource, subject: { reference: `Patient/${patient}` } };
      expect(await ask('POST', 'Observation/$validate?mode=create', known)).toEqual([200, 'ok']);
      expect(await ask('POST', 'Observation/$validate?mode=update', known)).toEqual([200, 'id-mismatch']);
      // Nothing is written, so that no gate of a write follows: who is out of reach is not there.
      expect(await ask('POST', 'Observation/$validate?mode=create', known, THERE)).toEqual([
        200,
        'reference-not-found',
      ]);
      const asked = { sub: '$validate', who: THERE, 'det.mode': 'create' };
      expect(await service.db.collection('audit').countDocuments(asked)).toBe(1);
      expect(await ask('POST', 'Observation/$validate?mode=profile', known)).toEqual([400, 'operation-parameter']);
      expect(await ask('POST', 'Observation/$validate?mod=create', known)).toEqual([400, 'parameter-unknown']);
      const parameters = { resourceType: 'Parameters', parameter: [{ name: 'resurce', resource: known }] } as Resource;
      expect(await ask('POST', 'Observation/$validate', parameters)).toEqual([400, 'parameter-unknown']);
    });

    it('judges the stored instance, and whether it may go', async () => {
      const { id } = await observed();
      expect(await ask('POST', `Observation/${id}/$validate`)).toEqual([200, 'ok']);
      expect(await ask('POST', `Observation/${id}/$validate?mode=delete`)).toEqual([200, 'ok']);
      expect(await ask('POST', `Patient/${patient}/$validate?mode=delete`)).toEqual([200, 'still-referenced']);
      expect(await ask('POST', 'Observation/nobody/$validate?mode=delete')).toEqual([200, 'not-found']);
      expect(await ask('POST', `Observation/${id}/$validate`, undefined, THERE)).toEqual([404, 'not-found']);
      expect(await ask('POST', `Observation/${id}/$validate?mode=delete`, undefined, 'statistics')).toEqual([
        200,
        'not-found',
      ]);
    });
  });

  it('keeps and tells a reference to nothing when the service is set so (REFERENCE_CHECK=warn)', async () => {
    const body = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'Peso' },
      subject: { reference: `Patient/${patient}` },
      encounter: { reference: 'Encounter/nobody' },
    };
    expect(verdict(await service.call(HERE, 'POST', 'Observation', { body }))).toEqual([422, 'reference-not-found']);
    const settings = service.context as { references?: 'strict' | 'warn' };
    settings.references = 'warn';
    try {
      const headers = { prefer: 'return=OperationOutcome' };
      const kept = await service.call<OperationOutcome>(HERE, 'POST', 'Observation', { body, headers });
      expect([kept.status, kept.body.issue?.[0]?.severity, codeOf(kept)]).toEqual([
        201,
        'warning',
        'reference-not-found',
      ]);
    } finally {
      settings.references = 'strict';
    }
  });

  describe('upkeep', () => {
    it('explains a search without showing what was asked', async () => {
      const search = encodeURIComponent(`Observation?patient=${patient}&_count=5`);
      const answer = await service.call<Parameters>('administrator', 'GET', `$explain?search=${search}`);
      expect(answer.status).toBe(200);
      const indexes = (answer.body.parameter ?? []).flatMap(({ part = [] }) =>
        part.flatMap(({ valueString }) => valueString ?? []),
      );
      expect(indexes.length).toBeGreaterThan(0);
      // Any figure would tell who has what was asked for.
      expect([...new Set(answer.body.parameter?.map(({ name }) => name))]).toEqual(['order', 'stage']);
      const asked = await service.db.collection('audit').findOne({ sub: '$explain' }, { sort: { at: -1 } });
      expect(asked?.['q']).toBe(`Observation?patient=${patient}&_count=5`);
      const places = await service.call<Parameters>('administrator', 'GET', '$explain?search=Organization%3F_count=3');
      const returned = places.body.parameter?.find(({ name }) => name === 'returned');
      expect(returned?.valueInteger).toBeGreaterThan(0);
      expect(answer.text).not.toContain(patient);
      expect(verdict(await service.call('administrator', 'GET', '$explain?search=Nada'))).toEqual([
        404,
        'type-unknown',
      ]);
      expect(verdict(await service.call('administrator', 'GET', '$explain?search=Patient%3Fnada=1'))).toEqual([
        400,
        'parameter-unknown',
      ]);
      expect(verdict(await service.call('administrator', 'GET', '$explain'))).toEqual([400, 'operation-parameter']);
      for (const role of [HERE, 'clinician.uaps1', 'patient.1', 'privacy'])
        expect(verdict(await service.call(role, 'GET', `$explain?search=${search}`))).toEqual([403, 'role-forbidden']);
    });

    it('makes search values anew in the background and tells how far it is', async () => {
      const body = { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: 'Observation' }] };
      expect(verdict(await service.call(HERE, 'POST', '$reindex', { body }))).toEqual([403, 'role-forbidden']);
      const wrong = { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: 'Nada' }] };
      expect(verdict(await service.call('administrator', 'POST', '$reindex', { body: wrong }))).toEqual([
        400,
        'operation-parameter',
      ]);
      const started = await service.call('administrator', 'POST', '$reindex', { body });
      expect(started.status).toBe(202);
      const path = started.headers.get('content-location')?.replace(`${service.base}/`, '') ?? '';
      const state = async (): Promise<Answer<Parameters>> => service.call<Parameters>('administrator', 'GET', path);
      let answer = await state();
      for (let tries = 0; answer.body.parameter?.[0]?.valueCode === 'running' && tries < 200; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        answer = await state();
      }
      expect(answer.body.parameter?.[0]).toEqual({ name: 'state', valueCode: 'done' });
      const count = await service.context.store.count('Observation', {});
      expect(answer.body.parameter?.at(-1)?.part?.[1]?.valueInteger).toBe(count);
      expect(verdict(await service.call('administrator', 'GET', '$reindex-status?job=x'))).toEqual([404, 'not-found']);
    });
  });
});
