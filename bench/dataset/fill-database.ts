import { loadPatients, type LoadReport } from '../../src/seed/load-patients.js';
import type { LoadContext } from '../../src/seed/load-records.js';
import { peersCharts } from './peers-charts.js';

/** `seed`: histories of the seed generator. `peers`: twelve small resources a person, as HAPI and Medplum were measured with. */
export const SHAPES = ['seed', 'peers'] as const;
export type Shape = (typeof SHAPES)[number];

/** A data set: the same on every machine. */
export interface DataSet {
  readonly shape: Shape;
  /** Number of patients. */
  readonly size: number;
}

/** Up to so many patients the seed writes about 50 records a person, beyond about 14: the set must load in reasonable time. */
const RICH_UP_TO = 10_000;

/** Writes the people of a data set with the loader of the seed. */
export function fillDatabase(
  context: LoadContext,
  { shape, size }: DataSet,
  tell: (done: number) => void = () => undefined,
): Promise<LoadReport> {
  const options = { patients: size, seed: shape === 'peers' ? 'peers' : '1', rich: size <= RICH_UP_TO };
  return loadPatients(context, options, tell, shape === 'peers' ? peersCharts(size) : undefined);
}
