import type { Appointment, Reference, Schedule, Slot } from '@medplum/fhirtypes';
import { extensionUrl } from '../../config/canonical.js';
import { type Finding, fault } from '../../errors.js';
import { holdsSlots } from '../../fhir/claims.js';
import type { AskedMove } from '../ask-move.js';
import type { Move } from '../move-operation.js';
import { type Linked, readLinked } from '../task-io.js';
import { actorOf, facilityOf } from './agendas.js';

/** A slot that somebody wants, with what it says of the visit. */
export interface WantedSlot extends Linked<Slot> {
  readonly location?: Reference;
  /** Who attends: the service, and the person when the agenda is one person's. */
  readonly participants: readonly Reference[];
}

/** The slot that a booking names; undefined when it names none. Throws 422 for an unknown one, 409 for one that is taken. */
export async function wantedSlot({
  context,
  values,
}: Pick<AskedMove, 'context' | 'values'>): Promise<WantedSlot | undefined> {
  const reference = values.reference('slot')?.reference;
  if (reference === undefined) return undefined;
  const found = await readLinked<Slot>(context, reference);
  if (!found) throw fault('reference-not-found', { reference }, 'slot');
  if (found.resource.status !== 'free') throw fault('slot-taken', {}, 'slot');
  const agenda = await readLinked<Schedule>(context, found.resource.schedule.reference);
  return asWanted(found, agenda?.resource);
}

/** A slot with what its agenda says of the visit. */
export function asWanted(found: Linked<Slot>, agenda: Schedule | undefined): WantedSlot {
  const actor = (type: Parameters<typeof actorOf>[1]): Reference | undefined => agenda && actorOf(agenda, type);
  const location = actor('Location');
  return {
    ...found,
    ...(location ? { location } : {}),
    participants: [actor('PractitionerRole'), actor('HealthcareService')].flatMap((one) => one ?? []),
  };
}

const rule = (expression: string, es: string, en: string): Finding => ({
  code: 'rule-broken',
  params: { es, en },
  expression,
});

const sameMoment = (a: string, b: string): boolean => Date.parse(a) === Date.parse(b);

/**
 * Findings of 422 about the slot of a booking: it must be the destination's, not begun, and at the hours that are given.
 * Throws 409 `slot-taken` for one that is not free.
 */
export async function checkSlot(asked: AskedMove, now = new Date()): Promise<readonly Finding[]> {
  const wanted = await wantedSlot(asked);
  if (!wanted) return [];
  const { slot, context, referral, values } = { ...asked, slot: wanted.resource };
  const agenda = await readLinked<Schedule>(context, slot.schedule.reference);
  const facility = agenda && (await facilityOf(context.store, agenda.resource));
  const findings: Finding[] = [];
  if (facility === undefined || facility !== referral.sides.destination)
    findings.push(rule('slot', 'El cupo es de otro establecimiento.', 'The slot belongs to another facility.'));
  if (Date.parse(slot.start) <= now.getTime()) findings.push(rule('slot', 'El cupo ya pasó.', 'The slot has passed.'));
  for (const name of ['start', 'end'] as const) {
    const given = values.time(name);
    if (given !== undefined && !sameMoment(given, slot[name]))
      findings.push(rule(name, 'La hora no es la del cupo.', 'The time is not that of the slot.'));
  }
  if (!wanted.location && !values.has('location'))
    findings.push({
      code: 'field-missing',
      params: { operation: `$${asked.move}`, field: 'location' },
      expression: 'location',
    });
  return findings;
}

/** The slot turns busy with the booking; the person's own one is so. Its claim (src/fhir/claims.ts) lets one of many bookings win. */
export function takeSlot({ builder }: Move, { stored, resource }: WantedSlot): void {
  if (resource.status !== 'busy') builder.update(stored, withFreed({ ...resource, status: 'busy' }, undefined));
}

const FREED = extensionUrl('slot-freed');

/** When the slot was set free again; undefined for one that nobody ever had. */
export const freedAt = ({ extension = [] }: Pick<Slot, 'extension'>): string | undefined =>
  extension.find(({ url }) => url === FREED)?.valueDateTime;

/** The same slot, with when it was set free again, or without. */
export function withFreed({ extension = [], ...slot }: Slot, at: string | undefined): Slot {
  const kept = extension.filter(({ url }) => url !== FREED);
  const all = at === undefined ? kept : [...kept, { url: FREED, valueDateTime: at }];
  return all.length > 0 ? { ...slot, extension: all } : slot;
}

/**
 * Sets the slots of an appointment free when the change gives them up: a future one can be offered again ("cupo perdido",
 * LN23:2019 8.3.3), one that has begun stays busy.
 * @param kept id of a slot that the next appointment of the same move takes over
 */
export async function freeSlots(
  { builder, context, now }: Move,
  before: Appointment,
  after: Appointment,
  kept?: string,
): Promise<void> {
  if (!holdsSlots(before.status) || holdsSlots(after.status)) return;
  for (const { reference } of before.slot ?? []) {
    const found = await readLinked<Slot>(context, reference);
    if (found?.resource.id === kept) continue;
    if (found?.resource.status === 'busy' && Date.parse(found.resource.start) > now.getTime())
      builder.update(found.stored, withFreed({ ...found.resource, status: 'free' }, now.toISOString()));
  }
}
