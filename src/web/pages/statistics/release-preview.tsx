import { fault } from '../../../errors.js';
import { DUTIES } from '../../../statistics/duties.js';
import { descriptionOf, rowsOf } from '../../../statistics/release/published-data.js';
import { TABLES } from '../../../statistics/release/rows.js';
import { TOTAL } from '../../../statistics/table-types.js';
import type { PageContext } from '../../page-context.js';
import { type Page, type PageView, view } from '../../page.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { RELEASES } from '../../texts/statistics-staff.js';
import { CategoriesView } from './categories-view.js';
import { Figures } from './figures.js';
import { fillWords } from './fill-words.js';
import { monthText } from './month-text.js';
import { tableOf } from './published-release.js';
import { RegionsView } from './regions-view.js';
import { chosenCode } from './shown-release.js';

/** What a preview needs of the newest version's files: its definitions, and the figures of one table. */
async function previewOf(page: PageContext, table: string) {
  const { requestId, ip, params, query } = page;
  const month = params['month'] ?? '';
  const files = await page.services.statistics.releases.files({ caller: page.signedIn(), requestId, ip }, month);
  const text = (name: string): string => {
    const file = files.find((one) => one.name === name);
    if (!file) throw fault('not-found', { type: 'release', id: `${month}/${name}` });
    return file.text;
  };
  const description = descriptionOf(text('release.json'));
  const measure = chosenCode(
    query.get('medida'),
    description.measures.map(({ code }) => code),
  );
  return { description, figures: new Figures(rowsOf(text(`${table}.json`))), action: page.path, measure };
}

const back = ({ say, language, params }: PageContext) => {
  const { month = '' } = params;
  return (
    <p>
      <a href={`/publicaciones/${month}`}>{say(RELEASES.backMonth, { month: monthText(month, language) })}</a>
    </p>
  );
};

/** The regions of a release, as the public page of the month will show them. */
export const previewRegions: Page = {
  method: 'GET',
  path: '/publicaciones/:month/regiones',
  audience: DUTIES.review,
  async handle(page): Promise<PageView> {
    const [smallest] = TABLES;
    const shown = await previewOf(page, smallest?.name ?? '');
    return view(
      fillWords(OPEN_DATA.monthTitle, (language) => ({ month: monthText(shown.description.month, language) })),
      <>
        <RegionsView {...shown} />
        {back(page)}
      </>,
    );
  },
};

/** A table of a release, as it will be published. */
export const previewTable: Page = {
  method: 'GET',
  path: '/publicaciones/:month/:table',
  audience: DUTIES.review,
  async handle(page): Promise<PageView> {
    const { name, breakdown } = tableOf(page);
    const shown = await previewOf(page, name);
    const regions = [TOTAL, ...shown.description.regions.map(({ code }) => code)];
    const title = fillWords(OPEN_DATA.tableTitle, (language) => ({
      month: monthText(shown.description.month, language),
      breakdown: OPEN_DATA[`by-${breakdown}`][language],
    }));
    return view(
      title,
      <>
        <CategoriesView {...shown} breakdown={breakdown} region={chosenCode(page.query.get('region'), regions)} />
        {back(page)}
      </>,
    );
  },
};
