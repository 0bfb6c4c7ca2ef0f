import { describe, expect, it } from 'vitest';
import { readDemoAccounts } from '../access/accounts.js';
import { codeSystemUrl } from '../config/canonical.js';
import { loadDefinitions } from '../fhir/definitions/load-definitions.js';
import { referencesOf } from '../fhir/references.js';
import { createValidator } from '../fhir/validation/create-validator.js';
import { catalogue } from './catalogue.js';
import { FACILITY_TYPES } from './catalogue-schema.js';
import { catalogueResources } from './catalogue-resources.js';
import { facilityByAlias, organizationByAlias } from './find-facility.js';

const definitions = loadDefinitions();
const codes = <T extends { readonly code: string }>(list: readonly T[]): string[] => list.map(({ code }) => code);
const twice = (list: readonly string[]): string[] => list.filter((item, index) => list.indexOf(item) !== index);

/** Luhn check digit, as LOINC defines it for its codes (LOINC Users' Guide, appendix). */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

describe('geography', () => {
  it('has the 20 sanitary regions and the 298 municipalities of 18 departments', () => {
    expect(codes(catalogue.regions)).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
    expect(catalogue.municipalities).toHaveLength(298);
    expect(new Set(catalogue.municipalities.map(({ department }) => department)).size).toBe(18);
    expect(twice(codes(catalogue.municipalities))).toEqual([]);
    for (const { code, department } of catalogue.municipalities) expect(code.slice(0, 2)).toBe(department);
    expect(catalogue.municipalities.filter(({ head }) => head)).toHaveLength(18);
  });

  it('gives every facility the region its municipality belongs to', () => {
    for (const { municipality, region } of catalogue.facilities) {
      const found = catalogue.regions.filter(
        ({ department, only, excludes }) =>
          municipality.startsWith(department) &&
          (only ? only.includes(municipality) : !excludes?.includes(municipality)),
      );
      expect(codes(found)).toEqual([region]);
    }
  });
});

describe('facilities', () => {
  it('are at least 80, in all regions, of all seven types, with unique codes and aliases', () => {
    const { facilities } = catalogue;
    expect(facilities.length).toBeGreaterThanOrEqual(80);
    expect(new Set(facilities.map(({ region }) => region)).size).toBe(20);
    expect(new Set(facilities.map(({ type }) => type))).toEqual(new Set(Object.keys(FACILITY_TYPES)));
    expect(twice(facilities.map(({ rups }) => rups))).toEqual([]);
    expect(twice(facilities.flatMap(({ alias }) => alias ?? []))).toEqual([]);
  });

  it('name networks, municipalities, specialties and schedules that exist', () => {
    const networks = new Map(catalogue.networks.map((network) => [network.alias, network]));
    const municipalities = new Set(codes(catalogue.municipalities));
    const specialties = new Set(codes(catalogue.specialties));
    for (const facility of catalogue.facilities) {
      expect(networks.get(facility.network)?.region).toBe(facility.region);
      expect(municipalities).toContain(facility.municipality);
      for (const [specialty, hours] of Object.entries(facility.services)) {
        expect(specialties).toContain(specialty);
        expect(Object.keys(catalogue.schedules)).toContain(hours);
      }
    }
  });

  it('show which codes, names and phones are of the demonstration', () => {
    const official = catalogue.facilities.filter((facility) => facility.official);
    expect(official.map(({ rups, region }) => [rups, region])).toEqual([['8753', '10']]);
    for (const { official: real, rups, phone } of catalogue.facilities) {
      if (!real) expect(rups).toMatch(/^99\d{5}$/);
      expect(phone).toMatch(/^\+504 0000-\d{4}$/);
    }
  });

  it('have the level and the display of their type in the guide', () => {
    for (const { type, level } of catalogue.facilities) expect(level).toBe(/^(hospital|instituto)/.test(type) ? 2 : 1);
    for (const [type, display] of Object.entries(FACILITY_TYPES))
      expect(definitions.display(codeSystemUrl('facility-type'), type)).toBe(display);
    for (const { code, display } of catalogue.specialties)
      expect(definitions.display(codeSystemUrl('specialty'), code)).toBe(display);
  });

  it('answer to the demonstration aliases', () => {
    const types = ['uaps1', 'cis1', 'policlinico1', 'hosp1', 'hosp2', 'hosp3'].map(
      (alias) => facilityByAlias(alias)?.type,
    );
    expect(types).toEqual([
      'uaps',
      'cis',
      'policlinico',
      'hospital-general',
      'hospital-especialidades',
      'hospital-basico',
    ]);
    expect(organizationByAlias('red1')?.members).toContain(organizationByAlias('uaps1')?.id);
    expect(organizationByAlias('red1')?.members).toContain(organizationByAlias('hosp1')?.id);
    expect(organizationByAlias('region10')?.members).toContain(organizationByAlias('hosp3')?.id);
    expect(organizationByAlias('nowhere')).toBeUndefined();
  });
});

describe('clinical catalogues', () => {
  it('hold CIE-10 codes once, with specialties that exist', () => {
    const specialties = new Set(codes(catalogue.specialties));
    expect(catalogue.diagnoses.length).toBeGreaterThanOrEqual(200);
    expect(twice(codes(catalogue.diagnoses))).toEqual([]);
    for (const { specialty } of catalogue.diagnoses) expect(specialties).toContain(specialty);
  });

  it('hold LOINC codes with a right check digit, units and ranges', () => {
    expect(twice(codes(catalogue.laboratory))).toEqual([]);
    for (const { code, kind, unit, range } of catalogue.laboratory) {
      const [digits = '', check] = code.split('-');
      expect(`${code} ${checkDigit(digits)}`).toBe(`${code} ${check}`);
      expect(kind === 'quantity').toBe(unit !== undefined && range !== undefined);
      if (range) expect(range.male[0]).toBeLessThan(range.male[1]);
    }
  });

  it('name vaccines as the guide does', () => {
    for (const { code, display } of catalogue.vaccines.schedule)
      expect(definitions.display(codeSystemUrl('vacuna'), code)).toBe(display);
  });

  it('give medicines for diagnoses that exist', () => {
    const diagnoses = codes(catalogue.diagnoses);
    for (const { for: beginnings } of catalogue.medications)
      for (const beginning of beginnings) expect(diagnoses.some((code) => code.startsWith(beginning))).toBe(true);
  });

  it('name peoples and languages that the guide knows', () => {
    const { peoples, languages } = catalogue.population;
    const named = [
      ...Object.values(peoples).flatMap((shares) => Object.keys(shares)),
      ...Object.keys(languages),
      ...Object.keys(catalogue.names.byPeople),
    ];
    for (const people of named) expect(definitions.display(codeSystemUrl('pueblo'), people)).toBeDefined();
  });
});

describe('catalogueResources', () => {
  it('are valid, unique, and refer to each other only', async () => {
    const resources = catalogueResources(await readDemoAccounts());
    const validator = createValidator(definitions);
    const names = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
    const known = new Set(names);
    expect(known.size).toBe(names.length);
    for (const resource of resources) {
      expect(validator.validate(resource)).toEqual([]);
      for (const { reference } of referencesOf(resource)) expect(known).toContain(reference);
      // Regions and networks are Organizations above the facilities; Practitioner has no profile in the guide.
      if (!['Organization', 'Practitioner'].includes(resource.resourceType))
        expect(resource.meta?.profile).toHaveLength(1);
    }
  });

  it('have a post for every account of health personnel and for every role a system acts in', async () => {
    const accounts = await readDemoAccounts();
    const roles = catalogueResources(accounts).filter(({ resourceType }) => resourceType === 'PractitionerRole');
    const names = new Set(
      roles.flatMap((role) =>
        'identifier' in role && Array.isArray(role.identifier) ? role.identifier.map(({ value }) => value) : [],
      ),
    );
    for (const { name, kind, facility, actsAs = [] } of accounts) {
      if (kind === 'person' && facility) expect(names).toContain(name);
      for (const acted of actsAs) expect(names).toContain(`${acted}.${facility}`);
    }
  });
});
