import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import * as examples from '@medplum/mock';
import { createFhirXml, type FhirXml } from '../../../src/fhir/xml/fhir-xml.js';
import { stringifyFhir } from '../../../src/fhir/exact-json.js';
import { type Answer, startService, type TestService } from '../../support/service.js';
import { codeOf } from '../policy/policy-fixture.js';

const AS = 'conformance';

/** Numbers whose digits JavaScript would change, and some that it would not. */
const NUMBERS = [
  '1.10',
  '0.1e1',
  '0.10000000000000001',
  '3.1415926535897932',
  '12345678901234567',
  '-0.0',
  '100',
  '1E-22',
  '5',
];
const DATES = [
  '2026',
  '2026-05',
  '2026-05-03',
  '2026-05-03T10:00:00-06:00',
  '2026-05-03T10:00:00.000Z',
  '2026-05-03T16:00:00.123456Z',
];

/** Text of a resource without what the server gives: id and meta. */
const withoutStamp = (json: string): string => json.replace(/"id":"[^"]*","meta":\{[^}]*\},?/, '');

describe('what is written comes back as it was', () => {
  let service: TestService;
  let xml: FhirXml;
  let patient: string;

  const raw = async (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Resource & { id: string }>> =>
    service.call<Resource & { id: string }>(AS, method, path, { ...(body === undefined ? {} : { body }), headers });

  beforeAll(async () => {
    service = await startService();
    xml = createFhirXml(service.context.definitions);
    patient = (await raw('POST', 'Patient', '{"resourceType":"Patient","name":[{"family":"Exacta"}]}')).body.id;
  }, 60_000);
  afterAll(() => service.stop());

  const observation = (value: string, date: string): string =>
    `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"urn:b","code":"2"},{"system":"urn:a","code":"1"}],"text":"Peso"},` +
    `"subject":{"reference":"Patient/${patient}"},"effectiveDateTime":"${date}",` +
    `"valueQuantity":{"value":${value},"unit":"kg"},"component":[{"code":{"text":"b"},"valueString":"z"},{"code":{"text":"a"},"valueQuantity":{"value":${value}}}]}`;

  /** The same text by every way in which a resource leaves. */
  async function everywhere(id: string, text: string, type = 'Observation'): Promise<string[]> {
    const different: string[] = [];
    const look = (way: string, answer: string): void => {
      const found = answer.indexOf(text.slice(text.indexOf(',') + 1, -1)) >= 0;
      if (!found) different.push(`${way}: ${answer}`);
    };
    look('read', (await raw('GET', `${type}/${id}`)).text);
    look('vread', (await raw('GET', `${type}/${id}/_history/1`)).text);
    look('history', (await raw('GET', `${type}/${id}/_history`)).text);
    look('search', (await raw('GET', `${type}?_id=${id}`)).text);
    if (type === 'Observation')
      look('$everything', (await raw('GET', `Patient/${patient}/$everything?_type=Observation`)).text);
    const batch = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: `${type}/${id}` } }],
    };
    look('batch', (await raw('POST', '', JSON.stringify(batch))).text);
    const response = await fetch(`${service.base}/${type}/${id}`, {
      headers: { authorization: `Bearer ${await service.token(AS)}`, accept: 'application/fhir+xml' },
    });
    const back = JSON.parse(
      withoutStamp(stringifyFhir(xml.read(await response.text()))).replace(/"value":(-?\d[\d.eE+-]*)/g, '"value":"$1"'),
    ) as unknown;
    const sent = JSON.parse(text.replace(/"value":(-?\d[\d.eE+-]*)/g, '"value":"$1"')) as unknown;
    try {
      expect(back).toEqual(sent);
    } catch (error) {
      different.push(`XML: ${String(error)}`);
    }
    return different;
  }

  it.each(NUMBERS.map((value, index) => [value, DATES[index % DATES.length] ?? '']))(
    'number %s, date %s',
    async (value, date) => {
      const text = observation(value, date);
      const created = await raw('POST', 'Observation', text);
      expect(created.status).toBe(201);
      expect(withoutStamp(created.text)).toBe(text);
      expect(await everywhere(created.body.id, text)).toEqual([]);
      const changed = created.text.replace('"status":"final"', '"status":"amended"');
      const updated = await raw('PUT', `Observation/${created.body.id}`, changed);
      expect(withoutStamp(updated.text)).toBe(text.replace('"final"', '"amended"'));
    },
  );

  it.each(NUMBERS)('number %s in a transaction and by XML', async (value) => {
    const text = observation(value, '2026-05');
    const entry = `{"resourceType":"Bundle","type":"transaction","entry":[{"resource":${text},"request":{"method":"POST","url":"Observation"}}]}`;
    const done = await raw('POST', '', entry);
    const location = (done.body as unknown as Bundle).entry?.[0]?.response?.location ?? '';
    const id = /Observation\/([^/]+)/.exec(location)?.[1] ?? '';
    expect(await everywhere(id, text)).toEqual([]);
    const sent = await raw('POST', 'Observation', xml.write(text, true), { 'content-type': 'application/fhir+xml' });
    expect([sent.status, withoutStamp(sent.text)]).toEqual([201, text]);
  });

  it('extensions on primitives, nulls in lists, narrative', async () => {
    const text =
      '{"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>Año &amp; <b>día</b></p></div>"},' +
      '"name":[{"family":"Ñ","given":["B","A",null],"_given":[null,{"id":"g1"},{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}]}],' +
      '"birthDate":"1970-03","_birthDate":{"id":"b","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthTime","valueDateTime":"1970-03-30T10:00:00-06:00"}]},' +
      '"_gender":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"asked-unknown"}]}}';
    const created = await raw('POST', 'Patient', text);
    expect([created.status, withoutStamp(created.text)]).toEqual([201, text]);
    // In XML a companion stands with its primitive: the order of members is that of the definition.
    expect(await everywhere(created.body.id, text, 'Patient')).toEqual([]);
  });

  describe('examples that somebody else wrote', () => {
    const isResourceType = (type: string): boolean => service.context.definitions.isResourceType(type);
    const all = Object.entries(examples as Record<string, unknown>).filter(
      (pair): pair is [string, Resource] => typeof (pair[1] as Resource | undefined)?.resourceType === 'string',
    );
    /** References of the examples lead to resources of another server. */
    const unlinked = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(unlinked);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
          if (key !== 'reference' || typeof member !== 'string') return [[key, unlinked(member)]];
          return [[key, member.startsWith('Patient/') ? `Patient/${patient}` : `https://example.org/fhir/${member}`]];
        }),
      );
    };

    let accepted = 0;

    it.each(all)('%s', async (_name, example) => {
      const { id: _id, meta: _meta, ...rest } = unlinked(JSON.parse(JSON.stringify(example))) as Resource;
      const type = rest.resourceType;
      const created = await raw('POST', type, JSON.stringify(rest));
      if (!isResourceType(type)) {
        expect([404, 405]).toContain(created.status);
        return;
      }
      if (created.status !== 201) {
        // Refused with a reason and a place, never otherwise.
        expect([created.status, codeOf(created)]).toEqual([expect.any(Number), expect.any(String)]);
        expect([405, 422]).toContain(created.status);
        return;
      }
      accepted += 1;
      const { id, meta: _stamp, ...back } = (await raw('GET', `${type}/${created.body.id}`)).body;
      expect(id).toBe(created.body.id);
      expect(back).toEqual(rest);
      expect(xml.read(xml.write(JSON.stringify(rest), false))).toEqual(rest);
    });

    it('were many, and most of the served types were accepted', () => {
      expect(all.length).toBeGreaterThan(40);
      expect(accepted).toBeGreaterThan(20);
    });
  });
});
