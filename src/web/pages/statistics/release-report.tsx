import type { VNode } from 'preact';
import { AUDIT_RULE_WORDS } from '../../../statistics/audit/audit-rule-words.js';
import type { VersionView } from '../../../statistics/release/release-desk.js';
import type { TablePlan } from '../../../statistics/table-types.js';
import { Facts } from '../../components/facts.js';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { useLanguage, useSay } from '../../language.js';
import { RELEASES } from '../../texts/statistics-staff.js';
import { figureText } from './figures.js';
import { fillWords } from './fill-words.js';
import { placeText } from './place-text.js';

const FINDINGS_SHOWN = 20;

/** What the protection hid and what the audit found; places are named, hidden counts never. */
export function ReleaseReport({
  release: { report, threshold },
  plan,
}: {
  readonly release: Pick<VersionView, 'report' | 'threshold'>;
  /** Names of the places. */
  readonly plan: TablePlan;
}): VNode {
  const say = useSay();
  const language = useLanguage();
  const count = (value: number): string => figureText(value, language);
  const { ok, findings, figures, hidden, small, smallDifferences, narrowest } = report;
  const verdict = fillWords(ok ? RELEASES.verdictGood : RELEASES.verdictBad, () => ({ n: findings.length }));
  return (
    <>
      <h2>{say(RELEASES.report)}</h2>
      <Facts
        facts={[
          { name: say(RELEASES.verdict), value: <Tag label={verdict} tone={ok ? 'calm' : 'alarm'} /> },
          { name: say(RELEASES.cells), value: count(figures) },
          { name: say(RELEASES.shown), value: count(figures - hidden) },
          { name: say(RELEASES.primary, { threshold }), value: count(small) },
          { name: say(RELEASES.secondary), value: count(hidden - small) },
          { name: say(RELEASES.differences), value: count(smallDifferences) },
          {
            name: say(RELEASES.narrowest),
            value:
              narrowest === undefined
                ? say(RELEASES.narrowestNone)
                : say(RELEASES.narrowestText, { n: narrowest, rule: threshold }),
          },
        ]}
      />
      {findings.length > 0 && (
        <Table
          caption={say(RELEASES.findings)}
          columns={[{ name: say(RELEASES.finding) }, { name: say(RELEASES.where) }]}
          rows={findings
            .slice(0, FINDINGS_SHOWN)
            .map(({ rule, figure }) => [say(AUDIT_RULE_WORDS[rule]), placeText(figure, plan, language)])}
        />
      )}
      {findings.length > FINDINGS_SHOWN && <p>{say(RELEASES.moreFindings, { n: findings.length - FINDINGS_SHOWN })}</p>}
    </>
  );
}
