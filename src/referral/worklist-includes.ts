import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Caller } from '../access/caller.js';
import { mayRead } from '../access/policy/authorize.js';
import { canSee } from '../access/policy/visibility.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { FoundResource } from '../store/envelope.js';
import type { Store } from '../store/store.js';
import { unreadFilter } from './messages/message.js';
import { lastOutput } from './task-io.js';

/** A resource that rows of a list refer to. */
export interface Included {
  readonly type: string;
  readonly stored: FoundResource;
}

/** Resources of one type by reference that exist and that the caller may see, each once. */
export async function visible(
  store: Store,
  caller: Caller,
  type: string,
  references: readonly (string | undefined)[],
): Promise<FoundResource[]> {
  if (!mayRead(caller, type)) return [];
  const ids = references.flatMap((reference) => {
    const target = localTarget(reference ?? '');
    return target?.type === type ? [target.id] : [];
  });
  const found = (await store.readMany(type, [...new Set(ids)])).filter(({ del }) => !del);
  const seen = await Promise.all(found.map((stored) => canSee(store, caller, type, stored)));
  return found.filter((_stored, index) => seen[index]);
}

/**
 * What the rows of a list are about: orders, patients and appointments in force, and for who may read clinical facts
 * the diagnoses that the orders name. Each resource is judged by itself: what the caller may not see is left out, never masked.
 */
export async function worklistIncludes(
  store: Store,
  caller: Caller,
  legs: readonly FoundResource[],
): Promise<readonly Included[]> {
  const tasks = legs.map((stored) => resourceOf<Task>(stored));
  const [orders, patients, appointments] = await Promise.all([
    visible(
      store,
      caller,
      'ServiceRequest',
      tasks.map(({ focus }) => focus?.reference),
    ),
    visible(
      store,
      caller,
      'Patient',
      tasks.map((task) => task.for?.reference),
    ),
    visible(
      store,
      caller,
      'Appointment',
      tasks.map((task) => lastOutput(task, 'appointment')),
    ),
  ]);
  const diagnoses = await visible(
    store,
    caller,
    'Condition',
    orders.map((stored) => resourceOf<ServiceRequest>(stored).reasonReference?.[0]?.reference),
  );
  const of = (type: string, found: readonly FoundResource[]): Included[] => found.map((stored) => ({ type, stored }));
  return [
    ...of('ServiceRequest', orders),
    ...of('Patient', patients),
    ...of('Appointment', appointments),
    ...of('Condition', diagnoses),
  ];
}

/** What the drafts of a list are about: their patients, and for who may read clinical facts the diagnoses that they name. */
export async function draftIncludes(
  store: Store,
  caller: Caller,
  drafts: readonly FoundResource[],
): Promise<readonly Included[]> {
  const orders = drafts.map((stored) => resourceOf<ServiceRequest>(stored));
  const about: Readonly<Record<string, (order: ServiceRequest) => string | undefined>> = {
    Patient: ({ subject }) => subject.reference,
    Condition: ({ reasonReference }) => reasonReference?.[0]?.reference,
  };
  const found = await Promise.all(
    Object.entries(about).map(async ([type, of]) =>
      (await visible(store, caller, type, orders.map(of))).map((stored) => ({ type, stored })),
    ),
  );
  return found.flat();
}

/** Messages that are looked at for one page of a list; a page that holds more tells its first ones. */
const MOST_UNREAD = 200;

/** Messages on the rows of a list that a facility (Organization id) has not read, as far as the caller sees them. */
export async function unreadOfRows(
  store: Store,
  caller: Caller,
  facility: string,
  legs: readonly FoundResource[],
): Promise<readonly Included[]> {
  const orders = legs.flatMap((leg) => localTarget(resourceOf<Task>(leg).focus?.reference ?? '')?.id ?? []);
  if (orders.length === 0 || !mayRead(caller, 'Communication')) return [];
  const found = await store.find('Communication', unreadFilter(facility, orders), { limit: MOST_UNREAD, hint: 'ref' });
  const seen = await Promise.all(found.map((stored) => canSee(store, caller, 'Communication', stored)));
  return found.filter((_stored, index) => seen[index]).map((stored) => ({ type: 'Communication', stored }));
}
