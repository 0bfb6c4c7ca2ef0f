import type {
  HealthcareService,
  Location,
  Parameters,
  PractitionerRole,
  Reference,
  Schedule,
} from '@medplum/fhirtypes';
import { operationUrl, SID } from '../../config/canonical.js';
import { instantIn } from '../../config/honduras-time.js';
import { type Finding, fault, ServiceError } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { retryRaced } from '../../fhir/interactions/retry-raced.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { localTarget } from '../../fhir/references.js';
import { systemTokenKey } from '../../fhir/search/search-keys.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { WriteBuilder } from '../../fhir/write-builder.js';
import { mustNameActor } from '../acting.js';
import { assertWellFormed } from '../ask-move.js';
import type { FieldValues } from '../field-values.js';
import { deadlinesAt } from '../deadlines/deadline-book.js';
import { holidaysBetween } from '../deadlines/holidays.js';
import { readFields } from '../read-fields.js';
import { actingScheduler, assertKeepsAgenda } from '../slots/as-scheduler.js';
import { SLOT_FIELDS, slotPattern } from '../slots/slot-pattern.js';
import { type SlotPlan, planSlots } from '../slots/plan-slots.js';
import { readLinked } from '../task-io.js';

const NAME = 'make-slots';

type Service = HealthcareService & { id: string };

const missing = (field: string): Finding => ({
  code: 'field-missing',
  params: { operation: `$${NAME}`, field },
  expression: field,
});

const foreign = (field: string): Finding => ({
  code: 'rule-broken',
  params: {
    es: 'No es del establecimiento que da el servicio.',
    en: 'It does not belong to the facility that offers the service.',
  },
  expression: field,
});

const CLOSED: Finding = {
  code: 'rule-broken',
  params: { es: 'El servicio no está activo.', en: 'The service is not active.' },
};

/** Where and with whom: the place given, else that of the service; a person when the agenda is one person's. */
async function actorsOf(
  context: FhirContext,
  values: FieldValues,
  service: Service,
  facility: string,
): Promise<{ readonly actors: readonly Reference[]; readonly findings: readonly Finding[] }> {
  const place = values.reference('location') ?? service.location?.[0];
  const person = values.reference('practitioner');
  const own = `Organization/${facility}`;
  const findings: Finding[] = [];
  if (!place) findings.push(missing('location'));
  const location = place && (await readLinked<Location>(context, place.reference));
  if (place && location?.resource.managingOrganization?.reference !== own) findings.push(foreign('location'));
  const post = person && (await readLinked<PractitionerRole>(context, person.reference));
  if (person && post?.resource.organization?.reference !== own) findings.push(foreign('practitioner'));
  const reference = (one: Reference | undefined): Reference[] => {
    const target = localTarget(one?.reference ?? '', context.baseUrl);
    return target ? [{ reference: `${target.type}/${target.id}` }] : [];
  };
  return {
    actors: [{ reference: `HealthcareService/${service.id}` }, ...reference(place), ...reference(person)],
    findings,
  };
}

/** An agenda that `$make-slots` keeps, new or as it stands. */
function draftSchedule(service: Service, actors: readonly Reference[], facilityAgenda: string): Schedule {
  return {
    resourceType: 'Schedule',
    identifier: [{ system: SID.agenda, value: facilityAgenda }],
    active: true,
    ...(service.type ? { serviceType: service.type } : {}),
    ...(service.specialty ? { specialty: service.specialty } : {}),
    actor: [...actors] as Schedule['actor'],
  };
}

interface Making {
  readonly service: Service;
  readonly facility: string;
  readonly actors: readonly Reference[];
  readonly values: FieldValues;
}

const answer = (
  schedule: Schedule | undefined,
  { created, existing, past }: SlotPlan,
  holidays: readonly string[],
): FhirResponse => {
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      ...(schedule ? [{ name: 'schedule', resource: schedule }] : []),
      { name: 'created', valueInteger: created.length },
      { name: 'existing', valueInteger: existing },
      { name: 'past', valueInteger: past },
      ...holidays.map((valueDate) => ({ name: 'holiday', valueDate })),
    ],
  };
  return resourceAnswer(200, parameters);
};

/** Looks at the agenda as it stands and writes what it lacks, all or nothing; the agenda's new version keeps two callers apart. */
async function make(context: FhirContext, request: FhirRequest, making: Making): Promise<FhirResponse> {
  const { service, facility, actors, values } = making;
  const value = actors.map(({ reference }) => reference).join(' ');
  const filter = { 's.tok': systemTokenKey('identifier', SID.agenda, value) };
  const [stored] = await context.store.find('Schedule', filter, { limit: 1 });
  const builder = new WriteBuilder(context, request);
  const { pattern: asked } = slotPattern(values);
  const { edition } = await deadlinesAt(context.store, builder.now);
  const national =
    values.boolean('includeHolidays') === true ? [] : holidaysBetween(asked.from, asked.to, edition.holidays);
  const pattern = { ...asked, holidays: [...asked.holidays, ...national] };
  const plan = await planSlots(context.store, pattern, { schedule: stored?._id, now: builder.now });
  const about = { sub: `$${NAME}`, det: { created: String(plan.created.length), from: pattern.from, to: pattern.to } };
  if (plan.created.length === 0) {
    const ent = [`HealthcareService/${service.id}`];
    await context.store.auditor.record(auditDraft(request, { act: 'E', ent, ...about }));
    return answer(stored && resourceOf<Schedule>(stored), plan, national);
  }
  const draft = stored ? resourceOf<Schedule>(stored) : draftSchedule(service, actors, value);
  const [first, last] = [plan.created[0], plan.created.at(-1)];
  const horizon = [draft.planningHorizon?.start, draft.planningHorizon?.end].flatMap((time) => time ?? []);
  const times = [...horizon, ...[first?.start, last?.end].flatMap((time) => (time ? [instantIn(time)] : []))];
  times.sort((a, b) => Date.parse(a) - Date.parse(b));
  const kept: Schedule = { ...draft, planningHorizon: { start: times[0], end: times.at(-1) } };
  if (!stored) builder.absent({ key: `Schedule ${value}`, type: 'Schedule', filter });
  const schedule = stored ? builder.update(stored, kept) : builder.create(kept, { own: facility });
  for (const { start, end } of plan.created)
    builder.create(
      {
        resourceType: 'Slot',
        ...(service.specialty ? { specialty: service.specialty } : {}),
        schedule: { reference: `Schedule/${schedule.id}` },
        status: 'free',
        start: instantIn(start),
        end: instantIn(end),
      },
      { own: facility },
    );
  builder.audit(auditDraft(request, { act: 'C', ent: [`Schedule/${schedule.id}`], ...about }));
  const unknown = await builder.missing();
  if (unknown.length > 0) throw new ServiceError(unknown);
  await builder.commit();
  return answer(schedule, plan, national);
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  assertKeepsAgenda(request, NAME);
  const service = resourceOf<Service>(
    await loadVisible(context, request, 'HealthcareService', request.resourceId ?? ''),
  );
  assertWellFormed(context, request);
  const { values, findings } = readFields(NAME, SLOT_FIELDS, request.body, context.definitions);
  const facility = localTarget(service.providedBy?.reference ?? '')?.id;
  if (facility === undefined) throw fault('element-required', { element: 'providedBy' });
  const named = values.reference('actor')?.reference;
  if (mustNameActor(request) && named === undefined) throw new ServiceError(missing('actor'));
  await actingScheduler(context, request, NAME, { named, sides: { destination: facility } });
  const { actors, findings: about } = await actorsOf(context, values, service, facility);
  const closed = service.active === false ? [CLOSED] : [];
  const all = [...findings, ...closed, ...slotPattern(values).findings, ...about];
  if (all.length > 0) throw new ServiceError(all);
  return retryRaced(`HealthcareService/${service.id}/$${NAME}`, {}, () =>
    make(context, request, { service, facility, actors, values }),
  );
}

/**
 * `HealthcareService/{id}/$make-slots`: the scheduler lays out the agenda of a service: slots of some minutes on weekdays,
 * between hours, over a period, without the holidays of the edition of deadlines in force (`includeHolidays` opens them too).
 * What stands there already stays as it is, so asking again adds nothing.
 */
export const makeSlots: Operation = {
  name: NAME,
  definition: operationUrl(NAME),
  level: 'instance',
  type: 'HealthcareService',
  method: 'POST',
  affectsState: true,
  ownRow: true,
  purpose:
    'Citas abre los cupos de un servicio: de tantos minutos, en días y horas de la semana, en un período y sin los feriados nacionales (salvo que se pidan); los que ya existen quedan como están.',
  handle,
};
