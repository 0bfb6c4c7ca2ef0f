import { z } from 'zod';
import { NOTIFICATION_VARIABLES } from './notification-variables.js';
import { flag, httpUrl, integer, list, oneOf, proxies, text, type Variable } from './variable-schemas.js';

/** Sources of `mongod` for the embedded database, in the order they are tried (design.md 4). */
export const MONGOD_SOURCES = ['system', 'path', 'cache', 'download', 'pypi'] as const;
export type MongodSource = (typeof MONGOD_SOURCES)[number];

/** Every setting of the service, once: reading, validation and the documentation page come from these rows. */
export const VARIABLES = {
  mode: {
    name: 'NODE_ENV',
    schema: oneOf('development', 'test', 'production').default('development'),
    fallback: 'development',
    meaning: {
      es: 'Modo. `production` rechaza secretos, cuentas y datos de demostración y la base de datos integrada.',
      en: 'Mode. `production` refuses demonstration secrets, accounts and data and the embedded database.',
    },
  },
  host: {
    name: 'HOST',
    schema: text.default('127.0.0.1'),
    fallback: '127.0.0.1',
    meaning: { es: 'Dirección en que escucha.', en: 'Address to listen on.' },
  },
  port: {
    name: 'PORT',
    schema: integer(0, 65_535).default(8080),
    fallback: '8080',
    meaning: { es: 'Puerto en que escucha; 0 elige uno libre.', en: 'Port to listen on; 0 takes a free one.' },
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    schema: httpUrl,
    fallback: 'http://HOST:PORT',
    meaning: {
      es: 'Dirección con que otros llegan al servicio; es el emisor de los tokens y la base de los enlaces.',
      en: 'Address under which others reach the service; issuer of the tokens and base of the links.',
    },
    production: 'required',
  },
  dataDir: {
    name: 'DATA_DIR',
    schema: text.default('./data'),
    fallback: './data',
    meaning: { es: 'Carpeta de la base de datos integrada.', en: 'Folder of the embedded database.' },
  },
  mongodbUri: {
    name: 'MONGODB_URI',
    schema: text.regex(/^mongodb(\+srv)?:\/\//, { error: 'mongodb://...' }).optional(),
    fallback: '—',
    meaning: {
      es: 'Conjunto de réplicas de MongoDB; sin él se usa la base de datos integrada.',
      en: 'MongoDB replica set; without it the embedded database is used.',
    },
    production: 'required',
  },
  mongodbDatabase: {
    name: 'MONGODB_DATABASE',
    schema: text.regex(/^[A-Za-z0-9_-]{1,38}$/, { error: 'A-Z a-z 0-9 _ -' }).default('referencia'),
    fallback: 'referencia',
    meaning: { es: 'Nombre de la base de datos.', en: 'Name of the database.' },
  },
  mongodbWaitSeconds: {
    name: 'MONGODB_WAIT_SECONDS',
    schema: integer(0, 3_600).default(60),
    fallback: '60',
    meaning: {
      es: 'Cuánto se espera al arrancar a una base de datos que no responde.',
      en: 'How long a start waits for a database that does not answer.',
    },
  },
  mongodbPoolSize: {
    name: 'MONGODB_POOL_SIZE',
    schema: integer(1, 1_000).default(50),
    fallback: '50',
    meaning: { es: 'Conexiones a la base de datos, como máximo.', en: 'Connections to the database at most.' },
  },
  mongodSources: {
    name: 'MONGOD_SOURCES',
    schema: list.pipe(z.array(oneOf(...MONGOD_SOURCES))).optional(),
    fallback: MONGOD_SOURCES.join(','),
    meaning: {
      es: 'De dónde puede venir `mongod` para la base integrada (el orden no cambia).',
      en: 'Where `mongod` may come from for the embedded database (the order stays).',
    },
  },
  mongodSystemBinary: {
    name: 'MONGOMS_SYSTEM_BINARY',
    schema: text.optional(),
    fallback: '—',
    meaning: { es: '`mongod` que se usa para la base integrada.', en: '`mongod` to use for the embedded database.' },
  },
  mongodCacheDir: {
    name: 'MONGOD_CACHE_DIR',
    schema: text.optional(),
    fallback: '~/.cache/referencia-respuesta/mongod',
    meaning: { es: 'Carpeta de los `mongod` descargados.', en: 'Folder of fetched `mongod` binaries.' },
  },
  mongodPort: {
    name: 'MONGOD_PORT',
    schema: integer(1_024, 65_535).optional(),
    fallback: '—',
    meaning: {
      es: 'Puerto de la base integrada; sin él, uno libre que la carpeta de datos recuerda.',
      en: 'Port of the embedded database; without it, a free one that the data folder remembers.',
    },
  },
  mongodCacheGb: {
    name: 'MONGOD_CACHE_GB',
    schema: text
      .transform(Number)
      .pipe(z.number({ error: '0.25-64' }).min(0.25).max(64))
      .default(0.25),
    fallback: '0.25',
    meaning: { es: 'Memoria de caché de la base integrada, en GB.', en: 'Cache memory of the embedded database, GB.' },
  },
  logLevel: {
    name: 'LOG_LEVEL',
    schema: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').optional(),
    fallback: 'info (production), warn',
    meaning: {
      es: 'Detalle del registro técnico (JSON en la salida estándar).',
      en: 'Detail of the technical log (JSON on standard output).',
    },
  },
  oauthJwksFile: {
    name: 'OAUTH_JWKS_FILE',
    schema: text.optional(),
    fallback: '—',
    meaning: {
      es: 'Archivo JWKS con las claves privadas que firman los tokens; fuera de producción se crean y guardan en la base de datos.',
      en: 'JWKS file with the private keys that sign tokens; outside production they are made and kept in the database.',
    },
    production: 'required',
  },
  cursorSecret: {
    name: 'CURSOR_SECRET',
    schema: text.min(32, { error: '>= 32' }).optional(),
    fallback: '—',
    meaning: {
      es: 'Secreto de 32 caracteres o más, el mismo en todos los procesos: firma los enlaces de página, cifra las posiciones de `$feed` y de él salen las claves de firma de las suscripciones y los PIN de las hojas.',
      en: 'Secret of 32 characters or more, the same in all processes: signs page links, seals the positions of `$feed`, and of it come the signing keys of Subscriptions and the PINs of sheets.',
    },
    production: 'required',
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    schema: proxies.optional(),
    fallback: '—',
    meaning: {
      es: 'Proxies cuyas cabeceras X-Forwarded-* se creen: número de saltos, o direcciones y redes separadas por comas.',
      en: 'Proxies whose X-Forwarded-* headers are believed: number of hops, or addresses and networks with commas.',
    },
  },
  bodyLimitBytes: {
    name: 'BODY_LIMIT_BYTES',
    schema: integer(1_024, 104_857_600).default(10_485_760),
    fallback: '10485760',
    meaning: { es: 'Tamaño máximo del cuerpo de una petición.', en: 'Largest request body.' },
  },
  referenceCheck: {
    name: 'REFERENCE_CHECK',
    schema: oneOf('strict', 'warn').default('strict'),
    fallback: 'strict',
    meaning: {
      es: 'Referencias a recursos que no existen aquí: `strict` las rechaza; `warn` las guarda y avisa, para cargar datos de otros en cualquier orden.',
      en: 'References to resources that are not here: `strict` refuses them; `warn` keeps them and says so, to load data of others in any order.',
    },
  },
  referralTimers: {
    name: 'REFERRAL_TIMERS',
    schema: flag.default(true),
    fallback: 'true',
    meaning: {
      es: 'Este proceso toma su turno en avisar de plazos vencidos y en la prueba nocturna de que ninguna referencia quedó huérfana; al menos uno de los procesos debe hacerlo.',
      en: 'This process takes its turn in telling of overdue terms and in the nightly proof that no referral is an orphan; at least one of the processes must.',
    },
  },
  demoData: {
    name: 'DEMO_DATA',
    schema: flag.optional(),
    fallback: 'true (development, test), false (production)',
    meaning: { es: 'Cuentas y personas de demostración.', en: 'Demonstration accounts and people.' },
    production: 'not-true',
  },
  demoKeysFile: {
    name: 'DEMO_KEYS_FILE',
    schema: text.optional(),
    fallback: '—',
    meaning: {
      es: 'Solo `npm run demo -- --url`: archivo JSON {cuenta: JWK} con las claves de los sistemas de demostración.',
      en: 'For `npm run demo -- --url` only: JSON file {account: JWK} with the keys of the demonstration systems.',
    },
  },
  ...NOTIFICATION_VARIABLES,
  otlpEndpoint: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: httpUrl,
    fallback: '—',
    meaning: {
      es: 'Recolector de OpenTelemetry (OTLP por HTTP) al que van las trazas: peticiones y órdenes a la base de datos, sin ids ni contenido; sin él no hay trazas.',
      en: 'OpenTelemetry collector (OTLP over HTTP) that gets the traces: requests and statements to the database, without ids or content; no traces without it.',
    },
  },
  mongodMirror: {
    name: 'MONGOMS_DOWNLOAD_MIRROR',
    schema: text.optional(),
    fallback: '—',
    meaning: {
      es: 'Espejo del sitio de descarga de MongoDB para la base de datos integrada.',
      en: "Mirror of MongoDB's download site for the embedded database.",
    },
  },
} as const satisfies Record<string, Variable>;

type Rows = typeof VARIABLES;

/** Settings as read: typed values, absent ones undefined, production rules not yet applied. */
export type Settings = { readonly [K in keyof Rows]: z.output<Rows[K]['schema']> };

/** The table as plain rows. */
export const variableRows: readonly (Variable & { readonly key: keyof Rows })[] = Object.entries(VARIABLES).map(
  ([key, row]) => ({ key: key as keyof Rows, ...row }),
);
