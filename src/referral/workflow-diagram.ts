import { EDGES, type Edge } from './edges.js';
import { moveRow } from './moves.js';
import { ALL_STATES, type ReferralState, stateRow } from './states.js';

/** A move that leads from so many states to one is told once, beside the drawing: its arrows would hide all others. */
const EVERYWHERE = 6;

const FILL = { origin: '#dbeafe', destination: '#dcfce7', nobody: '#f1f1f1' } as const;

const quoted = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

const wayOf = ({ move, to }: Edge): string => `${move} ${to}`;

/** Moves that lead from many states to one, with their number of states. */
function widespread(): ReadonlySet<string> {
  const froms = new Map<string, Set<string>>();
  for (const edge of EDGES) {
    const known = froms.get(wayOf(edge)) ?? new Set<string>();
    froms.set(wayOf(edge), known.add(edge.from ?? ''));
  }
  return new Set([...froms].filter(([, states]) => states.size >= EVERYWHERE).map(([way]) => way));
}

const node = (state: ReferralState): string => {
  const { es, en, actsNext } = stateRow(state);
  const border = actsNext === undefined ? ', peripheries=2' : '';
  return `  ${quoted(state)} [label=${quoted(`${es}\\n${en}`)}, fillcolor=${quoted(FILL[actsNext ?? 'nobody'])}${border}];`;
};

/** Arrows between two states are one, with all moves that lead along it. */
function arrows(aside: ReadonlySet<string>): readonly string[] {
  const labels = new Map<string, Set<string>>();
  for (const edge of EDGES.filter((one) => one.from !== undefined && !aside.has(wayOf(one)))) {
    const way = `  ${quoted(edge.from ?? '')} -> ${quoted(edge.to)}`;
    labels.set(way, (labels.get(way) ?? new Set<string>()).add(`$${edge.move}`));
  }
  return [...labels].map(([way, moves]) => `${way} [label=${quoted([...moves].join('\\n'))}];`);
}

/** Ways in beside the draft: somebody who came before anything was written. */
const beginnings = (): readonly string[] => {
  const edges = EDGES.filter(({ from, move }) => from === undefined && move !== 'create');
  return edges.map(({ move, to }) => `  start -> ${quoted(to)} [label=${quoted(`$${move}`)}];`);
};

/** Where the old leg stays when a new one starts: a dashed arrow. */
const leftBehind = (): readonly string[] => [
  ...new Set(
    EDGES.flatMap(({ from, oldLeg }) =>
      from === undefined || oldLeg === undefined || oldLeg === from
        ? []
        : [`  ${quoted(from)} -> ${quoted(oldLeg)} [style=dashed];`],
    ),
  ),
];

function asideNode(aside: ReadonlySet<string>): string {
  const lines = [...aside].map((way) => {
    const [move = '', to = ''] = way.split(' ');
    return `$${move}: ${moveRow(move as Parameters<typeof moveRow>[0]).es} → ${stateRow(to as ReferralState).es}`;
  });
  const title = 'Desde muchos estados / from many states';
  return `  aside [shape=note, fillcolor="#fef3c7", label=${quoted([title, ...lines].join('\\l') + '\\l')}];`;
}

/** The states of a referral and what leads from one to the other, as a graph in the DOT language, from the tables. */
export function workflowDot(): string {
  const aside = widespread();
  return [
    'digraph referral {',
    '  graph [rankdir=TB, nodesep=0.5, ranksep=0.7];',
    '  node [shape=box, style="rounded,filled", fontname="Helvetica,sans-serif", fontsize=12, margin="0.3,0.1"];',
    '  edge [fontname="Helvetica,sans-serif", fontsize=10, color="#444444"];',
    ...ALL_STATES.map(node),
    '  start [shape=point, width=0.15];',
    ...beginnings(),
    ...arrows(aside),
    ...leftBehind(),
    asideNode(aside),
    '}',
    '',
  ].join('\n');
}
