import type { Definitions } from '../definitions/definitions.js';
import type { CompositeShape } from './composite-shape.js';
import { splitEscaped } from './escapes.js';
import { isSystemless, type SearchableParameter } from './parameters.js';
import { parseQuantity } from './parse-numbers.js';
import { badValue, parseDate, parsePrefix, parseReference, parseToken } from './parse-values.js';
import type { CompositeValue, Criterion } from './search-query.js';

/** The part of a composite as a parameter of its own. */
const partOf = (
  { code, composite }: SearchableParameter & { composite: CompositeShape },
  part: 'first' | 'second',
): SearchableParameter => {
  const paths = composite.groups.flatMap((group) => group[part]);
  return {
    code,
    kind: part === 'first' ? 'token' : composite.second,
    targets: part === 'first' ? [] : composite.targets,
    paths,
    systemless: isSystemless(paths),
    single: false,
  };
};

function secondCriterion(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter & { composite: CompositeShape },
  text: string,
): Criterion {
  const { code: param, composite } = parameter;
  switch (composite.second) {
    case 'token':
      return { kind: 'token', param, values: [parseToken(definitions, type, partOf(parameter, 'second'), text)] };
    case 'reference':
      return { kind: 'reference', param, targets: parseReference(partOf(parameter, 'second'), text), single: false };
    case 'string':
      return { kind: 'string', param, exact: false, texts: [parsePrefix(param, text)] };
    case 'date':
      return { kind: 'date', param, values: [parseDate(param, text)] };
    case 'quantity':
      return { kind: 'quantity', param, values: [parseQuantity(param, text)] };
  }
}

/**
 * One value of a composite, `code$value` (FHIR R4 search, composite): both parts are asked of one element.
 * @throws ServiceError 400 `parameter-value`
 */
export function parseComposite(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  part: string,
): CompositeValue {
  const { composite, code: param } = parameter;
  const [first = '', second, ...more] = splitEscaped(part, '$');
  if (!composite || first === '' || second === undefined || second === '' || more.length > 0)
    throw badValue(param, part, { es: 'no tiene la forma código$valor', en: 'it is not of the form code$value' });
  const shaped = { ...parameter, composite };
  const token = parseToken(definitions, type, partOf(shaped, 'first'), first);
  const { code, system } = token;
  if (code === undefined) throw badValue(param, part, { es: 'diga también el código', en: 'give the code too' });
  return {
    first: { code, ...(system === undefined ? {} : { system }) },
    second: secondCriterion(definitions, type, shaped, second),
  };
}
