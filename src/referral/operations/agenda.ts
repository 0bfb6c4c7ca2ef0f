import type { Appointment, Schedule, Slot } from '@medplum/fhirtypes';
import { operationUrl } from '../../config/canonical.js';
import { holdsSlots } from '../../fhir/claims.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { localTarget } from '../../fhir/references.js';
import { referenceKey } from '../../fhir/search/search-keys.js';
import { queryText } from '../../fhir/search/search-links.js';
import { pageLinks, searchsetText } from '../../fhir/search/searchset.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import { ownFacility } from '../facility-scope.js';
import { agendasOf, slotsWithin } from '../slots/agendas.js';
import { type AgendaQuery, parseAgendaQuery } from '../slots/agenda-query.js';
import { type Included, visible } from '../worklist-includes.js';

/** One slot is rarely given twice: a cancelled visit before the one in force. */
const PER_SLOT = 20;
/** Order of time, in the index of the pairs of status and agenda. */
const IN_TIME = { 'k.start': 1, _id: 1 } as const;

interface Found {
  readonly total: number;
  readonly slots: readonly FoundResource[];
  readonly schedules: readonly FoundResource[];
}

async function findSlots(context: FhirContext, facility: string, query: AgendaQuery): Promise<Found> {
  const agendas = await agendasOf(context.store, facility, query.service);
  if (agendas.length === 0) return { total: 0, slots: [], schedules: [] };
  const filter = slotsWithin(
    agendas.map(({ schedule }) => schedule.id),
    query.statuses,
    query,
  );
  const [slots, total] = await Promise.all([
    context.store.find('Slot', filter, { sort: IN_TIME, limit: query.count, hint: 'tok' }),
    context.store.count('Slot', filter),
  ]);
  const used = new Set(slots.map((stored) => localTarget(resourceOf<Slot>(stored).schedule.reference ?? '')?.id));
  return { total, slots, schedules: agendas.map(({ stored }) => stored).filter(({ _id }) => used.has(_id)) };
}

/** The visits that hold the busy ones, and whose they are, as far as the caller may see them. */
async function visitsOf(
  { store }: FhirContext,
  { caller }: FhirRequest,
  slots: readonly FoundResource[],
): Promise<Included[]> {
  const busy = slots.filter((stored) => resourceOf<Slot>(stored).status === 'busy');
  if (busy.length === 0) return [];
  const keys = busy.map(({ _id }) => referenceKey('slot', `Slot/${_id}`));
  const found = await store.find('Appointment', { 's.ref': { $in: keys } }, { limit: busy.length * PER_SLOT });
  const holding = found.filter((stored) => holdsSlots(resourceOf<Appointment>(stored).status));
  const references = holding.map(({ _id }) => `Appointment/${_id}`);
  const appointments = await visible(store, caller, 'Appointment', references);
  const patients = await visible(
    store,
    caller,
    'Patient',
    appointments.map(({ pt }) => pt && `Patient/${pt}`),
  );
  return [
    ...appointments.map((stored) => ({ type: 'Appointment', stored })),
    ...patients.map((stored) => ({ type: 'Patient', stored })),
  ];
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const facility = await ownFacility(context, request, '$agenda');
  const query = parseAgendaQuery(request.query, new Date());
  const { total, slots, schedules } = await findSlots(context, facility.id, query);
  const actors = schedules.flatMap((stored) => resourceOf<Schedule>(stored).actor.map(({ reference }) => reference));
  const [offered, places, visits] = await Promise.all([
    visible(context.store, request.caller, 'HealthcareService', actors),
    visible(context.store, request.caller, 'Location', actors),
    visitsOf(context, request, slots),
  ]);
  const beside: Included[] = [
    ...schedules.map((stored) => ({ type: 'Schedule', stored })),
    ...offered.map((stored) => ({ type: 'HealthcareService', stored })),
    ...places.map((stored) => ({ type: 'Location', stored })),
    ...visits,
  ];
  const patients = visits.flatMap(({ stored: { pt } }) => pt ?? []);
  const text = queryText(request.query);
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$agenda',
      pt: [...new Set(patients)],
      ent: [`Organization/${facility.id}`, ...visits.map(({ type, stored }) => `${type}/${stored._id}`)],
      q: text,
    }),
  );
  const entry =
    (mode: 'match' | 'include') =>
    ({ type, stored }: Included) => ({
      fullUrl: `${context.baseUrl}/${type}/${stored._id}`,
      json: stored.json,
      mode,
    });
  const body = searchsetText({
    links: pageLinks(`${context.baseUrl}/Organization/${facility.id}/$agenda${text === '' ? '' : `?${text}`}`),
    total,
    entries: [
      ...slots.map((stored) => ({ type: 'Slot', stored })).map(entry('match')),
      ...beside.map(entry('include')),
    ],
  });
  return { status: 200, headers: {}, body };
}

/**
 * `GET Organization/{id}/$agenda?from=&to=&status=free|busy|all&service=&_count=`: the slots of a facility's services in the
 * order of time, with their agendas, services and places, and the visits that hold the busy ones. Without parameters: the free
 * ones from now to the end of tomorrow, which the reception offers to whoever comes without an appointment (LN23:2019 8.3.3).
 * Throws 400 for a wrong parameter, 403 for another facility, 404 for an unknown one.
 */
export const agenda: Operation = {
  name: 'agenda',
  definition: operationUrl('agenda'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose:
    'Los cupos de los servicios de un establecimiento por hora; sin parámetros, los cupos libres de hoy y de mañana («cupos perdidos»).',
  handle,
};
