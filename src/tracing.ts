/** Name under which traces and their spans are found. */
export const SERVICE_NAME = 'referencia-respuesta';

/**
 * Sends traces to a collector (OpenTelemetry, OTLP over HTTP): one span for each request and one for each statement to the
 * database that it needs. Sampling and limits follow the variables `OTEL_TRACES_SAMPLER`, `OTEL_BSP_*` of OpenTelemetry.
 * To be called before the first request; what makes the spans (`http/trace-requests.ts`, `store/trace-commands.ts`) does nothing
 * without it.
 * @param endpoint base address of the collector, for example `http://localhost:4318`
 * @returns sends what is left, and ends
 */
export async function startTracing(endpoint: string): Promise<() => Promise<void>> {
  // Loaded here: who sends no traces does not wait for it.
  const [sdk, { OTLPTraceExporter }, { defaultResource, resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': SERVICE_NAME })),
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))],
  });
  provider.register();
  return () => provider.shutdown();
}
