import { fault, type ServiceError } from '../../errors.js';
import type { GraphParameter } from './parse-graph.js';
import { searchableParameters } from './parameters.js';
import type { Include } from './search-graph.js';

/**
 * `_include` and `_revinclude`, with `:iterate` or without: `Type:parameter` or `Type:parameter:TargetType`
 * (FHIR R4 search, 3.1.1.5.4). What could never bring anything is refused like what does not exist; so is `*`.
 * @throws ServiceError 400 `include-unknown`, `modifier-unsupported`
 */
export function parseInclude(asked: GraphParameter): Include {
  const { definitions, name, type, value } = asked;
  const [word = '', modifier, ...more] = name.split(':');
  if ((modifier !== undefined && modifier !== 'iterate') || more.length > 0)
    throw fault('modifier-unsupported', { parameter: word, modifier: [modifier, ...more].join(':') });
  const unknown = (): ServiceError => fault('include-unknown', { parameter: name, include: value.slice(0, 80), type });
  const [source = '', param = '', only, ...rest] = value.split(':');
  const parameter =
    definitions.isResourceType(source) && source !== 'AuditEvent'
      ? searchableParameters(definitions, source).get(param)
      : undefined;
  if (parameter?.kind !== 'reference' || rest.length > 0 || type === 'AuditEvent') throw unknown();
  const targets = only === undefined ? parameter.targets : parameter.targets.filter((target) => target === only);
  const iterate = modifier === 'iterate';
  const direction = word === '_include' ? 'include' : 'revinclude';
  const starts = direction === 'include' ? source === type : targets.includes(type);
  if (targets.length === 0 || (!iterate && !starts)) throw unknown();
  return { direction, source, param, targets, iterate };
}
