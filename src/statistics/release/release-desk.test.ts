import { describe, expect, it } from 'vitest';
import { ROLES } from '../../access/caller.js';
import { RELEASE_STATES, type ReleaseState } from './release-documents.js';
import { type MonthView, nextStep, type VersionView } from './release-desk.js';

const month = (
  state?: ReleaseState,
  more: Partial<MonthView> = {},
): Pick<MonthView, 'closed' | 'versions' | 'job'> => ({
  closed: true,
  versions: state ? [{ state, builtBy: 'builder' } as VersionView] : [],
  ...more,
});
const steps = (view: ReturnType<typeof month>): object =>
  Object.fromEntries(
    ROLES.flatMap((role) => {
      const step = nextStep(view, { role, sub: 'somebody' });
      return step ? [[role, step]] : [];
    }),
  );

describe('the next step of a month', () => {
  it.each<[ReleaseState | undefined, object]>([
    [undefined, { statistics: 'build' }],
    ['draft', { statistics: 'build' }],
    ['protected', { approver: 'approve' }],
    ['approved', { statistics: 'publish' }],
    ['published', {}],
  ])('in state %s is for %j and nobody else', (state, expected) => {
    expect(steps(month(state))).toEqual(expected);
  });

  it('is never for who built it, when it is the approval', () => {
    expect(nextStep(month('protected'), { role: 'approver', sub: 'builder' })).toBeUndefined();
  });

  it('is for nobody while the month is open or work on it goes on', () => {
    const job = { step: 'build', state: 'running', by: 'x', startedAt: new Date(), findings: [] } as const;
    for (const state of [undefined, ...RELEASE_STATES]) {
      expect(steps(month(state, { closed: false }))).toEqual({});
      expect(steps(month(state, { job }))).toEqual({});
    }
  });
});
