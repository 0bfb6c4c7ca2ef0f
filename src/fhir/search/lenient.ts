import { toOperationOutcome } from '../../errors.js';
import type { FhirRequest } from '../exchange.js';
import type { SearchQuery } from './search-query.js';
import type { SearchsetEntry } from './searchset.js';

/** Does the client want unknown parameters passed over (FHIR R4 search, 3.1.1.4.1: `Prefer: handling=lenient`)? */
export const prefersLenient = ({ prefer }: Pick<FhirRequest, 'prefer'>): boolean =>
  /(?:^|[,;\s])handling=lenient(?:$|[,;\s])/.test(prefer ?? '');

/** What was passed over, as an OperationOutcome among the entries of the Bundle; nothing when all was understood. */
export function ignoredEntries({ type, ignored }: Pick<SearchQuery, 'type' | 'ignored'>): readonly SearchsetEntry[] {
  if (ignored.length === 0) return [];
  const findings = ignored.map((parameter) => ({
    code: 'parameter-ignored' as const,
    severity: 'warning' as const,
    params: { parameter: parameter.slice(0, 80), type },
  }));
  return [{ mode: 'outcome', json: JSON.stringify(toOperationOutcome(findings)) }];
}
