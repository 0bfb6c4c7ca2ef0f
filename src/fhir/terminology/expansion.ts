import type { ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';
import type { Concept } from '../definitions/terminology.js';
import type { FhirContext } from '../fhir-context.js';
import { normalizeText } from '../search/normalize-text.js';
import { knownSystem } from './known-system.js';

/** A code of an expanded value set. */
export interface ExpandedCode extends Concept {
  readonly system: string;
  readonly code: string;
}

type Source = Pick<FhirContext, 'definitions' | 'store'>;

const split = (key: string): readonly [system: string, code: string] => {
  const bar = key.indexOf('|');
  return [key.slice(0, bar), key.slice(bar + 1)];
};

/** Names that the value set itself gives to the codes it lists, by `system|code`. */
function ownNames({ compose }: ValueSet): ReadonlyMap<string, Concept> {
  return new Map(
    (compose?.include ?? []).flatMap(({ system = '', concept = [] }) =>
      concept.map(({ code, display, designation = [] }): [string, Concept] => [
        `${system}|${code}`,
        {
          ...(display === undefined ? {} : { display }),
          designations: Object.fromEntries(designation.map(({ language = '', value }) => [language, value])),
        },
      ]),
    ),
  );
}

/** The one system that a value set takes whole, without a list, filter or exclusion. */
function wholeSystem({ compose }: ValueSet): string | undefined {
  const [include, ...more] = compose?.include ?? [];
  const whole = (one: ValueSetComposeInclude | undefined): boolean =>
    one?.system !== undefined && !one.concept && !one.filter && !one.valueSet;
  return more.length === 0 && !compose?.exclude && whole(include) ? include?.system : undefined;
}

/** Made once for each list of codes: some have 14,000, and people search in them as they type. */
const expansions = new WeakMap<object, readonly ExpandedCode[]>();

function once(key: object, make: () => readonly ExpandedCode[]): readonly ExpandedCode[] {
  const known = expansions.get(key) ?? make();
  expansions.set(key, known);
  return known;
}

/**
 * Codes of a value set with their names, in its own order (https://hl7.org/fhir/R4/valueset.html#expansion).
 * @returns undefined when it cannot be enumerated with what is held here
 */
export async function expandValueSet(
  context: Source,
  valueSet: ValueSet,
): Promise<readonly ExpandedCode[] | undefined> {
  const { terminology } = context.definitions;
  const codes = terminology.expand(valueSet.url ?? '');
  if (codes) {
    return once(codes, () => {
      const names = ownNames(valueSet);
      return [...codes].map((key) => {
        const [system, code] = split(key);
        return { ...terminology.concepts(system)?.get(code), ...names.get(key), system, code };
      });
    });
  }
  const system = wholeSystem(valueSet);
  const concepts = system === undefined ? undefined : await knownSystem(context, system);
  return (
    concepts &&
    once(concepts, () => [...concepts].map(([code, concept]) => ({ ...concept, system: system ?? '', code })))
  );
}

const words = new WeakMap<ExpandedCode, readonly string[]>();

/** Words of a code and of all its names, as they are compared. */
function wordsOf(one: ExpandedCode): readonly string[] {
  const { code, display = '', designations = {} } = one;
  const known =
    words.get(one) ??
    [code, ...[display, ...Object.values(designations)].flatMap((text) => text.split(/[\s,;:()/[\]«»"-]+/u))].map(
      normalizeText,
    );
  words.set(one, known);
  return known;
}

/**
 * Does a code or one of its names have, for each word of the filter, a word that begins with it? Letter case and accents
 * do not count.
 */
export function fitsFilter(filter: string): (one: ExpandedCode) => boolean {
  const asked = normalizeText(filter).split(' ');
  return (one) => asked.every((start) => wordsOf(one).some((word) => word.startsWith(start)));
}
