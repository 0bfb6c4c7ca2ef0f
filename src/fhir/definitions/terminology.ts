import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';

/** A code of a code system. */
export interface Concept {
  readonly display?: string;
  readonly definition?: string;
  /** Displays in other languages, by language code. */
  readonly designations?: Readonly<Record<string, string>>;
  /** Code of the concept above, in a hierarchy. */
  readonly parent?: string;
  /** No longer given to anything new. */
  readonly inactive?: true;
}

/** Code systems and value sets held in memory. */
export interface Terminology {
  /** Concepts of a code system in its own order; undefined when it is unknown. */
  concepts(system: string): ReadonlyMap<string, Concept> | undefined;
  /** Display of a code, in a language when it has a designation for it; undefined when system or code are not known here. */
  display(system: string, code: string, language?: string): string | undefined;
  /** Codes of a code system in its own order; none when it is unknown. */
  codes(system: string): readonly string[];
  /** A code and all above or below it; undefined when its system has no hierarchy here or not this code. */
  related(system: string, code: string, direction: 'above' | 'below'): readonly string[] | undefined;
  /** Codes of a value set as `system|code`; undefined when it cannot be enumerated with what is known here. */
  expand(valueSet: string): ReadonlySet<string> | undefined;
}

function flatten(concepts: readonly CodeSystemConcept[], into: Map<string, Concept>, parent?: string): void {
  for (const { code, display, definition, designation = [], concept } of concepts) {
    const named = designation.flatMap(({ language, value }) => (language ? [[language, value] as const] : []));
    into.set(code, {
      ...(display ? { display } : {}),
      ...(definition ? { definition } : {}),
      ...(named.length > 0 ? { designations: Object.fromEntries(named) } : {}),
      ...(parent ? { parent } : {}),
    });
    flatten(concept ?? [], into, code);
  }
}

const withoutVersion = (canonical: string): string => canonical.split('|', 1)[0] ?? canonical;

function isBelow(concepts: ReadonlyMap<string, Concept>, code: string, ancestor: string): boolean {
  for (let parent = concepts.get(code)?.parent; parent; parent = concepts.get(parent)?.parent)
    if (parent === ancestor) return true;
  return false;
}

function relatives(
  concepts: ReadonlyMap<string, Concept> | undefined,
  code: string,
  direction: 'above' | 'below',
): readonly string[] | undefined {
  if (!concepts?.has(code) || ![...concepts.values()].some(({ parent }) => parent !== undefined)) return undefined;
  return [...concepts.keys()].filter(
    (other) =>
      other === code || (direction === 'below' ? isBelow(concepts, other, code) : isBelow(concepts, code, other)),
  );
}

const intersect = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...a].filter((code) => b.has(code)));

/**
 * Terminology of enumerable value sets: lists, whole code systems, `is-a` and `descendent-of` filters, nested value sets,
 * exclusions (https://hl7.org/fhir/R4/valueset.html#compositions). Anything else makes a value set unknown, not empty.
 */
export function createTerminology(codeSystems: readonly CodeSystem[], valueSets: readonly ValueSet[]): Terminology {
  const systems = new Map<string, Map<string, Concept>>();
  for (const { url, concept } of codeSystems) {
    if (!url) continue;
    const concepts = systems.get(url) ?? new Map<string, Concept>();
    flatten(concept ?? [], concepts);
    systems.set(url, concepts);
  }
  const sets = new Map(valueSets.map((valueSet) => [valueSet.url, valueSet]));
  const expansions = new Map<string, ReadonlySet<string> | undefined>();

  function systemCodes(include: ValueSetComposeInclude): ReadonlySet<string> | undefined {
    const { system } = include;
    if (include.concept) return new Set(include.concept.map(({ code }) => `${system}|${code}`));
    const concepts = systems.get(system ?? '');
    if (!concepts) return undefined;
    let codes = [...concepts.keys()];
    for (const { property, op, value } of include.filter ?? []) {
      if (property !== 'concept' || (op !== 'is-a' && op !== 'descendent-of')) return undefined;
      codes = codes.filter((code) => isBelow(concepts, code, value) || (op === 'is-a' && code === value));
    }
    return new Set(codes.map((code) => `${system}|${code}`));
  }

  /** All parts of one include must hold at once. */
  function included(include: ValueSetComposeInclude): ReadonlySet<string> | undefined {
    const parts = [
      ...(include.system ? [systemCodes(include)] : []),
      ...(include.valueSet ?? []).map((url) => expand(url)),
    ];
    return parts.reduce((all, part) => (all && part ? intersect(all, part) : undefined));
  }

  function compute(valueSet: ValueSet | undefined): ReadonlySet<string> | undefined {
    const codes = new Set<string>();
    if (!valueSet?.compose) return undefined;
    for (const include of valueSet.compose.include) {
      const part = included(include);
      if (!part) return undefined;
      for (const code of part) codes.add(code);
    }
    for (const exclude of valueSet.compose.exclude ?? []) {
      const part = included(exclude);
      if (!part) return undefined;
      for (const code of part) codes.delete(code);
    }
    return codes;
  }

  function expand(canonical: string): ReadonlySet<string> | undefined {
    const url = withoutVersion(canonical);
    if (!expansions.has(url)) {
      expansions.set(url, undefined); // a value set that includes itself ends here
      expansions.set(url, compute(sets.get(url)));
    }
    return expansions.get(url);
  }

  return {
    display(system, code, language) {
      const concept = systems.get(system)?.get(code);
      return (language === undefined ? undefined : concept?.designations?.[language]) ?? concept?.display;
    },
    related: (system, code, direction) => relatives(systems.get(system), code, direction),
    concepts: (system) => systems.get(system),
    codes: (system) => [...(systems.get(system)?.keys() ?? [])],
    expand,
  };
}
