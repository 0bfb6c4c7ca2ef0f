import { codeSystemUrl } from '../../config/canonical.js';
import type { Definitions } from '../../fhir/definitions/definitions.js';
import type { Store } from '../../store/store.js';
import { isObject } from '../untrusted.js';
import type { KnownKeys } from './check-edition.js';

/** More rows than a table may have name no more services than this. */
const MOST_SERVICES = 5_000;

/** Ids of services that rows of a table name, whatever else is wrong with it. */
function namedServices(given: unknown): string[] {
  const terms: unknown = isObject(given) ? given['terms'] : undefined;
  const ids = (Array.isArray(terms) ? (terms as unknown[]) : []).flatMap((row) => {
    const service = isObject(row) ? row['service'] : undefined;
    return typeof service === 'string' ? [service] : [];
  });
  return [...new Set(ids)].slice(0, MOST_SERVICES);
}

/**
 * What the rows of a table may name: the specialties of the guide, and of the HealthcareServices those that exist.
 * @param given the table as it was given
 */
export async function knownKeys(
  { store, definitions }: { readonly store: Pick<Store, 'readMany'>; readonly definitions: Definitions },
  given: unknown,
): Promise<KnownKeys> {
  const found = await store.readMany('HealthcareService', namedServices(given));
  return {
    specialties: new Set(definitions.codes(codeSystemUrl('specialty'))),
    services: new Set(found.filter(({ del }) => !del).map(({ _id }) => _id)),
  };
}
