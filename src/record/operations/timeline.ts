import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { operationUrl } from '../../config/canonical.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import { resourceAnswer } from '../../fhir/answer.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { operationRows } from '../../fhir/operations/operation-rows.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { type CompartmentItem, gatherCompartment } from '../compartment.js';
import { facilityNames } from '../facility-names.js';
import { allergyText, timelineRow, type TimelineRow } from '../timeline-rows.js';

interface Event {
  readonly item: CompartmentItem;
  readonly row: TimelineRow;
}

/** Facility that a row mentions: what the row says, else who keeps the record. */
function facilityId({ item, row }: Event): string | undefined {
  const target = row.place?.reference === undefined ? undefined : localTarget(row.place.reference);
  return target?.type === 'Organization' ? target.id : item.stored.own;
}

function eventParameter(event: Event, names: ReadonlyMap<string, string>): ParametersParameter {
  const { item, row } = event;
  const facility = facilityId(event);
  const place = (facility === undefined ? undefined : names.get(facility)) ?? row.place?.display;
  return {
    name: 'event',
    part: [
      { name: 'date', valueDateTime: row.date },
      { name: 'kind', valueCode: item.type },
      ...(row.text === '' ? [] : [{ name: 'text', valueString: row.text }]),
      ...(row.status === undefined ? [] : [{ name: 'status', valueCode: row.status }]),
      ...(item.stored.w ? [{ name: 'state', valueCode: item.stored.w.state }] : []),
      ...(place === undefined ? [] : [{ name: 'place', valueString: place }]),
      { name: 'reference', valueReference: { reference: `${item.type}/${item.stored._id}` } },
    ],
  };
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  readInput(request, []);
  const patient = await loadVisible(context, request, 'Patient', request.resourceId ?? '');
  const items = await gatherCompartment(context, request.caller, patient._id);
  const events = items.flatMap((item) => {
    const row = timelineRow(resourceOf(item.stored));
    return row ? [{ item, row }] : [];
  });
  // Offsets differ between facilities' systems: moments are compared, not their texts.
  events.sort((a, b) => Date.parse(b.row.date) - Date.parse(a.row.date) || 0);
  const names = await facilityNames(context, events.map(facilityId));
  const allergies = items.flatMap(({ type, stored }) => {
    const resource = type === 'AllergyIntolerance' ? resourceOf(stored) : undefined;
    if (resource?.resourceType !== 'AllergyIntolerance') return [];
    const reference = { reference: `AllergyIntolerance/${stored._id}` };
    return [
      {
        name: 'allergy',
        part: [
          { name: 'text', valueString: allergyText(resource) },
          { name: 'reference', valueReference: reference },
        ],
      },
    ];
  });
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$timeline',
      pt: [patient._id],
      ent: items.map(({ type, stored }) => `${type}/${stored._id}`),
    }),
  );
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [...allergies, ...events.map((event) => eventParameter(event, names))],
  };
  return resourceAnswer(200, parameters);
}

/**
 * `Patient/{id}/$timeline` (design.md 4b), by GET and by POST: allergies first, then all that is known of a person, newest
 * first, over all facilities.
 * @throws ServiceError 400 `parameter-unknown` for any parameter
 */
export const timelineOperations: readonly Operation[] = operationRows(
  {
    name: 'timeline',
    definition: operationUrl('Patient-timeline'),
    type: 'Patient',
    affectsState: false,
    purpose:
      'Línea de tiempo de una persona: alergias primero, después lo que se sabe de ella, de lo más reciente a lo más antiguo.',
    handle,
  },
  ['instance'],
);
