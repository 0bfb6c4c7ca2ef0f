import { format } from 'node:util';
import { logger } from '../logger.js';

/** What the service uses of `oidc-provider`. */
export type OidcModule = Pick<typeof import('oidc-provider'), 'Provider' | 'errors'>;

async function load(): Promise<OidcModule> {
  const notices: string[] = [];
  const { warn } = console;
  console.warn = (...parts: unknown[]) => void notices.push(format(...parts));
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
    // README names the versions of Node that are supported in production.
    if (notices.length > 0) logger.info({ notices }, 'oidc-provider said while it was loaded');
  }
}

let loading: Promise<OidcModule> | undefined;

/**
 * Loads `oidc-provider`: the only place that imports it. On Node 20 the package prints a warning into the middle of our
 * start-up messages; its text goes to the log, once.
 */
export function loadOidcProvider(): Promise<OidcModule> {
  loading ??= load();
  return loading;
}
