import express from 'express';
import mongoose, { type mongo } from 'mongoose';
import { readFileSync } from 'node:fs';
import type { StoredResource } from '../../src/store/envelope.js';
import { DatabaseWork } from '../database-work.js';

/**
 * The bare Express 5 handler (design.md 3a.13): the same database work, audit and bytes, no token, no FHIR rules.
 * Started by the runner with the database's address and a file of template documents; tells its port to the parent.
 */
const [uri = '', database = '', templatesFile = ''] = process.argv.slice(2);
const connection = await mongoose
  .createConnection(uri, {
    dbName: database,
    maxPoolSize: 50,
    writeConcern: { w: 'majority', j: true },
    readConcern: { level: 'majority' },
  })
  .asPromise();
const work = new DatabaseWork(
  connection.getClient() as unknown as mongo.MongoClient,
  connection.db as unknown as mongo.Db,
);

interface Templates {
  readonly create: { type: string; doc: StoredResource };
  readonly transaction: { type: string; doc: StoredResource }[];
}
// Extended JSON keeps dates dates.
const templates = mongoose.mongo.BSON.EJSON.parse(readFileSync(templatesFile, 'utf8')) as Templates;

const app = express();
app.disable('etag');
app.disable('x-powered-by');
app.use(express.raw({ type: () => true, limit: 10_485_760 }));
const send = (response: express.Response, status: number, text: string): void => {
  response.status(status).set('Content-Type', 'application/fhir+json; charset=utf-8').send(text);
};
app.get('/fhir/:type/:id', async (request, response) => {
  send(response, 200, await work.read(request.params.type, request.params.id));
});
app.put('/fhir/:type/:id', async (request, response) => {
  JSON.parse((request.body as Buffer).toString('utf8'));
  send(response, 200, await work.update(request.params.type, request.params.id));
});
app.post('/fhir', async (request, response) => {
  JSON.parse((request.body as Buffer).toString('utf8'));
  send(response, 200, await work.create(templates.transaction));
});
app.post('/fhir/:type', async (request, response) => {
  JSON.parse((request.body as Buffer).toString('utf8'));
  send(response, 201, await work.create([templates.create]));
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('disconnect', () => process.exit(0));
