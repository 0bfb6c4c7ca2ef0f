import type { Resource } from '@medplum/fhirtypes';
import type { Definitions } from './definitions/definitions.js';
import { localTarget } from './references.js';

/**
 * Types that R4's CompartmentDefinition leaves out although here they hold one person's data:
 * path of the element that names the patient.
 */
const ADDED_PATHS: Readonly<Record<string, readonly string[]>> = {
  Task: ['for'],
  Binary: ['securityContext'],
  Bundle: ['entry.resource.subject'],
  Provenance: ['target'],
};

/** Types that the compartment names for each of several people: such a resource is nobody's own record. */
const OF_MANY: ReadonlySet<string> = new Set(['Group']);

const MAIN: ReadonlySet<string> = new Set(['patient', 'subject']);
const mainFirst = (a: string, b: string): number => Number(MAIN.has(b)) - Number(MAIN.has(a));

const pathsByDefinitions = new WeakMap<Definitions, Map<string, readonly (readonly string[])[]>>();

/** Paths that may name the patient: from the compartment's search parameters, the main ones first. */
function patientPaths(definitions: Definitions, type: string): readonly (readonly string[])[] {
  const known = pathsByDefinitions.get(definitions) ?? new Map<string, readonly (readonly string[])[]>();
  pathsByDefinitions.set(definitions, known);
  const cached = known.get(type);
  if (cached) return cached;
  const parameters = definitions.searchParameters(type);
  const inCompartment = OF_MANY.has(type) ? [] : definitions.patientCompartment(type);
  const fromCompartment = [...inCompartment]
    .sort(mainFirst)
    .flatMap((code) => (parameters.get(code)?.expression ?? '').split('|'))
    .map((branch) => branch.trim().replace(/\.where\(resolve\(\) is \w+\)$/, ''))
    .filter((branch) => /^[\w.]+$/.test(branch))
    .map((branch) => branch.split('.').slice(1));
  const paths = [...(ADDED_PATHS[type] ?? []).map((path) => path.split('.')), ...fromCompartment];
  known.set(type, paths);
  return paths;
}

function referencesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesAt(item, path));
  if (value === null || typeof value !== 'object') return [];
  const [head, ...rest] = path;
  if (head !== undefined) return referencesAt((value as Record<string, unknown>)[head], rest);
  const { reference } = value as { reference?: unknown };
  return typeof reference === 'string' ? [reference] : [];
}

/**
 * Text of the reference that puts a resource into a patient's compartment: `Patient/id` (absolute too when `baseUrl` is
 * given), or a `urn:uuid:` for which `isPatientUrn` answers yes (inside a transaction). Undefined when there is none.
 */
export function patientReferenceOf(
  definitions: Definitions,
  resource: Resource,
  isPatientUrn: (urn: string) => boolean = () => false,
  baseUrl?: string,
): string | undefined {
  for (const path of patientPaths(definitions, resource.resourceType)) {
    const found = referencesAt(resource, path).find(
      (reference) => localTarget(reference, baseUrl)?.type === 'Patient' || isPatientUrn(reference),
    );
    if (found) return found;
  }
  return undefined;
}

/** Patient id of the compartment a resource belongs to; undefined for directory resources. */
export function patientOf(definitions: Definitions, resource: Resource, baseUrl?: string): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  const reference = patientReferenceOf(definitions, resource, undefined, baseUrl);
  return reference === undefined ? undefined : localTarget(reference, baseUrl)?.id;
}

/** True for types whose resources belong to a patient, the Patient itself included. */
export const isInPatientCompartment = (definitions: Definitions, type: string): boolean =>
  type === 'Patient' || patientPaths(definitions, type).length > 0;
