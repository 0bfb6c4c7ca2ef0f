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

/**
 * An edition that was loaded under a release with fewer clocks, or without limits, has those of the shipped one.
 * @param edition as it is stored
 */
export function withShippedRest(edition: Omit<Edition, 'limits'> & Partial<Pick<Edition, 'limits'>>): Edition {
  const known = new Set(edition.terms.map(({ clock }) => clock));
  const terms = [...edition.terms, ...SHIPPED_EDITION.terms.filter(({ clock }) => !known.has(clock))];
  return { ...edition, terms, limits: edition.limits ?? SHIPPED_EDITION.limits };
}

/** The shipped edition, ready to be asked: for synthetic histories and documentation. */
export const SHIPPED_DEADLINES = new Deadlines(SHIPPED_EDITION);
