import { isServiceError, ServiceError } from '../../errors.js';

function entryFault(error: unknown, index: number): unknown {
  if (!isServiceError(error)) return error;
  const at = `Bundle.entry[${index}]`;
  return new ServiceError(
    error.findings.map((finding) => ({
      ...finding,
      // What is wrong with a header of the request stands in the entry itself, and so does what names its place already.
      expression: placeIn(at, finding.expression),
    })),
    { cause: error, about: error.about },
  );
}

function placeIn(at: string, expression: string | undefined): string {
  if (expression === undefined || expression.startsWith('http.')) return at;
  return expression.startsWith(at) ? expression : `${at}.resource.${expression.replace(/^[A-Z]\w*\./, '')}`;
}

/** Runs the work of one entry of a Bundle so that its errors say which entry it was. */
export async function inEntry<T>(index: number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw entryFault(error, index);
  }
}
