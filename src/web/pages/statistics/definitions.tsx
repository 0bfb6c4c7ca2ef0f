import type { VNode } from 'preact';
import { AGE_BANDS } from '../../../statistics/age-bands.js';
import { ALL_MEASURES, measureRow } from '../../../statistics/measures.js';
import { COLUMNS, TABLES } from '../../../statistics/release/rows.js';
import { CLOSING_DAYS } from '../../../statistics/statistics-month.js';
import { tablePlan } from '../../../statistics/table-plan.js';
import type { Category, TablePlan } from '../../../statistics/table-types.js';
import { THRESHOLD } from '../../../statistics/threshold.js';
import { Facts } from '../../components/facts.js';
import { Table } from '../../components/table.js';
import { useLanguage, useSay } from '../../language.js';
import { type Page, view } from '../../page.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';

function Measures(): VNode {
  const say = useSay();
  return (
    <>
      {ALL_MEASURES.map((code) => {
        const row = measureRow(code);
        return (
          <section>
            <h2 id={code}>{say(row)}</h2>
            <Facts
              facts={[
                { name: say(OPEN_DATA.numerator), value: say(row.numerator) },
                { name: say(OPEN_DATA.denominator), value: say(row.denominator) },
                { name: say(OPEN_DATA.rule), value: say(row.rule) },
                { name: say(OPEN_DATA.code), value: <code>{code}</code> },
              ]}
            />
          </section>
        );
      })}
    </>
  );
}

/** What is hidden, and the differences of measures that are protected too. */
function Protection(): VNode {
  const say = useSay();
  const differences = ALL_MEASURES.flatMap((code) => {
    const whole = ALL_MEASURES.find((one) => one === measureRow(code).partOf);
    return whole === undefined ? [] : [`${say(measureRow(whole))} − ${say(measureRow(code))}`];
  });
  return (
    <>
      <h2>{say(OPEN_DATA.closing)}</h2>
      <p>{say(OPEN_DATA.closingText, { days: CLOSING_DAYS })}</p>
      <h2>{say(OPEN_DATA.protection)}</h2>
      <p>{say(OPEN_DATA.threshold, { usual: THRESHOLD.usual, most: THRESHOLD.most })}</p>
      <p>{say(OPEN_DATA.differences, { differences: differences.join('; ') })}</p>
      <p>{say(OPEN_DATA.hiddenText)}</p>
      <p>{say(OPEN_DATA.protectionCheck)}</p>
    </>
  );
}

function Codes({ caption, rows }: { readonly caption: string; readonly rows: readonly Category[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  return (
    <Table
      caption={caption}
      columns={[{ name: say(OPEN_DATA.code) }, { name: say(OPEN_DATA.name) }]}
      rows={rows.map((row) => [row.code, row[language]])}
    />
  );
}

function Definitions({ plan }: { readonly plan: TablePlan }): VNode {
  const say = useSay();
  return (
    <>
      <Measures />
      <Protection />
      <h2>{say(OPEN_DATA.columns)}</h2>
      <p>
        <code>{COLUMNS.join(', ')}</code>
      </p>
      <p>{say(OPEN_DATA.columnsText)}</p>
      <ul>
        {TABLES.map(({ name, breakdown }) => (
          <li>
            <code>{name}</code>: {say(OPEN_DATA[`by-${breakdown}`])}
          </li>
        ))}
      </ul>
      <Codes caption={say(OPEN_DATA.regionsList)} rows={plan.regions} />
      <Codes caption={say(OPEN_DATA.sexesList)} rows={plan.breakdowns.sex} />
      <Codes caption={say(OPEN_DATA.agesList)} rows={AGE_BANDS} />
      <Codes caption={say(OPEN_DATA.specialtiesList)} rows={plan.breakdowns.specialty} />
      <p>
        <a href="/datos">{say(OPEN_DATA.all)}</a>
      </p>
    </>
  );
}

/** Counting rules, protection, columns and codes, from the tables that the counting itself uses. */
export const definitions: Page = {
  method: 'GET',
  path: '/datos/definiciones',
  audience: 'anyone',
  handle: ({ services }) => view(OPEN_DATA.definitions, <Definitions plan={tablePlan(services.fhir.definitions)} />),
};
