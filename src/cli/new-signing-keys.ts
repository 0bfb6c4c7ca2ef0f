import { generateKeySet } from '../access/key-set.js';
import type { Command } from './command.js';

/** `new-signing-keys`: a fresh private JWK set for OAUTH_JWKS_FILE (ES256 for access tokens, RS256 for id tokens). */
export const newSigningKeys: Command = async ({ out }) => {
  out(JSON.stringify(await generateKeySet(), null, 2));
  return 0;
};
