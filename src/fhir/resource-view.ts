import type { Definitions } from './definitions/definitions.js';
import { badValue } from './search/parse-values.js';

/** How much of a resource is shown (FHIR R4 search, 3.1.1.5.8 and 3.1.1.5.9). */
export interface ResourceView {
  /** `true`: elements that the definition marks as summary; `text`: the narrative; `data`: all but the narrative. */
  readonly summary?: 'true' | 'text' | 'data';
  /** Names of elements at the root, choices without their type (`deceased`). */
  readonly elements?: readonly string[];
}

const SUMMARIES = ['true', 'text', 'data'] as const;
const OTHER_SUMMARIES = ['count', 'false'] as const;

const isSummary = (value: string): value is (typeof SUMMARIES)[number] =>
  (SUMMARIES as readonly string[]).includes(value);

const rootNames = (definitions: Definitions, type: string): ReadonlySet<string> =>
  new Set(
    (definitions.structure(type)?.snapshot?.element ?? []).flatMap(({ path }) =>
      path.split('.').length === 2 ? [path.slice(type.length + 1).replace('[x]', '')] : [],
    ),
  );

function parseElements(definitions: Definitions, type: string, value: string): readonly string[] {
  const known = rootNames(definitions, type);
  const names = value.split(',').map((name) => name.trim().replace(/\[x\]$/, ''));
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw badValue('_elements', value, {
      es: `${type} no tiene el elemento «${unknown}»`,
      en: `${type} has no element "${unknown}"`,
    });
  return names;
}

function single(query: readonly (readonly [string, string])[], name: string): string | undefined {
  const values = query.filter(([parameter]) => parameter === name).map(([, value]) => value);
  if (values.length > 1) throw badValue(name, values.join(), { es: 'se repite', en: 'it is given twice' });
  return values[0];
}

/**
 * Reads `_summary` and `_elements` of a request; undefined when resources are shown whole.
 * @param forms.count true where `_summary=count` is an answer: a search, not a read
 * @throws ServiceError 400 `parameter-value` for other values, names that are no elements of the type, and for both at once
 */
export function parseView(
  definitions: Definitions,
  type: string,
  query: readonly (readonly [string, string])[],
  forms: { readonly count: boolean },
): ResourceView | undefined {
  const asked = single(query, '_summary');
  const elements = single(query, '_elements');
  const others: readonly string[] = OTHER_SUMMARIES.filter((form) => form !== 'count' || forms.count);
  if (asked !== undefined && !isSummary(asked) && !others.includes(asked)) {
    const allowed = [...SUMMARIES, ...others].join(', ');
    throw badValue('_summary', asked, { es: `se admite ${allowed}`, en: `allowed: ${allowed}` });
  }
  const summary = asked !== undefined && isSummary(asked) ? asked : undefined;
  if (elements === undefined) return summary && { summary };
  if (summary) throw badValue('_summary', summary, { es: 'no va con _elements', en: 'it does not go with _elements' });
  return { elements: parseElements(definitions, type, elements) };
}
