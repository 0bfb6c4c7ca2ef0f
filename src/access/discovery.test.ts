import { describe, expect, it } from 'vitest';
import { openidConfiguration, smartConfiguration } from './discovery.js';

const issuer = 'https://referencia.example';

describe('discovery documents', () => {
  it.each([
    ['openid-configuration', openidConfiguration(issuer)],
    ['smart-configuration', smartConfiguration(issuer)],
  ])('%s names absolute addresses below PUBLIC_URL, and no endpoint that is not there', (_name, document) => {
    expect(document).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/oauth/auth`,
      token_endpoint: `${issuer}/oauth/token`,
      jwks_uri: `${issuer}/oauth/jwks`,
      grant_types_supported: ['authorization_code', 'client_credentials'],
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES384', 'RS384'],
    });
    for (const absent of ['userinfo_endpoint', 'end_session_endpoint', 'registration_endpoint'])
      expect(document).not.toHaveProperty(absent);
  });

  it('smart-configuration has the members that SMART App Launch 2.2 requires', () => {
    expect(smartConfiguration(issuer)).toMatchObject({
      capabilities: expect.arrayContaining(['client-confidential-asymmetric', 'permission-v2']),
      code_challenge_methods_supported: ['S256'],
    });
  });
});
