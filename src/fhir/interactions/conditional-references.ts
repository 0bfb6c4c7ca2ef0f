import { fault } from '../../errors.js';
import type { FhirRequest } from '../exchange.js';
import type { FhirContext } from '../fhir-context.js';
import { referencesOf } from '../references.js';
import type { RequestedEntry } from './bundle-entry.js';
import { conditionKey, conditionPairs, parseCondition } from './find-condition.js';
import { inEntry } from './in-entry.js';

const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(.+)$/s;

interface Wanted {
  readonly reference: string;
  readonly type: string;
  readonly query: readonly (readonly [string, string])[];
  /** Where it stands first. */
  readonly index: number;
  readonly expression: string;
}

/** True for a reference by search criteria: `Patient?identifier=...`. */
export const isConditional = (reference: string): boolean => CONDITIONAL.test(reference);

function wantedBy(entries: readonly RequestedEntry[]): Wanted[] {
  const found = entries.flatMap(({ index, resource }) =>
    (resource ? referencesOf(resource) : []).flatMap(({ reference, expression }): Wanted[] => {
      const [, type, query] = CONDITIONAL.exec(reference) ?? [];
      return type !== undefined && query !== undefined
        ? [{ reference, type, query: conditionPairs(query), index, expression: `${expression}.reference` }]
        : [];
    }),
  );
  return [...new Map(found.reverse().map((one) => [one.reference, one])).values()].reverse();
}

/**
 * Finds what the conditional references of a transaction mean (R4 http.html 3.1.0.11.2): one resource each, of those the
 * caller may see, asked in one statement for many. A reference under the same criteria as a conditional create or update of
 * the Bundle means what that one makes or finds.
 * @param known `Type/id` of a canonical condition of the Bundle
 * @returns `Type/id` by the text of the reference
 * @throws ServiceError 412 `reference-unmatched`, `reference-ambiguous`; 400, 403 as for a search; each with the entry
 */
export async function resolveConditionalReferences(
  context: FhirContext,
  request: FhirRequest,
  entries: readonly RequestedEntry[],
  known: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const meant = new Map<string, string>();
  const asked: Wanted[] = [];
  for (const one of wantedBy(entries)) {
    const here = known.get(conditionKey(one.type, one.query));
    if (here === undefined) asked.push(one);
    else meant.set(one.reference, here);
  }
  if (asked.length === 0) return meant;
  const questions = await Promise.all(
    asked.map(({ index, type, query }) =>
      inEntry(index, () => {
        if (!context.definitions.isResourceType(type)) throw fault('type-unknown', { type });
        return parseCondition(context, request, type, query);
      }),
    ),
  );
  const answers = await context.store.matchEach(questions);
  for (const [position, { reference, type, index, expression }] of asked.entries()) {
    const [id, another] = answers[position] ?? [];
    await inEntry(index, () => {
      if (id === undefined) throw fault('reference-unmatched', { reference }, expression);
      if (another !== undefined) throw fault('reference-ambiguous', { reference }, expression);
      meant.set(reference, `${type}/${id}`);
    });
  }
  return meant;
}
