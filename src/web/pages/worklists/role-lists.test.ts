import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ALL_WORKLISTS, worklistRow } from '../../../referral/worklists.js';
import { LIST_GUIDE } from '../../texts/worklist-guide.js';
import { LIST_ROLES, listsOfRole, shownLists } from './role-lists.js';

describe('lists of a role', () => {
  it.each([
    [
      'clerk',
      [
        'new',
        'in-transit',
        'overdue',
        'returned',
        'overdue-origin',
        'unanswered',
        'not-returned',
        'to-complete',
        'transfer-overdue',
        'home-visit',
        'notices',
        'sent-open',
      ],
    ],
    ['triage', ['in-transit', 'triage', 'no-reply', 'overdue', 'notices']],
    ['scheduler', ['to-book', 'scheduled', 'today', 'to-cancel', 'overdue', 'moved', 'notices']],
    [
      'nurse',
      [
        'returned',
        'rejected',
        'to-acknowledge',
        'follow-up',
        'overdue-origin',
        'unanswered',
        'not-returned',
        'to-complete',
        'transfer-overdue',
        'home-visit',
        'notices',
        'drafts',
        'sent-open',
      ],
    ],
  ] as const)('%s', (role, lists) => {
    expect(listsOfRole(role).own).toEqual(lists);
  });

  it('are all for a manager, and every list is somebody else’s own', () => {
    expect(listsOfRole('manager').own).toEqual(ALL_WORKLISTS);
    const acted = new Set(LIST_ROLES.filter((role) => role !== 'manager').flatMap((role) => listsOfRole(role).own));
    expect([...acted].sort()).toEqual([...ALL_WORKLISTS].sort());
  });

  it('open on the first of the role’s that holds something, else on one that says that nothing waits', () => {
    expect(shownLists('triage', new Map([['triage', 2]]), undefined).chosen).toBe('triage');
    expect(shownLists('clerk', new Map([['to-acknowledge', 1]]), undefined).chosen).toBe('to-acknowledge');
    expect(shownLists('clerk', new Map(), undefined).chosen).toBe('new');
    expect(shownLists('clerk', new Map([['new', 1]]), 'rejected').chosen).toBe('rejected');
  });

  it('show the chosen one exactly once, and hide no list that holds something', () => {
    const counts = fc.array(fc.tuple(fc.constantFrom(...ALL_WORKLISTS), fc.integer({ min: 0, max: 9 })));
    const asked = fc.option(fc.constantFrom(...ALL_WORKLISTS), { nil: undefined });
    fc.assert(
      fc.property(fc.constantFrom(...LIST_ROLES), counts, asked, (role, pairs, list) => {
        const known = new Map(pairs);
        const { own, others, chosen } = shownLists(role, known, list);
        const shown = [...own, ...others];
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown).toContain(chosen);
        for (const [name, count] of known) if (count > 0) expect(shown).toContain(name);
      }),
    );
  });

  it('have words for a newcomer, all of them', () => {
    for (const name of ALL_WORKLISTS) {
      expect(LIST_GUIDE[name].es.split(' ').length).toBeGreaterThan(3);
      expect(worklistRow(name).en).not.toBe('');
    }
  });
});
