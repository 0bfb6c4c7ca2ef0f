import type {
  Address,
  CodeableConcept,
  Coding,
  HumanName,
  Identifier,
  Period,
  Reference,
  Timing,
} from '@medplum/fhirtypes';
import { localTarget } from '../references.js';
import { dateInterval, FOREVER, type Interval } from './date-interval.js';
import { logicalReferenceKey, referenceKey } from './search-keys.js';

/** A token; `system` is absent for FHIR types that have none (`code`, `boolean`), empty when it was left out. */
export interface Token {
  readonly system?: string;
  readonly code: string;
}

const coded = (coding: Coding): Token[] =>
  coding.code === undefined ? [] : [{ system: coding.system ?? '', code: coding.code }];

/** Tokens of a value by its FHIR type (R4 search, token). `CodeableConcept.text` is no token. */
export function tokensOf(type: string, value: unknown): Token[] {
  switch (type) {
    case 'Coding':
      return coded(value as Coding);
    case 'CodeableConcept':
      return ((value as CodeableConcept).coding ?? []).flatMap(coded);
    case 'Identifier': {
      const { system, value: code } = value as Identifier;
      return code === undefined ? [] : [{ system: system ?? '', code }];
    }
    case 'ContactPoint': {
      const { value: code } = value as { value?: string };
      return code === undefined ? [] : [{ code }];
    }
    default:
      return typeof value === 'string' || typeof value === 'boolean' ? [{ code: String(value) }] : [];
  }
}

/** Displays and texts that stand for a coded value, for `:text` (R4 search: text of the concept, display, text of the type). */
export function displaysOf(type: string, value: unknown): string[] {
  switch (type) {
    case 'Coding':
      return present([(value as Coding).display]);
    case 'CodeableConcept': {
      const { text, coding = [] } = value as CodeableConcept;
      return present([text, ...coding.map(({ display }) => display)]);
    }
    case 'Identifier':
      return present([(value as Identifier).type?.text]);
    default:
      return [];
  }
}

/** An identifier under each code of its type. */
export function typedIdentifiersOf(type: string, value: unknown): { system: string; code: string; value: string }[] {
  const { type: kind, value: text } = type === 'Identifier' ? (value as Identifier) : {};
  if (text === undefined) return [];
  return (kind?.coding ?? []).flatMap(({ system, code }) =>
    system === undefined || code === undefined ? [] : [{ system, code, value: text }],
  );
}

const present = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');

/** Searchable parts of a string value by its FHIR type (R4 search, string). */
export function textsOf(type: string, value: unknown): string[] {
  if (type === 'HumanName') {
    const { family, given = [], prefix = [], suffix = [], text } = value as HumanName;
    return present([family, ...given, ...prefix, ...suffix, text]);
  }
  if (type === 'Address') {
    const { line = [], city, district, state, postalCode, country, text } = value as Address;
    return present([...line, city, district, state, postalCode, country, text]);
  }
  if (type === 'CodeableConcept') return present([(value as CodeableConcept).text]);
  return typeof value === 'string' ? present([value]) : [];
}

/** Text by which a string value is sorted: surnames before given names. */
export function sortTextOf(type: string, value: unknown): string | undefined {
  if (type !== 'HumanName') return textsOf(type, value)[0];
  const { family, given = [], text } = value as HumanName;
  return present([family, ...given]).join(' ') || text;
}

function periodInterval({ start, end }: Period): Interval[] {
  const from = start === undefined ? FOREVER : dateInterval(start);
  const to = end === undefined ? FOREVER : dateInterval(end);
  return from && to && (start !== undefined || end !== undefined) ? [{ lo: from.lo, hi: to.hi }] : [];
}

/** Whole span of a Timing: its events and its bounds; undefined bounds by duration have no place in time. */
function timingInterval({ event = [], repeat }: Timing): Interval[] {
  const parts = [...event.flatMap((text) => dateInterval(text) ?? []), ...periodInterval(repeat?.boundsPeriod ?? {})];
  if (parts.length === 0) return [];
  return [{ lo: Math.min(...parts.map(({ lo }) => lo)), hi: Math.max(...parts.map(({ hi }) => hi)) }];
}

/** A choice may hold a string or an Age instead: those have no place in time. */
const DATE_TYPES: ReadonlySet<string> = new Set(['date', 'dateTime', 'instant']);

/** Intervals of a date value by its FHIR type (R4 search, date). */
export function intervalsOf(type: string, value: unknown): Interval[] {
  if (type === 'Period') return periodInterval(value as Period);
  if (type === 'Timing') return timingInterval(value as Timing);
  const interval = DATE_TYPES.has(type) && typeof value === 'string' ? dateInterval(value) : undefined;
  return interval ? [interval] : [];
}

/**
 * Keys of a reference: its target without version, its identifier (logical reference), or the resource itself where one
 * stands in place (first entry of a document). References to contained resources have none.
 */
export function referenceKeysOf(param: string, type: string, value: unknown, targets: readonly string[]): string[] {
  if (typeof value === 'string') return urisOf(type, value).map((uri) => referenceKey(param, uri));
  if (type === 'Reference') {
    const { reference, identifier } = value as Reference;
    const keys: string[] = [];
    if (typeof reference === 'string' && !reference.startsWith('#')) {
      const local = localTarget(reference);
      keys.push(referenceKey(param, local ? `${local.type}/${local.id}` : reference.replace(/\/_history\/[^/]+$/, '')));
    }
    if (identifier?.value !== undefined)
      keys.push(
        logicalReferenceKey(param, identifier.system ?? '', identifier.value),
        logicalReferenceKey(param, undefined, identifier.value),
      );
    return keys;
  }
  const { resourceType, id } = value as { resourceType?: string; id?: string };
  return resourceType !== undefined && id !== undefined && targets.includes(resourceType)
    ? [referenceKey(param, `${resourceType}/${id}`)]
    : [];
}

/** A uri, and a canonical also without its version: `url|1.0` is found as `url` (R4 references, canonical). */
export function urisOf(type: string, value: unknown): string[] {
  if (typeof value !== 'string') return [];
  const at = type === 'canonical' ? value.lastIndexOf('|') : -1;
  return at < 0 ? [value] : [value, value.slice(0, at)];
}
