import type { Appointment, Coding, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { Store } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { hasCoding, isLeg, isTaskOf } from '../vocabulary.js';
import { specialtyOf } from '../specialty-of.js';
import { quantile } from './quantile.js';
import { LEAST_SHOWN } from './small-number.js';

/** Days that count. */
export const WINDOW_DAYS = 90;
const DAY_MS = 86_400_000;
/** Tasks of one facility that are looked at, newest changes first: of the largest hospital the last weeks. */
export const MOST_TASKS = 2_000;
/** Order of the reference index of Task. */
export const NEWEST_CHANGES = { 'k.modified': -1, _id: -1 } as const;

/** Wait from the sending of a referral to its first appointment, days, of the appointments given in the window. */
export interface MeasuredWait {
  /** Appointments behind it. */
  readonly basis: number;
  readonly median: number;
  readonly p90: number;
}

/** Why a service sent referrals back, or what it asked for. */
export interface SentBack {
  readonly kind: 'rejected' | 'redirected' | 'information';
  readonly reason: Coding;
  /** Absent while it is small. */
  readonly count?: number;
}

/** What was measured of one specialty of a facility. */
export interface MeasuredFacts {
  readonly wait?: MeasuredWait;
  /** True when there were appointments, but too few to tell. */
  readonly tooFew: boolean;
  /** Most frequent first. */
  readonly sentBack: readonly SentBack[];
}

const NOTHING: MeasuredFacts = { tooFew: false, sentBack: [] };

type Kept = Task & { readonly id: string };

/** Filter of the Tasks of a facility (Organization id) on one side that changed since a moment. */
export const changedTasks = (role: 'owner' | 'requester', facility: string, since: Date): Filter => ({
  's.ref': `${role}~Organization/${facility}`,
  'k.modified': { $gte: since },
});

async function tasks(store: Pick<Store, 'find'>, filter: Filter): Promise<readonly Kept[]> {
  const how = { limit: MOST_TASKS, sort: NEWEST_CHANGES, hint: 'ref' };
  return (await store.find('Task', filter, how)).map((stored) => resourceOf<Kept>(stored));
}

const firstAppointment = ({ output = [] }: Task): string | undefined => {
  const found = output.find(({ type }) => hasCoding(type, codeSystemUrl('task-io'), 'appointment'));
  const target = localTarget(found?.valueReference?.reference ?? '');
  return target?.type === 'Appointment' ? target.id : undefined;
};

/** Days between sending and appointment; undefined for what cannot be told. */
function waitDays({ authoredOn = '' }: Task, { start = '' }: Appointment): number | undefined {
  const days = (Date.parse(start) - Date.parse(authoredOn)) / DAY_MS;
  return Number.isNaN(days) || days < 0 ? undefined : Math.round(days);
}

async function waitsOf(
  store: Pick<Store, 'readMany'>,
  legs: readonly Kept[],
  since: Date,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const ids = legs.flatMap((leg) => firstAppointment(leg) ?? []);
  const found = new Map(
    (await store.readMany('Appointment', ids))
      .filter(({ del }) => !del)
      .map((stored) => [stored._id, resourceOf<Appointment>(stored)]),
  );
  const waits = new Map<string, number[]>();
  for (const leg of legs) {
    const appointment = found.get(firstAppointment(leg) ?? '');
    const given = Date.parse(appointment?.created ?? '');
    const days = appointment && given >= since.getTime() ? waitDays(leg, appointment) : undefined;
    const specialty = specialtyOf(leg);
    if (days === undefined || specialty === undefined) continue;
    waits.set(specialty, [...(waits.get(specialty) ?? []), days]);
  }
  return waits;
}

const REASONS = {
  rejected: codeSystemUrl('reject-reason'),
  redirected: codeSystemUrl('redirect-reason'),
  information: codeSystemUrl('information-item'),
} as const satisfies Record<SentBack['kind'], string>;

interface Counted {
  readonly specialty: string;
  readonly kind: SentBack['kind'];
  readonly code: string;
}

const reasonCodes = (kind: SentBack['kind'], codings: readonly Coding[] | undefined): string[] =>
  (codings ?? []).flatMap(({ system, code }) => (system === REASONS[kind] && code !== undefined ? [code] : []));

/** Reasons with which legs were sent back, and coded items that the origin was asked for. Free text counts nowhere. */
function sendings(legs: readonly Kept[], questions: readonly Kept[]): readonly Counted[] {
  const specialties = new Map(legs.map((leg) => [leg.id, specialtyOf(leg)]));
  const ofLegs = legs.flatMap((leg) =>
    (['rejected', 'redirected'] as const).flatMap((kind) =>
      reasonCodes(kind, leg.statusReason?.coding).map((code) => ({ specialty: specialtyOf(leg), kind, code })),
    ),
  );
  const ofQuestions = questions.flatMap(({ partOf = [], input = [] }) => {
    const leg = localTarget(partOf[0]?.reference ?? '')?.id ?? '';
    const codings = input.flatMap(({ valueCodeableConcept }) => valueCodeableConcept?.coding ?? []);
    return reasonCodes('information', codings).map((code) => ({
      specialty: specialties.get(leg),
      kind: 'information' as const,
      code,
    }));
  });
  return [...ofLegs, ...ofQuestions].flatMap(({ specialty, ...rest }) =>
    specialty === undefined ? [] : [{ specialty, ...rest }],
  );
}

function tallied(rows: readonly Counted[]): readonly SentBack[] {
  const counts = new Map<string, { kind: SentBack['kind']; code: string; count: number }>();
  for (const { kind, code } of rows) {
    const key = `${kind} ${code}`;
    counts.set(key, { kind, code, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
    .map(({ kind, code, count }) => ({
      kind,
      reason: { system: REASONS[kind], code },
      ...(count < LEAST_SHOWN ? {} : { count }),
    }));
}

/**
 * What the store tells of each specialty of a facility in the last {@link WINDOW_DAYS} days, by specialty code: how long
 * people waited for the appointments that were given, and why referrals came back. Nobody types it. Two reads over the
 * reference index of Task and one of appointments by id, however much the facility has.
 * @param facility Organization id
 */
export async function measureFacility(
  store: Pick<Store, 'find' | 'readMany'>,
  facility: string,
  now: Date,
): Promise<(specialty: string) => MeasuredFacts> {
  const since = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
  const [owned, requested] = await Promise.all([
    tasks(store, changedTasks('owner', facility, since)),
    tasks(store, changedTasks('requester', facility, since)),
  ]);
  const legs = owned.filter((task) => isLeg(task));
  const questions = requested.filter((task) => isTaskOf(task, 'provide-information'));
  const waits = await waitsOf(store, legs, since);
  const back = sendings(legs, questions);
  return (specialty) => {
    const days = waits.get(specialty) ?? [];
    const rows = back.filter((row) => row.specialty === specialty);
    if (days.length === 0 && rows.length === 0) return NOTHING;
    const shown = days.length >= LEAST_SHOWN;
    return {
      ...(shown ? { wait: { basis: days.length, median: quantile(days, 0.5), p90: quantile(days, 0.9) } } : {}),
      tooFew: days.length > 0 && !shown,
      sentBack: tallied(rows),
    };
  };
}
