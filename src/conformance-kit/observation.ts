import type { AuditEvent, Communication, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../config/canonical.js';
import { isLeg, isTaskOf } from '../referral/vocabulary.js';
import type { PeerClient } from './peer-client.js';

/** A move as its Provenance tells it. */
export interface SeenMove {
  readonly move: string;
  /** ISO instant. */
  readonly at: string;
  /** Made for the watched facility? */
  readonly own: boolean;
}

/** A request of the watched facility, as the audit has it. */
export interface SeenRequest {
  readonly at: string;
  readonly codes: readonly string[];
  readonly refused: boolean;
  /** `Type/id` of what it was about, without versions. */
  readonly about: readonly string[];
}

/** One referral in which the watched facility had a part. */
export interface SeenReferral {
  readonly order: ServiceRequest & { readonly id: string };
  /** Legs, newest last. */
  readonly legs: readonly (Task & { readonly id: string })[];
  readonly questions: readonly Task[];
  readonly messages: readonly (Communication & { readonly id: string })[];
  /** Oldest first. */
  readonly moves: readonly SeenMove[];
  readonly placer: string;
}

/** What a client did in the time that was looked at. */
export interface Observation {
  readonly organization: string;
  readonly referrals: readonly SeenReferral[];
  readonly requests: readonly SeenRequest[];
}

export interface Watch {
  /** Organization id. */
  readonly organization: string;
  /** ISO instant from which on it is looked at. */
  readonly since: string;
  /** Only the referral with this number of the origin's own. */
  readonly placer?: string;
}

const PAGE = 200;
const MOVES = codeSystemUrl('referral-operation');

const moveOf = ({ activity }: Provenance): string | undefined =>
  activity?.coding?.find(({ system }) => system === MOVES)?.code;

const seenMove = (provenance: Provenance, organization: string): SeenMove[] => {
  const move = moveOf(provenance);
  const own = provenance.agent[0]?.onBehalfOf?.reference === `Organization/${organization}`;
  return move === undefined ? [] : [{ move, at: provenance.recorded, own }];
};

function seenRequest({ recorded, subtype, outcome, entity }: AuditEvent): SeenRequest {
  return {
    at: recorded,
    codes: (subtype ?? []).flatMap(({ code }) => code ?? []),
    refused: outcome !== undefined && outcome !== '0',
    about: (entity ?? []).flatMap(({ what }) => what?.reference?.split('/_history/')[0] ?? []),
  };
}

/** Everything about one referral. */
async function seenReferral(peer: PeerClient, id: string, organization: string): Promise<SeenReferral | undefined> {
  const reference = `ServiceRequest/${id}`;
  const { body: order, status } = await peer.call<ServiceRequest & { id: string }>('GET', reference);
  if (status !== 200) return undefined;
  const [tasks, trail, messages] = await Promise.all([
    peer.search<Task & { id: string }>('Task', { focus: reference, _count: PAGE }),
    peer.search<Provenance>('Provenance', { target: reference, _count: PAGE }),
    peer.search<Communication & { id: string }>('Communication', { 'based-on': reference, _count: PAGE }),
  ]);
  return {
    order,
    legs: tasks.filter(isLeg).sort((a, b) => (a.meta?.lastUpdated ?? '').localeCompare(b.meta?.lastUpdated ?? '')),
    questions: tasks.filter((task) => isTaskOf(task, 'provide-information')),
    messages,
    moves: trail.flatMap((one) => seenMove(one, organization)).sort((a, b) => a.at.localeCompare(b.at)),
    placer: order.identifier?.find(({ system }) => system === SID.placer)?.value ?? '',
  };
}

/**
 * Reads what a facility's client did since a moment: the referrals that moved (Provenance) and the requests it made
 * (AuditEvent), by FHIR alone. The reader needs to see both, as the demonstration account `conformance` does.
 */
export async function observe(peer: PeerClient, { organization, since, placer }: Watch): Promise<Observation> {
  const agent = `Organization/${organization}`;
  const [trail, events] = await Promise.all([
    peer.search<Provenance>('Provenance', { agent, recorded: `ge${since}`, _count: PAGE }),
    peer.search<AuditEvent>('AuditEvent', { agent, date: `ge${since}`, _count: PAGE }),
  ]);
  const orders = new Set(
    trail
      .filter((one) => moveOf(one) !== undefined)
      .flatMap(({ target }) =>
        target.flatMap(({ reference }) => /^ServiceRequest\/(.+)$/.exec(reference ?? '')?.[1] ?? []),
      ),
  );
  const referrals: SeenReferral[] = [];
  for (const id of orders) {
    const seen = await seenReferral(peer, id, organization);
    if (seen && (placer === undefined || seen.placer === placer)) referrals.push(seen);
  }
  return { organization, referrals, requests: events.map(seenRequest) };
}
