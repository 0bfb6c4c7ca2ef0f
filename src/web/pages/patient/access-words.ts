import type { AuditEvent } from '@medplum/fhirtypes';
import { isRole, type Role } from '../../../access/caller.js';
import { MOVES } from '../../../referral/moves.js';
import type { Words } from '../../../words.js';
import type { Say } from '../../language.js';
import { ACCESS, ACCESS_REASONS, ACCESS_THINGS } from '../../texts/patient-access.js';

/** Role of whoever asked; undefined for nobody's. */
export function roleOf({ agent }: AuditEvent): Role | undefined {
  const codes = agent.find(({ requestor }) => requestor)?.role?.flatMap(({ coding = [] }) => coding) ?? [];
  return codes.map(({ code }) => code).find(isRole);
}

/** Interaction code or operation name: the most exact of the subtypes. */
const doneIn = ({ subtype = [] }: AuditEvent): string => subtype.at(-1)?.code ?? '';

/** From so many kinds of things on, a list says less than a word. */
const NEARLY_ALL = 4;

/** What the event touched, each kind once, the person's data last as they come with everything. */
function thingsOf({ entity = [] }: AuditEvent, say: Say): string {
  const types = entity.flatMap(({ what }) => what?.reference?.split('/')[0] ?? []);
  const words = types.filter((type) => type !== 'Patient').map((type) => ACCESS_THINGS[type] ?? ACCESS.record);
  const person = types.includes('Patient') && words.length === 0 ? [ACCESS_THINGS['Patient'] ?? ACCESS.record] : [];
  const things = [...new Set([...words, ...person].map((one) => say(one)))];
  if (things.length >= NEARLY_ALL) return say(ACCESS.wholeRecord);
  return things.join(', ') || say(ACCESS.record);
}

/** Words of interactions that take `{things}`. */
const INTERACTIONS: Readonly<Record<string, Words>> = {
  read: ACCESS.saw,
  vread: ACCESS.saw,
  'history-instance': ACCESS.saw,
  'search-type': ACCESS.saw,
  create: ACCESS.wrote,
  update: ACCESS.changed,
  delete: ACCESS.removed,
  transaction: ACCESS.wrote,
  batch: ACCESS.saw,
};

/** Words of operations that say it all by themselves. */
const OPERATIONS: Readonly<Record<string, Words>> = {
  $track: ACCESS.followed,
  $submit: ACCESS.sent,
  '$activation-code': ACCESS.madeCode,
  'activate-account': ACCESS.opened,
  notification: ACCESS.told,
};

const isMove = (name: string): name is keyof typeof MOVES => Object.hasOwn(MOVES, name);

/** What was done, in plain words: "Miró sus referencias". */
export function deedWords(event: AuditEvent, say: Say): string {
  const done = doneIn(event);
  if (event.outcome !== undefined && event.outcome !== '0') return say(ACCESS.refused);
  const whole = OPERATIONS[done];
  if (whole) return say(whole);
  const interaction = INTERACTIONS[done];
  if (interaction) return say(interaction, { things: thingsOf(event, say) });
  const name = done.startsWith('$') ? done.slice(1) : '';
  if (isMove(name)) return say(ACCESS.moved, { move: say(MOVES[name]) });
  // Every other operation of the service reads.
  return name === '' ? say(ACCESS.other) : say(ACCESS.saw, { things: thingsOf(event, say) });
}

/** Why, in plain words; undefined for a purpose that the list does not have. */
export const reasonWords = (event: AuditEvent): Words | undefined =>
  (event.purposeOfEvent ?? [])
    .flatMap(({ coding = [] }) => coding)
    .flatMap(({ code = '' }) => ACCESS_REASONS[code] ?? [])[0];
