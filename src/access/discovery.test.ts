import { describe, expect, it } from '@jest/globals';
import { openidConfiguration, smartConfiguration } from './discovery.js';

const issuer = 'https://referencia.example';

describe('discovery documents', () => {
  it.each([
    ['openid-configuration', openidConfiguration(issuer)],
    ['smart-configuration', smartConfiguration(issuer)],
  ])('%s names absolute addresses below PUBLIC_URL, and no sign-in of people', (_name, document) => {
    expect(document).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      jwks_uri: `${issuer}/oauth/jwks`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES384', 'RS384'],
    });
    expect(Object.keys(document)).not.toEqual(expect.arrayContaining(['authorization_endpoint']));
  });

  it('smart-configuration has the members that SMART App Launch 2.2 requires', () => {
    expect(smartConfiguration(issuer)).toMatchObject({
      capabilities: expect.arrayContaining(['client-confidential-asymmetric', 'permission-v2']),
      code_challenge_methods_supported: ['S256'],
    });
  });
});
