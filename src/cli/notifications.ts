import type { mongo } from 'mongoose';
import { parseArgs } from 'node:util';
import { DELIVERY_STATES, type Delivery, type DeliveryState } from '../store/delivery.js';
import { DeliveryStore } from '../store/delivery-store.js';
import { StartupError } from '../startup-error.js';
import { bilingual } from '../words.js';
import { type Command, type CommandContext, UsageError } from './command.js';
import { withDatabase } from './with-database.js';

/** Lines that are shown at most. */
const MOST = 1_000;

/** One line: id, state, kind, channel, text, failures, moment, reason; nothing of people but ids. */
const line = ({ _id, state, kind, channel, text, tries, at, why = '' }: Delivery): string =>
  [_id, state, kind, channel, text, String(tries), at.toISOString(), why].join('\t');

function stateOf(args: readonly string[]): DeliveryState {
  const flags = Object.fromEntries(DELIVERY_STATES.map((state) => [state, { type: 'boolean' as const }]));
  const { values } = parseArgs({ args: [...args], options: flags });
  const [state = 'dead', more] = DELIVERY_STATES.filter((one) => values[one] === true);
  if (more !== undefined) throw new UsageError({ es: 'Elija un estado.', en: 'Choose one state.' });
  return state;
}

const work = (context: CommandContext, done: (deliveries: DeliveryStore) => Promise<number>): Promise<number> =>
  withDatabase(context.env, ({ database }) => done(new DeliveryStore(database.connection.db as unknown as mongo.Db)));

async function list(context: CommandContext, args: readonly string[]): Promise<number> {
  const state = stateOf(args);
  return work(context, async (deliveries) => {
    for (const delivery of await deliveries.list(state, MOST)) context.out(line(delivery));
    return 0;
  });
}

async function retry(context: CommandContext, [id, ...more]: readonly string[]): Promise<number> {
  if (id === undefined || more.length > 0)
    throw new UsageError({ es: 'Diga cuál: el id de la lista.', en: 'Say which: the id of the list.' });
  return work(context, async (deliveries) => {
    if (!(await deliveries.revive(id, new Date())))
      throw new StartupError({ es: `No hay una entrega muerta ${id}.`, en: `There is no dead delivery ${id}.` });
    context.out(bilingual({ es: `${id}: vuelve a salir`, en: `${id}: on its way again` }));
    return 0;
  });
}

/**
 * `notifications list [--dead|--waiting|--dropped|--sent]`: deliveries in a state, one a line, the oldest first.
 * `notifications retry ID`: a dead one goes on its way again.
 */
export const notifications: Command = (context) => {
  const [action, ...rest] = context.args;
  if (action === 'list') return list(context, rest);
  if (action === 'retry') return retry(context, rest);
  throw new UsageError({ es: 'Diga list o retry.', en: 'Say list or retry.' });
};
