import type { OperationOutcome } from '@medplum/fhirtypes';

/** What fhir-kit-client and fetch throw: an answer that is no success, or no answer with its cause. */
interface RequestError {
  readonly response?: { readonly status: number; readonly data?: OperationOutcome };
  readonly message?: string;
  readonly cause?: { readonly code?: string };
}

/** True when the service answered, if only to refuse. */
export const wasAnswered = (error: unknown): boolean => (error as RequestError).response !== undefined;

/** Text of what went wrong with a request: the words of the OperationOutcome, else those of the error. */
export function refusalText(error: unknown): string {
  const { response, message, cause } = error as RequestError;
  if (!response) return [message ?? String(error), cause?.code].filter(Boolean).join(' ');
  const issues = response.data?.issue ?? [];
  const words = issues.map(({ details, expression }) => [expression?.[0], details?.text].filter(Boolean).join(': '));
  return `HTTP ${response.status}: ${words.join(' | ')}`;
}
