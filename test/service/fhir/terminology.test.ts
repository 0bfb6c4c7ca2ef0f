import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, CapabilityStatement, Parameters, ValueSet } from '@medplum/fhirtypes';
import { CANONICAL_ROOT, codeSystemUrl, valueSetUrl } from '../../../src/config/canonical.js';
import { CODE_SYSTEMS } from '../../../src/config/code-systems.js';
import { parseCie10, storeCie10 } from '../../../src/seed/cie10-import.js';
import { STATES } from '../../../src/referral/states.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { verdict } from '../policy/policy-fixture.js';

const AS = 'nurse.uaps1';
const STATUS = codeSystemUrl('referral-status');
const GENDER = 'http://hl7.org/fhir/administrative-gender';

describe('definitions and terminology over HTTP', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  const get = <T = Parameters>(path: string, as: string | undefined = AS): Promise<Answer<T>> =>
    service.call<T>(as, 'GET', path);
  const post = <T = Parameters>(path: string, ...parameter: object[]): Promise<Answer<T>> =>
    service.call<T>(AS, 'POST', path, { body: { resourceType: 'Parameters', parameter } });
  const named = (answer: Answer<Parameters>, name: string): unknown => {
    const found = answer.body.parameter?.find((one) => one.name === name);
    return found?.valueBoolean ?? found?.valueString ?? found?.valueCode;
  };
  const codes = (answer: Answer<ValueSet>): (string | undefined)[] =>
    (answer.body.expansion?.contains ?? []).map(({ code }) => code);

  describe('definitions', () => {
    it('are found under every canonical that the CapabilityStatement names', async () => {
      const { body } = await get<CapabilityStatement>('metadata');
      const rows = body.rest?.[0]?.resource ?? [];
      const urls = (type: string, list: readonly (string | undefined)[]): string[] =>
        list.flatMap((url) => (url === undefined ? [] : [`${type}?url=${encodeURIComponent(url)}`]));
      const paths = new Set(
        rows.flatMap(({ profile, supportedProfile = [], searchParam = [], operation = [] }) => [
          ...urls('StructureDefinition', [profile, ...supportedProfile]),
          ...urls(
            'SearchParameter',
            searchParam.map(({ definition }) => definition),
          ),
          ...urls(
            'OperationDefinition',
            operation.map(({ definition }) => definition),
          ),
        ]),
      );
      for (const { definition } of body.rest?.[0]?.operation ?? [])
        paths.add(...(urls('OperationDefinition', [definition]) as [string]));
      expect(paths.size).toBeGreaterThan(150);
      const missing: string[] = [];
      for (const path of paths) {
        const answer = await get<Bundle>(path);
        if (answer.status !== 200 || answer.body.total !== 1)
          missing.push(`${path}: ${answer.status} ${answer.body.total}`);
      }
      expect(missing).toEqual([]);
    }, 60_000);

    it('are read by id, in both formats, and say which were trimmed', async () => {
      const own = await get<ValueSet>('ValueSet/specialty');
      expect(own.body).toMatchObject({ resourceType: 'ValueSet', id: 'specialty', url: valueSetUrl('specialty') });
      expect(own.body.meta).toBeUndefined();
      expect((await get<ValueSet>('StructureDefinition/Patient')).body.meta?.tag?.[0]?.code).toBe('SUBSETTED');
      const xml = await fetch(`${service.base}/StructureDefinition/paciente?_format=xml`, {
        headers: { authorization: `Bearer ${await service.token(AS)}` },
      });
      expect([xml.status, (await xml.text()).includes('<StructureDefinition xmlns="http://hl7.org/fhir">')]).toEqual([
        200,
        true,
      ]);
    });

    it('are searched by url, name, title, version and status', async () => {
      const found = async (path: string): Promise<number | undefined> => (await get<Bundle>(path)).body.total;
      expect(await found(`CodeSystem?url=${STATUS}`)).toBe(1);
      expect(await found('CodeSystem?name=referralstatus')).toBe(1);
      expect(await found('ConceptMap?status=draft&version=0.1.0')).toBe(3);
      expect(await found('CodeSystem?title=especialidad')).toBeGreaterThan(0);
      expect(await found('CodeSystem?url=urn:nobody')).toBe(0);
      const form = await service.call<Bundle>(AS, 'POST', 'CodeSystem/_search', {
        body: `url=${STATUS}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(form.body.total).toBe(1);
    });

    it('are walked page by page, each once', async () => {
      const ids: (string | undefined)[] = [];
      let path: string | undefined = 'ValueSet?_count=37';
      while (path !== undefined) {
        const { body }: Answer<Bundle> = await get<Bundle>(path);
        ids.push(...(body.entry ?? []).map(({ resource }) => resource?.id));
        path = body.link?.find(({ relation }) => relation === 'next')?.url.replace(`${service.base}/`, '');
      }
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe((await get<Bundle>('ValueSet?_count=0')).body.total);
    });

    it('come in part, ordered by id, and tell whether they changed', async () => {
      const few = await get<Bundle>('ValueSet?_summary=true&_sort=-_id&_count=3');
      const ids = (few.body.entry ?? []).map(({ resource }) => resource?.id ?? '');
      expect([ids.length, [...ids].sort().reverse()]).toEqual([3, ids]);
      expect(few.body.entry?.every(({ resource }) => JSON.stringify(resource).includes('SUBSETTED'))).toBe(true);
      const next = few.body.link?.find(({ relation }) => relation === 'next')?.url.replace(`${service.base}/`, '');
      const after = (await get<Bundle>(next ?? '')).body.entry?.[0]?.resource?.id ?? '';
      expect(after < (ids[2] ?? '')).toBe(true);
      const count = (await get<Bundle>('ValueSet?_summary=count')).body;
      expect([count.entry, count.total]).toEqual([undefined, (await get<Bundle>('ValueSet')).body.total]);
      expect((await get<Bundle>('ValueSet?_total=none')).body.total).toBeUndefined();
      const named = await get<ValueSet>('ValueSet/specialty?_elements=name');
      expect(named.body).toMatchObject({ id: 'specialty', name: expect.any(String), status: expect.any(String) });
      expect(named.body.compose).toBeUndefined();
      const whole = await service.call(AS, 'GET', 'ValueSet/specialty', {
        headers: { 'if-none-match': named.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
      });
      expect([named.headers.get('etag') === null, whole.status]).toEqual([false, 304]);
      const lenient = await service.call<Bundle>(AS, 'GET', 'ValueSet?_sort=url&kind=x&_count=1', {
        headers: { prefer: 'handling=lenient' },
      });
      expect([lenient.status, lenient.body.entry?.at(-1)?.search?.mode]).toEqual([200, 'outcome']);
    });

    it.each([
      ['GET', 'ValueSet?_total=banana', 400, 'parameter-value'],
      ['GET', 'ValueSet?_count=1001', 400, 'parameter-value'],
      ['GET', 'ValueSet?_count=1&_count=2', 400, 'parameter-value'],
      ['GET', 'ValueSet?_summary=short', 400, 'parameter-value'],
      ['GET', 'ValueSet?_elements=colour', 400, 'parameter-value'],
      ['GET', 'ValueSet?_sort=url', 400, 'sort-unsupported'],
      ['GET', 'ValueSet/specialty?_summary=count', 400, 'parameter-value'],
      ['GET', 'ValueSet/specialty?colour=x', 400, 'parameter-unknown'],
      ['GET', 'ValueSet/nobody', 404, 'not-found'],
      ['GET', 'ValueSet?kind=x', 400, 'parameter-unknown'],
      ['GET', 'ValueSet?url:below=x', 400, 'modifier-unsupported'],
      ['GET', 'ValueSet?url=', 400, 'parameter-value'],
      ['GET', 'ValueSet?_count=x', 400, 'parameter-value'],
      ['GET', 'ValueSet/specialty/_history', 405, 'interaction-unsupported'],
      ['POST', 'ValueSet', 405, 'interaction-unsupported'],
      ['DELETE', 'ValueSet/specialty', 405, 'interaction-unsupported'],
      ['GET', 'NamingSystem', 404, 'type-unknown'],
    ])('%s %s is %i %s', async (method, path, status, code) => {
      const body = method === 'POST' ? { body: { resourceType: 'ValueSet' } } : {};
      expect(verdict(await service.call('conformance', method, path, body))).toEqual([status, code]);
    });

    it('need a token, and no more than that', async () => {
      expect((await service.call(undefined, 'GET', 'ValueSet/specialty')).status).toBe(401);
      for (const role of ['patient.1', 'statistics', 'manager.red1', 'administrator'])
        expect((await get('ValueSet/specialty', role)).status).toBe(200);
    });
  });

  describe('ValueSet/$expand', () => {
    it('lists all codes, by url and by instance, by GET and by POST', async () => {
      const all = await get<ValueSet>(`ValueSet/$expand?url=${valueSetUrl('referral-status')}`);
      expect(codes(all)).toEqual(Object.keys(STATES));
      expect(all.body.expansion?.total).toBe(Object.keys(STATES).length);
      const instance = await get<ValueSet>('ValueSet/referral-status/$expand');
      const posted = await post<ValueSet>('ValueSet/$expand', {
        name: 'url',
        valueUri: valueSetUrl('referral-status'),
      });
      expect([codes(instance), codes(posted)]).toEqual([codes(all), codes(all)]);
    });

    it.each([
      ['triaje', ['in-triage']],
      ['TRIÁJE', ['in-triage']],
      ['en tri', ['in-triage']],
      ['received', ['in-triage']],
      ['riaje', []],
    ])('finds %p by the beginnings of words', async (filter, expected) => {
      const answer = await get<ValueSet>(`ValueSet/referral-status/$expand?filter=${encodeURIComponent(filter)}`);
      expect(codes(answer)).toEqual(expected);
      expect(answer.body.expansion?.contains).toEqual(expected.length === 0 ? undefined : expect.anything());
    });

    it('gives pages and designations', async () => {
      const page = await get<ValueSet>(
        'ValueSet/referral-status/$expand?count=2&offset=1&includeDesignations=true&displayLanguage=en',
      );
      expect(codes(page)).toEqual(Object.keys(STATES).slice(1, 3));
      expect(page.body.expansion?.contains?.[0]).toMatchObject({
        display: 'Sent',
        designation: [{ language: 'en', value: 'Sent' }],
      });
    });

    it.each([
      ['ValueSet/$expand?url=urn:nobody', 404, 'terminology-unknown'],
      [`ValueSet/$expand?url=${valueSetUrl('specialty')}|9`, 404, 'terminology-unknown'],
      ['ValueSet/nobody/$expand', 404, 'not-found'],
      ['ValueSet/$expand', 400, 'operation-parameter'],
      ['ValueSet/specialty/$expand?count=x', 400, 'operation-parameter'],
      ['ValueSet/specialty/$expand?contexto=x', 400, 'parameter-unknown'],
      ['ValueSet/cie10/$expand', 422, 'expansion-impossible'],
    ])('%s is %i %s', async (path, status, code) => {
      expect(verdict(await get(path))).toEqual([status, code]);
    });
  });

  describe('CodeSystem/$lookup', () => {
    it('tells the names of a code', async () => {
      const answer = await get(`CodeSystem/$lookup?system=${STATUS}&code=in-triage`);
      expect(answer.status).toBe(200);
      expect([named(answer, 'name'), named(answer, 'display')]).toEqual(['ReferralStatusCS', 'Recibida, en triaje']);
      const coding = await post(
        'CodeSystem/$lookup',
        { name: 'coding', valueCoding: { system: STATUS, code: 'in-triage' } },
        { name: 'displayLanguage', valueCode: 'en' },
      );
      expect(named(coding, 'display')).toBe('Received, in triage');
      expect(named(await get(`CodeSystem/$lookup?system=${GENDER}&code=female`), 'display')).toBe('Female');
    });

    it.each([
      [`CodeSystem/$lookup?system=${STATUS}&code=nada`, 404, 'code-unknown'],
      ['CodeSystem/$lookup?system=http://loinc.org&code=718-7', 404, 'terminology-unknown'],
      [`CodeSystem/$lookup?system=${STATUS}&code=sent&version=99`, 404, 'terminology-unknown'],
      ['CodeSystem/$lookup?code=sent', 400, 'operation-parameter'],
      [`CodeSystem/$lookup?system=${STATUS}`, 400, 'operation-parameter'],
      [`CodeSystem/$lookup?system=${STATUS}&coding=x`, 400, 'operation-parameter'],
    ])('%s is %i %s', async (path, status, code) => {
      expect(verdict(await get(path))).toEqual([status, code]);
    });
  });

  describe('$validate-code', () => {
    const valueSet = 'http://hl7.org/fhir/ValueSet/administrative-gender';
    it.each([
      [`ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male`, true],
      [`ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=banana`, false],
      [`ValueSet/$validate-code?url=${valueSet}&system=urn:x&code=male`, false],
      [`ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male&display=MALE`, true],
      [`ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male&display=Mujer`, false],
      [`ValueSet/administrative-gender/$validate-code?system=${GENDER}&code=male`, true],
      [
        `ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male&valueSetVersion=4.0.1&systemVersion=4.0.1`,
        true,
      ],
      [`CodeSystem/$validate-code?url=${GENDER}&code=male&version=4.0.1`, true],
      [`CodeSystem/$validate-code?url=${STATUS}&code=sent`, true],
      [`CodeSystem/$validate-code?url=${STATUS}&code=sent&display=Sent`, true],
      [`CodeSystem/$validate-code?url=${STATUS}&code=nada`, false],
      ['CodeSystem/referral-status/$validate-code?code=sent', true],
    ])('%s: %p', async (path, expected) => {
      const answer = await get(path);
      expect([answer.status, named(answer, 'result')]).toEqual([200, expected]);
      expect(typeof named(answer, 'message')).toBe(expected ? 'undefined' : 'string');
    });

    it('takes codings and concepts', async () => {
      const coding = { system: GENDER, code: 'male' };
      const url = { name: 'url', valueUri: valueSet };
      expect(named(await post('ValueSet/$validate-code', url, { name: 'coding', valueCoding: coding }), 'result')).toBe(
        true,
      );
      const concept = { coding: [{ system: 'urn:x', code: 'm' }, coding] };
      expect(
        named(
          await post('ValueSet/$validate-code', url, { name: 'codeableConcept', valueCodeableConcept: concept }),
          'result',
        ),
      ).toBe(true);
      // Each coding is looked up in its own system; a system that is not held is no hindrance.
      const mixed = {
        coding: [
          { system: 'http://loinc.org', code: 'x' },
          { system: STATUS, code: 'sent' },
        ],
      };
      const inOwn = { name: 'codeableConcept', valueCodeableConcept: mixed };
      expect(named(await post('CodeSystem/$validate-code', inOwn), 'result')).toBe(true);
      const misnamed = {
        coding: [
          { system: 'urn:x', code: 'm' },
          { ...coding, display: 'Mujer' },
        ],
      };
      const warned = await post('ValueSet/$validate-code', url, {
        name: 'codeableConcept',
        valueCodeableConcept: misnamed,
      });
      expect([named(warned, 'result'), named(warned, 'message')]).toEqual([true, expect.stringContaining('Mujer')]);
      const alone = { name: 'codeableConcept', valueCodeableConcept: { coding: [misnamed.coding[1]] } };
      const refused = await post('ValueSet/$validate-code', url, alone);
      expect([named(refused, 'result'), named(refused, 'message')]).toEqual([false, expect.stringContaining('Mujer')]);
      const empty = { name: 'codeableConcept', valueCodeableConcept: { text: 'x' } };
      expect(named(await post('ValueSet/$validate-code', url, empty), 'result')).toBe(false);
      expect(named(await post('CodeSystem/$validate-code', { name: 'coding', valueCoding: coding }), 'result')).toBe(
        true,
      );
    });

    it.each([
      ['ValueSet/$validate-code?url=urn:x&system=a&code=b', 404, 'terminology-unknown'],
      [
        `ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male&valueSetVersion=9`,
        404,
        'terminology-unknown',
      ],
      [
        `ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male&systemVersion=9`,
        404,
        'terminology-unknown',
      ],
      [`ValueSet/$validate-code?url=${valueSet}&system=${GENDER}&code=male&version=4.0.1`, 400, 'parameter-unknown'],
      [`CodeSystem/$validate-code?url=${GENDER}&code=male&version=9`, 404, 'terminology-unknown'],
      ['CodeSystem/$validate-code?url=http://loinc.org&code=b', 404, 'terminology-unknown'],
      [`ValueSet/$validate-code?url=${valueSet}&code=male`, 400, 'operation-parameter'],
      [`ValueSet/$validate-code?url=${valueSet}&system=${GENDER}`, 400, 'operation-parameter'],
      ['CodeSystem/$validate-code?code=sent', 400, 'operation-parameter'],
    ])('%s is %i %s', async (path, status, code) => {
      expect(verdict(await get(path))).toEqual([status, code]);
    });

    it.each([
      ['a body that is no Parameters', { resourceType: 'Patient' }, 'type-mismatch'],
      [
        'parameters that are no list',
        { resourceType: 'Parameters', parameter: { name: 'url' } },
        'operation-parameter',
      ],
      ['a parameter without a name', { resourceType: 'Parameters', parameter: [null] }, 'operation-parameter'],
      [
        'a coding that is text',
        { resourceType: 'Parameters', parameter: [{ name: 'coding', valueString: 'x' }] },
        'operation-parameter',
      ],
      [
        'a coding without texts',
        {
          resourceType: 'Parameters',
          parameter: [{ name: 'coding', valueCoding: { system: STATUS, code: 'sent', display: 1 } }],
        },
        'operation-parameter',
      ],
      [
        'a concept that holds null',
        {
          resourceType: 'Parameters',
          parameter: [{ name: 'codeableConcept', valueCodeableConcept: { coding: [null] } }],
        },
        'operation-parameter',
      ],
      [
        'a concept without a list',
        { resourceType: 'Parameters', parameter: [{ name: 'codeableConcept', valueCodeableConcept: { coding: 'x' } }] },
        'operation-parameter',
      ],
      [
        'an object for text',
        { resourceType: 'Parameters', parameter: [{ name: 'url', valueCoding: {} }] },
        'operation-parameter',
      ],
    ])('refuses %s', async (_name, body, code) => {
      expect(verdict(await service.call(AS, 'POST', 'CodeSystem/$validate-code', { body }))).toEqual([400, code]);
    });
  });

  describe('ConceptMap/$translate', () => {
    const matches = (answer: Answer<Parameters>): unknown[] =>
      (answer.body.parameter ?? [])
        .filter(({ name }) => name === 'match')
        .map(({ part = [] }) => [part[0]?.valueCode, part[1]?.valueCoding?.code]);
    const map = (id: string): string => `${CANONICAL_ROOT}/ConceptMap/${id}`;

    it.each([
      [`url=${map('form-sex-gender')}&system=${codeSystemUrl('form-sex')}&code=M`, true, [['equivalent', 'female']]],
      [`system=${codeSystemUrl('form-sex')}&code=H&targetsystem=${GENDER}`, true, [['equivalent', 'male']]],
      [`url=${map('form-sex-gender')}&system=${GENDER}&code=female&reverse=true`, true, [['equivalent', 'M']]],
      [`system=${codeSystemUrl('care-requested')}&code=emergencia`, true, [['wider', 'stat']]],
      [`system=http://hl7.org/fhir/request-priority&code=stat&reverse=true`, true, [['narrower', 'emergencia']]],
      [`system=${codeSystemUrl('care-requested')}&code=otros`, false, [['unmatched', undefined]]],
      [`system=${codeSystemUrl('form-sex')}&code=X`, false, []],
      [`system=${codeSystemUrl('form-sex')}&code=M&targetsystem=urn:x`, false, []],
    ])('%s', async (query, result, expected) => {
      const answer = await get(`ConceptMap/$translate?${query}`);
      expect([answer.status, named(answer, 'result'), matches(answer)]).toEqual([200, result, expected]);
    });

    it('knows each state of a referral as the table has it', async () => {
      for (const [state, { task }] of Object.entries(STATES)) {
        const answer = await get(`ConceptMap/referral-status-task/$translate?system=${STATUS}&code=${state}`);
        expect(matches(answer).map((one) => (one as string[])[1])).toEqual(task.length > 0 ? [...task] : [undefined]);
      }
    });

    it.each([
      ['ConceptMap/$translate?url=urn:x&system=a&code=b', 404, 'terminology-unknown'],
      ['ConceptMap/nobody/$translate?system=a&code=b', 404, 'not-found'],
      ['ConceptMap/$translate?code=b', 400, 'operation-parameter'],
      ['ConceptMap/$translate', 400, 'operation-parameter'],
    ])('%s is %i %s', async (path, status, code) => {
      expect(verdict(await get(path))).toEqual([status, code]);
    });
  });

  it('knows the CIE-10 once it is imported, and the next edition after that', async () => {
    const table = (text: string): Promise<string> => storeCie10(service.context.store, parseCie10(text).rows);
    await table(
      'codigo;descripcion;vigente\nA000;Cólera debido a Vibrio cholerae;no\nI10X;Hipertensión esencial (primaria);si\n',
    );
    const found = await get<ValueSet>('ValueSet/cie10/$expand?filter=hiper%20esen');
    expect(found.body.expansion?.contains).toEqual([
      { system: CODE_SYSTEMS.icd10, code: 'I10', display: 'Hipertensión esencial (primaria)' },
    ]);
    expect(codes(await get<ValueSet>('ValueSet/cie10/$expand'))).toEqual(['A00.0', 'I10']);
    expect(codes(await get<ValueSet>('ValueSet/cie10/$expand?activeOnly=true'))).toEqual(['I10']);
    const lookup = `CodeSystem/$lookup?system=${CODE_SYSTEMS.icd10}&code=A00.0`;
    expect(named(await get(lookup), 'display')).toBe('Cólera debido a Vibrio cholerae');
    expect(named(await get(`CodeSystem/$validate-code?url=${CODE_SYSTEMS.icd10}&code=A00.0`), 'result')).toBe(true);
    await table('codigo;descripcion\nI10X;Hipertensión esencial\n');
    expect(verdict(await get(lookup))).toEqual([404, 'code-unknown']);
  });
});
