import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { codeSystemUrl } from '../../config/canonical.js';
import { CONSULT_FIRST, type FacilityType, FIRST_LEVEL, SUGGESTION_ORDER } from './routing-rules.js';
import { consultationBefore, type Place, suggestDestinations } from './suggest-destinations.js';

const TYPES: readonly FacilityType[] = [
  'uaps',
  'cis',
  'policlinico',
  'hospital-basico',
  'hospital-general',
  'hospital-especialidades',
  'instituto',
];

const place = (id: string, type: FacilityType, network: string, region: string): Place => ({
  facility: {
    resourceType: 'Organization',
    id,
    name: id,
    type: [{ coding: [{ system: codeSystemUrl('facility-type'), code: type }] }],
  },
  network,
  region,
});

const ORIGIN = place('origen', 'uaps', 'red1', 'r1');
const ids = (places: readonly { facility: { id: string } }[]): string[] => places.map(({ facility }) => facility.id);

describe('where a facility refers to', () => {
  const candidates = [
    place('instituto', 'instituto', 'red9', 'r9'),
    place('hospital-de-la-red', 'hospital-general', 'red1', 'r1'),
    place('policlinico-de-la-region', 'policlinico', 'red2', 'r1'),
    place('policlinico-de-la-red', 'policlinico', 'red1', 'r1'),
    place('basico-de-la-red', 'hospital-basico', 'red1', 'r1'),
    place('uaps-vecina', 'uaps', 'red1', 'r1'),
    ORIGIN,
  ];

  it('consults the polyclinic of its network first, then goes up and outward', () => {
    const found = suggestDestinations(ORIGIN, candidates, false);
    expect(ids(found)).toEqual([
      'policlinico-de-la-red',
      'basico-de-la-red',
      'hospital-de-la-red',
      'policlinico-de-la-region',
      'instituto',
    ]);
    expect(found.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    expect(found.filter(({ consult }) => consult).map(({ facility }) => facility.id)).toEqual([
      'basico-de-la-red',
      'hospital-de-la-red',
      'instituto',
    ]);
  });

  it('goes straight to a hospital when it cannot wait, and asks nobody first', () => {
    const found = suggestDestinations(ORIGIN, candidates, true);
    expect(ids(found)).toEqual(['basico-de-la-red', 'hospital-de-la-red', 'instituto']);
    expect(found.every(({ consult }) => consult === undefined)).toBe(true);
  });

  it('gives every suggestion a reason of the table, whatever there is', () => {
    const some = fc.record({
      id: fc.string({ minLength: 1, maxLength: 6 }),
      type: fc.constantFrom(...TYPES),
      network: fc.constantFrom('red1', 'red2', 'red3'),
      region: fc.constantFrom('r1', 'r2'),
    });
    fc.assert(
      fc.property(fc.uniqueArray(some, { selector: ({ id }) => id }), fc.boolean(), (drawn, urgent) => {
        const places = drawn.map(({ id, type, network, region }) => place(id, type, network, region));
        const found = suggestDestinations(ORIGIN, places, urgent);
        expect(found.map(({ rank }) => rank)).toEqual(found.map((_one, index) => index + 1));
        const rows = found.map(({ why }) => SUGGESTION_ORDER.findIndex(({ es }) => es === why.es));
        expect(rows).toEqual([...rows].sort((a, b) => a - b));
        expect(rows.every((row) => row >= 0)).toBe(true);
        expect(suggestDestinations(ORIGIN, [...places].reverse(), urgent)).toEqual(found);
      }),
    );
  });

  it.each(TYPES.flatMap((from) => TYPES.map((to) => [from, to] as const)))(
    'from %s to %s: a consultation exactly where the table asks for one',
    (from, to) => {
      const asked = CONSULT_FIRST.some((row) => row.from.includes(from) && row.to.includes(to));
      const [a, b] = [place('a', from, 'n', 'r').facility, place('b', to, 'n', 'r').facility];
      expect(consultationBefore(a, b, false) !== undefined).toBe(asked);
      expect(consultationBefore(a, b, true)).toBeUndefined();
      if (asked) expect([FIRST_LEVEL.has(from), FIRST_LEVEL.has(to)]).toEqual([true, false]);
    },
  );
});
