import type { Parameters, ServiceRequest, Task } from '@medplum/fhirtypes';
import { EDGES } from '../../src/referral/edges.js';
import { ALL_MOVES, type MoveName, moveRow } from '../../src/referral/moves.js';
import { partiesOf, partiesOfRoles, type Sides } from '../../src/referral/parties.js';
import type { ReferralState } from '../../src/referral/states.js';
import { stateOf } from '../../src/referral/vocabulary.js';
import { sidesOf } from '../../src/referral/work-scalars.js';
import { decide, edgesFrom } from '../../src/referral/transition.js';
import type { Random } from '../../src/seed/random.js';
import type { Answer, TestService } from '../support/service.js';
import { errorCode, moved, order, placer, post, send, submission } from '../service/referral/referral-fixture.js';
import { brokenInvariants, storedReferral } from './referral-invariants.js';
import { type CastMember, DESTINATIONS, facilityId, ORIGINS } from './walk-cast.js';
import { conditionsOf, WALK_INPUTS } from './walk-inputs.js';

type WalkMove = keyof typeof WALK_INPUTS;

/**
 * Moves with rules of their own beside the table, and the code of the 422 by which each is refused even where the table
 * allows it: a term or an hour that must have come, attempts to reach the person, no way back for somebody in transit.
 */
const RULED: ReadonlyMap<MoveName, string> = new Map([
  ['no-response', 'rule-broken'],
  ['leave-list', 'rule-broken'],
  ['no-show', 'too-early'],
  ['not-arrived', 'too-early'],
  ['redirect', 'redirect-returns'],
]);

/** A referral as the model sees it. */
interface Walker {
  referral: ServiceRequest & { id: string };
  task: Task & { id: string };
  etag: string;
  state: ReferralState;
  sides: Sides;
  /** Moves that were acknowledged. */
  acknowledged: number;
  /** Somebody has begun to attend the patient. */
  attended: boolean;
}

interface Attempt {
  readonly move: WalkMove;
  readonly member: CastMember;
  readonly etag: string;
  readonly parameter: NonNullable<Parameters['parameter']>;
  /** Edge number and states when the table allows it. */
  readonly expected: { readonly to: ReferralState; readonly edge: string } | undefined;
}

/** What a walk did. */
export interface WalkReport {
  readonly steps: number;
  readonly accepted: number;
  readonly refused: number;
  /** Pairs of moves at the same moment on one version. */
  readonly races: number;
  /** Edges that were followed, as `from $move to`. */
  readonly edges: ReadonlySet<string>;
  /** What should not be; empty when the service follows the table. */
  readonly faults: readonly string[];
}

const MOST_AT_ONCE = 12;
const REFUSED: ReadonlySet<number> = new Set([403, 404, 412, 422, 428]);

/**
 * Walks referrals through random moves by random people over HTTP, some at the same moment on the same version, and
 * compares every answer with the table and every stored referral with the invariants.
 */
export async function walkReferrals(
  service: TestService,
  cast: readonly CastMember[],
  locations: Readonly<Record<string, string>>,
  { steps, random }: { steps: number; random: Random },
): Promise<WalkReport> {
  const walkers: Walker[] = [];
  const edges = new Set<string>();
  const faults: string[] = [];
  let [accepted, refused, races] = [0, 0, 0];

  const start = async (): Promise<void> => {
    const origin = random.pick(ORIGINS);
    const sent = await send(
      service,
      `clinician.${origin}`,
      submission(
        order({
          placer: placer(),
          requester: post(`clinician.${origin}`),
          destination: `Organization/${facilityId(random.pick(DESTINATIONS))}`,
          priority: random.weighted(['routine', 'urgent', 'asap', 'stat'] as const, (each) =>
            each === 'routine' ? 4 : 1,
          ),
        }),
      ),
    );
    const state = sent.task && stateOf(sent.task);
    if (sent.answer.status !== 201 || !state) throw new Error(`sending was refused: ${sent.answer.text}`);
    walkers.push({ ...sent, state, sides: sidesOf(sent.task), acknowledged: 1, attended: false });
  };

  const pickMove = (walker: Walker): WalkMove => {
    const possible = edgesFrom(walker.state)
      .map(({ move }) => move)
      .filter((move) => move in WALK_INPUTS) as WalkMove[];
    const all = ALL_MOVES.filter((move) => move in WALK_INPUTS) as WalkMove[];
    return possible.length > 0 && random.chance(0.8) ? random.pick(possible) : random.pick(all);
  };

  const pickMember = (walker: Walker, move: WalkMove): CastMember => {
    const parties = EDGES.filter((edge) => edge.move === move && edge.from === walker.state).flatMap(({ by }) => by);
    const able = cast.filter(({ actor }) => partiesOf(actor, walker.sides).some((party) => parties.includes(party)));
    return able.length > 0 && random.chance(0.85) ? random.pick(able) : random.pick(cast);
  };

  const plan = (walker: Walker): Attempt => {
    const move = pickMove(walker);
    const member = pickMember(walker, move);
    const destination = DESTINATIONS.find((alias) => facilityId(alias) === walker.sides.destination) ?? 'hosp1';
    const parameter = WALK_INPUTS[move]({
      random,
      referral: walker.referral,
      destination,
      location: locations[destination] ?? '',
      attended: walker.attended,
      now: new Date(),
    });
    const stale = random.chance(0.04);
    const decision = decide(
      walker.state,
      move,
      partiesOf(member.actor, walker.sides),
      conditionsOf(parameter, walker.attended),
    );
    return {
      move,
      member,
      etag: stale ? 'W/"99999"' : walker.etag,
      parameter,
      expected:
        decision.ok && !stale
          ? { to: decision.to, edge: `${walker.state} $${move} ${decision.edge.when ?? ''} ${decision.to}` }
          : undefined,
    };
  };

  const attempt = (walker: Walker, { move, member, etag, parameter }: Attempt): Promise<Answer<Parameters>> => {
    const target =
      moveRow(move).on === 'ServiceRequest' ? `ServiceRequest/${walker.referral.id}` : `Task/${walker.task.id}`;
    return service.call<Parameters>(member.account, 'POST', `${target}/$${move}`, {
      body: parameter.length > 0 ? { resourceType: 'Parameters', parameter } : { resourceType: 'Parameters' },
      headers: { 'if-match': etag },
    });
  };

  const fault = (walker: Walker, { move, member }: Attempt, words: string): void => {
    faults.push(`${walker.referral.id}: ${walker.state} $${move} by ${member.account}: ${words}`);
  };

  /** Takes over what an acknowledged move answered; the table must have allowed it. */
  const take = (walker: Walker, tried: Attempt, answer: Answer<Parameters>): void => {
    const after = moved(answer);
    const state = after.task && stateOf(after.task);
    if (!tried.expected) fault(walker, tried, `${answer.status}, the table does not allow it`);
    else if (state !== tried.expected.to) fault(walker, tried, `went to ${String(state)}, not ${tried.expected.to}`);
    else edges.add(tried.expected.edge);
    accepted += 1;
    Object.assign(walker, {
      referral: after.referral,
      task: after.task,
      etag: after.etag,
      state: state ?? walker.state,
      sides: sidesOf(after.task),
      acknowledged: walker.acknowledged + 1,
      attended: walker.attended || tried.move === 'start-care',
    });
  };

  const refuse = (walker: Walker, tried: Attempt, answer: Answer<Parameters>, raced: boolean): void => {
    refused += 1;
    if (!REFUSED.has(answer.status) && !(raced && answer.status === 409))
      fault(walker, tried, `answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    const roles = partiesOfRoles(tried.member.actor.roles);
    if (tried.expected && !raced && !(answer.status === 422 && RULED.get(tried.move) === errorCode(answer)))
      fault(
        walker,
        tried,
        `refused (${answer.status} ${String(errorCode(answer))}) though the table allows it: ${answer.text.slice(0, 300)}`,
      );
    if (answer.status === 422 && roles.length === 0)
      fault(walker, tried, 'somebody without any part got past the role');
  };

  const step = async (): Promise<void> => {
    const open = walkers.filter(({ state }) => edgesFrom(state).length > 0);
    if (open.length < MOST_AT_ONCE && (open.length < 3 || random.chance(0.25))) return start();
    // Now and then one that has ended is tried too.
    const walker = random.chance(0.03) ? random.pick(walkers) : random.pick(open.slice(-MOST_AT_ONCE));
    const tries = random.chance(0.1) ? [plan(walker), plan(walker)] : [plan(walker)];
    const raced = tries.length > 1;
    if (raced) races += 1;
    const before = { ...walker };
    const answers = await Promise.all(tries.map((tried) => attempt(before, tried)));
    const won = answers.flatMap((answer, index) => (answer.status === 200 ? [index] : []));
    if (won.length > 1) faults.push(`${walker.referral.id}: two moves won on one version in ${before.state}`);
    answers.forEach((answer, index) => {
      if (answer.status !== 200) refuse(before as Walker, tries[index]!, answer, raced);
    });
    won.forEach((index) => take(walker, tries[index]!, answers[index]!));
    const broken = brokenInvariants(await storedReferral(service.db, walker.referral.id), walker.acknowledged);
    faults.push(
      ...broken.map((words) => `${walker.referral.id} in ${walker.state} after $${tries[0]!.move}: ${words}`),
    );
  };

  for (let done = 0; done < steps && faults.length < 10; done += 1) await step();
  return { steps, accepted, refused, races, edges, faults };
}
