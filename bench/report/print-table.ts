import type { BenchResult } from '../result-file.js';
import { targets } from '../targets.js';
import { besideRow, cellText } from './cells.js';
import { figureRows } from './figures.js';

const HEAD = ['scenario', 'callers', 'ours', 'bare', 'raw', 'ours / bare', 'best peer', 'aim'];

const columns = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** A result as lines for a terminal: rate · p50 / p95 / p99 in ms, ratio, peers and aims. */
export function printedTable(result: BenchResult): string[] {
  const rows = result.rows.map((row) => {
    const { peer, aim, ratio } = besideRow(result.suite, row);
    return [
      row.scenario,
      String(row.users),
      cellText(row.ours),
      cellText(row.bare),
      cellText(row.raw),
      ratio,
      peer,
      aim,
    ];
  });
  const remarks = result.rows.flatMap(({ scenario, users, ours, bare, raw, note }) => [
    ...[ours, bare, raw].flatMap((cell) => (cell?.error === undefined ? [] : [`${scenario}, ${users}: ${cell.error}`])),
    ...(note === undefined ? [] : [`${scenario}, ${users}: ${note}`]),
  ]);
  const figures = figureRows(result).map((cells) => cells.join('  '));
  return [...columns([HEAD, ...rows]), ...new Set(remarks), ...figures, `peers: ${targets.source}`];
}
