import { fault } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';
import { SEARCH_LIMITS } from './limits.js';
import { type Modifier, readModifier } from './modifiers.js';
import { type SearchableParameter, searchableParameters } from './parameters.js';
import { parseComposite } from './parse-composite.js';
import { parseNumber, parseQuantity } from './parse-numbers.js';
import { codesOfSet, parseTypedIdentifier, relatedTokens, urisAbove, urlText } from './parse-modified.js';
import {
  alternatives,
  badValue,
  parseDate,
  parseIdentifier,
  parsePrefix,
  parseReference,
  parseText,
  parseToken,
} from './parse-values.js';
import type { Criterion } from './search-query.js';

export interface ParseOptions {
  /** Our own FHIR base: references under it are taken as relative. */
  readonly baseUrl?: string;
}

/** Name of a parameter as given: `code` or `code:modifier`. */
export interface ParameterName {
  readonly code: string;
  readonly modifier?: string;
}

/** What a reader of a criterion needs to know. */
interface Asked {
  readonly definitions: Definitions;
  readonly type: string;
  readonly parameter: SearchableParameter;
  readonly value: string;
  readonly options: ParseOptions;
  /** The modifier as given, for `[type]`. */
  readonly given?: string;
}

export const splitName = (name: string): ParameterName => {
  const at = name.indexOf(':');
  return at < 0 ? { code: name } : { code: name.slice(0, at), modifier: name.slice(at + 1) };
};

export const unsupportedModifier = ({ code, modifier = '' }: ParameterName): Error =>
  fault('modifier-unsupported', { parameter: code, modifier });

const keyValues = ({ parameter, value }: Asked): string[] => alternatives(parameter.code, value, SEARCH_LIMITS.orKeys);
const rangeValues = ({ parameter, value }: Asked): string[] =>
  alternatives(parameter.code, value, SEARCH_LIMITS.orRanges);

const isPatient = (target: string): boolean => target.startsWith('Patient/');

/** A reference. A subject that is a patient is asked as `patient`: the same rows, and the planner knows it. */
function reference(asked: Asked): Criterion {
  const { definitions, type, parameter, options, given } = asked;
  const found = keyValues(asked).flatMap((part) => parseReference(parameter, part, given, options.baseUrl));
  const targets = [...new Set(found)];
  const known = searchableParameters(definitions, type);
  const patient = parameter.code === 'subject' && targets.every(isPatient) ? known.get('patient') : undefined;
  const { code: param, single } = patient ?? parameter;
  return { kind: 'reference', param, targets, single };
}

/** What a parameter of a kind asks without a modifier. */
function plainCriterion(asked: Asked): Criterion {
  const { definitions, type, parameter } = asked;
  const { kind, code: param } = parameter;
  switch (kind) {
    case 'token':
      return { kind, param, values: keyValues(asked).map((part) => parseToken(definitions, type, parameter, part)) };
    case 'reference':
      return reference(asked);
    case 'string':
      return { kind, param, exact: false, texts: rangeValues(asked).map((part) => parsePrefix(param, part)) };
    case 'date':
      return { kind, param, values: rangeValues(asked).map((part) => parseDate(param, part)) };
    case 'number':
      return { kind, param, values: rangeValues(asked).map((part) => parseNumber(param, part)) };
    case 'quantity':
      return { kind, param, values: rangeValues(asked).map((part) => parseQuantity(param, part)) };
    case 'uri':
      return { kind, param, uris: keyValues(asked).map((part) => parseText(param, part)) };
    case 'composite':
      return {
        kind,
        param,
        values: rangeValues(asked).map((part) => parseComposite(definitions, type, parameter, part)),
      };
  }
}

function missing({ parameter, value, definitions, type }: Asked): Criterion {
  const { code: param, union = [param] } = parameter;
  if (value !== 'true' && value !== 'false')
    throw badValue(`${param}:missing`, value, { es: 'se admite true, false', en: 'allowed: true, false' });
  const known = searchableParameters(definitions, type);
  const parameters = union.flatMap((code) => known.get(code) ?? []).map(({ code, kind }) => ({ code, kind }));
  return { kind: 'missing', param, missing: value === 'true', parameters };
}

const inSet = (asked: Asked): Criterion => ({
  kind: 'token',
  param: asked.parameter.code,
  values: keyValues(asked).flatMap((part) => codesOfSet(asked.definitions, asked.type, asked.parameter, part)),
});

const related =
  (direction: 'above' | 'below') =>
  (asked: Asked): Criterion => ({
    kind: 'token',
    param: asked.parameter.code,
    values: rangeValues(asked).flatMap((part) => relatedTokens(asked.definitions, asked.parameter, part, direction)),
  });

/** What each modifier makes of a parameter; `:missing`, `:not` and `:not-in` hold for a union as a whole. */
const MODIFIED: Readonly<Record<Modifier, (asked: Asked) => Criterion>> = {
  missing,
  not: (asked) => ({ kind: 'not', of: spread(asked, plainCriterion) }),
  'not-in': (asked) => ({ kind: 'not', of: spread(asked, inSet) }),
  in: (asked) => spread(asked, inSet),
  text: (asked) =>
    spread(asked, (one) => ({
      kind: 'text',
      param: one.parameter.code,
      texts: rangeValues(one).map((part) => parsePrefix(one.parameter.code, part)),
    })),
  above: (asked) =>
    asked.parameter.kind === 'uri'
      ? {
          kind: 'uri',
          param: asked.parameter.code,
          uris: rangeValues(asked).flatMap((part) => urisAbove(asked.parameter, part)),
        }
      : spread(asked, related('above')),
  below: (asked) =>
    asked.parameter.kind === 'uri'
      ? {
          kind: 'uriBelow',
          param: asked.parameter.code,
          uris: rangeValues(asked).map((part) => urlText(asked.parameter, part)),
        }
      : spread(asked, related('below')),
  'of-type': (asked) => ({
    kind: 'ofType',
    param: asked.parameter.code,
    values: keyValues(asked).map((part) => parseTypedIdentifier(asked.parameter.code, part)),
  }),
  identifier: (asked) => ({
    kind: 'logical',
    param: asked.parameter.code,
    values: keyValues(asked).map((part) => parseIdentifier(asked.parameter.code, part)),
  }),
  '[type]': reference,
  exact: (asked) => ({
    kind: 'string',
    param: asked.parameter.code,
    exact: true,
    texts: rangeValues(asked).map((part) => parseText(asked.parameter.code, part)),
  }),
  contains: (asked) => ({
    kind: 'contains',
    param: asked.parameter.code,
    texts: rangeValues(asked).map((part) => parsePrefix(asked.parameter.code, part)),
  }),
};

/** A union is asked as its parts. */
function spread(asked: Asked, make: (asked: Asked) => Criterion): Criterion {
  const { union, code: param } = asked.parameter;
  if (!union) return make(asked);
  const known = searchableParameters(asked.definitions, asked.type);
  const parts = union.flatMap((code) => known.get(code) ?? []);
  return { kind: 'any', param, of: parts.map((parameter) => make({ ...asked, parameter })) };
}

/**
 * Reads one search parameter of a type that has search values (all but `_id` and `_lastUpdated`).
 * @throws ServiceError 400 `modifier-unsupported`, `parameter-value`
 */
export function parameterCriterion(
  definitions: Definitions,
  type: string,
  parameter: SearchableParameter,
  name: ParameterName,
  value: string,
  options: ParseOptions,
): Criterion {
  const asked: Asked = { definitions, type, parameter, value, options };
  if (name.modifier === undefined) return spread(asked, plainCriterion);
  const modifier = readModifier(parameter, name.modifier);
  // Audit records answer plain parameters only.
  if (modifier === undefined || (type === 'AuditEvent' && modifier !== '[type]')) throw unsupportedModifier(name);
  return MODIFIED[modifier](modifier === '[type]' ? { ...asked, given: name.modifier } : asked);
}
