import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTracing } from '../../src/tracing.js';
import { startService, type TestService } from '../support/service.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { key: string; value: { stringValue?: string; intValue?: number } }[];
}
interface Export {
  readonly resourceSpans: readonly { scopeSpans: readonly { spans: readonly Span[] }[] }[];
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

const bodies: string[] = [];
let collector: Server;
let service: TestService;
let stop: () => Promise<void>;

/** A collector that keeps what it is sent. */
beforeAll(async () => {
  collector = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      bodies.push(Buffer.concat(pieces).toString('utf8'));
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  stop = await startTracing(endpoint);
  service = await startService({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
});
afterAll(async () => {
  await service.stop();
  // Other files of this worker have no traces.
  for (const api of [trace, context, propagation]) api.disable();
  await new Promise((resolve) => collector.close(resolve));
});

describe('traces', () => {
  it('hold each request under its caller, and its statements under it, and nothing of a person', async () => {
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
    const body = { resourceType: 'Patient', name: [{ family: 'Zelaya' }], birthDate: '1980-05-03' };
    const made = await service.call('conformance', 'POST', 'Patient', { body, headers });
    const id = String(made.body['id']);
    expect((await service.call('conformance', 'GET', `Patient/${id}`, { headers })).status).toBe(200);
    expect((await service.call('conformance', 'GET', 'Patient?name=zelaya', { headers })).status).toBe(200);
    expect((await service.call('conformance', 'GET', `Patient/${id}/$everything`, { headers })).status).toBe(200);
    await fetch(`${service.url}/livez`, { headers });
    await stop();

    const spans = bodies
      .flatMap((text) => (JSON.parse(text) as Export).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
      .filter(({ traceId }) => traceId === TRACE);
    const requests = spans.filter(({ parentSpanId }) => parentSpanId === CALLER);
    expect(requests.map(({ name }) => name).sort()).toEqual([
      'GET /fhir/Patient',
      'GET /fhir/Patient/{id}',
      'GET /fhir/Patient/{id}/$everything',
      'GET /livez',
      'POST /fhir/Patient',
    ]);
    const read = requests.find(({ name }) => name === 'GET /fhir/Patient/{id}');
    const status = read?.attributes.find(({ key }) => key === 'http.response.status_code');
    expect(status?.value.intValue).toBe(200);
    const inside = (name: string) =>
      spans
        .filter(({ parentSpanId }) => parentSpanId === requests.find((one) => one.name === name)?.spanId)
        .map((span) => span.name);
    expect(inside('GET /fhir/Patient/{id}')).toContain('insert audit');
    expect(inside('GET /fhir/Patient')).toContain('find Patient');
    expect(inside('POST /fhir/Patient')).toEqual(expect.arrayContaining(['insert Patient', 'insert history']));

    const sent = bodies.join('\n');
    for (const secret of [id, 'Zelaya', 'zelaya', '1980-05-03', 'Bearer']) expect(sent).not.toContain(secret);
  });
});
