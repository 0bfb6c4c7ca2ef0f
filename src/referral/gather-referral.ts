import { mayRead } from '../access/policy/authorize.js';
import { groupOf } from '../access/policy/type-groups.js';
import { canSee } from '../access/policy/visibility.js';
import { fault } from '../errors.js';
import type { FhirRequest } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { HeadLoader } from '../fhir/head-loader.js';
import { localTarget, referencesOf } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';

/** One resource of a referral, as stored. */
export interface GatheredItem {
  readonly type: string;
  readonly stored: FoundResource;
}

/** What hangs on the order: type -> search parameter by which it names the order. */
const NAMES_THE_ORDER = {
  Task: 'based-on',
  Appointment: 'based-on',
  Encounter: 'based-on',
  Communication: 'based-on',
  Provenance: 'target',
} as const;

/** Most resources of one type that one referral holds; a referral of hundreds of moves is somebody's mistake. */
const PER_TYPE = 300;
/** Texts that are fetched by themselves when a person opens them: attachments and stored documents. */
const BY_THEMSELVES: ReadonlySet<string> = new Set(['Binary', 'Bundle']);
/** From the order to a result, its author's post and the facility of that post. */
const HOPS = 3;

const keyOf = ({ type, stored }: GatheredItem): string => `${type}/${stored._id}`;

async function found(
  context: FhirContext,
  type: string,
  filter: Readonly<Record<string, string>>,
): Promise<GatheredItem[]> {
  const rows = await context.store.find(type, filter, { limit: PER_TYPE + 1 });
  if (rows.length > PER_TYPE) throw fault('too-costly', { advice: `${type} > ${PER_TYPE}` });
  return rows.map((stored) => ({ type, stored }));
}

/** Resources that the given ones refer to and that are not there yet, one query a type. */
async function referred(
  context: FhirContext,
  items: readonly GatheredItem[],
  known: ReadonlySet<string>,
  wanted: (type: string) => boolean,
): Promise<GatheredItem[]> {
  const ids = new Map<string, Set<string>>();
  for (const { stored } of items)
    for (const { reference } of referencesOf(resourceOf(stored))) {
      const target = localTarget(reference, context.baseUrl);
      if (!target || !wanted(target.type) || known.has(`${target.type}/${target.id}`)) continue;
      ids.set(target.type, (ids.get(target.type) ?? new Set<string>()).add(target.id));
    }
  const rows = await Promise.all(
    [...ids].map(async ([type, some]) =>
      (await context.store.readMany(type, [...some])).map((stored) => ({ type, stored })),
    ),
  );
  return rows.flat().filter(({ stored }) => !stored.del);
}

/**
 * Everything of one referral that the caller may see: the order first, its Tasks, appointments, visits, trail, what the
 * order and the answer cite, the patient and the allergies on record, and the people and facilities that are named.
 * Nothing of another patient. That the caller sees the order was checked before.
 * Throws 400 `too-costly` when one type holds more than a referral can.
 */
export async function gatherReferral(
  context: FhirContext,
  request: FhirRequest,
  order: FoundResource,
): Promise<readonly GatheredItem[]> {
  const { caller } = request;
  const wanted = (type: string): boolean =>
    !BY_THEMSELVES.has(type) && context.definitions.isResourceType(type) && mayRead(caller, type);
  const linked = Object.entries(NAMES_THE_ORDER).map(
    ([type, parameter]) => [type, { 's.ref': `${parameter}~ServiceRequest/${order._id}` }] as const,
  );
  const allergies = order.pt === undefined ? [] : [['AllergyIntolerance', { pt: order.pt }] as const];
  const asked = [...linked, ...allergies].filter(([type]) => wanted(type));
  const first = await Promise.all(asked.map(([type, filter]) => found(context, type, filter)));

  const heads = new HeadLoader(context.store);
  const gathered = new Map<string, GatheredItem>();
  let fresh: readonly GatheredItem[] = [{ type: 'ServiceRequest', stored: order }, ...first.flat()];
  for (let hop = 0; hop <= HOPS && fresh.length > 0; hop += 1) {
    const seen = await visible(heads, request, order, fresh);
    for (const item of seen) gathered.set(keyOf(item), item);
    fresh = hop < HOPS ? await referred(context, seen, new Set(gathered.keys()), wanted) : [];
  }
  return [...gathered.values()];
}

/** Of the patient only what the caller may see; of everybody else only the directory. */
async function visible(
  heads: HeadLoader,
  { caller }: FhirRequest,
  order: FoundResource,
  items: readonly GatheredItem[],
): Promise<readonly GatheredItem[]> {
  const seen = await Promise.all(
    items.map(async ({ type, stored }) => {
      if (groupOf(type) === 'directory' || stored._id === order._id) return true;
      return stored.pt === order.pt && canSee(heads, caller, type, stored);
    }),
  );
  return items.filter((_item, index) => seen[index]);
}
