import type { Bundle, Organization } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import type { PageContext } from '../page-context.js';
import { inBundle } from './in-bundle.js';

/** Ids that one search may name. */
const PER_SEARCH = 50;

/**
 * Names of facilities by id, in one search for each fifty.
 * @param references `Organization/x` or ids; others are left out, as are facilities that are unknown
 */
export async function facilityNames(
  page: Pick<PageContext, 'fhir'>,
  references: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [
    ...new Set(
      references.flatMap((reference) => {
        if (reference === undefined) return [];
        if (!reference.includes('/')) return [reference];
        const target = localTarget(reference);
        return target?.type === 'Organization' ? [target.id] : [];
      }),
    ),
  ];
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += PER_SEARCH) {
    const some = ids.slice(from, from + PER_SEARCH);
    const { resource } = await page.fhir<Bundle>('GET', `Organization?_id=${some.join(',')}&_count=${some.length}`);
    for (const { id, name } of inBundle(resource, 'Organization') as readonly (Organization & { id: string })[])
      names.set(id, name ?? id);
  }
  return names;
}
