import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from '../../config/paths.js';

/**
 * One of the national catalogues of the folder `seed`, as far as `shape` describes it.
 * @param name of the file, without `.json`
 * @throws ZodError when the file does not have this shape
 */
export const readCatalogue = <T extends z.ZodType>(name: string, shape: T): z.infer<T> =>
  shape.parse(JSON.parse(readFileSync(join(packageRoot, 'seed', `${name}.json`), 'utf8')));
