import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSystem, CodeSystemConcept } from '@medplum/fhirtypes';
import { packageRoot } from '../../../src/config/paths.js';

export interface NaiveToken {
  /** Undefined for values that have none; empty when it was left out. */
  readonly system?: string;
  readonly code: string;
}

type Coding = { system?: string; code?: string; display?: string };
type Shape = Coding & { coding?: Coding[]; text?: string; value?: string; type?: { text?: string; coding?: Coding[] } };

/** Tokens of a code, Coding, CodeableConcept, Identifier or (by the name of the parameter) ContactPoint. */
export function tokensOfValue(parameter: string, value: unknown): NaiveToken[] {
  if (typeof value !== 'object' || value === null) return [{ code: String(value) }];
  const { coding, code, system, value: text } = value as Shape;
  if (['phone', 'email', 'telecom'].includes(parameter)) return text === undefined ? [] : [{ code: text }];
  if (text !== undefined) return [{ system: system ?? '', code: text }];
  const all = coding ?? (code === undefined ? [] : [{ ...(system === undefined ? {} : { system }), code }]);
  return all.flatMap((one) => (one.code === undefined ? [] : [{ system: one.system ?? '', code: one.code }]));
}

/** Displays and texts of such a value. */
export function displaysOfValue(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { coding = [], text, display, type } = value as Shape;
  return [text, display, type?.text, ...coding.map((one) => one.display)].filter((one) => one !== undefined);
}

/** `a`, `s|a`, `|a`, `s|`. */
export function tokenMatches({ system, code }: NaiveToken, asked: string): boolean {
  const [first = '', second] = asked.split('|');
  if (second === undefined) return code === first;
  return system === first && (second === '' || code === second);
}

/** `system|code|value` of an identifier. */
export function ofTypeMatches(value: unknown, asked: string): boolean {
  const { type, value: text } = value as Shape;
  return (type?.coding ?? []).some((one) => `${one.system ?? ''}|${one.code ?? ''}|${text ?? ''}` === asked);
}

const systems = readFileSync(join(packageRoot, 'profiles', 'base', 'code-systems.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as CodeSystem);

/** Is the code `inner` the code `outer`, or nested under it? */
export function isBelow(system: string, inner: string, outer: string): boolean {
  const holds = ({ code, concept = [] }: CodeSystemConcept): boolean => code === inner || concept.some(holds);
  const find = (concepts: readonly CodeSystemConcept[]): CodeSystemConcept | undefined =>
    concepts.map((one) => (one.code === outer ? one : find(one.concept ?? []))).find((one) => one !== undefined);
  const root = find(systems.find(({ url }) => url === system)?.concept ?? []);
  return root !== undefined && holds(root);
}
