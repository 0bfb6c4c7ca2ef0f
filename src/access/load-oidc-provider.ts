import { format } from 'node:util';
import type { errors, Provider } from 'oidc-provider';

/** What the service uses of `oidc-provider`. */
export interface OidcModule {
  readonly Provider: typeof Provider;
  readonly errors: typeof errors;
}

export interface LoadedOidcModule extends OidcModule {
  /** What the package printed while it was loaded; README names the versions of Node that are supported in production. */
  readonly notices: readonly string[];
}

async function load(): Promise<LoadedOidcModule> {
  const notices: string[] = [];
  const { warn } = console;
  console.warn = (...parts: unknown[]) => void notices.push(format(...parts));
  try {
    return { ...(await import('oidc-provider')), notices };
  } finally {
    console.warn = warn;
  }
}

let loading: Promise<LoadedOidcModule> | undefined;

/**
 * Loads `oidc-provider`: the only place that imports it. On Node 20 the package prints a warning into the middle of our
 * start-up messages; its text is handed to the caller, for the log.
 */
export function loadOidcProvider(): Promise<LoadedOidcModule> {
  loading ??= load();
  return loading;
}
