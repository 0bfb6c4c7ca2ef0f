import type { mongo } from 'mongoose';
import type { Progress } from '../progress.js';
import { withDeferredIndexes } from '../store/defer-indexes.js';
import type { Catalogue } from '../store/index-catalogue.js';
import type { LoadReport } from '../seed/load-patients.js';

/** From so many patients on a load into empty collections builds their indexes at the end. */
const DEFER_FROM = 20_000;

/**
 * Runs a load of synthetic people; a large one into empty collections builds the indexes afterwards.
 * @param catalogue collections of FHIR resources
 * @returns the report of the load; its seconds count the indexes too
 */
export async function firstLoad(
  db: mongo.Db,
  { patients, catalogue, progress }: { patients: number; catalogue: Catalogue; progress: Progress },
  load: () => Promise<LoadReport>,
): Promise<LoadReport> {
  if (patients < DEFER_FROM) return load();
  const started = performance.now();
  const report = await withDeferredIndexes(db, { catalogue, progress }, load);
  return { ...report, seconds: (performance.now() - started) / 1000 };
}
