import { type FhirPathAtom, parseFhirPath } from '@medplum/core';
import type { Definitions, SearchParameterDefinition } from '../definitions/definitions.js';
import { type CompositeShape, compositeShape } from './composite-shape.js';
import { type CompiledPath, compilePath } from './compile-path.js';
import { findUnions } from './unions.js';

/** Kinds of parameter that are indexed. */
export const SEARCH_KINDS = ['token', 'reference', 'string', 'date', 'number', 'quantity', 'uri', 'composite'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** A search parameter of one type, ready to index and to ask. */
export interface SearchableParameter {
  readonly code: string;
  readonly kind: SearchKind;
  /** Types a reference may point to, of those served; empty when none is. */
  readonly targets: readonly string[];
  /** How to reach its values; `ast` when the expression needs an evaluator. */
  readonly paths: readonly CompiledPath[];
  readonly ast?: FhirPathAtom;
  /** True for tokens whose values have no system of their own (`code`, `boolean`): only `param~code` is indexed. */
  readonly systemless: boolean;
  /** True when a resource has at most one value. */
  readonly single: boolean;
  /** Its parts, when it is a composite. */
  readonly composite?: CompositeShape;
  /** Parameters that have all of its values between them: it is asked as those and not indexed itself. */
  readonly union?: readonly string[];
}

/** Answered from the envelope, not from search values. */
const ENVELOPE: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);
/** R4 parameters whose meaning is not a comparison of values: full text, named queries, sound. */
const BEYOND_VALUES: ReadonlySet<string> = new Set(['_text', '_content', '_query', 'phonetic']);
const SYSTEMLESS_TYPES: ReadonlySet<string> = new Set(['code', 'boolean', 'string', 'id', 'uri', 'ContactPoint']);

const isKind = (type: string): type is SearchKind => (SEARCH_KINDS as readonly string[]).includes(type);

/** The value comes with no code system: FHIR types `code`, `boolean` and the like. */
export const isSystemless = (paths: readonly CompiledPath[]): boolean =>
  paths.every((path) => SYSTEMLESS_TYPES.has(path.type));

function compile(
  definitions: Definitions,
  type: string,
  row: SearchParameterDefinition,
): SearchableParameter | undefined {
  const { code, type: kind, expression, targets, components = [] } = row;
  if (!isKind(kind) || !expression || ENVELOPE.has(code) || BEYOND_VALUES.has(code)) return undefined;
  if (kind === 'composite') {
    const composite = compositeShape(definitions, type, expression, components);
    return composite && { code, kind, targets, paths: [], systemless: false, single: false, composite };
  }
  const paths = compilePath(definitions, type, expression);
  return {
    code,
    kind,
    targets,
    paths: paths ?? [],
    ...(paths ? {} : { ast: parseFhirPath(expression) }),
    systemless: paths ? isSystemless(paths) : true,
    single: paths?.length === 1 && paths[0]?.single === true,
  };
}

function load(definitions: Definitions, type: string): ReadonlyMap<string, SearchableParameter> {
  const rows = [...definitions.searchParameters(type).values()];
  const compiled = rows.flatMap((row) => compile(definitions, type, row) ?? []);
  const unions = findUnions(type, compiled);
  return new Map(
    compiled.map((parameter) => {
      const union = unions.get(parameter.code);
      return [parameter.code, union ? { ...parameter, union } : parameter];
    }),
  );
}

const loaded = new WeakMap<Definitions, Map<string, ReadonlyMap<string, SearchableParameter>>>();

/**
 * Search parameters of a type that this server indexes, by code, from the R4 definitions and the national guide; compiled
 * once. `_id` and `_lastUpdated` are not among them: the parser answers them from the envelope.
 */
export function searchableParameters(definitions: Definitions, type: string): ReadonlyMap<string, SearchableParameter> {
  const types = loaded.get(definitions) ?? new Map<string, ReadonlyMap<string, SearchableParameter>>();
  loaded.set(definitions, types);
  const known = types.get(type) ?? load(definitions, type);
  types.set(type, known);
  return known;
}
