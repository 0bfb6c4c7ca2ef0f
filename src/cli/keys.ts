import { demoClientKey } from '../access/accounts.js';
import { StartupError } from '../startup-error.js';
import { accountArgument, demoAccount } from './account-argument.js';
import type { Command } from './command.js';
import { withDemonstrationDatabase } from './with-database.js';

/** `keys ACCOUNT`: private JWK of a demonstration system as one line of JSON, for programs that sign assertions. */
export const keys: Command = async ({ args, env, out }) => {
  const name = accountArgument(args);
  return withDemonstrationDatabase(env, async ({ store }) => {
    await demoAccount(store, name);
    const key = await demoClientKey(store, name);
    if (!key) {
      throw new StartupError({
        es: `${name} es una persona: solo los sistemas tienen clave (system.uaps1, conformance, ...).`,
        en: `${name} is a person: only systems have a key (system.uaps1, conformance, ...).`,
      });
    }
    out(JSON.stringify(key));
    return 0;
  });
};
