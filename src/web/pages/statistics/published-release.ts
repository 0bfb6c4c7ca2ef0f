import { fault } from '../../../errors.js';
import type { PublishedVersion } from '../../../statistics/release/published-data.js';
import { TABLES } from '../../../statistics/release/rows.js';
import type { PageContext } from '../../page-context.js';

/** Where the files of the releases are served. */
export const FILES = '/datos/v1/releases';

/**
 * The release that an address names: `/datos/:month` the newest version, `/datos/:month/v:version` another.
 * @throws ServiceError 404 when there is none
 */
export async function publishedRelease({ params, path, services }: PageContext): Promise<PublishedVersion> {
  const { month = '', version } = params;
  const known = version === undefined || /^[1-9]\d{0,3}$/.test(version);
  const release = known
    ? await services.statistics.published.release(month, version === undefined ? undefined : Number(version))
    : undefined;
  if (!release) throw fault('route-unknown', { path });
  return release;
}

/** The table that an address names. @throws ServiceError 404 when there is none */
export function tableOf({ params, path }: PageContext): (typeof TABLES)[number] {
  const table = TABLES.find(({ name }) => name === params['table']);
  if (!table) throw fault('route-unknown', { path });
  return table;
}

/** Address of a release's page; of another version than the newest it names the version. */
export const releasePath = ({ month, version, latest }: PublishedVersion['entry']): string =>
  latest ? `/datos/${month}` : `/datos/${month}/v${version}`;
