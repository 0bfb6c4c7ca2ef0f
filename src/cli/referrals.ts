import { parseArgs } from 'node:util';
import { streamProgress } from '../progress.js';
import { ALL_ORPHAN_KINDS, type Orphan, ORPHAN_KINDS } from '../referral/proof/orphan-kinds.js';
import { saveProof } from '../referral/proof/proof-store.js';
import { proveReferrals } from '../referral/proof/prove-referrals.js';
import { bilingual } from '../words.js';
import { type Command, UsageError } from './command.js';
import { withDatabase } from './with-database.js';
import { withEngine } from './with-engine.js';

const line = ({ kind, number, referral, task, detail }: Orphan): string =>
  [number === '' ? '-' : number, referral, task, kind, bilingual(ORPHAN_KINDS[kind]), detail]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');

/**
 * `referrals check [--repair]`: proves that no open referral is an orphan, and names every one that is. With `--repair`, scalars that
 * only lag behind their resources are written anew; nothing else is changed.
 * @returns exit code: 0 when there is no orphan, else 1
 */
export const referrals: Command = async ({ args, env, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { repair: { type: 'boolean', default: false } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'check')
    throw new UsageError({ es: 'Se esperaba: check [--repair].', en: 'expected: check [--repair]' });
  return withDatabase(env, (opened) =>
    withEngine(opened, async (context) => {
      const total = await context.store.count('ServiceRequest', { 's.tok': 'status~active' });
      const title = { es: 'Referencias abiertas', en: 'open referrals' };
      const bar = streamProgress().bar(title, 'referencias', total);
      const proof = await proveReferrals(context, {
        now: new Date(),
        repair: values.repair,
        onProgress: (counted) => bar.update(counted, Math.max(counted, total)),
      });
      bar.end();
      const { orphans, counted, notices = 0, repaired } = await saveProof(context.store, proof, 'cli');
      proof.orphans.map(line).forEach(out);
      for (const kind of ALL_ORPHAN_KINDS) if (orphans[kind] > 0) out(`${kind}: ${orphans[kind]}`);
      out(
        bilingual({
          es: `${counted} referencias abiertas y ${notices} avisos, ${proof.orphans.length} huérfanas, ${repaired} listas corregidas`,
          en: `${counted} open referrals and ${notices} notices, ${proof.orphans.length} orphans, ${repaired} list rows repaired`,
        }),
      );
      return proof.orphans.length === 0 ? 0 : 1;
    }),
  );
};
