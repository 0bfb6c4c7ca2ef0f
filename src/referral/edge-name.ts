import type { Edge } from './edges.js';

/** A transition in one line, unlike any other: `T31 in-care $respond died → answered`. */
export const edgeName = ({ t, from, move, when, to, newReferral }: Edge): string =>
  [
    `T${t}`,
    from ?? '–',
    move === 'create' ? move : `$${move}`,
    ...(when ? [when] : []),
    '→',
    to,
    ...(newReferral ? ['(replaces)'] : []),
  ].join(' ');
