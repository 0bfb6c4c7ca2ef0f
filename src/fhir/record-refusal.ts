import { isServiceError, type ServiceError, type Touched } from '../errors.js';
import { aboutInstances, touchedOf } from './about-instance.js';
import type { FhirRequest } from './exchange.js';
import type { FhirContext } from './fhir-context.js';
import { tellingRefusal } from './telling-refusal.js';

/** The instance in whose place an operation was asked for: `Task/id/$accept`. It was loaded before anything was refused. */
async function placeOf({ definitions, store }: FhirContext, path: string): Promise<readonly Touched[]> {
  const [type = '', id, operation] = path.split('/').filter((segment) => segment !== '');
  if (id === undefined || !operation?.startsWith('$') || !definitions.isResourceType(type)) return [];
  return (await store.heads(type, [id])).map((head) => touchedOf(type, head));
}

async function withPlace(context: FhirContext, error: ServiceError, path: string): Promise<unknown> {
  return error.status === 403 || error.about.length > 0 ? error : aboutInstances(error, await placeOf(context, path));
}

/**
 * Puts a refusal on record when it needs it ({@link tellingRefusal}), with the instances it is about.
 * @param path what follows the base URL
 */
export async function recordRefusal(
  context: FhirContext,
  request: FhirRequest,
  path: string,
  error: unknown,
): Promise<void> {
  if (!isServiceError(error) || !tellingRefusal(error, request, path)) return;
  const named = await withPlace(context, error, path);
  const draft = isServiceError(named) ? tellingRefusal(named, request, path) : undefined;
  if (draft) await context.store.auditor.record(draft);
}
