import type { Bundle, Parameters, ServiceRequest, Slot, Task } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import { offeredService, patientWindow } from '../../../referral/patient-moves.js';
import type { PageContext } from '../../page-context.js';
import { inBundle } from '../../resources/in-bundle.js';

/** Slots that the page shows: few to read, more than one day. */
const MOST = 8;
/** Agendas that one search may name. */
const MOST_AGENDAS = 20;

/** What the patient may do with the own appointment now. */
export interface OwnVisit {
  /** Of the referral, for `If-Match`. */
  readonly version: string;
  /** Task id of the leg. */
  readonly leg: string;
  readonly moves: ReadonlySet<string>;
}

/** Asks the service what the signed-in patient may do with a referral. @throws ServiceError 404 for what is not the person's */
export async function ownVisit(page: PageContext, id: string): Promise<OwnVisit> {
  const path = `ServiceRequest/${encodeURIComponent(id)}/$available-actions`;
  const { resource } = await page.fhir<Parameters>('GET', path);
  const parameters = resource.parameter ?? [];
  const actions = parameters.flatMap(({ name, part = [] }) => (name === 'action' ? [part] : []));
  const url = actions[0]?.find(({ name }) => name === 'url')?.valueUrl ?? '';
  return {
    version: parameters.find(({ name }) => name === 'version')?.valueString ?? '',
    leg: /Task\/([^/]+)\/\$/.exec(url)?.[1] ?? '',
    moves: new Set(actions.flatMap((part) => part.find(({ name }) => name === 'name')?.valueCode ?? [])),
  };
}

/** HealthcareService references whose slots are offered for a leg. */
async function servicesOf(page: PageContext, task: Task, order: ServiceRequest): Promise<readonly string[]> {
  const { service, specialties } = offeredService(task, order);
  if (service !== undefined) return [service];
  const facility = task.owner?.reference;
  if (facility === undefined || specialties.length === 0) return [];
  const specialty = specialties.map((code) => `${codeSystemUrl('specialty')}|${code}`).join(',');
  const query = new URLSearchParams({ organization: facility, specialty, _count: String(MOST_AGENDAS) });
  const { resource } = await page.fhir<Bundle>('GET', `HealthcareService?${query.toString()}`);
  return inBundle(resource, 'HealthcareService').map(({ id }) => `HealthcareService/${id}`);
}

/** The next free slots that the patient may change to; what is chosen is judged again by the move itself. */
export async function offeredSlots(page: PageContext, id: string, { leg }: OwnVisit): Promise<readonly Slot[]> {
  const [{ resource: task }, { resource: order }] = await Promise.all([
    page.fhir<Task>('GET', `Task/${leg}`),
    page.fhir<ServiceRequest>('GET', `ServiceRequest/${encodeURIComponent(id)}`),
  ]);
  const services = await servicesOf(page, task, order);
  if (services.length === 0) return [];
  const actors = new URLSearchParams({ actor: services.join(','), _count: String(MOST_AGENDAS) });
  const agendas = await page.fhir<Bundle>('GET', `Schedule?${actors.toString()}`);
  const schedules = inBundle(agendas.resource, 'Schedule')
    .filter(({ active }) => active !== false)
    .map((one) => `Schedule/${one.id}`);
  if (schedules.length === 0) return [];
  const { from, to } = patientWindow(new Date());
  const query = new URLSearchParams([
    ['schedule', schedules.join(',')],
    ['status', 'free'],
    ['start', `ge${from.toISOString()}`],
    ['start', `le${to.toISOString()}`],
    ['_sort', 'start'],
    ['_count', String(MOST)],
  ]);
  return inBundle((await page.fhir<Bundle>('GET', `Slot?${query.toString()}`)).resource, 'Slot');
}
