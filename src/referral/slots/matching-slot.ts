import type { Schedule, Slot } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import { referenceKey } from '../../fhir/search/search-keys.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Move } from '../move-operation.js';
import { actorOf, facilityOf, slotsWithin } from './agendas.js';
import { asWanted, type WantedSlot } from './slot-booking.js';

const MOST_AGENDAS = 100;
const MOST_SLOTS = 100;
const NONE: ReadonlySet<string> = new Set();

const idText = (reference: string | undefined, baseUrl: string): string | undefined => {
  const target = localTarget(reference ?? '', baseUrl);
  return target && `${target.type}/${target.id}`;
};

/**
 * The free slot that a booking with a typed time means: of an agenda of the destination, of the person or the service that
 * attends, at that very time and, where both say one, that place. Undefined when no agenda has one: then nothing is held.
 * @param own ids of the slots that the person has and gives up: at the same time again they stay
 */
export async function matchingSlot(move: Move, own: ReadonlySet<string> = NONE): Promise<WantedSlot | undefined> {
  const { context, now, referral, values } = move;
  const { store, baseUrl } = context;
  const [start, end] = [values.time('start'), values.time('end')];
  if (start === undefined || end === undefined || new Date(start) <= now) return undefined;
  const attending = new Set(
    values.references('participant').flatMap(({ reference }) => idText(reference, baseUrl) ?? []),
  );
  const place = idText(values.reference('location')?.reference, baseUrl);
  if (attending.size === 0) return undefined;
  const keys = [...attending].map((reference) => referenceKey('actor', reference));
  const found = await store.find('Schedule', { 's.ref': { $in: keys } }, { limit: MOST_AGENDAS });
  const agendas = found.map((stored) => resourceOf<Schedule & { id: string }>(stored));
  const fitting: (Schedule & { id: string })[] = [];
  for (const agenda of agendas) {
    const person = actorOf(agenda, 'PractitionerRole')?.reference;
    const there = actorOf(agenda, 'Location')?.reference;
    if (agenda.active === false || (person !== undefined && !attending.has(person))) continue;
    if (place !== undefined && there !== undefined && place !== there) continue;
    if ((await facilityOf(store, agenda)) === referral.sides.destination) fitting.push(agenda);
  }
  if (fitting.length === 0) return undefined;
  const within = { from: new Date(start), to: new Date(Date.parse(start) + 1) };
  const ids = fitting.map(({ id }) => id);
  const slots = await store.find('Slot', slotsWithin(ids, own.size > 0 ? ['free', 'busy'] : ['free'], within), {
    limit: MOST_SLOTS,
  });
  for (const stored of slots) {
    const slot = resourceOf<Slot & { id: string }>(stored);
    const agenda = fitting.find(({ id }) => slot.schedule.reference === `Schedule/${id}`);
    const isOpen = slot.status === 'free' || own.has(slot.id);
    if (isOpen && Date.parse(slot.end) === Date.parse(end)) return asWanted({ stored, resource: slot }, agenda);
  }
  return undefined;
}
