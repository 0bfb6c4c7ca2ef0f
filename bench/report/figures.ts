import type { BenchResult, DiskReport } from '../result-file.js';
import { targets } from '../targets.js';
import { countText } from './cells.js';

/** Bytes on disk of a resource, with its history, claims, audit and indexes. */
export function bytesPerResource({ resources, collections }: DiskReport): number {
  const bytes = collections.reduce((sum, { storage, indexes }) => sum + storage + indexes, 0);
  return resources === 0 ? 0 : Math.round(bytes / resources);
}

const measuredFigure: Readonly<Record<'disk' | 'memory' | 'start', (result: BenchResult) => number | undefined>> = {
  disk: ({ disk }) => (disk?.[0] ? bytesPerResource(disk[0]) : undefined),
  memory: ({ memory }) => memory?.peak,
  start: ({ firstAnswerMs }) => firstAnswerMs,
};

/** Header of {@link figureRows}. */
export const FIGURE_HEAD = ['figure', 'ours', 'HAPI', 'Medplum', 'aim, at most'] as const;

/** Figures of a run that are not rates, beside the peers' and the aims; those that were not measured are left out. */
export function figureRows(result: BenchResult): string[][] {
  return targets.figures.flatMap(({ name, label, hapi, medplum, aim }) => {
    const value = measuredFigure[name](result);
    if (value === undefined) return [];
    const reached = value <= aim ? '✓' : '✗';
    return [[label, countText(value), countText(hapi), countText(medplum), `${countText(aim)} ${reached}`]];
  });
}
