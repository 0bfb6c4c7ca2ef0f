import { describe, expect, test } from 'vitest';
import { SID } from '../../src/config/canonical.js';
import { bundleMaker, bundleTemplate } from './peers-bundle.js';
import { peersCharts } from './peers-charts.js';

/** Average of the peers' data, bytes of JSON a resource. */
const PEERS_BYTES = 528;

describe("the peers' data shape", () => {
  const charts = [...peersCharts(50)];
  const resources = charts.flatMap((chart) => chart.resources);

  test('twelve resources a person, as large as those of the peers within a twentieth', () => {
    const types = charts[0]?.resources.map(({ resourceType }) => resourceType);
    const conditions = ['Condition', 'Condition', 'Condition'];
    const observations = ['Observation', 'Observation', 'Observation', 'Observation', 'Observation'];
    expect(types).toEqual(['Patient', 'Encounter', ...conditions, ...observations, 'ServiceRequest', 'Task']);
    const bytes = resources.reduce((sum, resource) => sum + Buffer.byteLength(JSON.stringify(resource)), 0);
    expect(Math.abs(bytes / resources.length / PEERS_BYTES - 1)).toBeLessThan(0.05);
  });

  test('the same on every machine, ids and numbers once', () => {
    expect([...peersCharts(50)].map((chart) => chart.resources)).toEqual(charts.map((chart) => chart.resources));
    expect(new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`)).size).toBe(resources.length);
    expect(new Set(charts.map(({ person }) => person.identifier?.[0]?.value)).size).toBe(charts.length);
  });

  test('every reference inside a person leads to one of the records', () => {
    for (const chart of charts) {
      const own = new Set(chart.resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
      const references = [...JSON.stringify(chart.resources).matchAll(/"reference":"([^"]+)"/g)].map(
        ([, to]) => to ?? '',
      );
      const inside = references.filter((to) => !to.startsWith('Organization/'));
      expect(inside.length).toBeGreaterThan(12);
      expect(inside.filter((to) => !own.has(to))).toEqual([]);
    }
  });

  test('Bundles differ in the number of the person only, and link by urn:uuid', () => {
    const next = bundleMaker(bundleTemplate('hospital'));
    const [first, second] = [next(), next()];
    const number = (text: string): string =>
      new RegExp(`"system":"${SID.dni}","value":"(\\d{13})"`).exec(text)?.[1] ?? '';
    expect(number(first)).toHaveLength(13);
    expect(number(first)).not.toBe(number(second));
    expect(first.replace(number(first), '')).toBe(second.replace(number(second), ''));
    const { entry } = JSON.parse(first) as { entry: { fullUrl: string }[] };
    expect(new Set(entry.map(({ fullUrl }) => fullUrl)).size).toBe(12);
    const links = [...first.matchAll(/"reference":"(urn:uuid:[^"]+)"/g)].map(([, to]) => to);
    expect(links.every((to) => entry.some(({ fullUrl }) => fullUrl === to))).toBe(true);
  });
});
