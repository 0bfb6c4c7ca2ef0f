import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { peersCharts } from './peers-charts.js';

/**
 * Writes people in the peers' data shape as NDJSON, one file for each resource type, named like the type.
 * @returns paths of the files, and the number of resources in them
 */
export async function writeNdjson(
  folder: string,
  patients: number,
): Promise<{ paths: readonly string[]; resources: number }> {
  const files = new Map<string, WriteStream>();
  let resources = 0;
  for (const chart of peersCharts(patients))
    for (const resource of chart.resources) {
      const { resourceType } = resource;
      const file = files.get(resourceType) ?? createWriteStream(join(folder, `${resourceType}.ndjson`));
      files.set(resourceType, file);
      resources += 1;
      if (!file.write(`${JSON.stringify(resource)}\n`)) await once(file, 'drain');
    }
  for (const file of files.values()) {
    file.end();
    await finished(file);
  }
  return { paths: [...files.keys()].map((type) => join(folder, `${type}.ndjson`)), resources };
}
