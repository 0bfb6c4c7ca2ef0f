import type { VNode } from 'preact';
import { type Breakdown, TOTAL } from '../../../statistics/table-types.js';
import { Table } from '../../components/table.js';
import { useLanguage, useSay } from '../../language.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { FigureCell } from './figure-cell.js';
import { FigureChart } from './figure-chart.js';
import { FilterForm } from './filter-form.js';
import { monthText } from './month-text.js';
import type { ShownRelease } from './shown-release.js';

/** One region or the whole country by sex, age or specialty: chart and table. */
export function CategoriesView({
  description,
  figures,
  action,
  measure,
  breakdown,
  region,
}: ShownRelease & { readonly breakdown: Breakdown; readonly region: string }): VNode {
  const say = useSay();
  const language = useLanguage();
  const { measures, regions, categories } = description;
  const places = [{ code: TOTAL, ...OPEN_DATA.country }, ...regions];
  const place = places.find(({ code }) => code === region)?.[language] ?? region;
  const name = measures.find(({ code }) => code === measure)?.name[language] ?? measure;
  const rows = [...categories[breakdown], { code: TOTAL, es: 'Total', en: 'Total' }];
  return (
    <>
      <FilterForm
        action={action}
        fields={[
          {
            name: 'region',
            label: OPEN_DATA.region,
            value: region,
            choices: places.map((row) => ({ value: row.code, text: row[language] })),
          },
          {
            name: 'medida',
            label: OPEN_DATA.measure,
            value: measure,
            choices: measures.map((row) => ({ value: row.code, text: row.name[language] })),
          },
        ]}
      />
      <FigureChart
        title={say(OPEN_DATA.chartTitle, { measure: name, place })}
        rows={categories[breakdown]}
        figureOf={(code) => figures.at(measure, region, code)}
      />
      <Table
        caption={say(OPEN_DATA.categoriesTable, { place, month: monthText(description.month, language) })}
        columns={[
          { name: say(OPEN_DATA[breakdown]) },
          ...measures.map((row) => ({ name: row.name[language], numeric: true })),
        ]}
        rows={rows.map((category) => [
          category[language],
          ...measures.map((row) => <FigureCell figure={figures.at(row.code, region, category.code)} />),
        ])}
      />
      <p>{say(OPEN_DATA.hiddenText)}</p>
    </>
  );
}
