import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Words } from '../words.js';
import type { Settings } from './variables.js';

/** Signs page links on a developer's machine; production refuses it. */
export const DEMO_CURSOR_SECRET = 'demostracion-no-usar-en-produccion-0001';

const privateKeySchema = z.looseObject({
  kty: z.enum(['EC', 'RSA']),
  kid: z.string().min(1),
  alg: z.string(),
  d: z.string().min(1),
});
const jwksSchema = z.object({ keys: z.array(privateKeySchema).min(1) });

/** Private JSON Web Keys (RFC 7517) that sign tokens. */
export type SigningKeys = z.output<typeof jwksSchema>;

/** What must never be printed or logged; kept apart from the rest of the configuration. */
export interface Secrets {
  /** Key of signed page links. */
  readonly cursor: string;
  /** Keys from OAUTH_JWKS_FILE; absent outside production, where the service makes its own. */
  readonly signingKeys?: SigningKeys;
  /** Address of the database with its password. */
  readonly mongodbUri?: string;
  /** Key of the gateway of text messages. */
  readonly smsKey?: string;
  /** Mail server with user and password. */
  readonly smtpUrl?: string;
}

function readSigningKeys(path: string, problems: Words[]): SigningKeys | undefined {
  try {
    return jwksSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code ?? 'keys[]: kty EC | RSA, kid, alg, d';
    problems.push({
      es: `OAUTH_JWKS_FILE: ${path} no es un JWKS con claves privadas (${why})`,
      en: `OAUTH_JWKS_FILE: ${path} is not a JWKS with private keys (${why})`,
    });
    return undefined;
  }
}

/** Takes the secrets out of the settings; what is wrong with them is added to `problems`, never their text. */
export function readSecrets(settings: Settings, problems: Words[]): Secrets {
  const cursor = settings.cursorSecret ?? DEMO_CURSOR_SECRET;
  if (settings.mode === 'production' && settings.cursorSecret === DEMO_CURSOR_SECRET) {
    problems.push({
      es: 'CURSOR_SECRET es el secreto de demostración: cree uno propio (openssl rand -base64 48)',
      en: 'CURSOR_SECRET is the demonstration secret: make your own (openssl rand -base64 48)',
    });
  }
  const signingKeys =
    settings.oauthJwksFile === undefined ? undefined : readSigningKeys(settings.oauthJwksFile, problems);
  return {
    cursor,
    ...(signingKeys ? { signingKeys } : {}),
    ...(settings.mongodbUri === undefined ? {} : { mongodbUri: settings.mongodbUri }),
    ...(settings.smsKey === undefined ? {} : { smsKey: settings.smsKey }),
    ...(settings.smtpUrl === undefined ? {} : { smtpUrl: settings.smtpUrl }),
  };
}
