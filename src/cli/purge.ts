import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { AuditDraft } from '../store/audit-record.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import { VersionConflict } from '../store/write-plan.js';
import { StartupError } from '../startup-error.js';
import { bilingual } from '../words.js';
import { type Command, UsageError } from './command.js';
import { withDatabase } from './with-database.js';
import { withEngine } from './with-engine.js';

interface PurgeArguments {
  readonly type: string;
  readonly id: string;
  readonly reason: string;
  readonly confirmed: boolean;
}

const NAME = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

/** Arguments of the command line. Throws UsageError without a resource or a reason. */
function purgeArguments(args: readonly string[]): PurgeArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' }, yes: { type: 'boolean', default: false } },
  });
  const [, type, id] = NAME.exec(positionals[0] ?? '') ?? [];
  if (type === undefined || id === undefined || positionals.length > 1)
    throw new UsageError({
      es: 'Diga qué recurso: por ejemplo Observation/0190-….',
      en: 'Name a resource, for example Observation/0190-….',
    });
  const reason = values.reason.trim();
  if (reason === '') throw new UsageError({ es: 'Diga por qué: --reason.', en: 'Say why: --reason.' });
  return { type, id, reason, confirmed: values.yes };
}

/** The deletion whose versions are to go. Throws StartupError when the resource is not there, or not deleted. */
async function deletionOf(store: Store, { type, id }: PurgeArguments): Promise<FoundResource> {
  const name = `${type}/${id}`;
  const found = await store.read(type, id);
  if (!found) throw new StartupError({ es: `No existe ${name}.`, en: `${name} does not exist.` });
  if (found.del) return found;
  throw new StartupError({
    es: `${name} no está borrado. Bórrelo antes por la API (DELETE): ahí se revisa quién puede y qué lo nombra.`,
    en: `${name} is not deleted. Delete it by the API first (DELETE): who may, and what refers to it, is checked there.`,
  });
}

const auditOf = ({ type, id, reason }: PurgeArguments, { pt, vid }: FoundResource, requestId: string): AuditDraft => ({
  act: 'D',
  sub: 'purge',
  out: '0',
  who: 'purge',
  rol: 'service',
  cli: 'purge',
  pt: pt === undefined ? [] : [pt],
  ent: [`${type}/${id}`],
  req: requestId,
  pou: 'HSYSADMIN',
  det: { by: userInfo().username, reason, versions: `1-${vid - 1}` },
});

/**
 * `purge TYPE/ID --reason TEXT [--yes]`: takes all versions of a deleted resource away for good, for what should never have been
 * written (a wrong person's data, an order of a court). The deletion, the audit trail and the reason stay.
 * Exit code 0 when it is done or was done before, 2 when it was only shown because `--yes` is missing.
 */
export const purge: Command = async ({ args, env, out }) => {
  const asked = purgeArguments(args);
  const name = `${asked.type}/${asked.id}`;
  return withDatabase(env, (opened) =>
    withEngine(opened, async ({ store }) => {
      const deletion = await deletionOf(store, asked);
      const { vid } = deletion;
      const versions = `1-${vid - 1}`;
      if (!(await store.readVersion(asked.type, asked.id, vid - 1))) {
        out(bilingual({ es: `${name}: ya estaba purgado`, en: `${name}: purged before` }));
        return 0;
      }
      if (!asked.confirmed) {
        out(
          bilingual({
            es: `${name}: se perderían para siempre las versiones ${versions}; repita con --yes`,
            en: `${name}: versions ${versions} would be lost for ever; repeat with --yes`,
          }),
        );
        return 2;
      }
      const requestId = randomUUID();
      const version = { type: asked.type, id: asked.id, vid };
      const write = store.write({
        writes: [],
        guards: [version],
        purges: [version],
        audit: [auditOf(asked, deletion, requestId)],
        requestId,
      });
      await write.catch((error: unknown) => {
        if (!(error instanceof VersionConflict)) throw error;
        throw new StartupError({
          es: `${name} cambió mientras tanto; nada se quitó.`,
          en: `${name} changed meanwhile; nothing was taken away.`,
        });
      });
      out(bilingual({ es: `${name}: versiones ${versions} purgadas`, en: `${name}: versions ${versions} purged` }));
      return 0;
    }),
  );
};
