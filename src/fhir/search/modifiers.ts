import type { SearchableParameter, SearchKind } from './parameters.js';

/** Modifiers of search parameters (FHIR R4 search, 3.1.1.4.4); `[type]` stands for the name of a resource type. */
export type Modifier =
  | 'missing'
  | 'exact'
  | 'contains'
  | 'not'
  | 'text'
  | 'in'
  | 'not-in'
  | 'of-type'
  | 'above'
  | 'below'
  | 'identifier'
  | '[type]';

interface ModifierRow {
  readonly modifier: Modifier;
  /** FHIR types of the values without which it has no meaning; any when absent. */
  readonly types?: readonly string[];
}

const CODED = ['Coding', 'CodeableConcept'];

/** Which modifiers a kind of parameter takes: the one place that the parser, the CapabilityStatement and the tests read. */
export const MODIFIERS: Readonly<Record<SearchKind, readonly ModifierRow[]>> = {
  token: [
    { modifier: 'missing' },
    { modifier: 'not' },
    { modifier: 'text', types: [...CODED, 'Identifier'] },
    { modifier: 'in', types: [...CODED, 'code'] },
    { modifier: 'not-in', types: [...CODED, 'code'] },
    { modifier: 'above', types: CODED },
    { modifier: 'below', types: CODED },
    { modifier: 'of-type', types: ['Identifier'] },
  ],
  reference: [
    { modifier: 'missing' },
    { modifier: 'identifier', types: ['Reference'] },
    { modifier: '[type]', types: ['Reference'] },
  ],
  string: [{ modifier: 'missing' }, { modifier: 'exact' }, { modifier: 'contains' }],
  date: [{ modifier: 'missing' }],
  number: [{ modifier: 'missing' }],
  quantity: [{ modifier: 'missing' }],
  uri: [{ modifier: 'missing' }, { modifier: 'above' }, { modifier: 'below' }],
  // R4: `:missing` is for all parameters "except combinations".
  composite: [],
};

/** Kinds whose values take a comparison prefix (`ge2026`). */
export const COMPARED_KINDS: ReadonlySet<SearchKind> = new Set(['date', 'number', 'quantity']);

/** Modifiers that one parameter takes, as its kind and the types of its values allow. */
export function modifiersOf({ kind, paths, targets }: SearchableParameter): readonly Modifier[] {
  return MODIFIERS[kind].flatMap(({ modifier, types }) => {
    const meant = types === undefined || paths.some(({ type }) => types.includes(type));
    return meant && (modifier !== '[type]' || targets.length > 0) ? [modifier] : [];
  });
}

/** The modifier of a parameter as asked; undefined when it takes no such one. The name of a target type is `[type]`. */
export function readModifier(parameter: SearchableParameter, asked: string): Modifier | undefined {
  const allowed = modifiersOf(parameter);
  const plain = allowed.find((modifier) => modifier === asked && modifier !== '[type]');
  return plain ?? (allowed.includes('[type]') && parameter.targets.includes(asked) ? '[type]' : undefined);
}
