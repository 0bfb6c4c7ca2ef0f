import { describe, expect, it } from 'vitest';
import { SID } from '../../config/canonical.js';
import type { Filter } from '../../store/write-plan.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import { searchIndexes } from './indexes.js';
import { PAIRS } from './pairs.js';
import { searchableParameters } from './parameters.js';
import { parseSearch } from './parse.js';
import { planSearch, type SearchPlan } from './plan.js';
import { searchPins } from './search-pins.js';
import { extractedSortKeys, mainSortField } from './sort-keys.js';

const definitions = loadDefinitions();
const plan = (type: string, query: string, reach: Filter = {}): SearchPlan =>
  planSearch(parseSearch(definitions, type, [...new URLSearchParams(query)]), reach);

describe('planSearch', () => {
  it('puts one joined look-up in the place of a declared pair', () => {
    expect(plan('Task', 'owner=Organization/h1&status=requested,received').filter).toEqual({
      's.tok': { $in: ['status+owner~~requested&~Organization/h1', 'status+owner~~received&~Organization/h1'] },
    });
  });

  it('names the compartment of the patient asked for', () => {
    expect(plan('Observation', 'subject=Patient/1&code=http://loinc.org|718-7').filter).toEqual({
      $and: [{ pt: '1' }, { 's.tok': 'code+patient~|http://loinc.org|718-7&~Patient/1' }],
    });
    // A list may name two patients, and `pt` holds one.
    expect(plan('Appointment', 'patient=1').filter).toEqual({ 's.ref': 'patient~Patient/1' });
  });

  it('puts the reach of the caller into the same filter', () => {
    const reach = { acc: { $in: ['h1'] } };
    expect(plan('Task', 'code=x', reach).filter).toEqual({ $and: [reach, { 's.tok': 'code~x' }] });
    expect(plan('Task', '', reach).filter).toEqual(reach);
  });

  it.each<[string, string, Filter, SearchPlan['sort'], SearchPlan['order']]>([
    ['Task', '', {}, { lu: -1, _id: -1 }, 'index'],
    ['Task', 'code=x', {}, { 'k.modified': -1, _id: -1 }, 'index'],
    ['Task', '', { acc: 'h1' }, { 'k.modified': -1, _id: -1 }, 'index'],
    ['Task', '', { acc: { $in: Array.from({ length: 201 }, (_, i) => `h${i}`) } }, { lu: -1, _id: -1 }, 'index'],
    ['Task', 'authored-on=2026', {}, { lu: -1, _id: -1 }, 'index'],
    ['Task', '_id=1,2', {}, { _id: -1 }, 'index'],
    ['Task', 'code=x&_sort=modified', {}, { 'k.modified': 1, _id: 1 }, 'index'],
    ['Task', '_sort=modified', {}, { 'k.modified': 1, _id: 1 }, 'candidates'],
    ['Task', 'code=x&_sort=-_lastUpdated', {}, { lu: -1, _id: -1 }, 'candidates'],
    ['Task', '_sort=-_lastUpdated', {}, { lu: -1, _id: -1 }, 'index'],
    ['Task', '_sort=_id', {}, { _id: 1 }, 'index'],
    ['Task', 'code=x&_sort=-priority,modified', {}, { 'k.priority': -1, 'k.modified': 1, _id: 1 }, 'candidates'],
    ['Patient', 'identifier=x&_sort=-_lastUpdated', {}, { lu: -1, _id: -1 }, 'index'],
    ['Patient', `identifier=${Array.from({ length: 201 }, (_, i) => i).join(',')}`, {}, { lu: -1, _id: -1 }, 'index'],
  ])('%s?%s within %j is read in the order %j by %s', (type, query, reach, sort, order) => {
    const made = plan(type, query, reach);
    expect(Object.entries(made.sort)).toEqual(Object.entries(sort));
    expect(made.order).toBe(order);
  });

  it('tells the policy what is pinned', () => {
    const pins = (type: string, query: string): unknown =>
      searchPins(type, parseSearch(definitions, type, [...new URLSearchParams(query)]));
    expect(pins('Observation', 'patient=1,2')).toEqual({ patients: ['1', '2'], exactIdentifier: false });
    expect(pins('Patient', '_id=7')).toEqual({ patients: ['7'], exactIdentifier: false });
    expect(pins('Patient', `identifier=${SID.dni}|1`)).toEqual({ patients: [], exactIdentifier: true });
    expect(pins('Patient', `identifier=${SID.dni}|1,2`)).toEqual({ patients: [], exactIdentifier: false });
    expect(pins('Patient', `identifier=${SID.dni}|`)).toEqual({ patients: [], exactIdentifier: false });
    const stranger = (query: string): unknown => pins('Patient', query);
    expect(stranger(`identifier=${SID.dni}|1&birthdate=1990&name=ana`)).toMatchObject({ exactIdentifier: true });
    // Each of these would tell something that minimal demographics hide.
    expect(stranger(`identifier=${SID.dni}|1&general-practitioner=Organization/h1`)).toMatchObject({
      exactIdentifier: false,
    });
    expect(stranger(`identifier=${SID.dni}|1&phone=9999-1111`)).toMatchObject({ exactIdentifier: false });
    expect(stranger(`identifier=${SID.dni}|1&_tag=x`)).toMatchObject({ exactIdentifier: false });
    expect(stranger(`identifier=${SID.expediente}|1`)).toMatchObject({ exactIdentifier: false });
    expect(stranger(`identifier=${SID.dni}|1&identifier=${SID.expediente}|1`)).toMatchObject({
      exactIdentifier: false,
    });
    expect(stranger(`identifier=${`${SID.dni}|1,`.repeat(10)}${SID.dni}|1`)).toMatchObject({ exactIdentifier: false });
    // Of strangers no other number is shown.
    expect(stranger('identifier=http://example.org/seguro|1')).toMatchObject({ exactIdentifier: false });
    expect(stranger(`identifier=${SID.dni}|1,http://example.org/seguro|1`)).toMatchObject({ exactIdentifier: false });
    expect(pins('Observation', 'identifier=s|1')).toEqual({ patients: [], exactIdentifier: false });
  });
});

describe('search tables', () => {
  it('declare pairs and sort keys of parameters that exist', () => {
    const unknown = Object.entries(PAIRS).flatMap(([type, pairs]) =>
      pairs
        .flat()
        .filter(
          (code) => !['token', 'reference'].includes(searchableParameters(definitions, type).get(code)?.kind ?? ''),
        ),
    );
    const unsortable = definitions.resourceTypes.flatMap((type) =>
      extractedSortKeys(type).filter(({ param, ranks }) => {
        const kind = searchableParameters(definitions, type).get(param)?.kind;
        return ranks ? kind !== 'token' : kind !== 'date' && kind !== 'string';
      }),
    );
    expect([unknown, unsortable]).toEqual([[], []]);
  });

  it.each(definitions.resourceTypes.map((type) => [type]))(
    'give %s indexes of one array each, all but ranges ending in _id',
    (type) => {
      const indexes = searchIndexes(definitions, type);
      expect(new Set(indexes.map(({ name }) => name)).size).toBe(indexes.length);
      for (const { name, key } of indexes) {
        const arrays = new Set(Object.keys(key).flatMap((field) => /^(s\.\w+|acc)/.exec(field)?.[1] ?? []));
        expect(arrays.size).toBeLessThanOrEqual(1);
        if (name === 'tok') expect(Object.keys(key)).toEqual(['s.tok', mainSortField(type), '_id']);
      }
      // Those that hold few rows (the day, the waiting list, moves by hand, what is overdue) cost a write nothing where the field is absent.
      const small = new Set(['agenda', 'moved', 'escalated', 'awaited', 'incomplete', 'escalates', 'waiting']);
      const large = indexes.filter(({ name }) => !small.has(name));
      expect(large.length).toBeLessThanOrEqual(10);
    },
  );

  it('take the patient of a parameter `subject` for that of `patient` only where both are one element', () => {
    for (const type of definitions.resourceTypes) {
      const parameters = searchableParameters(definitions, type);
      const [patient, subject] = [parameters.get('patient'), parameters.get('subject')];
      if (patient && subject)
        expect(patient.paths.map(({ path }) => path)).toEqual(subject.paths.map(({ path }) => path));
    }
  });
});
