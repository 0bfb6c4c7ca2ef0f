import type { Bundle, Parameters, Patient, Reference, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { fault, isServiceError } from '../../../errors.js';
import { nationalNumber, previousLegs } from '../../../referral/legs.js';
import type { MoveName } from '../../../referral/moves.js';
import type { Side, Sides } from '../../../referral/parties.js';
import { isReferralState, type ReferralState } from '../../../referral/states.js';
import { isLeg, isTaskOf, type TaskKind } from '../../../referral/vocabulary.js';
import { sidesOf } from '../../../referral/work-scalars.js';
import type { PageContext } from '../../page-context.js';
import { parametersOf } from '../../resources/in-bundle.js';

type Stored<T> = T & { readonly id: string };
type Of<T extends Resource['resourceType']> = Stored<Extract<Resource, { resourceType: T }>>;

/** One referral as a person sees it: everything that may be seen of it, where it stands, and what may be done now. */
export interface ReferralView {
  readonly order: Stored<ServiceRequest>;
  readonly state: ReferralState;
  /** Version to give back with a move. */
  readonly version: string;
  /** Moves that this person may make now (`$available-actions`). */
  readonly actions: readonly MoveName[];
  /** Legs, oldest first; none while it is a draft. */
  readonly legs: readonly Stored<Task>[];
  /** The leg that goes on. */
  readonly leg?: Stored<Task>;
  readonly sides: Sides;
  /** Side on which the person's facility stands; none for managers. */
  readonly side?: Side;
  readonly patient?: Stored<Patient>;
  /** National number, else the id. */
  readonly number: string;
  /** Resources of one type that belong to the referral, as the caller may see them. */
  all<T extends Resource['resourceType']>(type: T): readonly Of<T>[];
  /** The resource behind a reference, when the caller may see it. */
  find<T extends Resource['resourceType']>(type: T, reference: Reference | string | undefined): Of<T> | undefined;
  /** The same, whatever its type. */
  any(reference: Reference | string | undefined): Resource | undefined;
  /** Side Tasks of a kind, oldest first. */
  sideTasks(kind: TaskKind): readonly Stored<Task>[];
  /** Name of a facility that the referral names; its id when it is unknown. */
  facilityName(id: string | undefined): string;
}

const byTime = (a: Task, b: Task): number => (a.authoredOn ?? '').localeCompare(b.authoredOn ?? '');

/** Legs in their order: each after the one it names as the one before. */
export function legsInOrder(tasks: readonly Stored<Task>[]): readonly Stored<Task>[] {
  const legs = tasks.filter((task) => isLeg(task));
  const ordered: Stored<Task>[] = [];
  let next = legs.find((leg) => previousLegs(leg).length === 0);
  while (next && !ordered.includes(next)) {
    const { id } = next;
    ordered.push(next);
    next = legs.find((leg) => previousLegs(leg).includes(id));
  }
  return ordered;
}

function sideOf(sides: Sides, facility: string | undefined): Side | undefined {
  if (facility === undefined) return undefined;
  if (facility === sides.destination) return 'destination';
  return facility === sides.origin ? 'origin' : undefined;
}

/** Builds the view from the answers of `$referral` and `$available-actions`. */
export function referralView(whole: Bundle, available: Parameters, facility: string | undefined): ReferralView {
  const resources = (whole.entry ?? []).flatMap(({ resource }) => (resource ? [resource] : []));
  const known = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id ?? ''}`, resource]));
  const all: ReferralView['all'] = (type) =>
    resources.filter((resource) => resource.resourceType === type) as unknown as Of<typeof type>[];
  const any: ReferralView['any'] = (reference) =>
    known.get((typeof reference === 'string' ? reference : reference?.reference) ?? '');
  const find: ReferralView['find'] = (type, reference) => {
    const found = any(reference);
    return found?.resourceType === type ? (found as Of<typeof type>) : undefined;
  };
  const order = all('ServiceRequest')[0];
  const state = parametersOf(available, 'state')[0]?.valueCode;
  if (!order || !isReferralState(state)) throw fault('not-found', { type: 'ServiceRequest', id: order?.id ?? '' });
  const tasks = all('Task');
  const legs = legsInOrder(tasks);
  const leg = legs.at(-1);
  // A draft has no leg that names them; whose it is the service decides when something is asked of it.
  const sides: Sides = leg ? sidesOf(leg) : facility === undefined ? {} : { origin: facility };
  const side = leg ? sideOf(sides, facility) : 'origin';
  const patient = find('Patient', order.subject);
  return {
    order,
    state,
    version: parametersOf(available, 'version')[0]?.valueString ?? '',
    actions: parametersOf(available, 'action').flatMap(
      ({ part }) => (part?.find(({ name }) => name === 'name')?.valueCode as MoveName | undefined) ?? [],
    ),
    legs,
    ...(leg ? { leg } : {}),
    sides,
    ...(side ? { side } : {}),
    ...(patient ? { patient } : {}),
    number: nationalNumber(order) ?? order.id,
    all,
    find,
    any,
    sideTasks: (kind) => tasks.filter((task) => isTaskOf(task, kind)).sort(byTime),
    facilityName: (id) => find('Organization', `Organization/${id ?? ''}`)?.name ?? id ?? '',
  };
}

/** Id of the referral that a Task belongs to; rethrows the refusal when the id names no Task either. */
async function orderOfTask(page: Pick<PageContext, 'tryFhir'>, id: string, refusal: unknown): Promise<string> {
  const task = await page.tryFhir<Task>('GET', `Task/${encodeURIComponent(id)}`);
  const order = task.ok ? task.resource.basedOn?.[0]?.reference?.replace(/^ServiceRequest\//, '') : undefined;
  if (order === undefined) throw refusal;
  return order;
}

/** A referral by its own id, or the id under which it is found when the given one is that of a Task. */
export type Loaded = { readonly view: ReferralView } | { readonly moved: string };

/**
 * Reads a referral in two calls. @param id of the ServiceRequest; that of one of its Tasks gives `moved`
 * @throws ServiceError 404 for what does not exist or is out of reach
 */
export async function loadReferralView(
  page: Pick<PageContext, 'fhir' | 'tryFhir' | 'signedIn'>,
  id: string,
): Promise<Loaded> {
  const path = `ServiceRequest/${encodeURIComponent(id)}`;
  try {
    const [whole, available] = await Promise.all([
      page.fhir<Bundle>('GET', `${path}/$referral`),
      page.fhir<Parameters>('GET', `${path}/$available-actions`),
    ]);
    return { view: referralView(whole.resource, available.resource, page.signedIn().facility) };
  } catch (error) {
    if (!isServiceError(error) || error.status !== 404) throw error;
    return { moved: await orderOfTask(page, id, error) };
  }
}
