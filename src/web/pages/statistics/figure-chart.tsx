import type { VNode } from 'preact';
import type { Category } from '../../../statistics/table-types.js';
import { useLanguage, useSay } from '../../language.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { BarChart } from './bar-chart.js';
import type { Figure } from './figures.js';

/** Bars of the figures that are published and above zero, under a title; nothing when there are none. */
export function FigureChart({
  title,
  rows,
  figureOf,
}: {
  readonly title: string;
  readonly rows: readonly Category[];
  readonly figureOf: (code: string) => Figure;
}): VNode | null {
  const say = useSay();
  const language = useLanguage();
  const bars = rows.flatMap(({ code, [language]: name }) => {
    const figure = figureOf(code);
    return figure === null || figure === 0 ? [] : [{ name, figure }];
  });
  return bars.length === 0 ? null : (
    <figure class="rr-figure">
      <figcaption>
        <strong>{title}</strong>
      </figcaption>
      <BarChart title={`${title}. ${say(OPEN_DATA.chartText)}`} bars={bars} />
    </figure>
  );
}
