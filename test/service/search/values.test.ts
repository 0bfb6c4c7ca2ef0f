import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseFhirJson } from '../../../src/fhir/exact-json.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { startService, type TestService } from '../../support/service.js';

const UCUM = 'http://unitsofmeasure.org';
const AS = 'conformance';
let service: TestService;

/** As text: numbers keep their digits. */
const observation = (id: string, value: string, unit: string, more = ''): string =>
  `{"resourceType":"Observation","id":"${id}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7",
  "display":"Hemoglobina en sangre"}]},"valueQuantity":{"value":${value},"system":"${UCUM}","code":"${unit}"}${more}}`;
const component = (code: string, value: number): string =>
  `{"code":{"coding":[{"system":"http://loinc.org","code":"${code}"}]},"valueQuantity":{"value":${value},"system":"${UCUM}","code":"mm[Hg]"}}`;

const OBSERVATIONS = [
  observation('v1', '5.4', 'g/L'),
  observation('v2', '540.0', 'mg/dL', ',"effectiveDateTime":"2026-05-03T23:30:00-06:00"'),
  observation('v3', '9007199254740993', 'g/L', ',"effectiveDateTime":"2026-05-04T05:30:00Z"'),
  observation('v4', '9007199254740992', 'g/L', ',"effectiveDateTime":"2000-06-15"'),
  observation('v5', '1', 'g/L', `,"component":[${component('8480-6', 150)},${component('8462-4', 80)}]`),
  observation('v6', '1', 'g/L', `,"component":[${component('8480-6', 110)},${component('8462-4', 145)}]`),
];

beforeAll(async () => {
  service = await startService();
  const { store } = service.context;
  const stored = OBSERVATIONS.map((text) =>
    toStored(service.context, parseFhirJson(text).resource as Resource & { id: string }),
  );
  await store.load('Observation', stored, 'load');
}, 120_000);
afterAll(() => service.stop());

const search = (query: string, prefer?: string): ReturnType<typeof service.call<Bundle>> =>
  service.call<Bundle>(AS, 'GET', `Observation?${query}`, prefer === undefined ? {} : { headers: { prefer } });
const ids = async (query: string): Promise<string[]> => {
  const { status, body, text } = await search(query);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map(({ resource }) => resource?.id ?? '').sort();
};
const encoded = encodeURIComponent;

describe('searches by value, over HTTP', () => {
  it.each<[string, string[]]>([
    [`value-quantity=${encoded(`5.4|${UCUM}|g/L`)}`, ['v1', 'v2']],
    [`value-quantity=${encoded(`540|${UCUM}|mg/dL`)}`, ['v1', 'v2']],
    [`value-quantity=${encoded('540||mg/dL')}`, ['v2']],
    ['value-quantity=540', ['v2']],
    [`value-quantity=${encoded(`gt9007199254740992|${UCUM}|g/L`)}`, ['v3']],
    [`value-quantity=${encoded(`900719925474099300|${UCUM}|mg/dL`)}`, ['v3']],
    [`component-code-value-quantity=${encoded(`http://loinc.org|8480-6$gt140|${UCUM}|mm[Hg]`)}`, ['v5']],
    [`component-code-value-quantity=${encoded('8462-4$gt140')}`, ['v6']],
    [`combo-code-value-quantity=${encoded('8480-6$gt140,718-7$5.4')}`, ['v1', 'v5']],
    ['code:text=SANGRE', ['v1', 'v2', 'v3', 'v4', 'v5', 'v6']],
    ['date=2026-05-03', ['v2', 'v3']],
    ['date=2026-05-04', []],
    [`date=${encoded('2026-05-04T07:30:00+02:00')}`, ['v2', 'v3']],
    ['date=ge2000', ['v2', 'v3', 'v4']],
    ['date=2000', ['v4']],
    ['date=sa2000', ['v2', 'v3']],
    ['date:missing=true', ['v1', 'v5', 'v6']],
    ['code:not=718-7', []],
    [`_id=${Array.from({ length: 1_500 }, (_, n) => `v${n}`).join(',')}`, ['v1', 'v2', 'v3', 'v4', 'v5', 'v6']],
  ])('%s', async (query, found) => {
    expect(await ids(query)).toEqual(found);
  });

  it.each([
    ['Code=718-7', 'Code'],
    ['code:Text=x', 'Text'],
    ['code:exact=x', 'exact'],
    ['value-quantity=5.4%7Cmg', 'value-quantity'],
    ['value-quantity=1e99999', 'value-quantity'],
    ['date=2026-02-30', 'date'],
  ])('%s is refused with an OperationOutcome that names %s', async (query, name) => {
    const { status, body } = await service.call<OperationOutcome>(AS, 'GET', `Observation?${query}`);
    expect([status, body.resourceType]).toEqual([400, 'OperationOutcome']);
    expect(body.issue[0]?.details?.text).toContain(name);
  });

  it('takes the signs of a pattern for letters', async () => {
    const count = async (text: string): Promise<number> => {
      const path = `Patient?name:contains=${encoded(text)}&_count=5`;
      return ((await service.call<Bundle>(AS, 'GET', path)).body.entry ?? []).length;
    };
    expect(await count('a')).toBeGreaterThan(0);
    for (const pattern of ['.*', 'a|b', '[a-z]', '(a+)+$'].map((one) => one.replace('|', '\\|')))
      expect([pattern, await count(pattern)]).toEqual([pattern, 0]);
  });

  it('passes over unknown parameters where the client prefers that, and says so', async () => {
    const query = 'code=718-7&Colour=blue&_count=2';
    for (const prefer of [undefined, 'handling=strict', 'return=minimal'])
      expect((await search(query, prefer)).status).toBe(400);
    const { status, body } = await search(query, 'return=minimal; handling=lenient');
    expect(status).toBe(200);
    expect(body.entry?.map((entry) => entry.search?.mode)).toEqual(['match', 'match', 'outcome']);
    expect(body.entry?.[2]?.resource).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', code: 'not-supported', diagnostics: expect.stringContaining('"Colour"') }],
    });
    expect(JSON.stringify(body.link)).not.toContain('Colour');
    for (const unknown of [
      'code:Text=x',
      '_sort=colour',
      '_include=Observation:colour',
      'subject.colour=x',
      '_has:Observation:colour:code=x',
    ]) {
      expect([unknown, (await search(unknown)).status]).toEqual([unknown, 400]);
      const lenient = await search(`${unknown}&_include=Observation:performer&_count=2`, 'handling=lenient');
      const kept = JSON.stringify(lenient.body.link);
      expect([lenient.status, lenient.body.entry?.at(-1)?.search?.mode, kept.includes('performer')]).toEqual([
        200,
        'outcome',
        true,
      ]);
      expect(kept).not.toContain(unknown.includes('colour') ? 'colour' : 'Text');
    }
    // What is known is still understood completely.
    for (const bad of ['date=never', 'code:text=', '_count=x', '_include=Observation:subject&_summary=text'])
      expect([bad, (await search(bad, 'handling=lenient')).status]).toEqual([bad, 400]);
  });
});
