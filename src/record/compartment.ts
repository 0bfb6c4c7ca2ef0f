import { fault } from '../errors.js';
import { mayRead } from '../access/policy/authorize.js';
import { isNamed, isNamedOnly } from '../access/policy/named-only.js';
import { reachOf } from '../access/policy/policy-table.js';
import { concernsPatients, groupOf } from '../access/policy/type-groups.js';
import type { Caller } from '../access/caller.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { FoundResource } from '../store/envelope.js';

/** Most resources of one type that are gathered at once. */
const PER_TYPE = 1_000;
/** FHIR text that is gathered at most, bytes. */
const MOST_TEXT = 64 * 1_048_576;

const newestFirst = (a: FoundResource, b: FoundResource): number =>
  b.lu.getTime() - a.lu.getTime() || (a._id < b._id ? -1 : 1);

export interface CompartmentQuery {
  readonly types?: readonly string[];
  /** Only what was written at or after this time. */
  readonly since?: Date;
}

export interface CompartmentItem {
  readonly type: string;
  readonly stored: FoundResource;
}

/** Types of a patient's compartment that this caller's role and token may read at all. */
export const readableTypes = (context: FhirContext, caller: Caller): readonly string[] =>
  context.definitions.resourceTypes.filter((type) => concernsPatients(type) && mayRead(caller, type));

/** Messages between others are not part of what the relation to the patient opens. */
function isOpenTo(caller: Caller, type: string, { acc }: Pick<FoundResource, 'acc'>): boolean {
  if (!isNamedOnly(type)) return true;
  const group = groupOf(type);
  const reach = group && reachOf(caller.role, group, 'read');
  return reach !== undefined && isNamed(caller, reach, acc);
}

/**
 * Everything of one patient's compartment, the Patient first. The relation of the caller to the patient was checked
 * before. Throws 400 `too-costly` when one type holds more than can be gathered at once.
 */
export async function gatherCompartment(
  context: FhirContext,
  caller: Caller,
  patientId: string,
  query: CompartmentQuery = {},
): Promise<readonly CompartmentItem[]> {
  const types = readableTypes(context, caller).filter((type) => !query.types || query.types.includes(type));
  const filter = { pt: patientId, ...(query.since ? { lu: { $gte: query.since } } : {}) };
  const { rows, complete } = await context.store.findAcross(types, filter, {
    limit: PER_TYPE + 1,
    mostText: MOST_TEXT,
  });
  if (!complete) throw fault('too-costly', { advice: `_count, _type, _since (> ${MOST_TEXT} bytes)` });
  const byType = new Map<string, FoundResource[]>(types.map((type) => [type, []]));
  for (const { type, ...stored } of rows) if (isOpenTo(caller, type, stored)) byType.get(type)?.push(stored);
  const items = [...byType].flatMap(([type, found]) => {
    if (found.length > PER_TYPE) throw fault('too-costly', { advice: `_count, _type, _since (${type} > ${PER_TYPE})` });
    return found.sort(newestFirst).map((stored) => ({ type, stored }));
  });
  return [...items.filter(({ type }) => type === 'Patient'), ...items.filter(({ type }) => type !== 'Patient')];
}
