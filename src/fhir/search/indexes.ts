import { ROLES } from '../../access/caller.js';
import { type Reach, reachOf } from '../../access/policy/policy-table.js';
import { groupOf } from '../../access/policy/type-groups.js';
import type { IndexSpec } from '../../store/index-catalogue.js';
import type { Definitions } from '../definitions/definitions.js';
import { searchableParameters, type SearchKind } from './parameters.js';
import { mainSortField } from './sort-keys.js';

const newestFirst = (field: string): Record<string, -1> => ({ [field]: -1, _id: -1 });

/**
 * Index of a facility's lists of work: the order of the list after what picks its rows (src/referral/worklists.ts), and last
 * the fields by which a list is filtered and counted without reading its documents.
 */
const workIndex = (name: string, only: string, key: Readonly<Record<string, 1 | -1>>): IndexSpec => ({
  name,
  key: {
    ...key,
    _id: 1,
    'w.specialty': 1,
    ...Object.fromEntries(
      ['w.origin', 'w.state'].filter((field) => !(field in key)).map((field) => [field, 1 as const]),
    ),
    del: 1,
  },
  partialFilterExpression: { [only]: { $exists: true } },
});

/** States of the waiting list (src/referral/queue.ts), which this room does not know; a test compares them. */
export const WAITING_STATES: readonly string[] = ['accepted-waiting', 'no-show', 'appointment-cancelled'];

/** Lists of a facility, on Task. */
const WORK_INDEXES: readonly IndexSpec[] = [
  workIndex('queue', 'w.owner', {
    'w.owner': 1,
    'w.state': 1,
    'k.priority': -1,
    'w.place': 1,
    'w.due': 1,
    'w.since': 1,
  }),
  // Beside its order, the moment from which a row stands before those whose time has not come. By the states, which releases
  // before wrote too: nobody is missing from the list after an upgrade.
  {
    ...workIndex('waiting', 'w.state', {
      'w.owner': 1,
      'w.state': 1,
      'k.priority': -1,
      'w.place': 1,
      'w.since': 1,
      _id: 1,
      'w.until': 1,
    }),
    partialFilterExpression: { 'w.state': { $in: [...WAITING_STATES] } },
  },
  workIndex('sent', 'w.origin', { 'w.origin': 1, 'w.state': 1, 'k.priority': -1, 'w.due': 1 }),
  // Few rows have the others, so their indexes are small.
  workIndex('escalated', 'w.escalated', { 'w.escalated': 1, 'w.state': 1, 'k.priority': -1, 'w.due': 1 }),
  workIndex('awaited', 'w.awaits', { 'w.awaits': 1, 'w.state': 1, 'k.priority': -1, 'w.due': 1 }),
  workIndex('incomplete', 'w.incomplete', {
    'w.origin': 1,
    'w.incomplete': 1,
    'w.state': 1,
    'k.priority': -1,
    'w.due': 1,
  }),
  workIndex('agenda', 'w.start', { 'w.owner': 1, 'w.state': 1, 'w.start': 1 }),
  workIndex('moved', 'w.moved', { 'w.owner': 1, 'w.moved': -1 }),
  {
    name: 'escalates',
    key: { 'w.escalates': 1, _id: 1 },
    partialFilterExpression: { 'w.escalates': { $exists: true } },
  },
];

const DRAFT = { 's.tok': 'status~draft' } as const;

/** Drafts of referrals, on ServiceRequest: those of a facility, and those that nobody has touched the longest. */
const DRAFT_INDEXES: readonly IndexSpec[] = [
  { name: 'drafts', key: { own: 1, lu: 1, _id: 1 }, partialFilterExpression: DRAFT },
  { name: 'untouched', key: { lu: 1, _id: 1 }, partialFilterExpression: DRAFT },
];

/** How far roles reach when they search this type: their filters need an index too. */
function reaches(type: string): ReadonlySet<Reach | undefined> {
  const group = groupOf(type);
  return new Set(group && ROLES.map((role) => reachOf(role, group, 'search-type')));
}

/**
 * Index catalogue of one resource type (design.md 3.3, 3a.14); what serves which query:
 *
 * | index | query |
 * |---|---|
 * | `tok`, `ref` | equality on a token, a joined pair or a reference, in the type's main order: no sort stage |
 * | `uri` | equality on a uri |
 * | `str` | start of a string, of a code's display; few rows: sorted, many rows: the planner reads `lu` instead |
 * | `dat` | interval bounds |
 * | `num` | numbers and quantities, as written and in canonical units |
 * | `pt` | everything of one patient, in main order; further conditions filter (a person has hundreds of rows, not millions) |
 * | `acc` | what names a facility, in main order |
 * | `lu` | no condition, `_lastUpdated` |
 * | `queue`, `sent`, `escalated` | lists of a facility: what it must do, what it sent, what it was told of as overdue; by state, in working order |
 * | `awaited`, `incomplete` | what a destination asked of origins, what an origin has still to complete, by urgency and term |
 * | `waiting` | the waiting list of a facility, by state, in its order |
 * | `agenda`, `moved` | those who come, by the start of their appointment; those moved by hand in the queue, the last first |
 * | `escalates` | legs of which somebody has to be told, the longest waiting first |
 * | `drafts`, `untouched` | drafts of referrals, the oldest first: of a facility, of all |
 * | `unread` | messages that a facility has not read, newest first |
 *
 * One array per index ("cannot index parallel arrays"). All end in `_id`, the tie-break of every page.
 */
export function searchIndexes(definitions: Definitions, type: string): readonly IndexSpec[] {
  if (type === 'AuditEvent') return []; // Audit records have a collection and indexes of their own.
  const kinds = new Set<SearchKind>([...searchableParameters(definitions, type).values()].map(({ kind }) => kind));
  const reach = reaches(type);
  const inOrder = newestFirst(mainSortField(type));
  const when = (condition: boolean, ...specs: IndexSpec[]): IndexSpec[] => (condition ? specs : []);
  return [
    ...when(kinds.has('token'), { name: 'tok', key: { 's.tok': 1, ...inOrder } }),
    ...when(kinds.has('reference'), { name: 'ref', key: { 's.ref': 1, ...inOrder } }),
    ...when(kinds.has('uri'), { name: 'uri', key: { 's.uri': 1, ...inOrder } }),
    // Every type has codes with displays: its tags and labels.
    ...when(kinds.has('string') || kinds.has('token'), { name: 'str', key: { 's.str': 1 } }),
    ...when(kinds.has('number') || kinds.has('quantity'), {
      name: 'num',
      key: { 's.num.p': 1, 's.num.lo': 1, 's.num.hi': 1 },
    }),
    ...when(kinds.has('date'), { name: 'dat', key: { 's.dat.p': 1, 's.dat.lo': 1, 's.dat.hi': 1 } }),
    ...when(reach.has('self'), { name: 'pt', key: { pt: 1, ...inOrder } }),
    ...when(reach.has('facility'), { name: 'acc', key: { acc: 1, ...inOrder } }),
    { name: 'lu', key: newestFirst('lu') },
    ...when(type === 'Task', ...WORK_INDEXES),
    ...when(type === 'ServiceRequest', ...DRAFT_INDEXES),
    ...when(type === 'Communication', {
      name: 'unread',
      key: { 'w.owner': 1, 'w.state': 1, 'k.sent': -1, _id: -1, del: 1 },
      partialFilterExpression: { 'w.owner': { $exists: true } },
    }),
  ];
}
