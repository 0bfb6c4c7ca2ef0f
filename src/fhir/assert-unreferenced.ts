import { fault } from '../errors.js';
import type { FhirContext } from './fhir-context.js';

/**
 * Throws 409 `still-referenced` when something current refers to this resource. Only reference search parameters count:
 * they have an index. AuditEvent and Provenance tell of the past and hold nothing back.
 * @param gone `Type/id` of what is deleted together with it
 */
export async function assertUnreferenced(
  context: Pick<FhirContext, 'definitions' | 'store'>,
  type: string,
  id: string,
  gone: readonly string[] = [],
): Promise<void> {
  const { definitions, store } = context;
  const checks = definitions.resourceTypes
    .filter((source) => source !== 'AuditEvent' && source !== 'Provenance')
    .map(async (source) => {
      const keys = [...definitions.searchParameters(source).values()]
        .filter((parameter) => parameter.type === 'reference' && parameter.targets.includes(type))
        .map(({ code }) => `${code}~${type}/${id}`);
      // A record may name its patient outside any search parameter (Binary.securityContext, entries of a document).
      const holds = [
        ...(keys.length > 0 ? [{ 's.ref': { $in: keys } }] : []),
        ...(type === 'Patient' && source !== 'Patient' ? [{ pt: id }] : []),
      ];
      if (holds.length === 0) return false;
      const leaving = gone.flatMap((name) => (name.startsWith(`${source}/`) ? [name.slice(source.length + 1)] : []));
      const filter = { $or: holds, ...(leaving.length > 0 ? { _id: { $nin: leaving } } : {}) };
      return (await store.count(source, filter, { limit: 1 })) > 0;
    });
  if ((await Promise.all(checks)).includes(true)) throw fault('still-referenced', { type, id });
}
