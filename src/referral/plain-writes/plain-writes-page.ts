import { EDGES } from '../edges.js';
import { ALL_MOVES, type MoveName, moveRow } from '../moves.js';
import { LEG_SOURCES, PLAIN_MOVES } from './plain-moves.js';
import type { FieldSource } from './written.js';

const code = (text: string): string => `\`${text}\``;
const list = (words: readonly string[]): string => words.map(code).join(' ');

/** Each field of a move with the places where it is read. */
function places(move: MoveName, sources: readonly FieldSource[]): string {
  const told = moveRow(move).fields.flatMap(({ name, required }) => {
    const found = sources.filter(({ field }) => field === name).map(({ at }) => at.replaceAll('|', '\\|'));
    if (found.length === 0) return required ? [`${code(name)}: –`] : [];
    return [`${code(name)}${required ? '' : '?'}: ${found.join('; ')}`];
  });
  return told.join('<br>') || 'nada / nothing';
}

const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Is everything that the move must carry read somewhere? */
const isTold = (move: MoveName): boolean =>
  moveRow(move).fields.every(
    ({ name, required }) => !required || (LEG_SOURCES[move] ?? []).some(({ field }) => field === name),
  );

/** Moves that a write of the leg can carry, of those that this server has. */
const legMoves = (built: ReadonlySet<string>): readonly MoveName[] =>
  ALL_MOVES.filter((move) => built.has(move) && moveRow(move).on !== 'none' && move !== 'submit' && isTold(move));

const legLine = (move: MoveName): string => {
  const states = new Set(EDGES.filter((edge) => edge.move === move).map(({ to, oldLeg }) => oldLeg ?? to));
  return line('Task', list([...states]), code(`$${move}`), places(move, LEG_SOURCES[move] ?? []));
};

/** Table of the plain writes that mean a move, as Markdown; `built` holds the names of the operations this server has. */
export function plainWritesTable(built: ReadonlySet<string>): string {
  const linked = PLAIN_MOVES.map(({ type, from, to, changes, inForce, move, sources }) => {
    const when = [changes ? `cambia / changes ${list(changes)}` : '', inForce ? 'la vigente / the one in force' : ''];
    const change = `${list(from)} → ${list(to)}${when
      .filter(Boolean)
      .map((one) => `; ${one}`)
      .join('')}`;
    const name = type === 'Task' ? 'Task (`provide-information`)' : type;
    return move === undefined
      ? line(name, change, '422 `use-operation`', '–')
      : line(name, change, code(`$${move}`), places(move, sources));
  });
  return [
    line(
      'Recurso / Resource',
      'Cambio / Change',
      'Movimiento / Move',
      'De dónde sale cada campo / Where each field is read',
    ),
    line('---', '---', '---', '---'),
    ...linked,
    ...legMoves(built).map(legLine),
  ].join('\n');
}
