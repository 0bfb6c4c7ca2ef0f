import type { Reference, Resource, ServiceRequest } from '@medplum/fhirtypes';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import type { Store } from '../store/store.js';
import type { RegisterSources } from './register-columns.js';
import type { RegisterLeg } from './register-legs.js';
import { lastOutput } from './task-io.js';

type Loaded = ReadonlyMap<string, Resource>;

/** Reads many resources by reference, one query a type; unknown and deleted ones are absent. */
async function readAll(store: Store, references: readonly (string | undefined)[]): Promise<Loaded> {
  const ids = new Map<string, Set<string>>();
  for (const reference of references) {
    const target = localTarget(reference ?? '');
    if (target) ids.set(target.type, (ids.get(target.type) ?? new Set<string>()).add(target.id));
  }
  const rows = await Promise.all(
    [...ids].map(async ([type, wanted]) =>
      (await store.readMany(type, [...wanted]))
        .filter(({ del }) => !del)
        .map((stored) => [`${type}/${stored._id}`, resourceOf(stored)] as const),
    ),
  );
  return new Map(rows.flat());
}

/** The facility on the other side of a line: whom a referral was sent to, else who asked (of a follow-up: who answered). */
const otherSide = ({ leg, kind, direction }: RegisterLeg): Reference | undefined =>
  kind === 'referencia' && direction === 'sent' ? leg.owner : leg.requester;

/** Everything the lines of a register draw their columns from, in two rounds of queries. */
export async function registerSources(store: Store, lines: readonly RegisterLeg[]): Promise<RegisterSources[]> {
  const first = await readAll(
    store,
    lines.flatMap((line) => [
      line.leg.basedOn?.[0]?.reference,
      line.leg.for?.reference,
      otherSide(line)?.reference,
      lastOutput(line.leg, 'appointment'),
    ]),
  );
  const orderOf = ({ leg }: RegisterLeg): ServiceRequest | undefined =>
    first.get(leg.basedOn?.[0]?.reference ?? '') as ServiceRequest | undefined;
  const diagnosisOf = (line: RegisterLeg): string | undefined => orderOf(line)?.reasonReference?.[0]?.reference;
  const second = await readAll(store, lines.map(diagnosisOf));
  return lines.map((line) => ({
    order: orderOf(line),
    patient: first.get(line.leg.for?.reference ?? ''),
    other: first.get(otherSide(line)?.reference ?? ''),
    diagnosis: second.get(diagnosisOf(line) ?? ''),
    appointment: first.get(lastOutput(line.leg, 'appointment') ?? ''),
  })) as RegisterSources[];
}
