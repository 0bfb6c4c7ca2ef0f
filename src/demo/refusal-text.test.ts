import { describe, expect, it } from 'vitest';
import { refusalText } from './refusal-text.js';

describe('refusalText', () => {
  it('gives the words of an OperationOutcome with their places', () => {
    const issue = [
      { severity: 'error', code: 'required', details: { text: 'Falta algo.' }, expression: ['Task.owner'] },
      { severity: 'error', code: 'invalid', details: { text: 'Sobra algo.' } },
    ];
    const error = Object.assign(new Error('HTTP 422'), {
      response: { status: 422, data: { resourceType: 'OperationOutcome', issue } },
    });
    expect(refusalText(error)).toBe('HTTP 422: Task.owner: Falta algo. | Sobra algo.');
  });

  it('gives message and cause when nothing answered', () => {
    const error = Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
    expect(refusalText(error)).toBe('fetch failed ECONNREFUSED');
  });
});
