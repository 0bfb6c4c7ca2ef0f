import mongoose, { type mongo } from 'mongoose';
import { readFileSync } from 'node:fs';
import { DatabaseWork, type WorkSetting } from '../work/database-work.js';
import { openBenchDatabase } from '../dataset/bench-database.js';
import { bareApp } from './bare-app.js';

// The bare handler in a process of its own: started with the database's address and a file of its setting (templates in
// extended JSON, which keeps dates dates); tells its port to the parent and ends with it.
const [uri = '', database = '', settingFile = ''] = process.argv.slice(2);
const setting = mongoose.mongo.BSON.EJSON.parse(readFileSync(settingFile, 'utf8')) as WorkSetting;
const { client, db }: { client: mongo.MongoClient; db: mongo.Db } = await openBenchDatabase(uri, database);
const server = bareApp(new DatabaseWork(client, db, setting)).listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.on('disconnect', () => process.exit(0));
