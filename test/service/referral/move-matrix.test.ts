import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provenance, Task } from '@medplum/fhirtypes';
import { findAccount } from '../../../src/access/accounts.js';
import { type Walk, walkTo } from '../../../src/demo/edge-walks.js';
import type { Condition } from '../../../src/referral/conditions.js';
import { EDGES, type Edge } from '../../../src/referral/edges.js';
import type { FieldRow } from '../../../src/referral/field.js';
import { ALL_MOVES, moveRow } from '../../../src/referral/moves.js';
import { ALL_PARTIES, partiesOf } from '../../../src/referral/parties.js';
import { ALL_STATES, type ReferralState, stateRow } from '../../../src/referral/states.js';
import { decide, everAllowed } from '../../../src/referral/transition.js';
import { startService, type TestService } from '../../support/service.js';
import { inParallel } from '../policy/policy-fixture.js';
import { errorCode, facility } from './referral-fixture.js';
import { accountOf, ask, follow, inputOf, step, type Walker, type WalkScene, walkScene } from './walk-moves.js';

/** Referrals that walk at the same time. */
const WIDTH = 8;
/** What makes a referral is no move of one that is there: it has tests of its own. */
const MOVE_EDGES = EDGES.filter(({ from, move }) => from !== undefined && move !== 'create');
/** Parties that ask over HTTP. */
const ASKING = ALL_PARTIES.filter((party) => accountOf(party, { destination: 'hosp1' }) !== undefined);

const withoutLast = ({ start, edges }: Walk): Walk => ({ start, edges: edges.slice(0, -1) });

/** The shortest way into a state. */
function wayInto(state: ReferralState): Walk {
  if (state === 'draft') return { ...walkTo(MOVE_EDGES.find(({ from }) => from === 'draft')!), edges: [] };
  const ways = MOVE_EDGES.filter(({ to }) => to === state).map(walkTo);
  return ways.sort((a, b) => a.edges.length - b.edges.length)[0]!;
}

const factsOf = ({ standing: { care, advice } }: Walker): Condition[] => [
  care ? 'care-given' : 'no-care',
  ...(advice ? (['authorised'] as const) : (['order'] as const)),
];

describe('the table of transitions over HTTP', () => {
  let scene: WalkScene;
  let service: TestService;

  beforeAll(async () => {
    service = await startService();
    scene = await walkScene(service);
  }, 60_000);
  afterAll(() => service.stop());

  const allowed = MOVE_EDGES.flatMap((edge) =>
    edge.by.filter((party) => ASKING.includes(party)).map((party) => ({ edge, party })),
  );

  it(`lets every party make every move that is its own (${allowed.length} cells)`, async () => {
    let done = 0;
    await inParallel(allowed, WIDTH, async ({ edge, party }) => {
      const own: WalkScene = party === 'PT' ? { ...scene, ahead: true } : scene;
      const walker = await follow(own, withoutLast(walkTo(edge)));
      const { moved, standing } = await step(own, walker, edge, accountOf(party, walker));
      expect(moved.referral.status).toBe(stateRow(standing.state).request);
      if (standing.state !== 'error' || moved.task) {
        expect(stateRow(standing.state).task).toContain(moved.task.status);
        const old = edge.oldLeg && (await service.call<Task>('conformance', 'GET', `Task/${walker.moved.task?.id}`));
        if (old) expect(old.body.businessStatus?.coding?.[0]?.code).toBe(edge.oldLeg);
      }
      const trail = await service.call<{ entry?: { resource: Provenance }[] }>(
        'conformance',
        'GET',
        `Provenance?target=ServiceRequest/${moved.referral.id}&_count=100`,
      );
      const made = (trail.body.entry ?? []).map(({ resource }) => resource.activity?.coding?.[0]?.code);
      expect(made).toContain(edge.move);
      const number = moved.referral.identifier?.find(({ system }) => system?.endsWith('/sid/referencia'))?.value;
      const record = { sub: `$${edge.move}`, out: '0', 'det.from': edge.from, 'det.to': edge.to };
      const recorded = await service.db
        .collection('audit')
        .countDocuments(number === undefined ? record : { ...record, 'det.number': number });
      expect(recorded).toBeGreaterThan(0);
      done += 1;
    });
    expect(done).toBe(allowed.length);
  }, 240_000);

  it('refuses every other move in every state to every party, and changes nothing', async () => {
    let cells = 0;
    for (const state of ALL_STATES.filter((one) => one !== 'redirected')) {
      const walker = await follow(scene, wayInto(state));
      const moves = ALL_MOVES.filter((move) => {
        const { on } = moveRow(move);
        if (!MOVE_EDGES.some((edge) => edge.move === move)) return false;
        return on === 'ServiceRequest' || (on === 'Task' && walker.moved.task !== undefined);
      });
      // Nobody but the origin sees a draft.
      const parties = ASKING.filter((party) => state !== 'draft' || party === 'OC' || party === 'OA');
      const forbidden: { move: (typeof moves)[number]; account: string; status: number }[] = [];
      for (const party of parties) {
        const account = accountOf(party, walker) ?? '';
        const { role, facility: place, facilities, patient } = (await findAccount(service.context.store, account))!;
        const sides = {
          origin: facility('uaps1'),
          patient: scene.patient.replace('Patient/', ''),
          ...(state === 'draft' ? {} : { destination: facility(walker.destination) }),
        };
        const actor = {
          roles: [role],
          facilities,
          ...(place === undefined ? {} : { facility: place }),
          ...(patient === undefined ? {} : { patient }),
        };
        const mine = partiesOf(actor, sides);
        for (const move of moves) {
          const status = everAllowed(move, mine) ? 422 : 403;
          // Who never makes a move is refused before the state is looked at: one state stands for all.
          if (status === 403 && state !== 'in-triage') continue;
          if (!decide(state, move, mine, [...factsOf(walker), 'advice', 'emergency']).ok)
            forbidden.push({ move, account, status });
        }
      }
      await inParallel(forbidden, WIDTH, async ({ move, account, status }) => {
        const refused = await ask(scene, walker, move, account, []);
        expect([state, move, account, refused.answer.status, errorCode(refused.answer)]).toEqual([
          ...[state, move, account, status],
          status === 403 ? 'move-role' : 'move-not-allowed',
        ]);
      });
      cells += forbidden.length;
      const { task, referral } = walker.moved;
      const path = task ? `Task/${task.id}` : `ServiceRequest/${referral.id}`;
      expect((await service.call('conformance', 'GET', path)).body['meta']).toEqual((task ?? referral).meta);
    }
    console.info(`forbidden cells: ${cells}`);
    expect(cells).toBeGreaterThan(700);
  }, 240_000);

  /** Paths of what a move must carry: `reason`, `answer`, `answer.item`. */
  const required = (rows: readonly FieldRow[], prefix = ''): string[] =>
    rows.flatMap((row) => [
      ...(row.required ? [`${prefix}${row.name}`] : []),
      ...(row.parts ? required(row.parts, `${prefix}${row.name}.`) : []),
    ]);
  const without = (input: ReturnType<typeof inputOf>, path: string): ReturnType<typeof inputOf> => {
    const [name, part] = path.split('.');
    return part === undefined
      ? input.filter((field) => field.name !== name)
      : input.map((field) =>
          field.name === name ? { ...field, part: (field.part ?? []).filter((one) => one.name !== part) } : field,
        );
  };
  const demanding = ALL_MOVES.flatMap((move) => {
    const edge = MOVE_EDGES.find((one) => one.move === move && (one.when === undefined || move !== 'respond'));
    const paths = required(moveRow(move).fields);
    return edge && paths.length > 0 ? [{ edge, paths }] : [];
  });
  const cells = demanding.reduce((sum, { paths }) => sum + paths.length, 0);

  it(`names every field that is missing (${cells} cells)`, async () => {
    let told = 0;
    await inParallel(demanding, WIDTH, async ({ edge, paths }: { edge: Edge; paths: readonly string[] }) => {
      const walker = await follow(scene, withoutLast(walkTo(edge)));
      for (const path of paths) {
        const refused = await ask(scene, walker, edge.move, 'conformance', without(inputOf(scene, walker, edge), path));
        expect([edge.move, path, refused.answer.status, errorCode(refused.answer)]).toEqual([
          ...[edge.move, path, 422, 'field-missing'],
        ]);
        expect(refused.answer.text).toContain(`"expression":["${path}"]`);
        told += 1;
      }
    });
    expect(told).toBe(cells);
  }, 120_000);
});
