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
const compiled = new Map<string, Evaluate>();

/** Values that npm `fhirpath` finds for the expression of a search parameter, in its own order, without repeats. */
export function oracleValues(expression: string, resource: Resource): unknown[] {
  const known = compiled.get(expression);
  if (known) return known(resource);
  const evaluate = fhirpath.compile(strictExpression(expression), model) as unknown as Evaluate;
  compiled.set(expression, evaluate);
  return evaluate(resource);
}
