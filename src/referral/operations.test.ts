import { describe, expect, it } from 'vitest';
import { operationDefinitions } from '../fhir/conformance/operation-definitions.js';
import { loadDefinitions } from '../fhir/definitions/load-definitions.js';
import { createValidator } from '../fhir/validation/create-validator.js';
import { operationUrl } from './move-operation.js';
import { referralOperations } from './operations.js';
import { ALL_MOVES, type MoveName, moveRow } from './moves.js';
import { ALL_STATES, stateRow } from './states.js';
import { ALL_WORKLISTS, isWholeList, worklistRow } from './worklists.js';

const READING = [
  'available-actions',
  'referral',
  'worklists',
  'worklist',
  'daily-register',
  'track',
  'agenda',
  'unread-messages',
  'read-receipts',
  'monthly-supervision',
  'service-facts',
  'suggest-destinations',
];
/** They write, and no state changes: the policy knows them by their own names. */
const BESIDE = ['move-in-queue', 'complete-order', 'make-slots', 'read-messages', 'complete-item', 'complete-notice'];

describe('operations of the referral workflow', () => {
  it('have one row for each name, type and level', () => {
    const keys = referralOperations.map(({ name, type, level }) => `${type} ${level} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(
    referralOperations.map(
      (operation) => [`${operation.type} ${operation.level} $${operation.name}`, operation] as const,
    ),
  )(
    '%s is a move of the table, leaves the state alone, or only reads',
    (_name, { name, type, affectsState, withoutToken, method, purpose }) => {
      expect(purpose).not.toBe('');
      // A paper code must not stand in an address.
      expect(method).toBe(affectsState || withoutToken ? 'POST' : 'GET');
      if (BESIDE.includes(name)) {
        expect(affectsState).toBe(true);
        expect(ALL_MOVES).not.toContain(name);
      } else if (affectsState) {
        expect(ALL_MOVES).toContain(name);
        expect(type).toBe(moveRow(name as MoveName).on);
      } else expect(READING).toContain(name);
    },
  );

  it('cover the whole way of a referral from sending to closing', () => {
    const names = new Set(referralOperations.map(({ name }) => name));
    for (const name of [
      'submit',
      'receive',
      'accept',
      'book',
      'arrive',
      'start-care',
      'respond',
      'acknowledge',
      'close',
    ])
      expect(names).toContain(name);
  });
});

describe('definitions of the moves', () => {
  const definitions = operationDefinitions(referralOperations);
  const validator = createValidator(loadDefinitions());

  it.each(ALL_MOVES.filter((move) => moveRow(move).on !== 'none'))(
    '$%s is defined, with what it must carry',
    (move) => {
      const definition = definitions.find(({ code }) => code === move);
      expect(definition?.url).toBe(operationUrl(move));
      expect(definition && validator.validate(definition)).toEqual([]);
      if (move === 'submit') return;
      const required = moveRow(move).fields.filter((field) => field.required && field.unless === undefined);
      const said = (definition?.parameter ?? []).filter(({ min }) => min === 1);
      expect(said.map(({ name }) => name)).toEqual(required.map(({ name }) => name));
      for (const { type, part } of definition?.parameter ?? []) expect(Boolean(type) || Boolean(part)).toBe(true);
    },
  );
});

describe('worklists', () => {
  it('show every state in which a side must act, on that side', () => {
    for (const state of ALL_STATES.filter((one) => one !== 'draft')) {
      const { actsNext } = stateRow(state);
      const plain = ALL_WORKLISTS.filter((name) => isWholeList(name) && worklistRow(name).states.includes(state));
      expect([state, plain.length]).toEqual([state, actsNext ? 1 : 0]);
      for (const name of plain) expect(worklistRow(name).side).toBe(actsNext);
    }
  });
});
