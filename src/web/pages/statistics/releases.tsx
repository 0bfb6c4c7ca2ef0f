import type { VNode } from 'preact';
import { DUTIES } from '../../../statistics/duties.js';
import type { MonthView } from '../../../statistics/release/release-desk.js';
import { CLOSING_DAYS } from '../../../statistics/statistics-month.js';
import { EmptyState } from '../../components/empty-state.js';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { dateText } from '../../dates.js';
import { useLanguage, useSay } from '../../language.js';
import { type Page, view } from '../../page.js';
import { RELEASES } from '../../texts/statistics-staff.js';
import { monthText } from './month-text.js';
import { MONTH_TONES, monthState } from './release-state.js';

function Months({ months }: { readonly months: readonly MonthView[] }): VNode {
  const say = useSay();
  const language = useLanguage();
  if (months.length === 0) return <EmptyState title={say(RELEASES.noMonths)} />;
  return (
    <Table
      caption={say(RELEASES.months)}
      columns={[
        { name: say(RELEASES.month) },
        { name: say(RELEASES.closing) },
        { name: say(RELEASES.state) },
        { name: say(RELEASES.next) },
      ]}
      rows={months.map((row) => {
        const state = monthState(row);
        const date = dateText(row.closes, language);
        const [newest] = row.versions;
        return [
          <a href={`/publicaciones/${row.month}`}>{monthText(row.month, language)}</a>,
          say(row.closed ? RELEASES.closed : RELEASES.open, { date }),
          <>
            <Tag label={RELEASES[`state-${state}`]} tone={MONTH_TONES[state]} />
            {newest && ` ${say(RELEASES.version, { version: newest.version })}`}
          </>,
          say(RELEASES[`next-${state}`]),
        ];
      })}
    />
  );
}

function Releases({ months }: { readonly months: readonly MonthView[] }): VNode {
  const say = useSay();
  return (
    <>
      <p>{say(RELEASES.intro, { days: CLOSING_DAYS })}</p>
      <Months months={months} />
      <p>
        <a href="/datos">{say(RELEASES.publicPage)}</a>
      </p>
    </>
  );
}

/** Every month: open or closed, how far its release is, who does what next. */
export const releases: Page = {
  method: 'GET',
  path: '/publicaciones',
  audience: DUTIES.review,
  nav: RELEASES.nav,
  async handle(page) {
    const { requestId, ip } = page;
    const months = await page.services.statistics.releases.months({ caller: page.signedIn(), requestId, ip });
    return view(RELEASES.title, <Releases months={months} />);
  },
};
