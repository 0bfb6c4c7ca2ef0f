import { isSafeCriterion } from './safe-criterion.js';

/** One step of a path. */
export type PathStep =
  | { readonly kind: 'child'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'function'; readonly name: PathFunction; readonly argument: string };

const FUNCTIONS = ['first', 'last', 'single', 'where', 'ofType', 'extension'] as const;
export type PathFunction = (typeof FUNCTIONS)[number];

/** Longest path, characters. */
const MOST_TEXT = 1_000;

const NAME = /^(?:([A-Za-z_]\w*)|`([A-Za-z_]\w*)`)/;
const INDEX = /^\[\s*(\d{1,6})\s*\]/;

/** Position after the bracket that closes the one at the start; undefined when none does. Brackets in quotes do not count. */
function endOfArgument(text: string): number | undefined {
  let depth = 0;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote !== undefined) {
      if (sign === '\\') at += 1;
      else if (sign === quote) quote = undefined;
    } else if (sign === "'" || sign === '"' || sign === '`') quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function readStep(text: string): { step: PathStep; rest: string } | undefined {
  const index = INDEX.exec(text);
  if (index) return { step: { kind: 'index', index: Number(index[1]) }, rest: text.slice(index[0].length) };
  const named = NAME.exec(text);
  const name = named?.[1] ?? named?.[2];
  if (!named || name === undefined) return undefined;
  const rest = text.slice(named[0].length);
  if (!rest.startsWith('(')) return { step: { kind: 'child', name }, rest };
  const known = FUNCTIONS.find((one) => one === name);
  const end = known && endOfArgument(rest);
  if (!known || end === undefined) return undefined;
  const argument = rest.slice(1, end - 1).trim();
  if (known === 'where' && !isSafeCriterion(argument)) return undefined;
  return { step: { kind: 'function', name: known, argument }, rest: rest.slice(end) };
}

/**
 * Takes apart a path of FHIRPath Patch: elements, `[n]`, and the functions that choose among elements (`first` `last`
 * `single` `where` `ofType` `extension`): what can lead to a place in a resource
 * (https://hl7.org/fhir/R4/fhirpatch.html). Undefined for any other expression.
 */
export function pathSteps(path: string): readonly PathStep[] | undefined {
  if (path.length > MOST_TEXT) return undefined;
  const steps: PathStep[] = [];
  let rest = path.trim();
  while (rest !== '') {
    const read = readStep(rest);
    if (!read) return undefined;
    steps.push(read.step);
    rest = read.rest;
    if (rest.startsWith('.')) {
      rest = rest.slice(1);
      if (rest === '' || rest.startsWith('[')) return undefined;
    } else if (rest !== '' && !rest.startsWith('[')) return undefined;
  }
  return steps;
}
