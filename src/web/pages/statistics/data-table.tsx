import { TOTAL } from '../../../statistics/table-types.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, view } from '../../page.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { CategoriesView } from './categories-view.js';
import { Figures } from './figures.js';
import { fillWords } from './fill-words.js';
import { monthText } from './month-text.js';
import { FILES, publishedRelease, releasePath, tableOf } from './published-release.js';
import { chosenCode } from './shown-release.js';

async function tablePage(page: PageContext): Promise<PageView> {
  const { say, language, query, services } = page;
  const { name, breakdown } = tableOf(page);
  const release = await publishedRelease(page);
  const { entry, description } = release;
  const figures = new Figures(await services.statistics.published.rows(release, name));
  const month = monthText(entry.month, language);
  const title = fillWords(OPEN_DATA.tableTitle, (asked) => ({
    month: monthText(entry.month, asked),
    breakdown: OPEN_DATA[`by-${breakdown}`][asked],
  }));
  return view(
    title,
    <>
      <CategoriesView
        description={description}
        figures={figures}
        action={`${releasePath(entry)}/${name}`}
        breakdown={breakdown}
        region={chosenCode(query.get('region'), [TOTAL, ...description.regions.map(({ code }) => code)])}
        measure={chosenCode(
          query.get('medida'),
          description.measures.map(({ code }) => code),
        )}
      />
      <ul>
        <li>
          <a href={`${FILES}/${entry.path}/${name}.csv`}>{`${say(OPEN_DATA.downloads)} ${name}.csv`}</a>
        </li>
        <li>
          <a href={releasePath(entry)}>{say(OPEN_DATA.monthLink, { month })}</a>
        </li>
        <li>
          <a href="/datos/definiciones">{say(OPEN_DATA.definitions)}</a>
        </li>
      </ul>
    </>,
  );
}

/** One table of a published month, one region at a time. */
export const dataTable: Page = { method: 'GET', path: '/datos/:month/:table', audience: 'anyone', handle: tablePage };
/** The same for one version. */
export const dataTableVersion: Page = {
  method: 'GET',
  path: '/datos/:month/v:version/:table',
  audience: 'anyone',
  handle: tablePage,
};
