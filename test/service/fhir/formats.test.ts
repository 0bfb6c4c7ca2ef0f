import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OperationOutcome } from '@medplum/fhirtypes';
import { stringifyFhir } from '../../../src/fhir/exact-json.js';
import { createFhirXml, type FhirXml } from '../../../src/fhir/xml/fhir-xml.js';
import { startService, type TestService } from '../../support/service.js';

interface Raw {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: Headers;
}

const XML = 'application/fhir+xml';
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Peso <b>54.10</b> kg &amp; talla</p></div>';

describe('formats over HTTP', () => {
  let service: TestService;
  let xml: FhirXml;
  let patient: string;

  const send = async (
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: string,
    account: string | undefined = 'conformance',
  ): Promise<Raw> => {
    const token: Record<string, string> =
      account === '' ? {} : { authorization: `Bearer ${await service.token(account)}` };
    const response = await fetch(`${service.base}/${path}`, {
      method,
      headers: { ...token, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text,
      headers: response.headers,
    };
  };
  const readXml = (text: string): Record<string, unknown> => JSON.parse(stringifyFhir(xml.read(text))) as never;
  const observation = (): string =>
    `<Observation xmlns="http://hl7.org/fhir"><text><status value="generated"/>${DIV}</text><status value="final"/>` +
    `<code><text value="Peso"/></code><subject><reference value="Patient/${patient}"/></subject>` +
    '<effectiveDateTime value="2026-05"/><valueQuantity><value value="54.10"/><unit value="kg"/></valueQuantity></Observation>';

  beforeAll(async () => {
    service = await startService();
    xml = createFhirXml(service.context.definitions);
    const body =
      '<Patient xmlns="http://hl7.org/fhir"><name><family value="Ñandú"/></name><gender value="female"/></Patient>';
    const created = await send('POST', 'Patient', { 'content-type': XML }, body);
    expect([created.status, created.type]).toEqual([201, 'application/fhir+json; charset=utf-8']);
    patient = (JSON.parse(created.text) as { id: string }).id;
  }, 60_000);
  afterAll(() => service.stop());

  it.each([XML, 'application/xml; charset=UTF-8', 'text/xml'])('takes a body of type %s', async (type) => {
    const created = await send('POST', 'Observation', { 'content-type': type, accept: XML }, observation());
    expect([created.status, created.type]).toEqual([201, 'application/fhir+xml; charset=utf-8']);
    expect(created.text).toContain(DIV);
    expect(created.text).toContain('<value value="54.10"/>');
    const { id } = readXml(created.text);
    const path = `Observation/${String(id)}`;
    const json = await send('GET', path);
    expect(json.text).toContain('"value":54.10');
    expect(json.text).toContain('"effectiveDateTime":"2026-05"');
    expect(readXml((await send('GET', path, { accept: XML })).text)).toEqual(JSON.parse(json.text));
    expect((await send('GET', `${path}?_format=xml`)).type).toContain(XML);
    expect((await send('GET', `${path}?_format=json`, { accept: XML })).text).toBe(json.text);
    const pretty = await send('GET', `${path}?_pretty=true`);
    expect(pretty.text).toContain('\n    "value": 54.10,\n');
    expect(JSON.parse(pretty.text)).toEqual(JSON.parse(json.text));
    const put = await send('PUT', path, { 'content-type': XML, accept: XML }, created.text);
    expect([put.status, readXml(put.text)['meta']]).toMatchObject([200, { versionId: '2' }]);
    const head = await send('HEAD', path, { accept: XML });
    expect([head.type, head.headers.get('content-length'), head.text]).toEqual([
      'application/fhir+xml; charset=utf-8',
      String(Buffer.byteLength((await send('GET', path, { accept: XML })).text)),
      '',
    ]);
  });

  it.each([
    ['metadata', ''],
    ['Patient?_count=2&_total=accurate', 'conformance'],
    ['Organization?_count=50', 'conformance'],
  ])('says the same of %s in both formats', async (path, account) => {
    const json = await send('GET', path, {}, undefined, account);
    const other = await send('GET', path, { accept: XML }, undefined, account);
    expect([json.status, other.status, other.type]).toEqual([200, 200, 'application/fhir+xml; charset=utf-8']);
    // Cursors are encrypted anew for each answer.
    const text = (one: string): string => one.replace(/_cursor=[\w-]+/, '_cursor=');
    expect(readXml(text(other.text))).toEqual(JSON.parse(text(json.text)));
  });

  it('searches by form in the format that the form names', async () => {
    const answer = await send(
      'POST',
      'Patient/_search',
      { 'content-type': 'application/x-www-form-urlencoded' },
      `_id=${patient}&_format=xml`,
    );
    expect([answer.status, answer.type]).toEqual([200, 'application/fhir+xml; charset=utf-8']);
    expect(readXml(answer.text)).toMatchObject({ resourceType: 'Bundle', entry: [{ resource: { id: patient } }] });
  });

  it('carries out a transaction in XML', async () => {
    const body =
      '<Bundle xmlns="http://hl7.org/fhir"><type value="transaction"/><entry><fullUrl value="urn:uuid:7f1b1f0e-3b56-4b0f-8a53-0d2ad5a2f001"/>' +
      `<resource>${observation().replace(' xmlns="http://hl7.org/fhir"', '')}</resource>` +
      '<request><method value="POST"/><url value="Observation"/></request></entry></Bundle>';
    const answer = await send('POST', '', { 'content-type': XML, accept: XML, prefer: 'return=representation' }, body);
    expect([answer.status, readXml(answer.text)]).toMatchObject([
      200,
      { type: 'transaction-response', entry: [{ response: { status: '201 Created' } }] },
    ]);
  });

  it.each([
    ['an unknown id', 'GET', 'Patient/nobody', {}, undefined, 404, 'not-found'],
    ['an unknown address', 'GET', 'a/b/c/d', {}, undefined, 404, 'route-unknown'],
    ['broken XML', 'POST', 'Patient', { 'content-type': XML }, '<Patient', 400, 'body-unreadable'],
    [
      'an external entity',
      'POST',
      'Patient',
      { 'content-type': XML },
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir"><id value="&x;"/></Patient>',
      400,
      'body-unreadable',
    ],
    [
      'an element unknown to FHIR',
      'POST',
      'Patient',
      { 'content-type': XML },
      '<Patient xmlns="http://hl7.org/fhir"><nick value="x"/></Patient>',
      422,
      'element-unknown',
    ],
    [
      'JSON said to be XML',
      'POST',
      'Patient',
      { 'content-type': XML },
      '{"resourceType":"Patient"}',
      400,
      'body-unreadable',
    ],
    ['another type', 'POST', 'Patient', { 'content-type': 'text/turtle' }, 'x', 415, 'content-type-unsupported'],
    [
      'another charset',
      'POST',
      'Patient',
      { 'content-type': `${XML}; charset=utf-16` },
      '<Patient/>',
      415,
      'content-type-unsupported',
    ],
    [
      'validation',
      'POST',
      'Patient',
      { 'content-type': XML },
      '<Patient xmlns="http://hl7.org/fhir"><gender value="x"/></Patient>',
      422,
      'code-invalid',
    ],
  ] as const)('tells errors in the format asked for: %s', async (_name, method, path, headers, body, status, code) => {
    const answer = await send(method, path, { ...headers, accept: 'application/fhir+xml, */*;q=0.1' }, body);
    expect([answer.status, answer.type]).toEqual([status, 'application/fhir+xml; charset=utf-8']);
    const outcome = readXml(answer.text) as unknown as OperationOutcome;
    expect(outcome.issue.map(({ details }) => details?.coding?.[0]?.code)).toContain(code);
    const json = await send(method, path, headers, body);
    expect(json.status).toBe(status);
    expect((JSON.parse(json.text) as OperationOutcome).issue).toEqual(outcome.issue);
  });

  it('tells in JSON of a write whose resource XML cannot hold, and reads it in JSON only', async () => {
    const body = JSON.stringify({
      resourceType: 'Patient',
      contained: [{ resourceType: 'Coverage', id: 'c', status: 'active', beneficiary: { reference: '#' } }],
      extension: [{ url: 'http://example.org/seguro', valueReference: { reference: '#c' } }],
    });
    const created = await send('POST', 'Patient', { 'content-type': 'application/fhir+json', accept: XML }, body);
    expect([created.status, created.type]).toEqual([201, 'application/fhir+json; charset=utf-8']);
    const path = `Patient/${(JSON.parse(created.text) as { id: string }).id}`;
    expect((await send('GET', path)).status).toBe(200);
    const refused = await send('GET', path, { accept: XML });
    expect([refused.status, refused.type]).toEqual([406, 'application/fhir+xml; charset=utf-8']);
  });

  it('refuses a missing token in XML too', async () => {
    const answer = await send('GET', 'Patient/x?_format=xml', {}, undefined, '');
    expect([answer.status, answer.type]).toEqual([401, 'application/fhir+xml; charset=utf-8']);
  });

  it.each([
    ['text/html', ''],
    ['application/fhir+json;q=0', ''],
    ['application/fhir+json', '?_format=ttl'],
  ])('answers 406 to Accept: %s with %p', async (accept, query) => {
    const answer = await send('GET', `Patient/${patient}${query}`, { accept });
    expect([answer.status, answer.type]).toEqual([406, 'application/fhir+json; charset=utf-8']);
    expect(answer.text).toContain('format-unsupported');
  });
});
