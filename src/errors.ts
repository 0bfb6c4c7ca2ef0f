import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { codeSystemUrl } from './config/canonical.js';
import { ERRORS } from './error-table.js';

export { ERRORS } from './error-table.js';

export type ErrorCode = keyof typeof ERRORS;

/** One thing found wrong (or worth saying). */
export interface Finding {
  readonly code: ErrorCode;
  readonly severity?: 'fatal' | 'error' | 'warning' | 'information';
  /** Values for the `{name}` places of the texts. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** FHIRPath of the fault, for example `Patient.name[0].family`, or `http.if-match`. */
  readonly expression?: string;
}

/** Is it a reason to refuse, not just something worth saying? */
export const isRefusal = ({ severity = 'error' }: Finding): boolean => severity === 'error' || severity === 'fatal';

const fill = (text: string, params: Finding['params'] = {}): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place));

/** Text of a finding in one language. */
export const findingText = (finding: Finding, language: 'es' | 'en'): string =>
  fill(ERRORS[finding.code][language], finding.params);

function toIssue(finding: Finding): OperationOutcomeIssue {
  const definition = ERRORS[finding.code];
  const spanish = findingText(finding, 'es');
  const english = findingText(finding, 'en');
  return {
    severity: finding.severity ?? (definition.status === 200 ? 'information' : 'error'),
    code: definition.issue,
    details: {
      coding: [{ system: codeSystemUrl('error'), code: finding.code }],
      text: spanish,
      _text: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/translation',
            extension: [
              { url: 'lang', valueCode: 'en' },
              { url: 'content', valueString: english },
            ],
          },
        ],
      },
    } as OperationOutcomeIssue['details'],
    diagnostics: english,
    ...(finding.expression ? { expression: [finding.expression] } : {}),
  };
}

/** OperationOutcome of findings; Spanish in `details.text`, English as its translation and in `diagnostics`. */
export const toOperationOutcome = (findings: readonly Finding[]): OperationOutcome => ({
  resourceType: 'OperationOutcome',
  issue: findings.map(toIssue),
});

/** An instance that had been looked at before a refusal. */
export interface Touched {
  /** `Type/id`. */
  readonly name: string;
  /** Patient whose record it belongs to. */
  readonly pt?: string;
}

/** The one error type of the service. Whatever is thrown and is not one of these answers 500 `internal`. */
export class ServiceError extends Error {
  readonly findings: readonly Finding[];
  readonly status: number;
  /** Extra response headers, for example `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the refusal tells something of; for the audit, never for the answer. */
  readonly about: readonly Touched[];

  constructor(
    findings: Finding | readonly Finding[],
    options: { headers?: Record<string, string>; cause?: unknown; about?: readonly Touched[] } = {},
  ) {
    const list: readonly Finding[] = 'code' in findings ? [findings] : findings;
    const first = list[0];
    if (!first) throw new TypeError('a ServiceError needs a finding');
    super(
      `${first.code}: ${findingText(first, 'en')}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'ServiceError';
    this.findings = list;
    this.status = ERRORS[first.code].status;
    this.headers = options.headers ?? {};
    this.about = options.about ?? [];
  }

  get code(): ErrorCode {
    return this.findings[0]!.code;
  }
}

/** Shorthand: `throw fault('not-found', { type, id })`. */
export const fault = (code: ErrorCode, params?: Finding['params'], expression?: string): ServiceError =>
  new ServiceError({ code, ...(params ? { params } : {}), ...(expression ? { expression } : {}) });

/** Error that asks the caller to come back: 503 with Retry-After. */
export const unavailable = (seconds: number, cause?: unknown): ServiceError =>
  new ServiceError(
    { code: 'unavailable', params: { seconds } },
    { headers: { 'Retry-After': String(seconds) }, ...(cause === undefined ? {} : { cause }) },
  );

export const isServiceError = (error: unknown): error is ServiceError => error instanceof ServiceError;
