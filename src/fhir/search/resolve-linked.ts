import { authorize } from '../../access/policy/authorize.js';
import { isByFacility, linkedScope, withRelated } from '../../access/policy/linked-scope.js';
import type { Caller } from '../../access/caller.js';
import { fault, type ServiceError } from '../../errors.js';
import type { FoundLink } from '../../store/envelope.js';
import type { Store } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { bilingual } from '../../words.js';
import type { Definitions } from '../definitions/definitions.js';
import { among, every } from './filter.js';
import { SEARCH_LIMITS } from './limits.js';
import { searchableParameters } from './parameters.js';
import { planSearch } from './plan.js';
import { referenceKey } from './search-keys.js';
import type { LinkedCriterion } from './search-graph.js';
import { namedPatients } from './search-pins.js';
import type { Criterion, SearchQuery } from './search-query.js';

/** What following links needs. */
export interface LinkContext {
  readonly store: Pick<Store, 'findLinks'>;
  readonly definitions: Definitions;
  readonly caller: Caller;
  /** Patients that the query names and with whom a facility of the caller has a relation. */
  readonly related: readonly string[];
  readonly signal?: AbortSignal;
}

/** A query whose links have become criteria of its own type. */
export interface Resolved {
  readonly query: SearchQuery;
  /** The caller's reach; wider where a chain leads to patients whom the caller may know everything of. */
  readonly reach: Filter;
}

/** Where a link starts: the query, and the filter on what else it asks. */
interface Start {
  readonly query: SearchQuery;
  readonly filter: Filter;
}

const CAP = SEARCH_LIMITS.linkRows;

const tooCostly = (name: string): ServiceError =>
  fault('too-costly', {
    advice: bilingual({
      es: `más de ${CAP} recursos cumplen «${name}»; agregue otro criterio o un valor más preciso`,
      en: `more than ${CAP} resources satisfy "${name}"; add another criterion or a more precise value`,
    }),
  });

/** Rows of one look-up; undefined when there are more than a link may follow. */
async function findSome(
  { store, signal }: LinkContext,
  type: string,
  filter: Filter,
  references: boolean,
): Promise<readonly FoundLink[] | undefined> {
  const rows = await store.findLinks(type, filter, { limit: CAP + 1, references, ...(signal ? { signal } : {}) });
  return rows.length > CAP ? undefined : rows;
}

/** Ids of one type in the references of some rows by one parameter. */
function idsIn(rows: readonly FoundLink[], param: string, type: string): string[] {
  const prefix = referenceKey(param, `${type}/`);
  const ids = rows.flatMap(({ s }) =>
    (s?.ref ?? []).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  );
  return [...new Set(ids)];
}

/** For each linked type the filter that narrows it to what some matches refer to, or what refers to them. */
function restriction(link: LinkedCriterion, outer: string, matches: readonly FoundLink[]): (type: string) => Filter {
  if (link.direction === 'chain') return (type) => among('_id', idsIn(matches, link.param, type));
  const keys = matches.map(({ _id }) => referenceKey(link.param, `${outer}/${_id}`));
  return () => among('s.ref', keys);
}

/** Far ends of a link as `Type/id` of what a match refers to (chain) or is (`_has`); undefined when over the cap. */
async function farEnds(
  context: LinkContext,
  link: LinkedCriterion,
  outer: string,
  restrict: (type: string) => Filter,
): Promise<readonly string[] | undefined> {
  const { caller, related } = context;
  const open = link.branches.flatMap((branch) => {
    const scope = linkedScope(caller, branch.type, 's', related);
    return scope ? [{ branch, scope: every([scope, restrict(branch.type)]) }] : [];
  });
  // A role or token that may search none of the types is refused like on the type itself.
  if (open.length === 0) for (const { type } of link.branches) authorize(caller, 'search-type', type);
  const found = await Promise.all(
    open.map(async ({ branch, scope }) => {
      const { query, reach } = await resolveLinked(context, branch, scope);
      const rows = await findSome(context, query.type, planSearch(query, reach).filter, link.direction === 'has');
      if (link.direction === 'chain') return rows?.map(({ _id }) => `${query.type}/${_id}`);
      return rows && idsIn(rows, link.param, outer).map((id) => `${outer}/${id}`);
    }),
  );
  if (!found.every((ends) => ends !== undefined)) return undefined;
  const ends = [...new Set(found.flat())];
  return ends.length > CAP ? undefined : ends;
}

/** Does the query pick few rows by itself? Then a link starts from them. */
const isPicky = ({ type, criteria }: SearchQuery): boolean =>
  criteria.some(
    (criterion) =>
      criterion.kind === 'id' ||
      namedPatients(type, criterion) !== undefined ||
      (criterion.kind === 'token' && criterion.param === 'identifier'),
  );

/**
 * A facility's caller sees more of known patients than what names the facility; which patients, only the far end of the
 * chain tells. So such a chain cannot start from the matches.
 */
const mustStartFarAway = ({ caller }: LinkContext, type: string, link: LinkedCriterion): boolean =>
  link.direction === 'chain' && isByFacility(caller, type) && link.branches.some((branch) => branch.type === 'Patient');

/** The link as a criterion on what is searched: two steps, the more selective end first (design.md 3.4). */
async function criterionOf(context: LinkContext, { query, filter }: Start, link: LinkedCriterion): Promise<Criterion> {
  const { type } = query;
  const fromFarAway = (): Promise<readonly string[] | undefined> => farEnds(context, link, type, () => ({}));
  const fromMatches = async (): Promise<readonly string[] | undefined> => {
    if (mustStartFarAway(context, type, link)) return undefined;
    const matches = await findSome(context, type, filter, link.direction === 'chain');
    return matches && farEnds(context, link, type, restriction(link, type, matches));
  };
  const [first, second] = isPicky(query) ? [fromMatches, fromFarAway] : [fromFarAway, fromMatches];
  const ends = (await first()) ?? (await second());
  if (!ends) throw tooCostly(link.name);
  if (link.direction === 'has') return { kind: 'id', ids: ends.map((end) => end.slice(type.length + 1)) };
  return chainCriterion(context, type, link, ends);
}

/** A subject that is a patient is asked as `patient`: the same rows, and the planner knows the compartment. */
function chainCriterion(
  { definitions }: LinkContext,
  type: string,
  { param, single }: LinkedCriterion,
  targets: readonly string[],
): Criterion {
  const patient =
    param === 'subject' && targets.every((target) => target.startsWith('Patient/'))
      ? searchableParameters(definitions, type).get('patient')
      : undefined;
  return { kind: 'reference', param: patient?.code ?? param, targets, single: patient?.single ?? single };
}

/**
 * Follows the chains and `_has` of a query to their far ends, as the caller may see them at every link, and puts what is
 * found there in their place: one round trip a level, and one more where both ends have to be tried.
 * @param reach the caller's reach on the searched type
 * @throws ServiceError 403 where role or token may not search a linked type at all, 400 `too-costly` when both ends of a
 *   link hold more than the cap
 */
export async function resolveLinked(context: LinkContext, query: SearchQuery, reach: Filter): Promise<Resolved> {
  if (query.linked.length === 0) return { query, reach };
  const { filter } = planSearch(query, reach);
  const found = await Promise.all(query.linked.map((link) => criterionOf(context, { query, filter }, link)));
  // Found within a facility's reach, they are patients whom the facility knows.
  const known = isByFacility(context.caller, 'Patient') ? found.filter(({ kind }) => kind === 'reference') : [];
  const patients = known.flatMap((criterion) => namedPatients(query.type, criterion) ?? []);
  return {
    query: { ...query, criteria: [...query.criteria, ...found] },
    reach: withRelated(context.caller, query.type, reach, patients),
  };
}
