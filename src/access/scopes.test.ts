import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  grantScopes,
  parseScope,
  parseScopes,
  scopeAllows,
  type ScopeLetter,
  type SmartScope,
  scopeText,
} from './scopes.js';

const letters = fc.subarray(['c', 'r', 'u', 'd', 's'] as ScopeLetter[], { minLength: 1 }).map((some) => some.join(''));
const anyScope: fc.Arbitrary<SmartScope> = fc.record({
  context: fc.constantFrom('patient' as const, 'user' as const, 'system' as const),
  type: fc.constantFrom('*', 'Patient', 'Observation', 'ServiceRequest', 'Task'),
  letters,
});
const list = fc.array(anyScope, { maxLength: 5 }).map((scopes) => scopes.map(scopeText).join(' '));

describe('parseScope', () => {
  it('reads SMART v2 scopes with and without a search restriction', () => {
    expect(parseScope('system/*.cruds')).toEqual({ context: 'system', type: '*', letters: 'cruds' });
    expect(parseScope('user/Observation.rs?category=http://x|y,z&status=final')).toEqual({
      context: 'user',
      type: 'Observation',
      letters: 'rs',
      query: 'category=http://x|y,z&status=final',
    });
  });

  it.each([
    ['user/Patient.read', 'rs'],
    ['user/Patient.write', 'cud'],
    ['user/Patient.*', 'cruds'],
  ])('reads %s of SMART v1 as %s', (text, expected) => {
    expect(parseScope(text)?.letters).toBe(expected);
  });

  it.each([
    'openid',
    'system/*.sr',
    'system/*.rr',
    'system/*.',
    'system/*.crudsx',
    'system/patient.r',
    'admin/*.cruds',
    'system/*.cruds?',
    'SYSTEM/*.cruds',
    ' system/*.cruds',
    'system/*.cruds\n',
    'system//Patient.r',
    '',
  ])('drops %j', (text) => {
    expect(parseScope(text)).toBeUndefined();
  });

  it('gives back what it wrote', () => {
    fc.assert(
      fc.property(anyScope, (scope) => {
        expect(parseScope(scopeText(scope))).toEqual(scope);
      }),
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseScopes(text).every((scope) => scope.letters !== '')).toBe(true);
      }),
    );
  });
});

describe('grantScopes', () => {
  it('narrows types and letters to what is allowed', () => {
    expect(grantScopes('system/*.cruds', 'system/*.rs')).toBe('system/*.rs');
    expect(grantScopes('system/Patient.cr system/Task.u', 'system/*.cruds')).toBe('system/Patient.cr system/Task.u');
    expect(grantScopes('system/*.rs', 'system/Patient.cruds system/Task.s')).toBe('system/Patient.rs system/Task.s');
  });

  it('drops what is malformed, of another context, restricted, or no resource scope', () => {
    expect(
      grantScopes('openid offline_access user/*.cruds system/*.sr system/Patient.rs?name=x', 'system/*.cruds'),
    ).toBe('');
  });

  it('never gives a right that was not asked or not allowed, and every right that was both', () => {
    const oneContext = (text: string): string => text.replace(/\b(patient|user)\//g, 'system/');
    fc.assert(
      fc.property(
        list.map(oneContext),
        list.map(oneContext),
        fc.constantFrom('Patient', 'Observation', 'ServiceRequest', 'Task', 'Slot'),
        fc.constantFrom('c' as const, 'r' as const, 'u' as const, 'd' as const, 's' as const),
        (asked, allowed, type, letter) => {
          const expected = scopeAllows(asked, type, letter) && scopeAllows(allowed, type, letter);
          expect(scopeAllows(grantScopes(asked, allowed), type, letter)).toBe(expected);
        },
      ),
    );
  });
});

describe('scopeAllows', () => {
  it('gives exactly the granted subset', () => {
    const scope = 'user/Observation.rs user/Task.u';
    expect(scopeAllows(scope, 'Observation', 'r')).toBe(true);
    expect(scopeAllows(scope, 'Observation', 'c')).toBe(false);
    expect(scopeAllows(scope, 'Condition', 'r')).toBe(false);
    expect(scopeAllows(scope, 'Task', 'u')).toBe(true);
    expect(scopeAllows(scope, 'Task', 'r')).toBe(false);
  });

  it('asks for the right on all types with *', () => {
    expect(scopeAllows('system/*.s', '*', 's')).toBe(true);
    expect(scopeAllows('system/Patient.s', '*', 's')).toBe(false);
  });

  it('gives nothing for a scope with a search restriction', () => {
    expect(scopeAllows('user/Observation.rs?category=laboratory', 'Observation', 'r')).toBe(false);
  });
});
