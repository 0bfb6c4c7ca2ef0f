import type { Encounter, Organization, Patient, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import { localTarget } from '../fhir/references.js';
import { resourceOf } from '../fhir/stored-resource.js';
import { isAdviceRequest } from '../referral/advice-request.js';
import { type DeadlineBook, deadlineBook } from '../referral/deadlines/deadline-book.js';
import { dateIn } from '../referral/local-day.js';
import { clockOf } from '../referral/run-clock.js';
import { lastOutput } from '../referral/task-io.js';
import { isLeg, isReferral, stateOf } from '../referral/vocabulary.js';
import { sidesOf } from '../referral/work-scalars.js';
import type { Store } from '../store/store.js';
import { ageBandOn } from './age-bands.js';
import type { ReferralFact } from './count-cube.js';
import type { StatisticsMonth } from './statistics-month.js';
import { regionCode, SEXES, UNKNOWN } from './table-plan.js';
import type { TablePlan } from './table-types.js';

const DAY_MS = 24 * 3_600_000;
/** Legs sent in one day; far more than the country has (about 3,000 a day). */
const MAX_PER_DAY = 50_000;
const CHUNK = 500;
const QUERY_MS = 60_000;
/** Facility, network, region; one more for a level that is added. */
const MAX_LEVELS = 4;

type Sent = Task & { id: string; authoredOn: string };

/** Legs that were sent in the month, day by day over the index of `authored-on`. */
async function legsOf(store: Store, { start, end }: StatisticsMonth): Promise<Sent[]> {
  const legs: Sent[] = [];
  for (let from = start.getTime(); from < end.getTime(); from += DAY_MS) {
    const within = { $gte: new Date(from), $lt: new Date(Math.min(from + DAY_MS, end.getTime())) };
    const found = await store.find(
      'Task',
      { 's.dat': { $elemMatch: { p: 'authored-on', lo: within } }, 'w.state': { $exists: true } },
      { limit: MAX_PER_DAY, maxTimeMS: QUERY_MS },
    );
    if (found.length === MAX_PER_DAY) throw new RangeError(`more than ${MAX_PER_DAY} referrals on one day`);
    legs.push(...found.map((stored) => resourceOf<Sent>(stored)).filter(isLeg));
  }
  return legs;
}

async function readAll<T extends Resource>(store: Store, type: string, ids: Iterable<string>): Promise<Map<string, T>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, T>();
  for (let from = 0; from < wanted.length; from += CHUNK)
    for (const stored of await store.readMany(type, wanted.slice(from, from + CHUNK)))
      if (!stored.del) found.set(stored._id, resourceOf<T>(stored));
  return found;
}

const idIn = (reference: string | undefined, type: string): string | undefined => {
  const target = localTarget(reference ?? '');
  return target?.type === type ? target.id : undefined;
};

const REGION_SYSTEM = codeSystemUrl('sanitary-region');

/** Region code of each facility, over the organizations it is part of. */
async function regionsOf(
  store: Store,
  facilities: Iterable<string>,
): Promise<(facility: string) => string | undefined> {
  const known = new Map<string, Organization>();
  let wanted = new Set(facilities);
  for (let level = 0; level < MAX_LEVELS && wanted.size > 0; level += 1) {
    const found = await readAll<Organization>(store, 'Organization', wanted);
    found.forEach((organization, id) => known.set(id, organization));
    const above = [...found.values()].flatMap(({ partOf }) => idIn(partOf?.reference, 'Organization') ?? []);
    wanted = new Set(above.filter((id) => !known.has(id)));
  }
  const regionOf = (id: string, levels = MAX_LEVELS): string | undefined => {
    const organization = known.get(id);
    const own = organization?.identifier?.find(({ system }) => system === REGION_SYSTEM)?.value;
    if (own !== undefined) return regionCode(own);
    const above = idIn(organization?.partOf?.reference, 'Organization');
    return above === undefined || levels === 0 ? undefined : regionOf(above, levels - 1);
  };
  return regionOf;
}

const judgedYes = (leg: Task, judgement: string): boolean =>
  (leg.extension ?? []).some(({ url, valueCode }) => url === extensionUrl(judgement) && valueCode === 'yes');

const visitOf = (leg: Task): string | undefined => idIn(lastOutput(leg, 'encounter'), 'Encounter');

/** When the answer of a leg was given, when that was before the month closed. */
function answeredAt(leg: Sent, { closes }: StatisticsMonth): Date | undefined {
  const given = new Date(leg.executionPeriod?.end ?? Number.NaN);
  return lastOutput(leg, 'respuesta') !== undefined && given < closes ? given : undefined;
}

/**
 * True when a leg was answered in time: from the arrival for the (last) visit, which lies long after the receipt of the
 * referral, else from the sending.
 */
function isOnTime(
  leg: Sent,
  given: Date,
  { visits, book }: { visits: ReadonlyMap<string, Encounter>; book: DeadlineBook },
): boolean {
  const visit = visitOf(leg);
  const arrival = visit === undefined ? undefined : (visits.get(visit)?.period?.start ?? leg.executionPeriod?.start);
  const start = new Date(arrival ?? leg.authoredOn);
  // By the terms that were in force when care began.
  return given <= book.at(start).dueAt(clockOf(leg, 'answer'), start);
}

/**
 * Referrals sent in a month, one fact each, from what is stored now. Codes outside the plan count as unknown, so that
 * text of a client never reaches a public file.
 */
export async function readReferrals(store: Store, plan: TablePlan, month: StatisticsMonth): Promise<ReferralFact[]> {
  const book = await deadlineBook(store);
  const byReferral = new Map<string, Sent[]>();
  for (const leg of await legsOf(store, month)) {
    const id = idIn(leg.focus?.reference, 'ServiceRequest');
    if (id !== undefined && stateOf(leg) !== 'error') byReferral.set(id, [...(byReferral.get(id) ?? []), leg]);
  }
  const legs = [...byReferral.values()].flat();
  const idsOf = (pick: (leg: Sent) => string | undefined): string[] => legs.flatMap((leg) => pick(leg) ?? []);
  const [requests, patients, visits, regionOf] = await Promise.all([
    readAll<ServiceRequest>(store, 'ServiceRequest', byReferral.keys()),
    readAll<Patient>(
      store,
      'Patient',
      idsOf((leg) => sidesOf(leg).patient),
    ),
    readAll<Encounter>(
      store,
      'Encounter',
      idsOf((leg) => answeredAt(leg, month) && visitOf(leg)),
    ),
    regionsOf(
      store,
      idsOf((leg) => sidesOf(leg).origin),
    ),
  ]);
  const known = {
    region: new Set(plan.regions.map(({ code }) => code)),
    specialty: new Set(plan.breakdowns.specialty.map(({ code }) => code)),
  };
  const planned = (codes: ReadonlySet<string>, code: string | undefined): string =>
    code !== undefined && codes.has(code) ? code : UNKNOWN;

  return [...byReferral].flatMap(([id, own]): ReferralFact[] => {
    const request = requests.get(id);
    const [first] = own;
    // A request for advice sends nobody anywhere: it counts when it is converted into a referral.
    if (!first || !isReferral(request) || isAdviceRequest(request)) return [];
    if (request.status === 'draft' || request.status === 'entered-in-error') return [];
    const { origin, patient: patientId } = sidesOf(first);
    const patient = patientId === undefined ? undefined : patients.get(patientId);
    const answered = own.flatMap((leg) => {
      const given = answeredAt(leg, month);
      return given ? [{ leg, onTime: isOnTime(leg, given, { visits, book }) }] : [];
    });
    const specialty = request.performerType?.coding?.find(({ system }) => system === codeSystemUrl('specialty'))?.code;
    return [
      {
        region: planned(known.region, origin === undefined ? undefined : regionOf(origin)),
        sex: SEXES.find(({ gender }) => gender === patient?.gender)?.code ?? UNKNOWN,
        age: ageBandOn(patient?.birthDate, dateIn(new Date(first.authoredOn))) ?? UNKNOWN,
        specialty: planned(known.specialty, specialty),
        fulfils: {
          answered: answered.length > 0,
          'answered-on-time': answered.some(({ onTime }) => onTime),
          oportuna: answered.some(({ leg }) => judgedYes(leg, 'oportuna')),
          justificada: answered.some(({ leg }) => judgedYes(leg, 'justificada')),
        },
      },
    ];
  });
}
