import { validateTypedValue } from '@medplum/core';
import type { OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';

type Params = NonNullable<Finding['params']>;
interface Row {
  readonly pattern: RegExp;
  readonly finding: (match: RegExpExecArray, element: string) => Finding | undefined;
}

const row = (pattern: RegExp, code: Finding['code'], params: (match: RegExpExecArray) => Params = () => ({})): Row => ({
  pattern,
  finding: (match, element) => ({ code, params: { element, ...params(match) } }),
});
const cardinality = (min: string, max: string, count: string, element: string): Finding =>
  Number(count) === 0 && Number(min) > 0
    ? { code: 'element-required', params: { element } }
    : { code: 'cardinality', params: { element, range: `${min}..${max}`, count } };

/** Messages of Medplum 4.5.2 (pinned) -> our findings; a row without a finding is covered by our own checks. */
const ROWS: readonly Row[] = [
  row(/^Missing required property$/, 'element-required'),
  row(/^Invalid additional property "(.*)"$/, 'element-unknown', ([, element = '']) => ({ element })),
  row(/^Invalid empty (?:non-primitive )?value$|^String must contain non-whitespace content$/, 'element-empty'),
  row(/^Invalid (?:null|undefined) value$/, 'value-null'),
  row(/^Expected array of values for property$/, 'json-type', () => ({ expected: '[]' })),
  row(/^Expected single value for property$/, 'json-type', () => ({ expected: '{}' })),
  row(/^Invalid JSON type: expected (\w+), but got \w+$/, 'json-type', ([, expected = '']) => ({ expected })),
  row(/^Value did not match expected pattern$/, 'value-fixed'),
  row(/^Invalid (\w+) format$/, 'value-format', ([, type = '']) => ({ type })),
  row(/^Invalid numeric value$/, 'value-format', () => ({ type: 'decimal' })),
  row(/^Expected number to be an integer$/, 'value-format', () => ({ type: 'integer' })),
  row(/^Expected number to be positive$/, 'value-format', () => ({ type: 'positiveInt' })),
  row(/^Expected number to be non-negative$/, 'value-format', () => ({ type: 'unsignedInt' })),
  row(/^String cannot be larger than 1 MB$/, 'value-format', () => ({ type: 'string (1 MB)' })),
  row(/^Constraint (\S+) not met: ([^]*)$/, 'invariant', ([, key = '', text = '']) => ({ key, text })),
  {
    pattern: /^Invalid number of values: expected (\d+)\.\.(\d+|\*), but found (\d+)$/,
    finding: ([, min = '', max = '', count = ''], element) => cardinality(min, max, count, element),
  },
  {
    pattern: /^Incorrect number of values provided for slice '(.+)': expected (\d+)\.\.(\d+|\*), but found (\d+)$/,
    finding: ([, slice, min = '', max = '', count = ''], element) =>
      cardinality(min, max, count, `${element}:${slice ?? ''}`),
  },
  {
    pattern: /^Conflicting choice of type|^Type of primitive extension does|^Invalid reference: got|^Unknown data type/,
    finding: () => undefined,
  },
  // always followed by the constraint itself
  { pattern: /^Error evaluating invariant expression$/, finding: () => undefined },
];

const nameIn = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');

function toFinding(issue: OperationOutcomeIssue, place: (path: string) => string): Finding | undefined {
  const message = issue.details?.text ?? '';
  const expression = place(issue.expression?.[0] ?? '').replaceAll('[x]', '');
  for (const { pattern, finding } of ROWS) {
    const match = pattern.exec(message);
    if (!match) continue;
    const found = finding(match, nameIn(expression));
    return found && { ...found, expression };
  }
  return { code: 'structure', params: { reason: message }, expression };
}

function issuesOf(error: unknown): readonly OperationOutcomeIssue[] | undefined {
  const { outcome } = Object(error) as { outcome?: { issue?: readonly OperationOutcomeIssue[] } };
  return outcome?.issue;
}

/**
 * Runs Medplum's validator: cardinalities, unknown elements, JSON types, formats, invariants, slices, fixed values.
 * @param type registered type: a base type or the URL of a profile
 * @param place turns a path of the registered schema into FHIRPath
 * @returns findings, never throws for bad data
 */
export function medplumFindings(resource: object, type: string, place: (path: string) => string): readonly Finding[] {
  let issues: readonly OperationOutcomeIssue[];
  try {
    issues = validateTypedValue({ type, value: resource });
  } catch (error) {
    // anything else than an outcome is a shape that the crawler cannot walk over
    issues = issuesOf(error) ?? [{ severity: 'error', code: 'structure', expression: [] }];
  }
  return issues.flatMap((issue) => toFinding(issue, place) ?? []);
}
