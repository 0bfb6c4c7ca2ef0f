import { parseArgs } from 'node:util';
import { type Account, findAccount } from '../access/accounts.js';
import { StartupError } from '../startup-error.js';
import type { Store } from '../store/store.js';
import { UsageError } from './command.js';

/** The one argument of commands about an account. */
export function accountArgument(args: readonly string[]): string {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [name] = positionals;
  if (name === undefined || positionals.length > 1)
    throw new UsageError({ es: 'Diga una cuenta.', en: 'Name one account.' });
  return name;
}

/**
 * The demonstration account of that name.
 * @throws StartupError when there is none
 */
export async function demoAccount(store: Store, name: string): Promise<Account> {
  const account = await findAccount(store, name);
  if (account?.demo && account.enabled) return account;
  throw new StartupError([
    { es: `No hay una cuenta de demostración «${name}».`, en: `There is no demonstration account "${name}".` },
    {
      es: 'Las crea el servicio al arrancar (npm start); «npm run cli -- accounts» las lista.',
      en: 'The service makes them when it starts (npm start); "npm run cli -- accounts" lists them.',
    },
  ]);
}
