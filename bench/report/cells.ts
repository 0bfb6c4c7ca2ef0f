import type { BenchRow, Measurement } from '../measure/measurement.js';
import { bestPeer, targetOf } from '../targets.js';

const thousands = (value: number, digits = 0): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A rate: whole numbers, one digit below 100. */
export const rateText = (rps: number): string => thousands(rps, rps < 100 ? 1 : 0);

/** A whole number with commas. */
export const countText = (value: number): string => thousands(value);

/** `1,160/s · 6.2 / 11.4 / 16.8`, with errors when there were any; a cell without a figure says why. */
export function cellText(cell: Measurement | null): string {
  if (cell === null) return '–';
  if (cell.error !== undefined) return 'not served';
  if (cell.rps === 0 && cell.errors === 0) return 'none ended in the time';
  const times = [cell.p50, cell.p95, cell.p99].map((value) => thousands(value, 1)).join(' / ');
  const errors = cell.errors > 0 ? ` · **${countText(cell.errors)} errors**` : '';
  return `${rateText(cell.rps)}/s${cell.p99 > 0 ? ` · ${times}` : ''}${errors}`;
}

/** What stands beside a row: peers, aims, and whether they are reached. */
export interface Beside {
  readonly peer: string;
  readonly aim: string;
  readonly ratio: string;
}

const verdict = (reached: boolean): string => (reached ? '✓' : '✗');

/** Peers' and aims' columns of a row; `–` where nothing was measured or aimed at with so many callers. */
export function besideRow(suite: string, { scenario, users, ours, ratio }: BenchRow): Beside {
  const target = targetOf(suite, scenario);
  const peer = bestPeer(target, users);
  const aim = target?.aim?.[String(users)];
  const least = target?.ratio;
  return {
    peer: peer ? `${peer.name} ${rateText(peer.rps)}/s` : '–',
    aim: aim === undefined ? '–' : `${rateText(aim)}/s ${verdict(ours.rps >= aim)}`,
    ratio:
      ratio === null
        ? '–'
        : `${ratio.toFixed(2)}${least === undefined ? '' : ` (${least} ${verdict(ratio >= least)})`}`,
  };
}
