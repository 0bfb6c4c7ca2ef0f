// Codes that the service's own tables define (errors, moves of a referral) as FSH rule sets: profiles/input/fsh/codes/service.fsh
// inserts them, so that no code and no text is written twice.
import { ERRORS } from '../../src/error-table.ts';
import { ANNEX_FIELDS } from '../../src/referral/hc10/annex-fields.ts';
import { COMPLETE_OPERATION } from '../../src/referral/emergency/complete-operation.ts';
import { HC10_BLOCKS } from '../../src/referral/hc10/hc10-field.ts';
import { MOVES } from '../../src/referral/moves.ts';
import { SERVICE_ACTS } from '../../src/referral/service-acts.ts';
import { SIDE_OPERATIONS } from '../../src/referral/side-operations.ts';
import { QUEUE_MOVES, QUEUE_OPERATION } from '../../src/referral/queue.ts';
import { STATES } from '../../src/referral/states.ts';

const quoted = (text) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const rulesOf = (code, { es, en }) => [
  `* #${code} ${quoted(es)}`,
  `* #${code} ^designation[0].language = #en`,
  `* #${code} ^designation[0].value = ${quoted(en)}`,
];

const errorRules = ([code, row]) => [
  ...rulesOf(code, row),
  `* #${code} ^property[0].code = #status`,
  `* #${code} ^property[0].valueInteger = ${row.status}`,
];

const ruleSet = (name, rules) => `RuleSet: ${name}\n${rules.join('\n')}\n`;

const USUAL = 'El usual. / The usual one.';
const ALSO = 'También puede ir con el estado. / May go with the state too.';

/** A state without a Task has no match; with several statuses none is exact. */
const stateRules = ([state, { task }], index) => {
  const targets = task.length > 0 ? task : [undefined];
  const equivalence = task.length === 0 ? 'unmatched' : task.length === 1 ? 'wider' : 'inexact';
  return [
    `* group.element[${index}].code = #${state}`,
    ...targets.flatMap((status, at) => {
      const place = `* group.element[${index}].target[${at}]`;
      return [
        ...(status ? [`${place}.code = #${status}`] : []),
        `${place}.equivalence = #${equivalence}`,
        // Invariant cmd-1 of ConceptMap: what is inexact says why.
        ...(equivalence === 'inexact' ? [`${place}.comment = ${quoted(at === 0 ? USUAL : ALSO)}`] : []),
      ];
    }),
  ];
};

/** The attachments of form HC-10 that are observations, and the items of each. */
const annexRules = () => {
  const rows = Object.entries(ANNEX_FIELDS).filter(([, { at }]) => at.in === 'observation');
  const blocks = [...new Set(rows.map(([, { block }]) => block))];
  return [
    ...blocks.flatMap((block) => rulesOf(block, HC10_BLOCKS[block])),
    ...rows.flatMap(([code, row]) => rulesOf(code, row)),
  ];
};

/**
 * The rule sets `ErrorCodes`, `MoveCodes` (`accept`), `MoveOperationCodes` (`$accept`, as audit records name it),
 * `QueueMoveCodes` (moves by hand in the waiting list), `StateMap` (states of a referral to Task.status) and `Hc10ItemCodes`
 * (attachments of form HC-10).
 * @returns {string} FSH
 */
export function tableCodes() {
  const moves = [
    ...Object.entries(MOVES),
    [QUEUE_OPERATION.name, QUEUE_OPERATION],
    [COMPLETE_OPERATION.name, COMPLETE_OPERATION],
  ];
  const operations = moves.filter(([, { on }]) => on !== 'none');
  return [
    ruleSet('ErrorCodes', Object.entries(ERRORS).flatMap(errorRules)),
    ruleSet(
      'MoveCodes',
      [...moves, ...Object.entries(SIDE_OPERATIONS), ...Object.entries(SERVICE_ACTS)].flatMap(([code, row]) =>
        rulesOf(code, row),
      ),
    ),
    ruleSet(
      'MoveOperationCodes',
      operations.flatMap(([code, row]) => rulesOf(`$${code}`, row)),
    ),
    ruleSet(
      'QueueMoveCodes',
      Object.entries(QUEUE_MOVES).flatMap(([code, row]) => rulesOf(code, row)),
    ),
    ruleSet('StateMap', Object.entries(STATES).flatMap(stateRules)),
    ruleSet('Hc10ItemCodes', annexRules()),
  ].join('\n');
}
