import {
  AndAtom,
  DotAtom,
  EqualsAtom,
  type FhirPathAtom,
  FunctionAtom,
  ImpliesAtom,
  InAtom,
  LiteralAtom,
  NotEqualsAtom,
  OrAtom,
  SymbolAtom,
  UnionAtom,
  XorAtom,
} from '@medplum/core';
import { hasDisjointCodings, OBS_7 } from './disjoint-codings.js';

type Atom = FhirPathAtom['child'];
type Json = Readonly<Record<string, unknown>>;
type Collection = readonly unknown[];

/** A boolean, `null` for FHIRPath's empty result, undefined when only the full evaluation can tell. */
type Truth = boolean | null | undefined;
type Question = (input: Collection) => Truth;
/** Values of a path; undefined when only the full evaluation can tell. */
type Way = (input: Collection) => Collection | undefined;

/** What the names in an invariant stand for in JSON. */
export interface ElementNames {
  /**
   * Members of an element of the type that the invariant stands on, several for a choice (`valueQuantity`, ...); undefined
   * when it has no such element. Absent below that type.
   */
  readonly membersOf?: (name: string) => readonly string[] | undefined;
  /** Names that are a choice in some type: where the type is not known, neither is the member. */
  readonly choices: ReadonlySet<string>;
}

function isFilled(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== null && value !== '';
  for (const _key in value) return true;
  return false;
}

const STRANGE = Symbol('strange');

function symbolWay(name: string, { membersOf, choices }: ElementNames): Way | undefined {
  // variables, `$this`, and names of types
  if (!/^[a-z]\w*$/.test(name)) return undefined;
  const members = membersOf ? membersOf(name) : choices.has(name) ? undefined : [name];
  if (!members) return undefined;
  const companions = members.map((member) => `_${member}`);
  /** Value of one object; `STRANGE` when only the full evaluation can tell. */
  const valueIn = (record: Json): unknown => {
    let first = -1;
    for (let index = 0; index < members.length; index += 1)
      if (record[members[index]!] !== undefined) {
        if (first >= 0) return STRANGE;
        first = index;
      }
    const value = first < 0 ? undefined : record[members[first]!];
    // a value that is there by its extensions only, and arrays that have some, follow rules of their own
    for (let index = 0; index < companions.length; index += 1)
      if (record[companions[index]!] !== undefined && (index !== first || Array.isArray(value))) return STRANGE;
    return value;
  };
  return (input) => {
    const found: unknown[] = [];
    for (const item of input) {
      if (typeof item !== 'object' || item === null) return undefined;
      const value = valueIn(item as Json);
      if (value === STRANGE) return undefined;
      if (value === undefined) continue;
      for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (!isFilled(one)) return undefined;
        found.push(one);
      }
    }
    return found;
  };
}

function whereWay(criteria: Atom, { choices }: ElementNames): Way | undefined {
  const question = questionOf(criteria, { choices });
  return (
    question &&
    ((input) => {
      const kept: unknown[] = [];
      for (const item of input) {
        const truth = question([item]);
        if (truth === undefined) return undefined;
        if (truth) kept.push(item);
      }
      return kept;
    })
  );
}

/** Keeps nothing of nothing, whatever it asks: most rules speak of elements that are not there. */
const nothingOfNothing: Way = (input) => (input.length === 0 ? input : undefined);

function wayOf(atom: Atom, names: ElementNames): Way | undefined {
  if (atom instanceof SymbolAtom) return symbolWay(atom.name, names);
  if (atom instanceof FunctionAtom && atom.name === 'where' && atom.args[0]) return whereWay(atom.args[0], names);
  if (!(atom instanceof DotAtom)) return undefined;
  const left = wayOf(atom.left, names);
  const propagates = !(atom.right instanceof FunctionAtom) || atom.right.name === 'where';
  const right = wayOf(atom.right, { choices: names.choices }) ?? (propagates ? nothingOfNothing : undefined);
  if (!left || !right) return undefined;
  return (input) => {
    const found = left(input);
    return found && right(found);
  };
}

const literalsOf = (atom: Atom): readonly unknown[] | undefined => {
  if (atom instanceof LiteralAtom) return [atom.value.value as unknown];
  if (!(atom instanceof UnionAtom)) return undefined;
  const [left, right] = [literalsOf(atom.left), literalsOf(atom.right)];
  return left && right && [...left, ...right];
};

/** `path = 'text'` and `path in ('text' | 'text')`; only single texts are compared here. */
function comparison(path: Atom, texts: Atom, names: ElementNames): Question | undefined {
  const way = wayOf(path, names);
  const literals = literalsOf(texts);
  if (!way || !literals?.every((literal) => typeof literal === 'string')) return undefined;
  return (input) => {
    const found = way(input);
    if (found?.length === 0) return null;
    return found?.length === 1 && typeof found[0] === 'string' ? literals.includes(found[0]) : undefined;
  };
}

const not = (truth: Truth): Truth => (typeof truth === 'boolean' ? !truth : truth);

type Connective = (left: boolean | null, right: boolean | null) => boolean | null;
const both: Connective = (left, right) => (left === false || right === false ? false : left && right);
const either: Connective = (left, right) => (left || right ? true : left === false && right === false ? false : null);
const unlike: Connective = (left, right) => (left === null || right === null ? null : left !== right);
/** Three-valued logic of FHIRPath 6.5: https://hl7.org/fhirpath/N1/#boolean-logic */
const CONNECTIVES: readonly (readonly [abstract new (...args: never[]) => Atom, Connective])[] = [
  [AndAtom, both],
  [OrAtom, either],
  [XorAtom, unlike],
  [
    ImpliesAtom,
    (left, right) => (left === false || right === true ? true : left === null || right === null ? null : false),
  ],
];

function connected(atom: Atom, names: ElementNames): Question | undefined {
  const [, connective] = CONNECTIVES.find(([kind]) => atom instanceof kind) ?? [];
  const { left, right } = atom as AndAtom;
  const [first, second] = connective ? [questionOf(left, names), questionOf(right, names)] : [];
  if (!connective || !first || !second) return undefined;
  return (input) => {
    const [one, other] = [first(input), second(input)];
    // both sides are asked for: the full evaluation looks at both, and may fail at either
    return one === undefined || other === undefined ? undefined : connective(one, other);
  };
}

function questionOf(atom: Atom, names: ElementNames): Question | undefined {
  if (atom instanceof DotAtom && atom.right instanceof FunctionAtom && atom.right.args.length === 0) {
    const { name } = atom.right;
    if (name === 'not') {
      const inner = questionOf(atom.left, names);
      return inner && ((input) => not(inner(input)));
    }
    const way = name === 'exists' || name === 'empty' ? wayOf(atom.left, names) : undefined;
    return (
      way &&
      ((input) => {
        const found = way(input);
        return found && found.length > 0 === (name === 'exists');
      })
    );
  }
  if (atom instanceof EqualsAtom || atom instanceof InAtom) return comparison(atom.left, atom.right, names);
  if (atom instanceof NotEqualsAtom) {
    const same = comparison(atom.left, atom.right, names);
    if (same) return (input) => not(same(input));
    const [left, right] = [questionOf(atom.left, names), questionOf(atom.right, names)];
    return (
      left &&
      right &&
      ((input) => {
        const [one, other] = [left(input), right(input)];
        return typeof one === 'boolean' && typeof other === 'boolean' ? one !== other : undefined;
      })
    );
  }
  return connected(atom, names);
}

/**
 * Answers an invariant from what is and is not there, without evaluating it as FHIRPath: `exists`, `empty`, `not`, `where`,
 * texts that are compared, and what connects them. That settles most invariants of most resources at a fraction of the cost.
 * @param invariant parsed FHIRPath
 * @returns a question to one value: holds (true), broken (false), or undefined: evaluate it; undefined when it never can tell
 */
export function provenInvariant(
  invariant: FhirPathAtom,
  names: ElementNames,
): ((value: unknown) => boolean | undefined) | undefined {
  const question = questionOf(invariant.child, names);
  const known = invariant.original === OBS_7 ? hasDisjointCodings : undefined;
  if (!question && !known) return undefined;
  return (value) => {
    const settled = known?.(value);
    const truth = settled ?? question?.([value]);
    return truth === undefined ? undefined : truth === true;
  };
}
