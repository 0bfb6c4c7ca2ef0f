import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../config/paths.js';
import { Deadlines } from './deadlines.js';
import { type Edition, EditionContent } from './edition.js';

const FILE = join(packageRoot, 'seed', 'deadlines.json');

/**
 * The edition that comes with the service (`seed/deadlines.json`): working values until the ministry loads its own.
 * It is written into an empty database once; after that the database alone says what is in force.
 */
export const SHIPPED_EDITION: Edition = {
  ...EditionContent.parse(JSON.parse(readFileSync(FILE, 'utf8'))),
  number: 1,
  by: 'service',
  at: new Date('2019-01-01T06:00:00.000Z'),
};

/** The shipped edition, ready to be asked: for synthetic histories and documentation. */
export const SHIPPED_DEADLINES = new Deadlines(SHIPPED_EDITION);
