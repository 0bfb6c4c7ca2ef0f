import { isDeepStrictEqual } from 'node:util';
import type { Task } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';
import type { Operation } from '../../fhir/operation.js';
import { allowedMoves } from '../allowed-moves.js';
import { type MoveName, moveRow } from '../moves.js';
import { ALL_PARTIES } from '../parties.js';
import { type ReferralState, stateRow } from '../states.js';
import { edgesFrom } from '../transition.js';
import { stateOf } from '../vocabulary.js';
import { LEG_SOURCES } from './plain-moves.js';
import { added, changes, elementOf, type FieldSource, itemsOf, type Json, type Written } from './written.js';

/** The move that a changed leg means, and where its fields are. */
export interface LegChange {
  readonly move: MoveName;
  readonly sources: readonly FieldSource[];
}

/** What the server sets in every move, whatever is written there. */
const SERVER_SETS: ReadonlySet<string> = new Set(['id', 'meta', 'status', 'businessStatus', 'lastModified', 'text']);

/** State that a written leg asks for: only a pair of the table is one. */
function wantedState(task: Task): ReferralState | undefined {
  const state = stateOf(task);
  return state && stateRow(state).task.includes(task.status) ? state : undefined;
}

const says = (sources: readonly FieldSource[], written: Written, field: string): boolean =>
  sources.some((source) => source.field === field && source.read(written).length > 0);

function lacks({ move, sources }: LegChange, written: Written): boolean {
  return moveRow(move).fields.some(({ name, required }) => required && !says(sources, written, name));
}

/**
 * The move that leads from the state of a leg to the pair that somebody wrote into it: the first whose fields are all
 * there, else the first there is. A pair that stays the same asks for a move only when something of that move was added.
 * Undefined when no move of this server leads there.
 */
export function legChange(
  operations: readonly Operation[],
  state: ReferralState,
  written: Written,
): LegChange | undefined {
  const wanted = wantedState(written.after as Task);
  if (wanted === undefined) return undefined;
  const built = allowedMoves(operations, state, ALL_PARTIES);
  const leading = edgesFrom(state).filter(({ to, oldLeg, move }) => (oldLeg ?? to) === wanted && built.includes(move));
  const candidates = [...new Set(leading.map(({ move }) => move))]
    .map((move): LegChange => ({ move, sources: LEG_SOURCES[move] ?? [] }))
    .filter(({ sources }) => wanted !== state || sources.some((source) => source.read(written).length > 0));
  return candidates.find((one) => !lacks(one, written)) ?? candidates[0];
}

/** Elements of which the written version is more, or less, than the move carries. */
function isExplained(written: Written, element: string, sources: readonly FieldSource[]): boolean {
  const own = sources.filter((source) => source.element === element);
  if (own.length === 0) return false;
  if (own.some(({ takes }) => takes === undefined)) return true;
  const now = itemsOf(elementOf(written.after, element));
  const kept = itemsOf(elementOf(written.before, element)).every((old) =>
    now.some((item) => isDeepStrictEqual(item, old)),
  );
  return kept && added(written, element).every((item: Json) => own.some(({ takes }) => takes?.(item) === true));
}

/** Findings about changes of a leg that belong to no field of its move: nothing that was sent is dropped in silence. */
export function unexplainedChanges({ move, sources }: LegChange, written: Written): Finding[] {
  const names = new Set([...Object.keys(written.before ?? {}), ...Object.keys(written.after)]);
  return [...names]
    .filter((name) => !SERVER_SETS.has(name) && changes(written, name) && !isExplained(written, name, sources))
    .map((name) => ({
      code: 'write-unexplained',
      params: { operation: `$${move}`, element: `Task.${name}` },
      expression: `Task.${name}`,
    }));
}
