import type { OperationOutcome } from '@medplum/fhirtypes';

/** Text of what went wrong with a request: the words of the OperationOutcome, else those of the error. */
export function refusalText(error: unknown): string {
  const { response, message, cause } = error as {
    response?: { status: number; data?: OperationOutcome };
    message?: string;
    cause?: { code?: string };
  };
  if (!response) return [message ?? String(error), cause?.code].filter(Boolean).join(' ');
  const issues = response.data?.issue ?? [];
  const words = issues.map(({ details, expression }) => [expression?.[0], details?.text].filter(Boolean).join(': '));
  return `HTTP ${response.status}: ${words.join(' | ')}`;
}
