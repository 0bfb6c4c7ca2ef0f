import type { Resource } from '@medplum/fhirtypes';
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4/index.js';

/**
 * A search parameter's expression as an engine understands it that knows neither other resources nor R4's loose use of
 * `as` on lists: "resolves to a T" is told from the reference, `as` means every value of the type.
 */
export const strictExpression = (expression: string): string =>
  expression
    .replace(/\((\w[\w.]*) as (\w+)\)/g, '($1.ofType($2))')
    .replace(/\.as\((\w+)\)/g, '.ofType($1)')
    .replace(
      /resolve\(\) is (\w+)/g,
      // A function: `$'` has a meaning in a replacement text.
      (_whole, type: string) =>
        `(reference.exists() and reference.matches('(^|/)${type}/[^/]+(/_history/[^/]+)?$')) or (reference.empty() and type = '${type}')`,
    );

type Evaluate = (resource: Resource) => unknown[];
const compiled = new Map<string, readonly Evaluate[]>();

/** The branches of a union, each on its own: the engine's union compares quantities, which fails with a comparator. */
const compile = (expression: string): readonly Evaluate[] =>
  strictExpression(expression)
    .split(' | ')
    .map((branch) => fhirpath.compile(branch, model) as unknown as Evaluate);

/** Values that npm `fhirpath` finds for the expression of a search parameter; the same value may come twice. */
export function oracleValues(expression: string, resource: Resource): unknown[] {
  const branches = compiled.get(expression) ?? compile(expression);
  compiled.set(expression, branches);
  return branches.flatMap((evaluate) => evaluate(resource));
}
