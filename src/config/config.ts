import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartupError } from '../startup-error.js';
import type { Words } from '../words.js';
import { type NotificationSettings, readNotifications } from './notification-settings.js';
import { readEnvironment } from './env.js';
import type { Environment } from './env.js';
import { readSecrets } from './secrets.js';
import type { Secrets } from './secrets.js';
import { variableRows } from './variables.js';
import type { MongodSource, Settings } from './variables.js';

/** The service's configuration: complete, checked, unchanging. */
export interface Config {
  readonly mode: Settings['mode'];
  readonly production: boolean;
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** Express `trust proxy`: false, hops, or addresses. */
    readonly trustProxy: false | number | readonly string[];
    readonly bodyLimitBytes: number;
  };
  /** Origin under which others reach the service, no slash at the end. */
  readonly publicUrl: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly database: {
    readonly name: string;
    readonly poolSize: number;
    readonly waitMs: number;
    /** Each command becomes a span of the traces. */
    readonly traced: boolean;
    readonly embedded: {
      readonly sources?: readonly MongodSource[];
      readonly systemBinary?: string;
      readonly cacheDir: string;
      readonly port?: number;
      readonly cacheSizeGb: number;
    };
  };
  readonly demoData: boolean;
  readonly referenceCheck: Settings['referenceCheck'];
  /** This process takes its turn in telling of overdue referrals and in the nightly proof. */
  readonly referralTimers: boolean;
  readonly logLevel: string;
  readonly notifications: NotificationSettings;
  /** Base address of the collector that traces are sent to. */
  readonly tracesTo?: string;
  readonly secrets: Secrets;
}

/** What production asks for, by the `production` column of the table of variables. */
function productionProblems(settings: Settings, env: Environment): Words[] {
  if (settings.mode !== 'production') return [];
  return variableRows.flatMap(({ key, name, production }) => {
    if (production === 'required' && !env[name]) {
      return [{ es: `${name} es obligatorio en producción`, en: `${name} is required in production` }];
    }
    if (production === 'not-true' && settings[key] === true) {
      return [{ es: `${name} no se admite en producción`, en: `${name} is refused in production` }];
    }
    return [];
  });
}

/** Address of a listening socket; `[::1]` for IPv6. */
export const localUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The configuration with the port that was really taken (PORT=0); the public address follows unless it was given. */
export function atPort(config: Config, port: number): Config {
  const { server, publicUrl } = config;
  const wasLocal = publicUrl === localUrl(server.host, server.port);
  return { ...config, server: { ...server, port }, publicUrl: wasLocal ? localUrl(server.host, port) : publicUrl };
}

const optional = <K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> =>
  value === undefined ? {} : ({ [key]: value } as Record<K, V>);

/**
 * Second step: settings -> configuration.
 * @param env the environment, process.env in the service
 * @throws StartupError with one bilingual line per problem, all of them at once
 */
export function loadConfig(env: Environment = process.env): Config {
  const { settings, problems } = readEnvironment(env);
  problems.push(...productionProblems(settings, env));
  const secrets = readSecrets(settings, problems);
  const notifications = readNotifications(settings, problems);
  if (problems.length > 0) throw new StartupError(problems);
  const production = settings.mode === 'production';
  const { host, port } = settings;
  return {
    mode: settings.mode,
    production,
    server: { host, port, trustProxy: settings.trustProxy ?? false, bodyLimitBytes: settings.bodyLimitBytes },
    publicUrl: settings.publicUrl ?? localUrl(host, port),
    dataDir: resolve(settings.dataDir),
    database: {
      name: settings.mongodbDatabase,
      poolSize: settings.mongodbPoolSize,
      waitMs: settings.mongodbWaitSeconds * 1_000,
      traced: settings.otlpEndpoint !== undefined,
      embedded: {
        cacheDir: resolve(settings.mongodCacheDir ?? join(homedir(), '.cache', 'referencia-respuesta', 'mongod')),
        cacheSizeGb: settings.mongodCacheGb,
        ...optional('sources', settings.mongodSources),
        ...optional('systemBinary', settings.mongodSystemBinary),
        ...optional('port', settings.mongodPort),
      },
    },
    demoData: settings.demoData ?? !production,
    referenceCheck: settings.referenceCheck,
    referralTimers: settings.referralTimers,
    logLevel: settings.logLevel ?? (production ? 'info' : 'warn'),
    notifications,
    ...optional('tracesTo', settings.otlpEndpoint),
    secrets,
  };
}
