import { type ClientIdentity, type ServiceAddress, signIn } from '../demo/sign-in.js';
import type { TokenSource } from './peer-client.js';

/** A token is renewed this long before it ends, milliseconds. */
const MARGIN_MS = 60_000;

/** Signs in with a key when there is no good token. Throws StartupError when the service refuses the key. */
export function keyTokens(identity: ClientIdentity, address: ServiceAddress): TokenSource {
  let held = { token: '', until: 0 };
  return async () => {
    if (Date.now() >= held.until) {
      const { token, seconds } = await signIn(identity, address);
      held = { token, until: Date.now() + seconds * 1_000 - MARGIN_MS };
    }
    return held.token;
  };
}
