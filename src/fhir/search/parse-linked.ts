import { fault, isServiceError, type ServiceError } from '../../errors.js';
import type { GraphParameter } from './parse-graph.js';
import { badValue } from './parse-values.js';
import { SEARCH_LIMITS } from './limits.js';
import { searchableParameters } from './parameters.js';
import type { LinkedCriterion } from './search-graph.js';
import type { SearchQuery } from './search-query.js';

const LIST_IDS = /^[A-Za-z0-9\-.]{1,64}(?:,[A-Za-z0-9\-.]{1,64})*$/;

/** Audit records are no resources in the store: nothing is linked with them. */
const isLinkable = (type: string): boolean => type !== 'AuditEvent';

const unknown = ({ name, type }: GraphParameter): ServiceError => fault('parameter-unknown', { parameter: name, type });

/** Condition on one linked type: what follows the link in the name, with the value. */
function branchOf(asked: GraphParameter, type: string, rest: string): SearchQuery {
  const { levels } = asked;
  if (levels === 0) {
    const limit = SEARCH_LIMITS.linkLevels;
    throw badValue(asked.name, asked.value, { es: `más de ${limit} enlaces`, en: `more than ${limit} links` });
  }
  const query = asked.parse(type, [[rest, asked.value]], levels - 1);
  // What steers the answer is no condition.
  if (query.criteria.length + query.linked.length !== 1) throw fault('parameter-unknown', { parameter: rest, type });
  return query;
}

/** The types, of all that a reference may point to, on which the rest of a chain means something. */
function branchesOf(asked: GraphParameter, types: readonly string[], rest: string): SearchQuery[] {
  return types.flatMap((type) => {
    try {
      return [branchOf(asked, type, rest)];
    } catch (error) {
      if (types.length > 1 && isServiceError(error) && error.code === 'parameter-unknown') return [];
      throw error;
    }
  });
}

/** Paths through the types: each is a look-up of its own. */
const pathsOf = ({ linked: [link] }: SearchQuery): number =>
  link ? link.branches.reduce((sum, branch) => sum + pathsOf(branch), 0) : 1;

/**
 * Chained parameter (FHIR R4 search, 3.1.1.4.6): `subject:Patient.name`, `subject.name`, and so on.
 * Without a type every type that the reference allows and that has the parameter is tried.
 * @throws ServiceError 400 `parameter-unknown`, `modifier-unsupported`, `parameter-value`
 */
export function parseChain(asked: GraphParameter): LinkedCriterion {
  const { definitions, name, type } = asked;
  const dot = name.indexOf('.');
  const [head, rest] = [name.slice(0, dot), name.slice(dot + 1)];
  const colon = head.indexOf(':');
  const code = colon < 0 ? head : head.slice(0, colon);
  const only = colon < 0 ? undefined : head.slice(colon + 1);
  const parameter = searchableParameters(definitions, type).get(code);
  if (parameter?.kind !== 'reference' || !isLinkable(type)) throw unknown(asked);
  const allowed = parameter.targets.filter(isLinkable);
  if (only !== undefined && !allowed.includes(only))
    throw fault('modifier-unsupported', { parameter: code, modifier: only });
  const branches = branchesOf(asked, only === undefined ? allowed : [only], rest);
  if (branches.length === 0) throw unknown(asked);
  const link: LinkedCriterion = { name, direction: 'chain', param: code, single: parameter.single, branches };
  if (branches.reduce((sum, branch) => sum + pathsOf(branch), 0) > SEARCH_LIMITS.linkPaths)
    throw badValue(name, asked.value, {
      es: `indique el tipo: ${code}:Tipo.`,
      en: `say the type: ${code}:Type.`,
    });
  return link;
}

/** The parameter of a type that refers to another type; throws when there is none. */
function reverseLink(asked: GraphParameter, source: string, param: string, rest: string): LinkedCriterion {
  const { definitions, name, type } = asked;
  const parameter =
    definitions.isResourceType(source) && isLinkable(source) && isLinkable(type)
      ? searchableParameters(definitions, source).get(param)
      : undefined;
  if (parameter?.kind !== 'reference' || !parameter.targets.includes(type)) throw unknown(asked);
  return {
    name,
    direction: 'has',
    param,
    single: parameter.single,
    branches: [branchOf(asked, source, rest)],
  };
}

/**
 * Reverse chain (FHIR R4 search, 3.1.1.4.7): `_has:Observation:patient:code`, nested too.
 * @throws ServiceError 400 `parameter-unknown`, `parameter-value`
 */
export function parseHas(asked: GraphParameter): LinkedCriterion {
  const [, source = '', param = '', ...rest] = asked.name.split(':');
  return reverseLink(asked, source, param, rest.join(':'));
}

/**
 * Membership in a List (FHIR R4 search, `_list`): the same as `_has:List:item:_id`.
 * @throws ServiceError 400 `parameter-value` for functional lists (`$current-problems`) and what is no id
 */
export function parseList(asked: GraphParameter): LinkedCriterion {
  if (!LIST_IDS.test(asked.value))
    throw badValue('_list', asked.value, {
      es: 'se admiten ids de List; las listas funcionales no',
      en: 'ids of Lists are supported; functional lists are not',
    });
  return reverseLink(asked, 'List', 'item', '_id');
}
