import type { VNode } from 'preact';
import { useLanguage, useSay } from '../../language.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { DEPARTMENT_SHAPES } from './department-shapes.js';
import { type Figure, figureText, HIDDEN } from './figures.js';
import { type MapClass, mapClasses, signOf, ZERO } from './map-classes.js';

const CITY_RADIUS = 15;

/** Name in the style with the class of a sign: `rr-map__area rr-class--iv`. */
const styleOf = (name: string, sign: string): string => `${name} rr-class--${sign.toLowerCase()}`;

function Legend({ classes, zero, hidden }: { classes: readonly MapClass[]; zero: boolean; hidden: boolean }): VNode {
  const say = useSay();
  const language = useLanguage();
  const entries = [
    ...(hidden ? [{ sign: HIDDEN, text: say(OPEN_DATA.legendHidden) }] : []),
    ...(zero ? [{ sign: ZERO, text: say(OPEN_DATA.legendZero) }] : []),
    ...classes.map(({ sign, from, to }) => ({
      sign,
      text:
        from === to
          ? figureText(from, language)
          : say(OPEN_DATA.legendClass, { from: figureText(from, language), to: figureText(to, language) }),
    })),
  ];
  return (
    <ul class="rr-legend" aria-label={say(OPEN_DATA.legend)}>
      {entries.map(({ sign, text }) => (
        <li>
          <span class={styleOf('rr-legend__sign', sign)}>{sign}</span> {text}
        </li>
      ))}
    </ul>
  );
}

/**
 * Map of the 18 departments, each in the class of its health region's own published figure, and the two metropolitan
 * regions as circles. Nothing is added up: a department with a metropolitan region shows the rest of it.
 * The sign repeats what the colour says; the table beside it has the figures.
 */
export function DepartmentMap({
  title,
  figureOf,
}: {
  readonly title: string;
  readonly figureOf: (region: string) => Figure;
}): VNode {
  const say = useSay();
  const { width, height, departments, cities } = DEPARTMENT_SHAPES;
  const figures = [...departments, ...cities].map(({ region }) => figureOf(region));
  const classes = mapClasses(figures);
  const sign = (region: string): string => signOf(figureOf(region), classes);
  return (
    <figure class="rr-figure">
      <svg
        class="rr-map"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${title}. ${say(OPEN_DATA.mapText)}`}
      >
        <path class="rr-map__outline" d={departments.map(({ path }) => path).join('')} />
        {departments.map(({ region, path }) => (
          <path class={styleOf('rr-map__area', sign(region))} d={path} />
        ))}
        {departments.map(({ region, label: [x, y], offshore }) => (
          <text class={offshore ? 'rr-map__sign' : styleOf('rr-map__sign', sign(region))} x={x} y={y}>
            {sign(region)}
          </text>
        ))}
        {cities.map(({ region, at: [x, y] }) => (
          <>
            <circle class={styleOf('rr-map__area rr-map__city', sign(region))} cx={x} cy={y} r={CITY_RADIUS} />
            <text class={styleOf('rr-map__sign', sign(region))} x={x} y={y}>
              {sign(region)}
            </text>
          </>
        ))}
      </svg>
      <figcaption>
        <Legend
          classes={classes}
          zero={figures.some((figure) => figure === 0)}
          hidden={figures.some((figure) => figure === null)}
        />
        <p>{say(OPEN_DATA.mapMetropolitan)}</p>
        <p>{say(OPEN_DATA.mapBorders)}</p>
      </figcaption>
    </figure>
  );
}
