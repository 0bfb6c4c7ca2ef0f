import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { openDatabase } from '../../../src/store/connect.js';
import { withoutPassword } from '../../../src/store/connect-replica-set.js';
import { probeMongod } from '../../../src/store/embedded/probe-mongod.js';
import { testDatabaseName } from '../../support/database.js';
import { EmbeddedFixture, refusal, testMongod } from './embedded-fixture.js';

const fixture = new EmbeddedFixture();
const open = (env: Record<string, string>) =>
  openDatabase(fixture.config({ MONGODB_WAIT_SECONDS: '0', ...env }), fixture.progress);

afterAll(() => fixture.cleanUp());

describe('MONGODB_URI', () => {
  it('connects to a replica set with majority guarantees and no automatic collections', async () => {
    const name = testDatabaseName('connect');
    const database = await open({ MONGODB_URI: process.env['TEST_MONGODB_URI']!, MONGODB_DATABASE: name });
    const { options } = database.connection.getClient();
    expect(database.connection.name).toBe(name);
    expect(database.embedded).toBe(false);
    expect(database.serverVersion).toMatch(/^\d+\.\d+\.\d+$/);
    expect(options.writeConcern).toMatchObject({ w: 'majority', j: true });
    expect(options.readConcern).toMatchObject({ level: 'majority' });
    expect(options).toMatchObject({ retryWrites: true, maxPoolSize: 50 });
    expect(database.connection.config).toMatchObject({ autoIndex: false, autoCreate: false });
    await database.close();
  });

  it('warns about a server whose maintenance has ended, and only then', async () => {
    const { serverVersion, close } = await open({ MONGODB_URI: process.env['TEST_MONGODB_URI']! });
    const warned = fixture.lines.some((line) => line.includes(`MongoDB ${serverVersion} is no longer maintained`));
    expect(warned).toBe(Number(serverVersion.split('.')[0]) < 7);
    await close();
  });

  it('says that nothing answers', async () => {
    const uri = 'mongodb://someone:hidden@127.0.0.1:9/';
    const text = await refusal(open({ MONGODB_URI: uri, MONGODB_WAIT_SECONDS: '1' }));
    expect(text).toContain('MongoDB did not answer at mongodb://***@127.0.0.1:9/');
    expect(text).not.toContain('hidden');
    expect(fixture.lines.join('\n')).toContain('MongoDB does not answer; waiting up to 1 s');
  });

  it('says that the address cannot be read', async () => {
    expect(await refusal(open({ MONGODB_URI: 'mongodb://127.0.0.1:port/' }))).toContain('is not a valid address');
    expect(await refusal(open({ MONGODB_URI: 'mongodb://127.0.0.1:1/?noSuch=1' }))).toContain('is not a valid address');
  });

  it('keeps passwords out of messages', () => {
    expect(withoutPassword('mongodb+srv://u:p%40ss@host/db')).toBe('mongodb+srv://***@host/db');
    expect(withoutPassword('mongodb://host:1,other:2/db')).toBe('mongodb://host:1,other:2/db');
  });
});

describe('a standalone server with accounts', () => {
  let server: MongoMemoryServer;
  let address: string;

  beforeAll(async () => {
    const probed = await probeMongod(testMongod());
    if (!('binary' in probed)) throw new Error(probed.reason.en);
    server = await MongoMemoryServer.create({
      auth: { enable: true, customRootName: 'root', customRootPwd: 'right' },
      binary: { systemBinary: probed.binary.path, version: probed.binary.version },
      instance: { storageEngine: 'wiredTiger' },
    });
    address = new URL(server.getUri()).host;
  });
  afterAll(() => server.stop());

  it('is refused with a wrong password', async () => {
    const text = await refusal(open({ MONGODB_URI: `mongodb://root:wrong@${address}/` }));
    expect(text).toContain('MongoDB refuses the user or the password');
    expect(text).not.toContain('wrong');
  });

  it('is refused because it is not a replica set', async () => {
    const text = await refusal(open({ MONGODB_URI: `mongodb://root:right@${address}/` }));
    expect(text).toContain('is not a replica set');
    expect(text).toContain('--replSet rs0');
  });
});

describe('without MONGODB_URI', () => {
  it('starts the embedded database, and command line tools join it', async () => {
    const config = fixture.config({ DATA_DIR: await fixture.folder() });
    const service = await openDatabase(config, fixture.progress);
    const tool = await openDatabase(config, fixture.progress, { join: true });
    expect([service.embedded, tool.embedded]).toEqual([true, false]);
    await tool.connection.collection('shared').insertOne({ from: 'tool' });
    await tool.close();
    expect(await service.connection.collection('shared').countDocuments()).toBe(1);
    await service.close();

    const alone = await openDatabase(config, fixture.progress, { join: true });
    expect(alone.embedded).toBe(true);
    expect(await alone.connection.collection('shared').countDocuments()).toBe(1);
    await alone.close();
  });
});
