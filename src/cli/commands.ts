import type { CommandRow } from './command.js';

/** Every command of `npm run cli`; the help is made from this table. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'token',
    usage: 'CUENTA',
    help: {
      es: 'imprime un token de una hora de una cuenta de demostración, y nada más',
      en: 'prints a one-hour token of a demonstration account, and nothing else',
    },
    load: async () => (await import('./token.js')).token,
  },
  {
    name: 'accounts',
    usage: '',
    help: {
      es: 'lista las cuentas de demostración: nombre, función, id de su establecimiento (Organization), con tabuladores',
      en: 'lists the demonstration accounts: name, role, id of their facility (Organization), tab-separated',
    },
    load: async () => (await import('./accounts.js')).accounts,
  },
  {
    name: 'keys',
    usage: 'CUENTA',
    help: {
      es: 'imprime la clave privada (JWK) de un sistema de demostración, para firmar con private_key_jwt',
      en: 'prints the private key (JWK) of a demonstration system, to sign with private_key_jwt',
    },
    load: async () => (await import('./keys.js')).keys,
  },
  {
    name: 'new-signing-keys',
    usage: '',
    help: {
      es: 'imprime un juego nuevo de claves de firma para OAUTH_JWKS_FILE',
      en: 'prints a new set of signing keys for OAUTH_JWKS_FILE',
    },
    load: async () => (await import('./new-signing-keys.js')).newSigningKeys,
  },
  {
    name: 'audit',
    usage: 'verify',
    help: {
      es: 'recalcula la cadena de auditoría; dice el primer registro malo y sale con 1',
      en: 'recomputes the audit trail; names the first bad record and exits with 1',
    },
    load: async () => {
      const { run } = await import('./audit.js');
      return ({ args }) => run(args);
    },
  },
  {
    name: 'demo',
    usage: '[--url BASE]',
    help: {
      es: 'hace el recorrido completo por HTTP, como los sistemas de los establecimientos, y publica seis meses de estadísticas; repetirlo no cambia nada (claves: DATA_DIR, MONGODB_URI o DEMO_KEYS_FILE)',
      en: 'plays the whole job over HTTP, as the systems of the facilities would, and publishes six months of statistics; doing it again changes nothing (keys: DATA_DIR, MONGODB_URI or DEMO_KEYS_FILE)',
    },
    load: async () => (await import('./demo.js')).demo,
  },
  {
    name: 'conformance',
    usage:
      '--url BASE [--level L1|L2|L3] [--token-command MANDATO | --client-id ID --key ARCHIVO] [--from ALIAS --to ALIAS] [--watch ORGANIZATION --minutes N --side origin|destination --placer NÚMERO] [--json]',
    help: {
      es: 'califica a un socio por niveles: juega los dos lados contra su servidor, o con --watch mira lo que hizo su cliente; sale con 0 si alcanza el nivel pedido (L3 si no se dice)',
      en: 'grades a partner in levels: plays both sides against its server, or with --watch looks at what its client did; exits with 0 when the level asked for (L3 by default) is reached',
    },
    load: async () => (await import('./conformance.js')).conformance,
  },
  {
    name: 'seed',
    usage: '--patients N --seed S [--rich]',
    help: {
      es: 'escribe el catálogo y N pacientes sintéticos con su historia; la misma semilla da los mismos pacientes',
      en: 'writes the catalogue and N synthetic patients with their histories; the same seed gives the same patients',
    },
    load: async () => (await import('./seed.js')).seed,
  },
  {
    name: 'import',
    usage: 'ARCHIVO... [--continue] [--rejects ARCHIVO] [--custodian ORGANIZATION]',
    help: {
      es: 'importa recursos FHIR de archivos NDJSON (.gz o sin comprimir; «-» es la entrada estándar); --continue sigue donde se cortó; sale con 2 si rechazó líneas',
      en: 'imports FHIR resources from NDJSON files (.gz or plain; "-" is standard input); --continue goes on where it was cut off; exits with 2 when lines were rejected',
    },
    load: async () => (await import('./import.js')).importCommand,
  },
  {
    name: 'statistics',
    usage: 'build AAAA-MM | report AAAA-MM | approve AAAA-MM --as CUENTA | publish [--to CARPETA] | attack CARPETA',
    help: {
      es: 'prepara, revisa, aprueba y publica las estadísticas de un mes cerrado; attack intenta recuperar lo oculto y sale con 1 si lo logra',
      en: 'builds, reports on, approves and publishes the statistics of a closed month; attack tries to recover what is hidden and exits with 1 when it does',
    },
    load: async () => (await import('./statistics.js')).statistics,
  },
  {
    name: 'purge',
    usage: 'TIPO/ID --reason TEXTO [--yes]',
    help: {
      es: 'quita para siempre las versiones de un recurso ya borrado (lo que nunca debió escribirse); queda el borrado, y en la auditoría quién y por qué; sin --yes solo dice qué quitaría y sale con 2',
      en: 'takes the versions of a deleted resource away for good (what should never have been written); the deletion stays, and who and why in the audit; without --yes it only says what would go and exits with 2',
    },
    load: async () => (await import('./purge.js')).purge,
  },
  {
    name: 'deadlines',
    usage:
      'show [--on AAAA-MM-DD] [--csv] | load ARCHIVO --as CUENTA [--valid-from AAAA-MM-DD] [--approved-by QUIEN] [--note TEXTO] [--dry-run]',
    help: {
      es: 'muestra los plazos que rigen en un día; carga la tabla siguiente (CSV o JSON) de la oficina nacional: lo que ya corre no cambia; --dry-run solo revisa',
      en: "shows the deadlines in force on a day; loads the national office's next table (CSV or JSON): what runs is not changed; --dry-run only checks",
    },
    load: async () => (await import('./deadlines.js')).deadlines,
  },
  {
    name: 'referrals',
    usage: 'check [--repair]',
    help: {
      es: 'prueba que ninguna referencia abierta quedó huérfana (un dueño, un plazo, un reloj) y nombra cada una que sí; sale con 1 si hay alguna; --repair corrige las listas que se atrasaron',
      en: 'proves that no open referral is an orphan (one owner, one due date, one clock) and names each one that is; exits with 1 when there is any; --repair puts lagging lists right',
    },
    load: async () => (await import('./referrals.js')).referrals,
  },
  {
    name: 'notifications',
    usage: 'list [--dead | --waiting | --dropped | --sent] | retry ID',
    help: {
      es: 'lista los mensajes y avisos en un estado (sin más: los muertos), con tabuladores; retry vuelve a enviar uno muerto',
      en: 'lists messages and notifications in a state (the dead ones unless told otherwise), tab-separated; retry sends a dead one again',
    },
    load: async () => (await import('./notifications.js')).notifications,
  },
  {
    name: 'cie10',
    usage: 'import ARCHIVO.csv',
    help: {
      es: 'importa la tabla CIE-10 de la Secretaría de Salud; dice cada línea que no sirve y por qué',
      en: "imports the ministry's CIE-10 table; names each line that cannot be used and why",
    },
    load: async () => (await import('./cie10.js')).cie10,
  },
];
