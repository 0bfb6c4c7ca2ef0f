import type { AdapterPayload } from 'oidc-provider';
import type { Account } from './accounts.js';

/** Signature algorithms of client assertions (SMART App Launch 2.2, "Client Authentication: Asymmetric"). */
export const CLIENT_ASSERTION_ALGORITHMS = ['ES384', 'RS384'] as const;

/** OAuth client of a system's account: client credentials with `private_key_jwt` and nothing else. People are no clients. */
export function oauthClientOf(account: Account | undefined): AdapterPayload | undefined {
  if (!account || account.kind !== 'system' || !account.enabled || account.publicKeys.length === 0) return undefined;
  return {
    client_id: account.name,
    client_name: account.displayName,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [...account.publicKeys] },
  };
}
