import { z } from 'zod';
import { readCatalogue } from './read-catalogue.js';

/** A municipality by its DDMM code. */
export interface Municipality {
  readonly code: string;
  readonly name: string;
  /** Two digits. */
  readonly department: string;
}

export interface Department {
  /** Two digits, `01` to `18`. */
  readonly code: string;
  readonly name: string;
}

const MUNICIPALITIES: readonly Municipality[] = readCatalogue(
  'municipalities',
  z.array(z.object({ code: z.string(), name: z.string(), department: z.string() })),
);

/** The 18 departments; regions 1 to 18 carry their names (domain-honduras 2.3). */
export const DEPARTMENTS: readonly Department[] = readCatalogue(
  'regions',
  z.array(z.object({ code: z.string(), name: z.string(), department: z.string() })),
)
  .filter(({ code, department }) => Number(code) === Number(department))
  .map(({ department, name }) => ({ code: department, name }));

const byCode = new Map(MUNICIPALITIES.map((one) => [one.code, one]));
const departments = new Map(DEPARTMENTS.map((one) => [one.code, one]));

/** Municipalities of a department in the order of their codes, the seat of the department first. */
export const municipalitiesOf = (department: string): readonly Municipality[] =>
  MUNICIPALITIES.filter((one) => one.department === department);

/** Names of the department and municipality of a DDMM code; undefined for an unknown code. */
export function placeNames(code: string): { readonly department: string; readonly municipality: string } | undefined {
  const found = byCode.get(code);
  const department = found && departments.get(found.department);
  return found && department ? { department: department.name, municipality: found.name } : undefined;
}

/** Code of the municipality with these names, as an Address holds them (`state`, `district`). */
export const municipalityCode = (
  department: string | undefined,
  municipality: string | undefined,
): string | undefined =>
  MUNICIPALITIES.find(({ name, department: of }) => name === municipality && departments.get(of)?.name === department)
    ?.code;
