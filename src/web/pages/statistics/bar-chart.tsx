import type { VNode } from 'preact';
import { useLanguage } from '../../language.js';
import { figureText } from './figures.js';

export interface Bar {
  readonly name: string;
  /** Published and above zero: what is hidden has no length. */
  readonly figure: number;
}

const WIDTH = 320;
const ROW = 38;
const BAR = { top: 20, height: 10 } as const;
const LONGEST_NAME = 38;

const shorten = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/** Horizontal bars drawn on the server; the text over each bar names it and gives its figure. */
export function BarChart({ title, bars }: { readonly title: string; readonly bars: readonly Bar[] }): VNode {
  const language = useLanguage();
  const most = Math.max(1, ...bars.map(({ figure }) => figure));
  return (
    <svg class="rr-chart" viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`} role="img" aria-label={title}>
      {bars.map(({ name, figure }, index) => (
        <g transform={`translate(0 ${index * ROW})`}>
          <text y="14">{shorten(name)}</text>
          <text x={WIDTH} y="14" class="rr-chart__figure">
            {figureText(figure, language)}
          </text>
          <rect y={BAR.top} width={Math.max(1, Math.round((figure / most) * WIDTH))} height={BAR.height} />
        </g>
      ))}
    </svg>
  );
}
