import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/store/delivery.js';
import { openTestDatabase, type TestDatabase } from '../service/store/test-database.js';
import { testDatabaseUri } from '../support/database.js';

const WORKER = fileURLToPath(new URL('notify-worker.ts', import.meta.url));
const NAME = 'notify-crash';
const LANES = 10;
const VERSIONS = 12;
const DELIVERIES = LANES * VERSIONS * 2;

describe('notifications after kill -9', () => {
  let database: TestDatabase;
  let receiver: Server;
  let url = '';
  const received: string[] = [];
  let onReceived = (): void => undefined;

  beforeAll(async () => {
    database = await openTestDatabase(NAME);
    receiver = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        received.push(text);
        response.end();
        onReceived();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await database.close();
  });

  const spawnWorker = (): ChildProcess =>
    spawn(process.execPath, ['--import', 'tsx', WORKER, testDatabaseUri(NAME), url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const killed = async (child: ChildProcess): Promise<void> => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };

  it('records each once, delivers each at least once with its id, and keeps every lane in order', async () => {
    const history = database.db.collection<{ _id: string }>('history');
    const write = async (): Promise<void> => {
      for (let vid = 1; vid <= VERSIONS; vid += 1) {
        await Promise.all(
          Array.from({ length: LANES }, (_, lane) =>
            history.insertOne({
              _id: `Task/t${lane}/${vid}`,
              type: 'Task',
              id: `t${lane}`,
              vid,
              lu: new Date(),
              json: '{}',
            } as { _id: string }),
          ),
        );
        await sleep(20);
      }
    };
    // Two at once: one works, the other takes over when it is killed.
    let workers = [spawnWorker(), spawnWorker()];
    await Promise.all(workers.map((worker) => once(worker.stdout ?? worker, 'data')));
    const writing = write();
    for (const after of [10, 60, 120]) {
      await new Promise<void>((done) => {
        const look = (): void => {
          if (received.length >= after) done();
        };
        onReceived = look;
        look();
      });
      const [first, second] = workers as [ChildProcess, ChildProcess];
      // Whoever holds the lease; which one that is shows in nothing but its death.
      await killed(after === 60 ? second : first);
      workers = [after === 60 ? first : second, spawnWorker()];
    }
    await writing;
    const deliveries = database.db.collection<Delivery>('deliveries');
    while ((await deliveries.countDocuments({ state: 'sent' })) < DELIVERIES) await sleep(50);
    await Promise.all(workers.map(killed));

    expect(await deliveries.countDocuments({})).toBe(DELIVERIES);
    expect(new Set(received).size).toBe(DELIVERIES);
    const lanes = new Map<string, number[]>();
    for (const id of new Set(received)) {
      const [, name = '', vid = '', to = ''] = /^Task\/(\w+)\/(\d+)\|(\w)$/.exec(id) ?? [];
      lanes.set(`${name}|${to}`, [...(lanes.get(`${name}|${to}`) ?? []), Number(vid)]);
    }
    expect(lanes.size).toBe(LANES * 2);
    const inOrder = Array.from({ length: VERSIONS }, (_, index) => index + 1);
    for (const versions of lanes.values()) expect(versions).toEqual(inOrder);
    const numbers = (await deliveries.find({}, { sort: { seq: 1 } }).toArray()).map(({ seq }) => seq);
    expect(new Set(numbers).size).toBe(DELIVERIES);
  });
});
