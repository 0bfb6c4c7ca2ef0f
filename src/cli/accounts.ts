import { listAccounts } from '../access/accounts.js';
import type { Command } from './command.js';
import { withDemonstrationDatabase } from './with-database.js';

/** `accounts`: demonstration accounts, one a line: name, role, Organization id of the facility (empty without one). */
export const accounts: Command = ({ env, out }) =>
  withDemonstrationDatabase(env, async ({ store }) => {
    for (const { name, role, facility, demo } of await listAccounts(store)) {
      if (demo) out([name, role, facility ?? ''].join('\t'));
    }
    return 0;
  });
