import { randomUUID } from 'node:crypto';
import { signAccessToken } from '../access/access-token.js';
import { knownIssuer } from '../access/issuer-setting.js';
import { ROLE_PROFILES, roleClaimsOf } from '../access/role-profile.js';
import { loadSigningKeys } from '../access/signing-keys.js';
import { tokenAudit } from '../access/token-audit.js';
import { createAuditor } from '../store/group-commit-auditor.js';
import { accountArgument, demoAccount } from './account-argument.js';
import type { Command } from './command.js';
import { withDemonstrationDatabase } from './with-database.js';

const TOKEN_SECONDS = 3_600;
/** OAuth client that the tokens of people name; a system is its own client. */
const CLIENT = 'cli';

/** `token ACCOUNT`: an access token of one hour with all scopes of the account's role. Audited like every other token. */
export const token: Command = async ({ args, env, out }) => {
  const name = accountArgument(args);
  return withDemonstrationDatabase(env, async ({ config, database, store }) => {
    const account = await demoAccount(store, name);
    const keys = await loadSigningKeys(store, config.secrets);
    const issuer = (await knownIssuer(store)) ?? config.publicUrl;
    const jti = randomUUID();
    const { scope } = ROLE_PROFILES[account.role];
    const content = {
      iss: issuer,
      aud: `${issuer}/fhir`,
      sub: account.name,
      client_id: account.kind === 'system' ? account.name : CLIENT,
      scope,
      jti,
      ...roleClaimsOf(account),
    };
    const { db } = database.connection;
    if (!db) throw new Error('the MongoDB connection is not open');
    const auditor = await createAuditor(db);
    try {
      await auditor.record(
        tokenAudit({
          grant: CLIENT,
          who: account.name,
          clientId: content.client_id,
          account,
          requestId: randomUUID(),
          ip: undefined,
          issued: { jti, scope },
        }),
      );
    } finally {
      await auditor.close();
    }
    out(signAccessToken(keys, content, TOKEN_SECONDS));
    return 0;
  });
};
