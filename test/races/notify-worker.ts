import { mongo } from 'mongoose';
import { NotifyWorker } from '../../src/notify/worker.js';
import { DeliveryStore } from '../../src/store/delivery-store.js';
import { openFeed } from '../../src/store/feed.js';
import { withLease } from '../../src/store/lease.js';

/** Program of notify-crash.test.ts: delivers every entry of the feed to a receiver, until it is killed. */
const [uri = '', receiver = ''] = process.argv.slice(2);
const client = await mongo.MongoClient.connect(uri);
const db = client.db();
new NotifyWorker(
  {
    kind: 'messages',
    derive: (entry) =>
      Promise.resolve(
        ['a', 'b'].map((to) => ({
          _id: `${entry._id}|${to}`,
          kind: 'messages',
          lane: `${entry.id}|${to}`,
          event: entry._id,
          channel: 'sms',
          to,
          text: 'x',
          about: `${entry.type}/${entry.id}`,
          facts: {},
          due: new Date(),
        })),
      ),
    async send({ _id }) {
      await fetch(receiver, { method: 'POST', body: _id });
      return { state: 'sent' };
    },
    close: () => Promise.resolve(),
  },
  {
    deliveries: new DeliveryStore(db),
    feed: (after, signal) => openFeed(db, { after, signal, withoutText: true }),
    alone: (name, signal, work) => withLease(db, name, { ttlMs: 1_000, retryMs: 50, signal }, work),
    backOff: { firstMs: 10, mostMs: 50, jitter: 1, tries: 1_000 },
    now: () => new Date(),
    pollMs: 10,
  },
);
process.stdout.write('ready\n');
