import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'preact-render-to-string';
import { packageRoot } from '../../../config/paths.js';
import { regionCode } from '../../../statistics/table-plan.js';
import { DepartmentMap } from './department-map.js';
import { DEPARTMENT_SHAPES } from './department-shapes.js';
import type { Figure } from './figures.js';

const regions = JSON.parse(readFileSync(join(packageRoot, 'seed', 'regions.json'), 'utf8')) as {
  readonly code: string;
  readonly name: string;
}[];

describe('shapes of the departments', () => {
  it('are one for each health region that is a department, under its name, and a place for each metropolitan one', () => {
    const { departments, cities } = DEPARTMENT_SHAPES;
    const named = regions.map(({ code, name }) => [regionCode(code), name]);
    expect(departments.map(({ region, name }) => [region, name])).toEqual(named.slice(0, 18));
    expect(cities.map(({ region }) => region)).toEqual(named.slice(18).map(([code]) => code));
  });

  it('lie inside the picture', () => {
    const { width, height, departments, cities } = DEPARTMENT_SHAPES;
    for (const [x, y] of [...departments.map(({ label }) => label), ...cities.map(({ at }) => at)]) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
    for (const { path } of departments) expect(path).toMatch(/^(M\d+,\d+l[-\d, ]+z)+$/);
  });
});

describe('map', () => {
  const draw = (figures: Readonly<Record<string, Figure>>): string =>
    render(<DepartmentMap title="Enviadas" figureOf={(region) => figures[region] ?? null} />);

  it('gives each region the class of its own figure: a department never holds that of its city', () => {
    const html = draw({ RS05: 40, RS20: 900, RS08: 0, RS19: 7 });
    const classOf = (index: number): string =>
      [...html.matchAll(/<path class="rr-map__area rr-class--(\w+)"/g)][index]?.[1] ?? '';
    expect(classOf(4)).toBe('ii');
    expect(classOf(7)).toBe('0');
    expect(classOf(0)).toBe('c');
    expect([...html.matchAll(/<circle class="[^"]*rr-class--(\w+)"/g)].map(([, sign]) => sign)).toEqual(['i', 'iii']);
  });

  it('says in words what each sign means, with published figures as bounds and no other number', () => {
    const html = draw({ RS01: 1_234, RS02: 8, RS03: 8, RS04: 0 });
    const legend = /<ul class="rr-legend".*?<\/ul>/s.exec(html)?.[0] ?? '';
    const text = legend.replace(/<[^>]+>/g, '|');
    expect(text).toContain('dato oculto para proteger a las personas');
    expect(text).toContain('ninguna');
    expect(text.match(/\d[\d,]*/g)).toEqual(['0', '8', '1,234']);
  });

  it('writes the sign of the islands in the sea, where it must stay dark', () => {
    expect(DEPARTMENT_SHAPES.departments.filter(({ offshore }) => offshore).map(({ name }) => name)).toEqual([
      'Islas de la Bahía',
    ]);
    expect(draw({ RS11: 9, RS01: 5_000 })).toMatch(/<text class="rr-map__sign" [^>]*>I</);
  });

  it('leaves out of the legend what is not on it', () => {
    const all = Object.fromEntries(regions.map(({ code }) => [regionCode(code), 100 + Number(code)]));
    const html = draw(all);
    expect(html).not.toContain('ninguna');
    expect(html).not.toContain('rr-class--c');
    expect(html).toContain('aria-label="Enviadas. Mapa de Honduras.');
  });
});
