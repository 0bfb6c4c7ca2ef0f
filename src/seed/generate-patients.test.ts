import { describe, expect, it } from 'vitest';
import type { Patient, Resource, Task } from '@medplum/fhirtypes';
import { readDemoAccounts } from '../access/accounts.js';
import { SID } from '../config/canonical.js';
import { claimsOf } from '../fhir/claims.js';
import { loadDefinitions } from '../fhir/definitions/load-definitions.js';
import { patientOf } from '../fhir/patient-of.js';
import { referencesOf } from '../fhir/references.js';
import { createValidator } from '../fhir/validation/create-validator.js';
import { demandedProfiles } from '../referral/demanded-profiles.js';
import { EDGES } from '../referral/edges.js';
import { stateRow } from '../referral/states.js';
import { isLeg, stateOf } from '../referral/vocabulary.js';
import { workOf } from '../referral/work-scalars.js';
import { bucketOf } from '../store/ids.js';
import { catalogue } from './catalogue.js';
import { catalogueResources } from './catalogue-resources.js';
import { generateCharts, generatePatients, REFERENCE_DATE } from './generate-patients.js';
import type { Chart } from './history/chart.js';
import { drawReferralPlan, EMERGENCY_PATHS, ORDINARY_PATHS } from './history/referral-plan.js';
import { createRandom } from './random.js';

const definitions = loadDefinitions();
const validator = createValidator(definitions, { demandedProfiles });
const charts = [...generateCharts({ patients: 200, seed: 'test' })];
const all = charts.flatMap(({ resources }) => resources);
const of = <T extends Resource>(type: T['resourceType'], list: readonly Resource[] = all): T[] =>
  list.filter((resource): resource is T => resource.resourceType === type);
const people = of<Patient>('Patient');

describe('generatePatients', () => {
  it('gives the same bytes for the same seed and others for another seed', async () => {
    const text = async (seed: string): Promise<string> => {
      const parts: string[] = [];
      for await (const resources of generatePatients({ patients: 20, seed })) parts.push(JSON.stringify(resources));
      return parts.join('\n');
    };
    expect(await text('one')).toBe(await text('one'));
    expect(await text('one')).not.toBe(await text('two'));
  });

  it('does not depend on how many people come after', () => {
    const short = [...generateCharts({ patients: 5, seed: 'test' })];
    expect(JSON.stringify(short.map(({ resources }) => resources))).toBe(
      JSON.stringify(charts.slice(0, 5).map(({ resources }) => resources)),
    );
  });

  it('writes only valid records that claim the profiles of the guide', () => {
    for (const resource of all)
      expect({ id: resource.id, findings: validator.validate(resource) }).toEqual({ id: resource.id, findings: [] });
    expect(validator.validate({ ...people[0], gender: 'H' } as unknown as Resource)).not.toEqual([]);
    const profiled = new Set<string>(definitions.profiles.map(({ type }) => type));
    const silent = all.filter(({ resourceType, meta }) => profiled.has(resourceType) && !meta?.profile);
    expect(silent.map(({ resourceType, id }) => `${resourceType}/${id}`)).toEqual([]);
    expect(new Set(all.flatMap(({ meta }) => meta?.profile ?? [])).size).toBeGreaterThan(12);
  });

  it('refers to records of the same person and of the directory only', async () => {
    const directory = catalogueResources(await readDemoAccounts()).map(
      ({ resourceType, id }) => `${resourceType}/${id}`,
    );
    for (const { resources } of charts) {
      const known = new Set([...directory, ...resources.map(({ resourceType, id }) => `${resourceType}/${id}`)]);
      for (const resource of resources)
        for (const { reference } of referencesOf(resource)) expect(known).toContain(reference);
    }
  });

  it('puts every record into the compartment and the bucket of its person, with a custodian', () => {
    const ids = all.map(({ resourceType, id }) => `${resourceType}/${id}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { patientId, resources, custodians } of charts) {
      for (const resource of resources) {
        expect(patientOf(definitions, resource)).toBe(patientId);
        expect(bucketOf(resource.id)).toBe(bucketOf(patientId));
        expect(custodians.has(`${resource.resourceType}/${resource.id}`)).toBe(true);
      }
    }
  });

  it('dates nothing but appointments and due times after the reference moment, and nothing before birth', () => {
    for (const { resources } of charts) {
      const [person] = of<Patient>('Patient', resources);
      for (const { meta } of resources) {
        expect(meta?.lastUpdated! <= new Date(Date.parse(REFERENCE_DATE) + 2 * 86_400_000).toISOString()).toBe(true);
        if (person?.birthDate) expect(meta?.lastUpdated! >= person.birthDate).toBe(true);
      }
    }
  });

  it('writes referrals that have ended, of some departments, when asked for', () => {
    const options = { patients: 60, seed: 'ended', referralsEndedWithin: 200, departments: ['01', '10'] };
    const some = [...generateCharts(options)];
    const resources = some.flatMap((chart) => chart.resources);
    for (const resource of resources) expect(validator.validate(resource)).toEqual([]);
    expect(new Set(some.map(({ person }) => person.managingOrganization?.reference)).size).toBeGreaterThan(1);
    for (const { district, state } of of<Patient>('Patient', resources).flatMap(({ address }) => address ?? []))
      expect({ district, state }).toEqual({ district, state: expect.stringMatching(/^(Atlántida|Intibucá)$/) });
    const legs = of<Task>('Task', resources).filter(isLeg);
    expect(legs.length).toBeGreaterThan(50);
    for (const leg of legs) expect(stateRow(stateOf(leg)!).worklist).toEqual([]);
    const usual = [...generateCharts({ patients: 60, seed: 'ended' })].flatMap((chart) => chart.resources);
    expect(resources.length).toBeLessThan(usual.length);
  });

  it('writes 12 to 16 records a person, about 50 when asked for rich ones', () => {
    expect(all.length / charts.length).toBeGreaterThan(12);
    expect(all.length / charts.length).toBeLessThan(16);
    const rich = [...generateCharts({ patients: 40, seed: 'rich', rich: true })].flatMap(({ resources }) => resources);
    expect(rich.length / 40).toBeGreaterThan(40);
    expect(rich.length / 40).toBeLessThan(65);
  });
});

describe('people', () => {
  it('have DNI numbers of the national shape, none twice, in a range that no real year reaches', () => {
    const municipalities = new Set(catalogue.municipalities.map(({ code }) => code));
    const many = [...generateCharts({ patients: 1500, seed: 'dni' })].map(({ person }) => person);
    const numbers = many.flatMap(({ identifier }) => (identifier ?? []).filter(({ system }) => system === SID.dni));
    expect(numbers.length).toBeGreaterThan(1200);
    expect(new Set(numbers.map(({ value }) => value)).size).toBe(numbers.length);
    for (const { value = '' } of numbers) {
      expect(value).toMatch(/^\d{13}$/);
      expect(municipalities).toContain(value.slice(0, 4));
      expect(Number(value.slice(8))).toBeGreaterThanOrEqual(90_000);
    }
    const claims = many
      .flatMap((person) => claimsOf(person as Patient & { id: string }))
      .map(({ kind, value }) => `${kind} ${value}`);
    expect(new Set(claims).size).toBe(claims.length);
    const sameYear = many.filter(
      ({ birthDate, identifier }) => birthDate && identifier?.[0]?.value?.slice(4, 8) === birthDate.slice(0, 4),
    );
    expect(sameYear.length / numbers.length).toBeGreaterThan(0.8);
  });

  it('are of all kinds of identity, some with a mother, an interpreter, a disability, migration, far places', () => {
    const many = [...generateCharts({ patients: 1500, seed: 'kinds' })].map(({ person }) => person);
    const kinds = new Map<string, number>();
    const extensions = new Map<string, number>();
    for (const { extension = [] } of many)
      for (const { url, valueCode } of extension) {
        const name = url.split('/').at(-1) ?? '';
        extensions.set(name, (extensions.get(name) ?? 0) + 1);
        if (name === 'identity-kind') kinds.set(valueCode ?? '', (kinds.get(valueCode ?? '') ?? 0) + 1);
      }
    for (const kind of ['dni', 'pasaporte', 'rn', 'hijo-de', 'desconocido'])
      expect(kinds.get(kind) ?? 0).toBeGreaterThan(0);
    for (const name of [
      'mother',
      'pueblo',
      'disability',
      'migrant-status',
      'literacy',
      'hard-to-reach',
      'estimated-age',
      'patient-interpreterRequired',
    ])
      expect([name, (extensions.get(name) ?? 0) > 0]).toEqual([name, true]);
    const accented = many.filter(({ name }) => /[áéíóúñü]/i.test(name?.[0]?.text ?? ''));
    expect(accented.length).toBeGreaterThan(many.length / 3);
    const twoSurnames = many.filter(({ name }) => name?.[0]?.family?.includes(' '));
    expect(twoSurnames.length).toBeGreaterThan(many.length * 0.8);
  });
});

describe('referrals', () => {
  it('go only along edges of the state table', () => {
    const starts = new Set(EDGES.filter(({ from }) => from === 'draft').map(({ to }) => to));
    for (const { states } of [...ORDINARY_PATHS, ...EMERGENCY_PATHS]) {
      expect(starts).toContain(states[0]);
      for (const [index, to] of states.entries()) {
        const from = states[index - 1];
        if (from === undefined) continue;
        const edges = EDGES.filter((edge) =>
          from === 'redirected'
            ? edge.from === states[index - 2] && edge.oldLeg === 'redirected' && edge.to === to
            : edge.from === from && (edge.oldLeg ?? edge.to) === to,
        );
        expect([from, to, edges.length > 0]).toEqual([from, to, true]);
      }
    }
  });

  it('reach their states in order of time, none after the reference moment', () => {
    const reference = Date.parse(REFERENCE_DATE);
    for (let index = 0; index < 300; index += 1) {
      const { steps } = drawReferralPlan(createRandom(`plan ${index}`), reference);
      const times = steps.map(({ time }) => time);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      expect(times.at(-1)).toBeLessThanOrEqual(reference);
    }
  });

  it('stand in many states, with an owner of the work where the table names one', () => {
    const legs = of<Task>('Task').filter(isLeg);
    expect(new Set(legs.map(stateOf)).size).toBeGreaterThan(7);
    for (const leg of legs) expect(workOf(leg)?.state).toBe(stateOf(leg));
  });

  it('bring everything their people need: custodians of both sides', () => {
    const withReferral = charts.filter(({ resources }) => resources.some(isLeg));
    const custodians = (chart: Chart): number => new Set(chart.custodians.values()).size;
    expect(withReferral.length).toBeGreaterThan(40);
    expect(withReferral.filter((chart) => custodians(chart) > 1).length).toBeGreaterThan(withReferral.length / 3);
  });
});
