import type { VNode } from 'preact';
import { Table } from '../../components/table.js';
import { useLanguage, useSay } from '../../language.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { DepartmentMap } from './department-map.js';
import { FigureCell } from './figure-cell.js';
import { FigureChart } from './figure-chart.js';
import { FilterForm } from './filter-form.js';
import { monthText } from './month-text.js';
import type { ShownRelease } from './shown-release.js';

/** The whole country, then the regions: map, chart and table. */
export function RegionsView({ description, figures, action, measure }: ShownRelease): VNode {
  const say = useSay();
  const language = useLanguage();
  const { measures, regions } = description;
  const month = monthText(description.month, language);
  const name = measures.find(({ code }) => code === measure)?.name[language] ?? measure;
  return (
    <>
      <Table
        caption={say(OPEN_DATA.countryTable, { month })}
        columns={[{ name: say(OPEN_DATA.measure) }, { name: say(OPEN_DATA.howMany), numeric: true }]}
        rows={measures.map((row) => [row.name[language], <FigureCell figure={figures.at(row.code)} />])}
      />
      <h2 id="regiones">{say(OPEN_DATA.regionsTable, { month })}</h2>
      <FilterForm
        action={`${action}#regiones`}
        fields={[
          {
            name: 'medida',
            label: OPEN_DATA.measure,
            value: measure,
            choices: measures.map((row) => ({ value: row.code, text: row.name[language] })),
          },
        ]}
      />
      <DepartmentMap
        title={say(OPEN_DATA.mapTitle, { measure: name })}
        figureOf={(region) => figures.at(measure, region)}
      />
      <FigureChart
        title={say(OPEN_DATA.mapTitle, { measure: name })}
        rows={regions}
        figureOf={(code) => figures.at(measure, code)}
      />
      <Table
        caption={say(OPEN_DATA.regionsTable, { month })}
        columns={[
          { name: say(OPEN_DATA.region) },
          ...measures.map((row) => ({ name: row.name[language], numeric: true })),
        ]}
        rows={regions.map((region) => [
          region[language],
          ...measures.map((row) => <FigureCell figure={figures.at(row.code, region.code)} />),
        ])}
      />
      <p>{say(OPEN_DATA.hiddenText)}</p>
    </>
  );
}
