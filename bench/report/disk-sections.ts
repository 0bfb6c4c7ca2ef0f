import type { BenchResult, DiskReport } from '../result-file.js';
import { countText } from './cells.js';
import { bytesPerResource } from './figures.js';
import { table } from './markdown.js';

const HEAD = ['collection', 'documents', 'documents on disk, bytes', 'indexes, bytes', 'bytes per resource', 'share'];

function section(report: DiskReport): string[] {
  const { scenario, resources, jsonBytes, collections } = report;
  const all = collections.reduce((sum, { storage, indexes }) => sum + storage + indexes, 0);
  const rows = collections.map(({ name, documents, storage, indexes }) => [
    name,
    countText(documents),
    countText(storage),
    countText(indexes),
    countText(Math.round((storage + indexes) / resources)),
    `${Math.round((100 * (storage + indexes)) / all)} %`,
  ]);
  return [
    `### Disk after \`${scenario}\``,
    '',
    `${countText(resources)} resources of ${countText(jsonBytes)} bytes of JSON on average: ${countText(bytesPerResource(report))} bytes each on disk, compressed,`,
    "after a checkpoint, with history, claims, audit and all indexes; MongoDB's journal and replication log are not counted.",
    '',
    ...table(HEAD, rows),
    '',
  ];
}

/** Tables of what each way of loading takes on disk, by collection. */
export const diskSections = ({ disk = [] }: BenchResult): string[] =>
  disk.filter(({ resources }) => resources > 0).flatMap(section);
