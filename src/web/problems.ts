import type { OperationOutcome } from '@medplum/fhirtypes';
import { findingText, isServiceError } from '../errors.js';
import type { Language } from './language.js';

/** Something a person must know or mend. */
export interface Problem {
  readonly text: string;
  /** Id of the form field it is about; the summary links to it. */
  readonly field?: string;
}

/** Somebody was faster: the version that the person saw is not the current one. */
const CHANGED = new Set(['version-conflict', 'write-conflict']);

/** Is this the refusal of a move or edit because somebody changed the same thing meanwhile? */
export const isChangedMeanwhile = (error: unknown): boolean => isServiceError(error) && CHANGED.has(error.code);

/**
 * The findings of a refusal in plain words.
 * @param fields FHIRPath of a finding's place -> id of the form field it came from
 * @throws the error itself when it is no ServiceError
 */
export function problemsOf(
  error: unknown,
  language: Language,
  fields: Readonly<Record<string, string>> = {},
): readonly Problem[] {
  if (!isServiceError(error)) throw error;
  return error.findings.map((finding) => {
    const field = finding.expression === undefined ? undefined : fields[finding.expression];
    return { text: findingText(finding, language), ...(field === undefined ? {} : { field }) };
  });
}

/** The issues of an OperationOutcome in plain words; Spanish in `details.text`, English in `diagnostics` (src/errors.ts). */
export const outcomeTexts = ({ issue }: OperationOutcome, language: Language): readonly string[] =>
  issue.map(
    ({ details, diagnostics }) => (language === 'en' ? diagnostics : undefined) ?? details?.text ?? diagnostics ?? '',
  );
