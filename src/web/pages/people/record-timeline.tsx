import type { VNode } from 'preact';
import type { ReferralState } from '../../../referral/states.js';
import { StateTag } from '../../components/referral-tags.js';
import { Timeline, type TimelineEntry } from '../../components/timeline.js';
import type { PageContext } from '../../page-context.js';
import { plainUnits } from '../../resources/plain-units.js';
import { RECORD } from '../../texts/people-record.js';
import type { Words } from '../../../words.js';
import type { RecordReferral, TimelineEvent } from './record-data.js';
import {
  isTimelineKind,
  TIMELINE_KINDS,
  type TimelineGroup,
  type TimelineKind,
  timelineGroups,
} from './timeline-groups.js';

const PER_PAGE = 20;

/** Words before the text of an entry, where the text alone does not say what it is. */
const PREFIXES: Readonly<Record<string, Words>> = {
  Encounter: RECORD.visitOf,
  Appointment: RECORD.appointment,
  Condition: RECORD.problem,
  MedicationRequest: RECORD.medicine,
  MedicationStatement: RECORD.medicine,
  Immunization: RECORD.vaccination,
  DocumentReference: RECORD.document,
};

function eventText(page: PageContext, { kind, text }: TimelineEvent): string {
  const words = PREFIXES[kind];
  return plainUnits(words ? page.say(words, { text }) : text);
}

/** State of each referral by the reference of its order. */
type States = ReadonlyMap<string, ReferralState>;

/** A referral stands alone in its group: where it leads, why, its state. */
function referralEntry(
  page: PageContext,
  states: States,
  { day, place }: TimelineGroup,
  { reference, text }: TimelineEvent,
): TimelineEntry {
  const { say } = page;
  const state = states.get(reference);
  return {
    at: day,
    title: say(RECORD.referredTo, { place: place ?? say(RECORD.atUnknown) }),
    children: (
      <>
        <p>{text}</p>
        <p>
          {state && <StateTag state={state} />}{' '}
          <a href={`/referencias/${reference.split('/')[1] ?? ''}`}>{say(RECORD.openReferral)}</a>
        </p>
      </>
    ),
  };
}

function entryOf(page: PageContext, states: States, group: TimelineGroup): TimelineEntry {
  const [event] = group.events;
  if (event?.kind === 'ServiceRequest' && states.has(event.reference)) return referralEntry(page, states, group, event);
  return {
    at: group.day,
    title: group.place ?? page.say(RECORD.atUnknown),
    children: (
      <ul>
        {group.events.map((one) => (
          <li>{eventText(page, one)}</li>
        ))}
      </ul>
    ),
  };
}

/** Address of the record with another kind or further down, at the timeline. */
function hrefOf(page: PageContext, kind: TimelineKind | undefined, from: number): string {
  const query = new URLSearchParams({
    ...(kind === undefined ? {} : { tipo: kind }),
    ...(from === 0 ? {} : { desde: String(from) }),
  }).toString();
  return `${page.path}${query === '' ? '' : `?${query}`}#linea`;
}

function Kinds({
  page,
  events,
  kind,
}: {
  readonly page: PageContext;
  readonly events: readonly TimelineEvent[];
  readonly kind: TimelineKind | undefined;
}): VNode {
  const { say } = page;
  const names = Object.keys(TIMELINE_KINDS) as readonly TimelineKind[];
  const there = names.filter((name) => {
    const types: readonly string[] = TIMELINE_KINDS[name].types;
    return name === kind || events.some((event) => types.includes(event.kind));
  });
  const link = (name: TimelineKind | undefined, text: string): VNode => (
    <li>
      <a class="rr-tabs__link" href={hrefOf(page, name, 0)} aria-current={name === kind ? 'true' : undefined}>
        {text}
      </a>
    </li>
  );
  return (
    <nav aria-label={say(RECORD.timelineFilter)}>
      <ul class="rr-tabs__list">
        {link(undefined, say(RECORD.everything))}
        {there.map((name) => link(name, say(TIMELINE_KINDS[name].label)))}
      </ul>
    </nav>
  );
}

/** All that happened, newest first, of all facilities; narrowed and paged by links. */
export function RecordTimeline({
  page,
  events,
  referrals,
}: {
  readonly page: PageContext;
  readonly events: readonly TimelineEvent[];
  readonly referrals: readonly RecordReferral[];
}): VNode {
  const { say } = page;
  const states = new Map(
    referrals.flatMap(({ order, leg }) => (leg ? [[`ServiceRequest/${order.id}`, leg.state] as const] : [])),
  );
  const asked = page.query.get('tipo');
  const kind = isTimelineKind(asked) ? asked : undefined;
  const given = Number(page.query.get('desde') ?? 0);
  const groups = timelineGroups(events, kind);
  const from = Number.isInteger(given) && given > 0 && given < groups.length ? given : 0;
  const shown = groups.slice(from, from + PER_PAGE);
  return (
    <section id="linea" aria-labelledby="linea-titulo">
      <h2 id="linea-titulo">{say(RECORD.timeline)}</h2>
      {events.length > 0 && <Kinds page={page} events={events} kind={kind} />}
      {shown.length === 0 ? (
        <p>{say(kind === undefined ? RECORD.nothingYet : RECORD.nothingOfKind)}</p>
      ) : (
        <Timeline entries={shown.map((group) => entryOf(page, states, group))} />
      )}
      {groups.length > from + PER_PAGE && (
        <p>
          <a href={hrefOf(page, kind, from + PER_PAGE)}>{say(RECORD.older)}</a>
        </p>
      )}
      {from > 0 && (
        <p>
          <a href={hrefOf(page, kind, 0)}>{say(RECORD.newest)}</a>
        </p>
      )}
    </section>
  );
}
