import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { mongo } from 'mongoose';

/**
 * One span for each command that a request sends to the database, child of the request's: command, collection and database,
 * never what it asks for. A statement that several requests share stands under the first of them. The client must have been
 * opened with `monitorCommands`.
 */
export function traceCommands(client: mongo.MongoClient): void {
  const tracer = trace.getTracer('mongodb');
  const open = new Map<number, Span>();
  const end = ({ requestId }: { readonly requestId: number }, failed: boolean): void => {
    const span = open.get(requestId);
    if (!span) return;
    open.delete(requestId);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  client.on('commandStarted', ({ requestId, commandName, databaseName, command }) => {
    if (!trace.getActiveSpan()) return;
    const collection: unknown = command[commandName];
    const about = typeof collection === 'string' ? { 'db.collection.name': collection } : {};
    open.set(
      requestId,
      tracer.startSpan(typeof collection === 'string' ? `${commandName} ${collection}` : commandName, {
        kind: SpanKind.CLIENT,
        attributes: {
          'db.system.name': 'mongodb',
          'db.operation.name': commandName,
          'db.namespace': databaseName,
          ...about,
        },
      }),
    );
  });
  client.on('commandSucceeded', (event) => end(event, false));
  client.on('commandFailed', (event) => end(event, true));
}
