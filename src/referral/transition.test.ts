import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { ALL_CONDITIONS, isStanding } from './conditions.js';
import { EDGES } from './edges.js';
import { ALL_MOVES, type MoveName } from './moves.js';
import { ALL_PARTIES, type Party } from './parties.js';
import { ALL_STATES, type ReferralState, stateRow } from './states.js';
import { asksForFacts, decide, edgesFrom, everAllowed, movesFrom } from './transition.js';

const pairs = ALL_STATES.flatMap((state) => ALL_MOVES.map((move) => ({ state, move })));
const rowsOf = (state: ReferralState, move: MoveName) =>
  EDGES.filter((edge) => edge.from === state && edge.move === move && !edge.newReferral);
const allowed = pairs.filter(({ state, move }) => rowsOf(state, move).length > 0);
const forbidden = pairs.filter(({ state, move }) => rowsOf(state, move).length === 0);

describe('allowed moves', () => {
  it.each(allowed)('$state: $$move is done by its parties and by nobody else', ({ state, move }) => {
    for (const edge of rowsOf(state, move)) {
      const conditions = edge.when ? [edge.when] : [];
      for (const party of ALL_PARTIES) {
        const decision = decide(state, move, [party], conditions);
        if (edge.by.includes(party)) expect(decision).toEqual({ ok: true, to: edge.to, edge });
        else expect(decision).toEqual({ ok: false, refused: 'party' });
      }
    }
  });
});

describe('forbidden moves', () => {
  it.each(forbidden)('$state: $$move is refused to everybody', ({ state, move }) => {
    expect(decide(state, move, ALL_PARTIES)).toEqual({ ok: false, refused: 'state' });
    expect(movesFrom(state, ALL_PARTIES)).not.toContain(move);
  });
});

describe('conditions', () => {
  it('an answer in triage is only possible as advice', () => {
    expect(decide('in-triage', 'respond', ['DT'])).toEqual({ ok: false, refused: 'condition' });
    expect(decide('in-triage', 'respond', ['DT'], ['advice'])).toMatchObject({ ok: true, to: 'answered' });
  });

  it('an emergency goes into transit, everything else is sent', () => {
    expect(decide('draft', 'submit', ['OC'], ['emergency'])).toMatchObject({ to: 'in-transit' });
    expect(decide('draft', 'submit', ['OC'])).toMatchObject({ to: 'sent' });
  });

  it('a cancellation after care must be an answer', () => {
    expect(decide('cancel-requested', 'confirm-cancel', ['DC'], ['care-given'])).toEqual({
      ok: false,
      refused: 'condition',
    });
    expect(decide('cancel-requested', 'respond', ['DC'], ['care-given'])).toMatchObject({ to: 'answered' });
  });

  it('of a request for advice triage accepts nothing before it is converted, and that only when it was allowed', () => {
    expect(decide('in-triage', 'accept', ['DT'])).toEqual({ ok: false, refused: 'condition' });
    expect(decide('in-triage', 'accept', ['DT'], ['order'])).toMatchObject({ to: 'accepted-waiting' });
    expect(decide('in-triage', 'convert', ['DT'], ['order'])).toEqual({ ok: false, refused: 'condition' });
    expect(decide('in-triage', 'convert', ['DT'], ['authorised'])).toMatchObject({ to: 'in-triage' });
  });

  it.each(['scheduled', 'no-show', 'appointment-cancelled', 'arrived'] as const)(
    '%s after a first visit: it is answered, it does not end without care',
    (state) => {
      expect(decide(state, 'respond', ['DC'], ['care-given'])).toMatchObject({ to: 'answered' });
      for (const move of ['record-death', 'void', 'leave-list'] as const)
        expect(decide(state, move, ALL_PARTIES, ['care-given']).ok).toBe(false);
      expect(decide(state, 'record-death', ['SY'], ['no-care'])).toMatchObject({ to: 'left-list' });
      expect(movesFrom(state, ALL_PARTIES, ['no-care'])).not.toContain('respond');
      expect(movesFrom(state, ALL_PARTIES, ['care-given'])).toContain('respond');
    },
  );

  it('are looked up only where the table asks for them', () => {
    for (const { state, move } of pairs)
      expect(asksForFacts(state, move)).toBe(rowsOf(state, move).some(({ when }) => isStanding(when)));
  });

  it('a role that never does a move is known without the state', () => {
    expect(everAllowed('accept', ['DD', 'OC', 'OA', 'DS', 'DC'])).toBe(false);
    expect(everAllowed('accept', ['DT'])).toBe(true);
  });
});

describe('walks through the machine', () => {
  const step = fc.record({
    move: fc.constantFrom(...ALL_MOVES),
    party: fc.constantFrom(...ALL_PARTIES),
    conditions: fc.subarray([...ALL_CONDITIONS]),
  });

  it('stay inside the table, whatever people try, and every stop has a known pair of statuses', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        let state: ReferralState = 'draft';
        for (const { move, party, conditions } of steps) {
          const decision = decide(state, move, [party] satisfies Party[], conditions);
          if (!decision.ok) continue;
          expect(edgesFrom(state)).toContain(decision.edge);
          expect(decision.edge.by).toContain(party);
          state = decision.to;
          expect(stateRow(state).task.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('never leave a referral where nobody can act, as long as it has not ended', () => {
    const guided = fc.array(fc.nat(), { maxLength: 40 });
    fc.assert(
      fc.property(guided, (choices) => {
        let state: ReferralState = 'draft';
        for (const choice of choices) {
          const edges = edgesFrom(state);
          if (edges.length === 0) break;
          state = edges[choice % edges.length]!.to;
          if (stateRow(state).actsNext) expect(movesFrom(state, ALL_PARTIES).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
