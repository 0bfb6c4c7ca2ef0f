import type { Appointment, Extension, Provenance, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../../config/canonical.js';
import { localTarget } from '../../../fhir/references.js';
import { type MoveName, MOVES } from '../../../referral/moves.js';
import type { Side } from '../../../referral/parties.js';
import { SERVICE_ACTS } from '../../../referral/service-acts.js';
import { SIDE_OPERATIONS } from '../../../referral/side-operations.js';
import { COMPLETE_OPERATION } from '../../../referral/emergency/complete-operation.js';
import { QUEUE_OPERATION } from '../../../referral/queue.js';
import { unavailabilitiesOf } from '../../../referral/unavailability.js';
import type { Words } from '../../../words.js';
import { dateText, timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { codingText, conceptText } from '../../resources/coded-text.js';
import { QUEUE } from '../../texts/queue.js';
import { isOfferedMove, MOVE_WORDS } from '../../texts/referral-moves.js';
import { REFERRAL } from '../../texts/referral.js';
import { actorName } from './actor-name.js';
import type { ReferralView } from './referral-view.js';

/** One thing that happened to a referral. */
export interface LifeEntry {
  /** FHIR instant. */
  readonly at: string;
  readonly title: string;
  /** Who and where. */
  readonly by?: string;
  readonly details: readonly string[];
}

type Page = Pick<PageContext, 'say' | 'language' | 'services'>;

const OPERATION = codeSystemUrl('referral-operation');

const moveOf = ({ activity }: Provenance): string | undefined =>
  activity?.coding?.find(({ system }) => system === OPERATION)?.code;

const agentOf = ({ agent }: Provenance, type: string): Provenance['agent'][number] | undefined =>
  agent.find((one) => one.type?.coding?.some(({ code }) => code === type));

/** A patient who did it, or somebody in the patient's place; undefined for everybody else. */
function patientWords({ say }: Page, author: Provenance['agent'][number] | undefined): string | undefined {
  const names = (reference: string | undefined): boolean => localTarget(reference ?? '')?.type === 'Patient';
  if (names(author?.who.reference)) return say(REFERRAL.byPatient);
  if (!names(author?.onBehalfOf?.reference)) return undefined;
  return say(REFERRAL.forPatient, { who: author?.who.display ?? '' });
}

function byOf(page: Page, view: ReferralView, provenance: Provenance): string {
  const author = agentOf(provenance, 'author');
  const patient = patientWords(page, author);
  if (patient !== undefined) return patient;
  const place = localTarget(author?.onBehalfOf?.reference ?? '')?.id;
  const parts = [actorName(view, author?.who), place === undefined ? '' : view.facilityName(place)];
  return [...new Set(parts)].filter((part) => part !== '').join(' · ');
}

/** The leg that a move ended or changed: the older one when it started another. */
const legOf = (view: ReferralView, { target }: Provenance): Task | undefined =>
  view.legs.find(({ id }) => target.some(({ reference }) => reference === `Task/${id}`));

/** The leg that a move started. */
const newLegOf = (view: ReferralView, { target }: Provenance): Task | undefined =>
  [...view.legs].reverse().find(({ id }) => target.some(({ reference }) => reference === `Task/${id}`));

const part = ({ extension = [] }: Extension, url: string): Extension | undefined =>
  extension.find((one) => one.url === url);

/** A contact attempt in words: medium, whether it reached somebody, why not, note. */
export function attemptText(page: Page, attempt: Extension): string {
  const code = (url: string, system: string): string[] => {
    const value = part(attempt, url)?.valueCode;
    return value === undefined ? [] : [codingText(page, { system: codeSystemUrl(system), code: value })];
  };
  const reached = part(attempt, 'reached')?.valueBoolean === true;
  const note = part(attempt, 'note')?.valueString;
  return [
    ...code('medium', 'contact-medium'),
    page.say(reached ? REFERRAL.reached : REFERRAL.notReached),
    ...code('reason', 'not-reached-reason'),
    ...(note === undefined ? [] : [note]),
  ].join(', ');
}

const attemptsOf = ({ extension = [] }: Pick<Task, 'extension'>): readonly Extension[] =>
  extension.filter(({ url }) => url === extensionUrl('contact-attempt'));

const appointmentAt = (view: ReferralView, at: string): Appointment | undefined =>
  view.all('Appointment').find(({ created }) => created === at);

/** Text of a leg's reason beyond its code: what the person wrote. */
const written = (task: Task | undefined): readonly string[] => {
  const text = task?.statusReason?.text;
  return text === undefined ? [] : [text];
};

type Details = (page: Page, view: ReferralView, provenance: Provenance) => readonly string[];

const appointmentStart: Details = (page, view, { recorded }) => {
  const start = appointmentAt(view, recorded)?.start;
  return start === undefined ? [] : [page.say(REFERRAL.bookedFor, { when: timeText(start, page.language) })];
};

/** What a move tells beside its reason. */
const DETAILS: Readonly<Record<string, Details>> = {
  book: appointmentStart,
  reschedule: appointmentStart,
  reject: (_page, view, provenance) => written(legOf(view, provenance)),
  redirect: (page, view, provenance) => {
    const place = localTarget(newLegOf(view, provenance)?.owner?.reference ?? '')?.id;
    return [
      ...(place === undefined ? [] : [page.say(REFERRAL.wentTo, { place: view.facilityName(place) })]),
      ...written(legOf(view, provenance)),
    ];
  },
  'pause-waiting': (page, view, { recorded }) =>
    view.legs
      .flatMap(unavailabilitiesOf)
      .filter(({ at }) => at === recorded)
      .map(({ period }) =>
        page.say(REFERRAL.awayBetween, {
          from: dateText(period.start, page.language),
          until: dateText(new Date(Date.parse(period.end) - 1).toISOString(), page.language),
        }),
      ),
  'contact-attempt': (page, view, { recorded }) =>
    view.legs
      .flatMap(attemptsOf)
      .filter((one) => part(one, 'time')?.valueDateTime === recorded)
      .map((one) => attemptText(page, one)),
};

const OTHERS = { ...SERVICE_ACTS, ...SIDE_OPERATIONS } as const;

/** What the service itself did, what became of a side Task, or a move that no page offers. */
const otherWords = (code: string): Words | undefined =>
  Object.hasOwn(OTHERS, code)
    ? OTHERS[code as keyof typeof OTHERS]
    : Object.hasOwn(MOVES, code)
      ? MOVES[code as MoveName]
      : undefined;

/** What a move, or a change that is none, is called when it has happened. */
const eventWords = (code: string): Words => {
  if (code === QUEUE_OPERATION.name) return QUEUE.event;
  if (code === COMPLETE_OPERATION.name) return COMPLETE_OPERATION;
  return isOfferedMove(code) ? MOVE_WORDS[code].event : (otherWords(code) ?? { es: code, en: code });
};

function entryOf(page: Page, view: ReferralView, provenance: Provenance): readonly LifeEntry[] {
  const move = moveOf(provenance);
  if (move === undefined) return [];
  const words = eventWords(move);
  const by = byOf(page, view, provenance);
  const reasons = (provenance.reason ?? []).map((reason) => conceptText(page, reason));
  const more = DETAILS[move]?.(page, view, provenance) ?? [];
  return [
    {
      at: provenance.occurredDateTime ?? provenance.recorded,
      title: page.say(words),
      ...(by === '' ? {} : { by }),
      details: [...new Set([...reasons, ...more])].filter((text) => text !== ''),
    },
  ];
}

/** What the resources themselves tell, for referrals that came without a trail of moves. */
function withoutTrail(page: Page, view: ReferralView): readonly LifeEntry[] {
  const entry = (
    at: string | undefined,
    move: keyof typeof MOVE_WORDS,
    side: Side,
    details: readonly string[] = [],
  ): readonly LifeEntry[] =>
    at === undefined
      ? []
      : [{ at, title: page.say(MOVE_WORDS[move].event), by: view.facilityName(view.sides[side]), details }];
  return [
    ...entry(view.legs[0]?.authoredOn ?? view.order.authoredOn, 'submit', 'origin'),
    ...view
      .all('Appointment')
      .flatMap(({ created, start }) =>
        entry(
          created,
          'book',
          'destination',
          start === undefined ? [] : [page.say(REFERRAL.bookedFor, { when: timeText(start, page.language) })],
        ),
      ),
    ...view
      .all('Encounter')
      .flatMap(({ id, period }) =>
        view.order.encounter?.reference === `Encounter/${id}` ? [] : entry(period?.start, 'arrive', 'destination'),
      ),
    ...view.all('Composition').flatMap(({ date }) => entry(date, 'respond', 'destination')),
  ];
}

/** The life of a referral, oldest first: every move with its moment, person, facility and reason. */
export function lifeOf(page: Page, view: ReferralView): readonly LifeEntry[] {
  const provenances = view.all('Provenance');
  const trail = provenances.flatMap((provenance) => entryOf(page, view, provenance));
  // What the service did by itself is no trail of moves.
  const hasMoves = provenances.some((provenance) => Object.hasOwn(MOVES, moveOf(provenance) ?? ''));
  const entries = hasMoves || view.legs.length === 0 ? trail : [...withoutTrail(page, view), ...trail];
  return [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
