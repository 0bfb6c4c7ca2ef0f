import { isServiceError, ServiceError, type Touched } from '../errors.js';
import type { StoredHead } from '../store/envelope.js';

/** An instance as a refusal names it. */
export const touchedOf = (type: string, { _id, pt }: Pick<StoredHead, '_id' | 'pt'>): Touched => ({
  name: `${type}/${_id}`,
  ...(pt === undefined ? {} : { pt }),
});

/** A resource of which only the name `Type/id` is known; of a Patient the record is known by it. */
export function touchedByName(name: string): Touched {
  const [type, pt = ''] = name.split('/');
  return type === 'Patient' ? { name, pt } : { name };
}

/** The same error that says which instances had been looked at; what is no ServiceError stays as it is. */
export function aboutInstances(error: unknown, touched: readonly Touched[]): unknown {
  if (!isServiceError(error) || touched.length === 0) return error;
  const about = new Map([...error.about, ...touched].map((one) => [one.name, one]));
  return new ServiceError(error.findings, { headers: { ...error.headers }, cause: error, about: [...about.values()] });
}

/**
 * Does work on an instance that was loaded: its refusal tells something of the instance ("another version", "the test does not
 * hold"), so that the record of the refusal must name it.
 */
export async function aboutInstance<T>(
  type: string,
  stored: Pick<StoredHead, '_id' | 'pt'>,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw aboutInstances(error, [touchedOf(type, stored)]);
  }
}
