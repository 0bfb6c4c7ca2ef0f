import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { pathSteps } from './path-steps.js';
import { isSafeCriterion } from './safe-criterion.js';

describe('isSafeCriterion', () => {
  it.each([
    "system = 'b' and value = '2'",
    "use = 'matches(' or (text.exists() and given.first() = 'Ana')",
    "text.startsWith('A') and given.count() > 1",
    'value.ofType(Quantity).empty().not()',
    "$this = 'it\\'s' and (period.start > @2020-01-01T10:00:00Z)",
    '(value as Quantity).value * 2 <= 10.5',
  ])('allows %p', (criterion) => {
    expect(isSafeCriterion(criterion)).toBe(true);
  });

  it.each([
    "text.matches('(a+)+$')",
    "text.`matches`('(a+)+$')",
    'text."matches"(\'(a+)+$\')',
    "text.matches/* */('(a+)+$')",
    "text.matches // x\n ('(a+)+$')",
    "text.matches\t('(a+)+$')",
    "'\\'' = text.matches('(a+)+$')",
    "text.replaceMatches('a', 'b') = ''",
    '$this.select($this.combine($this)).exists()',
    'repeat($this).exists()',
    'descendants().exists()',
    'identifier.where(true).exists()',
    '(identifier | identifier).exists()',
    '%resource.exists()',
    "(text & text).contains('a')",
    "(text + text).contains('a')",
    "'open",
    'exists().all(true)',
  ])('refuses %p', (criterion) => {
    expect(isSafeCriterion(criterion)).toBe(false);
    expect(pathSteps(`Patient.name.where(${criterion})`)).toBeUndefined();
  });

  it('never lets another function through, whatever stands around it', () => {
    const noise = fc.constantFrom(
      ' ',
      "'a'",
      '(',
      ')',
      'text',
      '.',
      '=',
      '`',
      '"',
      '/*',
      '*/',
      '\\',
      "'",
      '\n',
      '$this',
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 8 }), fc.array(noise, { maxLength: 8 }), (before, after) => {
        const criterion = `${before.join('')} matches(${after.join('')}`;
        const bare = criterion.replace(/'(?:[^'\\]|\\.)*'/gs, '');
        if (bare.includes('matches(')) expect(isSafeCriterion(criterion)).toBe(false);
      }),
    );
  });
});
