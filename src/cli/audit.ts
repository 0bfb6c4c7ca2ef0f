import type { AuditFault, AuditFinding, AuditVerdict } from '../store/audit-verdict.js';
import { verifyAudit } from '../store/audit-verify.js';
import { bilingual, type Words } from '../words.js';
import { UsageError } from './command.js';
import { withDatabase } from './with-database.js';

const FAULTS: Readonly<Record<AuditFault, Words>> = {
  'record-altered': { es: 'registro alterado', en: 'altered record' },
  'record-missing': { es: 'falta un registro', en: 'missing record' },
  'record-extra': { es: 'registro que nadie selló', en: 'record that nobody sealed' },
  'seal-altered': { es: 'sello alterado', en: 'altered seal' },
  'seal-missing': { es: 'falta un sello', en: 'missing seal' },
  'chain-broken': { es: 'cadena de sellos rota', en: 'broken chain of seals' },
};

const describe = ({ fault, id, process, number, at }: AuditFinding): string =>
  [
    `${bilingual(FAULTS[fault])}: ${id}`,
    `proceso / process ${process || '-'}`,
    `número / number ${number ?? '-'}`,
    at?.toISOString() ?? '-',
  ].join(' · ');

/** What the command prints, one line each: counts first, then the verdict, the first bad record before the others. */
export function verdictLines(verdict: AuditVerdict): string[] {
  const { processes, seals, records, recovered, unsealed, pending } = verdict;
  const counts: Words[] = [
    {
      es: `${records} registros en ${seals} sellos de ${processes} procesos`,
      en: `${records} records in ${seals} seals of ${processes} processes`,
    },
    {
      es: `${recovered} registros sellados después de una caída`,
      en: `${recovered} records sealed after a crash`,
    },
  ];
  if (unsealed > 0)
    counts.push({
      es: `${unsealed} registros de un proceso que terminó sin cierre: se sellan en el próximo arranque`,
      en: `${unsealed} records of a process that ended without a clean stop: sealed at the next start`,
    });
  if (pending > 0)
    counts.push({ es: `${pending} registros esperan su sello`, en: `${pending} records wait for their seal` });
  const end = verdict.ok
    ? [bilingual({ es: 'La auditoría está íntegra', en: 'the audit trail is whole' })]
    : [
        bilingual({ es: 'LA AUDITORÍA NO ESTÁ ÍNTEGRA', en: 'THE AUDIT TRAIL IS NOT WHOLE' }),
        ...verdict.findings.map(describe),
      ];
  return [...counts.map(bilingual), ...end];
}

/**
 * Command `audit verify`: recomputes the audit trail of the configured database (design.md 4a).
 * @returns exit code: 0 when the trail is whole, else 1
 * @throws UsageError for other arguments, StartupError when the database cannot be opened
 */
export async function run(args: readonly string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== 'verify') {
    throw new UsageError({ es: 'Se esperaba: audit verify', en: 'expected: audit verify' });
  }
  return withDatabase(process.env, async ({ database }) => {
    const { db } = database.connection;
    if (!db) throw new Error('the MongoDB connection is not open');
    const verdict = await verifyAudit(db);
    process.stdout.write(`${verdictLines(verdict).join('\n')}\n`);
    return verdict.ok ? 0 : 1;
  });
}
