import type { HealthcareService, Organization, ParametersParameter } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { badInput, readInput } from '../../fhir/operations/read-input.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { type Place, type Suggestion, suggestDestinations } from '../directory/suggest-destinations.js';
import { operationUrl } from '../move-operation.js';

/** Services of one specialty in the country; more are a mistake of the directory. */
const MOST_SERVICES = 2_000;
/** Suggestions of one answer. */
const MOST_SHOWN = 20;

type Facility = Organization & { readonly id: string };

const organizationId = (reference: string | undefined): string | undefined => {
  const target = localTarget(reference ?? '');
  return target?.type === 'Organization' ? target.id : undefined;
};

/** Facilities with their network and region, in two rounds of look-ups by id. */
async function placesOf(context: FhirContext, ids: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const read = async (some: readonly (string | undefined)[]): Promise<Facility[]> => {
    const wanted = [...new Set(some.flatMap((id) => id ?? []))];
    const found = await context.store.readMany('Organization', wanted);
    return found.filter(({ del }) => !del).map((stored) => resourceOf<Facility>(stored));
  };
  const facilities = await read(ids);
  const networks = await read(facilities.map(({ partOf }) => organizationId(partOf?.reference)));
  const regionOf = new Map(networks.map(({ id, partOf }) => [id, organizationId(partOf?.reference)]));
  return new Map(
    facilities
      .filter(({ active }) => active !== false)
      .map((facility) => {
        const network = organizationId(facility.partOf?.reference);
        const region = network === undefined ? undefined : regionOf.get(network);
        return [
          facility.id,
          { facility, ...(network === undefined ? {} : { network }), ...(region === undefined ? {} : { region }) },
        ];
      }),
  );
}

const suggestionPart = (
  { facility, rank, why, consult }: Suggestion,
  service: string | undefined,
): ParametersParameter => ({
  name: 'destination',
  part: [
    { name: 'rank', valueInteger: rank },
    {
      name: 'facility',
      valueReference: {
        reference: `Organization/${facility.id}`,
        ...(facility.name === undefined ? {} : { display: facility.name }),
      },
    },
    ...(service === undefined
      ? []
      : [{ name: 'service', valueReference: { reference: `HealthcareService/${service}` } }]),
    { name: 'why', valueString: why.es },
    { name: 'why-en', valueString: why.en },
    ...(consult
      ? [
          { name: 'consult', valueString: consult.es },
          { name: 'consult-en', valueString: consult.en },
        ]
      : []),
  ],
});

/** HealthcareService id by the Organization id of who provides it, of the active services of a specialty. */
async function servicesOf({ store }: FhirContext, specialty: string): Promise<ReadonlyMap<string, string>> {
  const filter = { 's.tok': `specialty|${codeSystemUrl('specialty')}|${specialty}` };
  const found = await store.find('HealthcareService', filter, { limit: MOST_SERVICES });
  const services = found.map((stored) => resourceOf<HealthcareService & { id: string }>(stored));
  return new Map(
    services.flatMap(({ id, active, providedBy }) => {
      const facility = organizationId(providedBy?.reference);
      return active === false || facility === undefined ? [] : [[facility, id] as const];
    }),
  );
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const input = readInput(request, ['specialty', 'priority']);
  const stored = await loadVisible(context, request, 'Organization', request.resourceId ?? '');
  const specialty = input.text('specialty');
  const priority = input.text('priority') ?? 'routine';
  if (specialty === undefined || context.definitions.display(codeSystemUrl('specialty'), specialty) === undefined)
    throw badInput('specialty', codeSystemUrl('specialty'));
  if (!['routine', 'urgent', 'asap', 'stat'].includes(priority)) throw badInput('priority', 'request-priority');
  const services = await servicesOf(context, specialty);
  const places = await placesOf(context, [stored._id, ...services.keys()]);
  const origin = places.get(stored._id);
  if (!origin) throw fault('rule-broken', { es: 'El origen no está activo.', en: 'The origin is not active.' });
  const candidates = [...services.keys()].flatMap((id) => places.get(id) ?? []);
  const found = suggestDestinations(origin, candidates, priority !== 'routine').slice(0, MOST_SHOWN);
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$suggest-destinations',
      ent: [`Organization/${stored._id}`],
      q: `specialty=${specialty}&priority=${priority}`,
    }),
  );
  const parameter = found.map((one) => suggestionPart(one, services.get(one.facility.id)));
  return resourceAnswer(200, { resourceType: 'Parameters', parameter });
}

/**
 * `GET Organization/{id}/$suggest-destinations?specialty=&priority=`: where a facility refers to for a specialty, in the order
 * of its network and the level of care, each with the reason (LN23:2019, 8.1.7); nothing is forbidden by it.
 * Throws 400 for an unknown specialty or priority.
 */
export const suggestDestinationsOperation: Operation = {
  name: 'suggest-destinations',
  definition: operationUrl('suggest-destinations'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose: 'A dónde conviene referir para una especialidad, por red y nivel, con el motivo de cada sugerencia.',
  handle,
};
