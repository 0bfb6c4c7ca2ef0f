import type { AttackReport } from '../statistics/audit/attack.js';
import { AUDIT_RULE_WORDS } from '../statistics/audit/audit-rule-words.js';
import type { DemonstrationReport } from '../statistics/demonstration.js';
import type { ReleaseDocument, ReleaseState } from '../statistics/release/release-documents.js';
import { bilingual, type Words } from '../words.js';

const STATES: Readonly<Record<ReleaseState, Words>> = {
  draft: { es: 'borrador: la auditoría la rechaza', en: 'draft: the audit refuses it' },
  protected: { es: 'protegida, espera la aprobación de otra persona', en: 'protected, waits for a second person' },
  approved: { es: 'aprobada, se puede publicar', en: 'approved, can be published' },
  published: { es: 'publicada', en: 'published' },
};

const SHOWN = 20;

const more = (count: number): string[] =>
  count > SHOWN ? [bilingual({ es: `y ${count - SHOWN} más`, en: `and ${count - SHOWN} more` })] : [];

/** What the terminal says of a release: its state, what is hidden and why it is refused. Never a hidden count. */
export function releaseLines(
  release: Pick<ReleaseDocument, 'month' | 'version' | 'state' | 'threshold' | 'report'>,
): string[] {
  const { month, version, state, threshold, report } = release;
  const { figures, hidden, small, smallDifferences, findings } = report;
  const words: Words[] = [
    { es: `${month}/v${version}: ${STATES[state].es}`, en: STATES[state].en },
    {
      es: `${figures} datos, ${hidden} ocultos (umbral ${threshold}): ${small} pequeños y ${hidden - small} que los protegen; ${smallDifferences} diferencias pequeñas`,
      en: `${figures} figures, ${hidden} hidden (threshold ${threshold}): ${small} small and ${hidden - small} that protect them; ${smallDifferences} small differences`,
    },
  ];
  const refusals = findings
    .slice(0, SHOWN)
    .map(({ rule, figure }) => `✗ ${bilingual(AUDIT_RULE_WORDS[rule])}: ${figure}`);
  return [...words.map(bilingual), ...refusals, ...more(findings.length)];
}

/** What an attack on published files found. */
export function attackLines({ releases, figures, hidden, shown, recovered, narrowed }: AttackReport): string[] {
  const words: Words[] = [
    { es: `${releases} publicaciones, ${figures} datos`, en: `${releases} releases, ${figures} figures` },
    { es: `datos ocultos: ${hidden}`, en: `figures hidden: ${hidden}` },
    { es: `datos recuperados: ${recovered.length}`, en: `figures recovered: ${recovered.length}` },
    {
      es: `datos de los que se sabe más que la regla: ${narrowed}`,
      en: `figures of which more is known than the rule tells: ${narrowed}`,
    },
  ];
  if (releases > 0 && shown === 0)
    words.push({
      es: 'hay tan pocas referencias en estos meses que solo se publican ceros: con más datos se ven más cifras',
      en: 'there are so few referrals in these months that only zeros are published: with more data more figures show',
    });
  const found = recovered
    .slice(0, SHOWN)
    .map(({ month, figure, value, by }) => `✗ ${month} ${figure} = ${value} (${by})`);
  return [...words.map(bilingual), ...found, ...more(recovered.length)];
}

/** What a demonstration says of the months it published and of the attack on them. */
export const demonstrationLines = ({ releases, already, attack }: DemonstrationReport): string[] => [
  ...releases.map(
    ({ month, version, state, report }) =>
      `${month}/v${version}: ${bilingual(STATES[state])} · ${bilingual({
        es: `${report.hidden} de ${report.figures} datos ocultos`,
        en: `${report.hidden} of ${report.figures} figures hidden`,
      })}`,
  ),
  bilingual({
    es: `${releases.length} meses: ${releases.length - already} preparados ahora, ${already} ya publicados`,
    en: `${releases.length} months: ${releases.length - already} made now, ${already} published already`,
  }),
  bilingual({ es: 'ataque a los archivos publicados', en: 'attack on the published files' }),
  ...attackLines(attack).map((line) => `  ${line}`),
];
