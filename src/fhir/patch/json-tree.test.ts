import { describe, expect, it } from 'vitest';
import { LosslessNumber } from 'lossless-json';
import { sameTree } from './json-tree.js';

const number = (text: string): LosslessNumber => new LosslessNumber(text);

describe('sameTree', () => {
  it('compares numbers by value', () => {
    expect(sameTree(number('1.10'), number('11e-1'))).toBe(true);
    expect(sameTree(number('0.00'), number('0'))).toBe(true);
    expect(sameTree(number('1'), number('-1'))).toBe(false);
  });

  it('compares long literals as they are written', () => {
    const long = `1${'0'.repeat(300)}`;
    expect(sameTree(number(long), number(long))).toBe(true);
    expect(sameTree(number(long), number('1e300'))).toBe(false);
    expect(sameTree(number(`1e1${'0'.repeat(300)}`), number(`1e01${'0'.repeat(300)}`))).toBe(false);
    expect(sameTree([number(long)], [number(`${long}.0`)])).toBe(false);
  });
});
