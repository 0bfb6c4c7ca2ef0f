import type { Appointment, Provenance, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { dateIn } from '../../config/honduras-time.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { ALL_MOVES, type MoveName } from '../../referral/moves.js';
import { isRemote } from '../../referral/patient-facts.js';
import type { ReferralState } from '../../referral/states.js';
import { lastOutput } from '../../referral/task-io.js';
import { dayOf } from '../../referral/local-day.js';
import { unavailabilitiesOf } from '../../referral/unavailability.js';
import { isLeg, stateOf } from '../../referral/vocabulary.js';
import { sidesOf } from '../../referral/work-scalars.js';
import type { NewDelivery } from '../../store/delivery.js';
import type { HistoryEntry } from '../../store/envelope.js';
import { REMINDERS, type Recipient, rulesFor } from './message-table.js';
import type { MessageKey } from './message-texts.js';

export type MessageChannel = 'sms' | 'email';

/** Channels of a recipient, of those that are set up. */
const CHANNELS: Readonly<Record<Recipient, readonly MessageChannel[]>> = {
  patient: ['sms', 'email'],
  origin: ['email'],
  destination: ['email'],
};

const OPERATION = codeSystemUrl('referral-operation');

/** The move that a Provenance records; undefined for every other entry. */
async function moveOf(
  { store }: FhirContext,
  { type, id, vid, method }: HistoryEntry,
): Promise<{ move: MoveName; targets: readonly string[] } | undefined> {
  if (type !== 'Provenance' || method === 'DELETE') return undefined;
  const version = await store.readVersion(type, id, vid);
  if (!version) return undefined;
  const { activity, target } = resourceOf<Provenance>(version);
  const code = activity?.coding?.find(({ system }) => system === OPERATION)?.code;
  const move = ALL_MOVES.find((name) => name === code);
  return move && { move, targets: target.flatMap(({ reference }) => reference ?? []) };
}

/** The version that a request wrote of a resource. */
async function versionOf(
  { store }: FhirContext,
  { req, lu }: Pick<HistoryEntry, 'req' | 'lu'>,
  reference: string,
): Promise<HistoryEntry | undefined> {
  const target = localTarget(reference);
  if (!target) return undefined;
  const rows = await store.history(target.type, target.id, { until: lu, limit: 5 });
  return rows.find((row) => row.req === req);
}

/** The leg that goes on after a move: the one that it started, else the one that it moved. */
async function legAfter(
  context: FhirContext,
  entry: HistoryEntry,
  targets: readonly string[],
): Promise<(Task & { id: string }) | undefined> {
  const tasks = targets.filter((one) => one.startsWith('Task/'));
  const versions = await Promise.all(tasks.map((task) => versionOf(context, entry, task)));
  const legs = versions
    .flatMap((row) => row ?? [])
    .map((row) => ({ vid: row.vid, task: resourceOf<Task & { id: string }>(row) }))
    .filter(({ task }) => isLeg(task));
  return (legs.find(({ vid }) => vid === 1) ?? legs[0])?.task;
}

/** Start of the appointment as it was at the event. */
async function visitOf({ store }: FhirContext, { lu }: HistoryEntry, task: Task): Promise<string | undefined> {
  const target = localTarget(lastOutput(task, 'appointment') ?? '');
  const [row] = target ? await store.history(target.type, target.id, { until: lu, limit: 1 }) : [];
  return row && row.method !== 'DELETE' ? resourceOf<Appointment>(row).start : undefined;
}

/** States in which the visit that stood may be off: who sets out in the night has to know before. */
const VISIT_OFF: ReadonlySet<ReferralState> = new Set([
  'appointment-cancelled',
  'cancel-requested',
  'cancelled',
  'left-list',
  'error',
]);

/** True when what was noted last of the patient's absence ends that very day: who said so is to be told nothing of an absence. */
function isBack(task: Task, moment: Date): boolean {
  const end = unavailabilitiesOf(task).at(-1)?.period.end;
  return end !== undefined && Date.parse(end) <= dayOf(moment).end.getTime();
}

/** Hours by which Honduras is behind UTC. */
const UTC_HOURS = 6;
/** When a reminder of a visit leaves. */
function reminderTime(visit: string, { daysBefore, hour }: (typeof REMINDERS)[number]): Date {
  const day = new Date(`${dateIn(new Date(visit))}T00:00:00Z`);
  return new Date(day.getTime() + ((UTC_HOURS + hour) / 24 - daysBefore) * 24 * 3_600_000);
}

/**
 * The messages of a history entry: one for each rule, recipient and channel, when the entry is the trail of a move (its
 * Provenance, written in the transaction of the move). Nothing for all other entries.
 * @param channels those that are set up
 */
export async function deriveMessages(
  context: FhirContext,
  entry: HistoryEntry,
  channels: ReadonlySet<MessageChannel>,
): Promise<readonly NewDelivery[]> {
  const found = await moveOf(context, entry);
  const task = found && (await legAfter(context, entry, found.targets));
  const state = task && stateOf(task);
  const order = localTarget(task?.focus?.reference ?? '');
  if (!state || order?.type !== 'ServiceRequest') return [];
  const { patient, origin, destination } = sidesOf(task);
  const visit = state === 'scheduled' || VISIT_OFF.has(state) ? await visitOf(context, entry, task) : undefined;
  const about = `ServiceRequest/${order.id}`;
  const facts = {
    state,
    task: task.id,
    ...(patient === undefined ? {} : { patient }),
    ...(destination === undefined ? {} : { hospital: destination }),
    ...(visit === undefined ? {} : { visit }),
    ...(isRemote(task) ? { remote: 'true' } : {}),
  };
  const address: Readonly<Record<Recipient, string | undefined>> = {
    patient: patient && `Patient/${patient}`,
    // Nobody sent whoever came by themselves: the facility need not write to itself.
    origin: origin === destination ? undefined : origin && `Organization/${origin}`,
    destination: destination && `Organization/${destination}`,
  };
  const tell = (recipient: Recipient, text: MessageKey, due: Date, lane = ''): NewDelivery[] => {
    const to = address[recipient];
    if (to === undefined) return [];
    return CHANNELS[recipient]
      .filter((channel) => channels.has(channel))
      .map((channel) => ({
        _id: [entry._id, to, channel, text].join('|'),
        kind: 'messages',
        // Order counts for who hears it: a hospital's full mailbox does not keep a patient waiting.
        lane: [about, to, channel].join('|') + lane,
        event: entry._id,
        channel,
        to,
        text,
        about,
        facts,
        due,
      }));
  };
  const now = rulesFor(state, found.move).flatMap((rule) =>
    'text' in rule && !(rule.text === 'away' && isBack(task, entry.lu)) ? tell(rule.tell, rule.text, entry.lu) : [],
  );
  const later =
    visit === undefined || state !== 'scheduled'
      ? []
      : REMINDERS.map((reminder) => ({ ...reminder, due: reminderTime(visit, reminder) }))
          .filter(({ due }) => due > entry.lu)
          // What is due in a month must not keep back what is due now.
          .flatMap(({ text, due }) => tell('patient', text, due, `|${text}`));
  return [...now, ...later];
}
