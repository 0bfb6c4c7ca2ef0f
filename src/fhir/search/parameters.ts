import { type FhirPathAtom, parseFhirPath } from '@medplum/core';
import type { Definitions } from '../definitions/definitions.js';
import { type CompiledPath, compilePath } from './compile-path.js';

/** Kinds of parameter that are indexed. */
export const SEARCH_KINDS = ['token', 'reference', 'string', 'date', 'uri'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** A search parameter of one type, ready to index and to ask. */
export interface SearchableParameter {
  readonly code: string;
  readonly kind: SearchKind;
  /** Types a reference may point to. */
  readonly targets: readonly string[];
  /** How to reach its values; `ast` when the expression needs an evaluator. */
  readonly paths: readonly CompiledPath[];
  readonly ast?: FhirPathAtom;
  /** True for tokens whose values have no system of their own (`code`, `boolean`): only `param~code` is indexed. */
  readonly systemless: boolean;
  /** True when a resource has at most one value. */
  readonly single: boolean;
}

/** Answered from the envelope, not from search values. */
const ENVELOPE: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);
/** R4 parameters whose meaning is not a comparison of values: full text, named queries, sound. */
const BEYOND_VALUES: ReadonlySet<string> = new Set(['_text', '_content', '_query', 'phonetic']);
const SYSTEMLESS_TYPES: ReadonlySet<string> = new Set(['code', 'boolean', 'string', 'id', 'uri', 'ContactPoint']);

const isKind = (type: string): type is SearchKind => (SEARCH_KINDS as readonly string[]).includes(type);

function load(definitions: Definitions, type: string): ReadonlyMap<string, SearchableParameter> {
  const result = new Map<string, SearchableParameter>();
  for (const { code, type: kind, expression, targets } of definitions.searchParameters(type).values()) {
    if (!isKind(kind) || !expression || ENVELOPE.has(code) || BEYOND_VALUES.has(code)) continue;
    const paths = compilePath(definitions, type, expression);
    result.set(code, {
      code,
      kind,
      targets,
      paths: paths ?? [],
      ...(paths ? {} : { ast: parseFhirPath(expression) }),
      systemless: paths ? paths.every((path) => SYSTEMLESS_TYPES.has(path.type)) : true,
      single: paths?.length === 1 && paths[0]?.single === true,
    });
  }
  return result;
}

const loaded = new WeakMap<Definitions, Map<string, ReadonlyMap<string, SearchableParameter>>>();

/**
 * Search parameters of a type that this server indexes, by code, from the R4 definitions; compiled once.
 * `_id` and `_lastUpdated` are not among them: the parser answers them from the envelope.
 */
export function searchableParameters(definitions: Definitions, type: string): ReadonlyMap<string, SearchableParameter> {
  const types = loaded.get(definitions) ?? new Map<string, ReadonlyMap<string, SearchableParameter>>();
  loaded.set(definitions, types);
  const known = types.get(type) ?? load(definitions, type);
  types.set(type, known);
  return known;
}
