/** Functions that a criterion may call: none takes a pattern, makes new collections or evaluates an expression per item but `exists`. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  'exists',
  'empty',
  'not',
  'first',
  'last',
  'count',
  'startsWith',
  'endsWith',
  'contains',
  'ofType',
  'is',
  'as',
  'hasValue',
]);
/** Operators that are words may stand before a bracket. */
const OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'xor', 'implies', 'in', 'div', 'mod']);

const TEXT = /'(?:[^'\\]|\\.)*'/gs;
/**
 * What may stand outside of texts: no quotes or backticks, which hide names; no `|`, whose cost is the square of what it
 * joins; no `&` and `+`, which make a long text of many; no `%`, for the engine's variables lead out of the element.
 */
const SIGNS = /^[\w\s.,()[\]{}=!~<>\-*/$@:]*$/;
const COMMENT = /\/[/*]/;
const CALL = /([A-Za-z_]\w*)\s*\(/g;

/**
 * May a criterion of `where()` be given to the FHIRPath engine, which has no limits of its own? A list of what is allowed:
 * comparisons and a few functions whose cost grows with the element alone.
 * @param criterion FHIRPath text
 */
export function isSafeCriterion(criterion: string): boolean {
  const bare = criterion.replace(TEXT, ' 0 ');
  if (!SIGNS.test(bare) || COMMENT.test(bare)) return false;
  return [...bare.matchAll(CALL)].every(([, name = '']) => FUNCTIONS.has(name) || OPERATORS.has(name));
}
