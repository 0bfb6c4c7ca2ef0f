import type { VNode } from 'preact';
import { ALL_MEASURES, measureRow } from '../../../statistics/measures.js';
import type { ReleaseEntry } from '../../../statistics/release/released-files.js';
import { TABLES } from '../../../statistics/release/rows.js';
import { THRESHOLD } from '../../../statistics/threshold.js';
import { EmptyState } from '../../components/empty-state.js';
import { Facts } from '../../components/facts.js';
import { Table } from '../../components/table.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { type Page, view } from '../../page.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { monthText } from './month-text.js';
import { FILES, releasePath } from './published-release.js';

function Months({ releases }: { readonly releases: readonly ReleaseEntry[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  if (releases.length === 0)
    return (
      <EmptyState title={say(OPEN_DATA.none)}>
        <p>{say(OPEN_DATA.noneText)}</p>
      </EmptyState>
    );
  return (
    <Table
      caption={say(OPEN_DATA.months)}
      columns={[{ name: say(OPEN_DATA.month) }, { name: say(OPEN_DATA.publishedOn) }, { name: say(OPEN_DATA.data) }]}
      rows={releases.map((release) => [
        <a href={releasePath(release)}>{monthText(release.month, language)}</a>,
        dateText(release.publishedAt, language),
        <ul class="rr-plain">
          {TABLES.map(({ name, breakdown }) => (
            <li>
              <a href={`${FILES}/${release.path}/${name}.csv`}>{say(OPEN_DATA[`by-${breakdown}`])}</a>
            </li>
          ))}
        </ul>,
      ])}
    />
  );
}

/** What the measures are, how people are protected, what may be done with the data. */
function Explanations(): VNode {
  const say = useSay();
  return (
    <>
      <h2>{say(OPEN_DATA.meaning)}</h2>
      <Facts
        facts={ALL_MEASURES.map((code) => ({
          name: say(measureRow(code)),
          value: say(measureRow(code).numerator),
        }))}
      />
      <p>
        <a href="/datos/definiciones">{say(OPEN_DATA.meaningMore)}</a>
      </p>
      <h2>{say(OPEN_DATA.protection)}</h2>
      <p>{say(OPEN_DATA.protectionText, { threshold: THRESHOLD.usual })}</p>
      <p>{say(OPEN_DATA.hiddenText)}</p>
      <p>{say(OPEN_DATA.protectionCheck)}</p>
      <h2>{say(OPEN_DATA.terms)}</h2>
      <p>{say(OPEN_DATA.termsText)}</p>
      <p>{say(OPEN_DATA.frozen)}</p>
      <h2>{say(OPEN_DATA.programs)}</h2>
      <p>
        <a href={FILES}>{say(OPEN_DATA.programsText)}</a>
      </p>
    </>
  );
}

function DataIndex({ releases }: { readonly releases: readonly ReleaseEntry[] }): VNode {
  const say = useSay();
  return (
    <>
      <p>{say(OPEN_DATA.intro)}</p>
      <Months releases={releases} />
      <p>
        <a href="/datos/preguntas">{say(OPEN_DATA.askLink)}</a>
      </p>
      <Explanations />
    </>
  );
}

/** What is published, newest month first, and what it means. */
export const dataIndex: Page = {
  method: 'GET',
  path: '/datos',
  audience: 'anyone',
  async handle({ services }) {
    const releases = await services.statistics.published.list();
    return view(OPEN_DATA.title, <DataIndex releases={releases.filter(({ latest }) => latest)} />);
  },
};
