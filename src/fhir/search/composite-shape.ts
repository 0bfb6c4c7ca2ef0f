import type { Definitions, SearchComponent } from '../definitions/definitions.js';
import { type CompiledPath, compilePath } from './compile-path.js';

/** Kinds that the second part of a composite may have; the first is a token. */
export type SecondKind = 'token' | 'reference' | 'string' | 'date' | 'quantity';

/** Where both parts of a composite stand: in one element, reached by `group`; the parts are relative to it. */
export interface CompositeGroup {
  readonly group: CompiledPath;
  readonly first: readonly CompiledPath[];
  readonly second: readonly CompiledPath[];
}

export interface CompositeShape {
  readonly groups: readonly CompositeGroup[];
  readonly second: SecondKind;
  /** Types that a reference in the second part may point to. */
  readonly targets: readonly string[];
}

/** Kind of search by the FHIR type of the values. */
const KIND_OF: Readonly<Record<string, SecondKind>> = {
  boolean: 'token',
  code: 'token',
  Coding: 'token',
  CodeableConcept: 'token',
  Reference: 'reference',
  string: 'string',
  dateTime: 'date',
  Period: 'date',
  Quantity: 'quantity',
};

/** A part's paths from the element on. */
function relative(
  definitions: Definitions,
  type: string,
  group: string,
  expression: string,
  steps: number,
): CompiledPath[] {
  const whole = expression
    .split(' | ')
    .map((branch) => `${group}.${branch}`)
    .join(' | ');
  const paths = compilePath(definitions, type, whole) ?? [];
  return paths.map((path) => ({ ...path, steps: path.steps.slice(steps) }));
}

/**
 * Compiles a composite parameter. The kinds of its parts follow from the types of their values: in R4's
 * DocumentReference `relationship` the named parameters are interchanged.
 * Undefined when it is no pair of a token and something that is searched.
 */
export function compositeShape(
  definitions: Definitions,
  type: string,
  expression: string,
  components: readonly SearchComponent[],
): CompositeShape | undefined {
  const [a, b, ...more] = components;
  if (!a || !b || more.length > 0) return undefined;
  const all = expression.split(' | ').flatMap((branch): CompositeGroup[] => {
    const [group] = compilePath(definitions, type, branch) ?? [];
    if (!group) return [];
    const part = ({ expression: inside }: SearchComponent): CompiledPath[] =>
      relative(definitions, type, branch, inside, group.steps.length);
    return [{ group, first: part(a), second: part(b) }];
  });
  const named = [...definitions.searchParameters(type).values()].filter(({ url }) =>
    components.some(({ definition }) => definition === url),
  );
  const declared = named.find(({ url }) => url === b.definition)?.type;
  const seconds = new Set(all.flatMap(({ second }) => second.map((path) => KIND_OF[path.type])));
  // Of an element with values of several kinds the kind of the named parameter is meant (R4 Group `characteristic-value`).
  const second = seconds.size === 1 ? [...seconds][0] : [...seconds].find((kind) => kind === declared);
  const groups = all.map((group) => ({
    ...group,
    second: group.second.filter((path) => KIND_OF[path.type] === second),
  }));
  const firstIsToken = groups.every(({ first }) => first.every((path) => KIND_OF[path.type] === 'token'));
  if (second === undefined || !firstIsToken) return undefined;
  return { groups, second, targets: [...new Set(named.flatMap(({ targets }) => targets))] };
}
