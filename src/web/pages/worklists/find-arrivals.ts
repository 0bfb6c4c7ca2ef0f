import type { Bundle, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../../../config/canonical.js';
import { dateIn } from '../../../config/honduras-time.js';
import { ALL_STATES, stateRow } from '../../../referral/states.js';
import { lastOutput } from '../../../referral/task-io.js';
import type { PageContext } from '../../page-context.js';
import { inBundle } from '../../resources/in-bundle.js';
import { type ReferralRow, referralRows } from '../../resources/referral-rows.js';
import { type Reading, readingsOf } from './reception-code.js';

/** What the desk finds with what was typed. */
export interface Arrivals {
  /** Open referrals to this facility, today's first. */
  readonly here: readonly ReferralRow[];
  /** Referrals found by their own number that are not open here: ended, or for another facility. */
  readonly notHere: readonly ReferralRow[];
  /** The person found, when there is one. */
  readonly patient?: Patient;
}

type Calls = Pick<PageContext, 'fhir' | 'signedIn'>;

const MOST = 50;
/** States in which somebody must act. */
const OPEN = ALL_STATES.filter((state) => stateRow(state).actsNext !== undefined);

const search = async (page: Calls, path: string): Promise<Bundle> => (await page.fhir<Bundle>('GET', path)).resource;

const identified = (type: string, { system, value }: Reading): string =>
  `${type}?${new URLSearchParams({ identifier: `${system}|${value.replaceAll(/[\\,$|]/g, '\\$&')}` }).toString()}`;

/** Everything some Tasks are about, by type: one search for each. */
async function aroundTasks(page: Calls, tasks: Bundle): Promise<readonly Bundle[]> {
  const rows = inBundle(tasks, 'Task');
  const wanted: Record<string, (task: Task) => string | undefined> = {
    ServiceRequest: ({ focus }) => focus?.reference,
    Patient: (task) => task.for?.reference,
    Appointment: (task) => lastOutput(task, 'appointment'),
  };
  return Promise.all(
    Object.entries(wanted).flatMap(([type, of]) => {
      const ids = new Set(rows.flatMap((task) => of(task)?.slice(type.length + 1) ?? []));
      return ids.size === 0 ? [] : [search(page, `${type}?_id=${[...ids].join(',')}&_count=${ids.size}`)];
    }),
  );
}

/** Rows of the Tasks that a search finds. */
async function rowsOf(page: Calls, path: string): Promise<readonly ReferralRow[]> {
  const tasks = await search(page, path);
  return referralRows(tasks, ...(await aroundTasks(page, tasks)));
}

/** A number of a paper file counts at the facility that gave it. */
const isOurs = (patient: Patient, { system, value }: Reading, facility: string): boolean =>
  system !== SID.expediente ||
  (patient.identifier ?? []).some(
    (one) => one.system === system && one.value === value && one.assigner?.reference === `Organization/${facility}`,
  );

/** Is this the leg with which the referral goes on, or with which it ended? */
const isNewest = ({ task }: ReferralRow): boolean => lastOutput(task, 'redirected-to') === undefined;
const isOpen = (row: ReferralRow): boolean => isNewest(row) && OPEN.includes(row.state);

/** Does the appointment stand on this day of Honduras? */
export const isToday = ({ state, appointment }: Pick<ReferralRow, 'state' | 'appointment'>, now: Date): boolean =>
  state === 'scheduled' && appointment?.start !== undefined && dateIn(new Date(appointment.start)) === dateIn(now);

/** Emergencies on their way, then today's appointments, then the rest as found. */
const rank = (row: ReferralRow, now: Date): number => (row.state === 'in-transit' ? 0 : isToday(row, now) ? 1 : 2);

async function byReading(page: Calls, reading: Reading, facility: string): Promise<Arrivals | undefined> {
  const found = await search(page, identified(reading.of, reading));
  if (reading.of === 'Patient') {
    const patient = inBundle(found, 'Patient').find((one) => isOurs(one, reading, facility));
    if (!patient) return undefined;
    const query = new URLSearchParams({
      patient: `Patient/${patient.id}`,
      owner: `Organization/${facility}`,
      'business-status': OPEN.map((state) => `${codeSystemUrl('referral-status')}|${state}`).join(','),
      _count: String(MOST),
    });
    const rows = await rowsOf(page, `Task?${query.toString()}`);
    return { here: rows.filter(isOpen), notHere: [], patient };
  }
  const [order] = inBundle(found, 'ServiceRequest') as readonly (ServiceRequest & { id: string })[];
  if (!order) return undefined;
  const rows = await rowsOf(page, `Task?focus=ServiceRequest/${order.id}&_count=${MOST}`);
  const current = rows.filter(isNewest);
  const atHome = (row: ReferralRow): boolean => row.task.owner?.reference === `Organization/${facility}`;
  const here = current.filter((row) => atHome(row) && isOpen(row));
  const [patient] = rows.flatMap((row) => (row.patient ? [row.patient] : []));
  return { here, notHere: here.length > 0 ? [] : current.slice(0, 1), ...(patient ? { patient } : {}) };
}

/**
 * Looks for what was typed at the desk of a facility (Organization id): the first of its readings that finds anything.
 * @returns undefined when nobody and nothing was found
 */
export async function findArrivals(
  page: Calls,
  typed: string,
  facility: string,
  now: Date,
): Promise<Arrivals | undefined> {
  for (const reading of readingsOf(typed)) {
    const found = await byReading(page, reading, facility);
    if (found) return { ...found, here: [...found.here].sort((a, b) => rank(a, now) - rank(b, now)) };
  }
  return undefined;
}
