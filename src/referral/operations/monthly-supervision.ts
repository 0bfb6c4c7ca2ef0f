import type { Organization, ParametersParameter } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { badValue } from '../../fhir/search/parse-values.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { operationUrl } from '../move-operation.js';
import { countMonth, type MonthTasks, type SupervisionFigure } from '../supervision/count-month.js';
import { facilitiesUnder } from '../supervision/facilities-under.js';
import { type LocalMonth, localMonth, monthIn } from '../supervision/local-month.js';
import { monthTasks } from '../supervision/month-tasks.js';
import { supervisionRow } from '../supervision/supervision-rows.js';

type Facility = Organization & { readonly id: string };

function monthAsked(request: FhirRequest): LocalMonth {
  const text = readInput(request, ['month']).text('month') ?? monthIn(new Date());
  const month = localMonth(text);
  if (!month) throw badValue('month', text, { es: 'AAAA-MM', en: 'YYYY-MM' });
  return month;
}

const figurePart = (context: FhirContext, { row, code, value }: SupervisionFigure): ParametersParameter => {
  const { es, detail } = supervisionRow(row);
  const system = detail === undefined ? undefined : codeSystemUrl(detail);
  const display = system === undefined ? undefined : context.definitions.display(system, code ?? '');
  return {
    name: 'figure',
    part: [
      { name: 'row', valueCode: row },
      { name: 'display', valueString: es },
      ...(code === undefined || system === undefined
        ? []
        : [{ name: 'code', valueCoding: { system, code, ...(display === undefined ? {} : { display }) } }]),
      { name: 'value', valueInteger: value },
    ],
  };
};

const scopePart = (
  context: FhirContext,
  organization: Facility,
  name: 'total' | 'facility',
  figures: readonly SupervisionFigure[],
): ParametersParameter => ({
  name,
  part: [
    {
      name: 'organization',
      valueReference: {
        reference: `Organization/${organization.id}`,
        ...(organization.name === undefined ? {} : { display: organization.name }),
      },
    },
    ...figures.map((figure) => figurePart(context, figure)),
  ],
});

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const month = monthAsked(request);
  const organization = resourceOf<Facility>(
    await loadVisible(context, request, 'Organization', request.resourceId ?? ''),
  );
  const facilities = await facilitiesUnder(context, request, organization);
  const each: { facility: Facility; tasks: MonthTasks }[] = [];
  // One after the other: a region is no reason to take the database from everybody else.
  for (const facility of facilities)
    each.push({ facility, tasks: await monthTasks(context.store, facility.id, month) });
  const all: MonthTasks = {
    sent: each.flatMap(({ tasks }) => tasks.sent),
    received: each.flatMap(({ tasks }) => tasks.received),
  };
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$monthly-supervision',
      ent: [`Organization/${organization.id}`],
      q: `month=${month.month}`,
    }),
  );
  return resourceAnswer(200, {
    resourceType: 'Parameters',
    parameter: [
      { name: 'month', valueString: month.month },
      scopePart(context, organization, 'total', countMonth(month, all)),
      ...(each.length === 1 && each[0]?.facility.id === organization.id
        ? []
        : each.map(({ facility, tasks }) => scopePart(context, facility, 'facility', countMonth(month, tasks)))),
    ],
  });
}

/**
 * `GET Organization/{id}/$monthly-supervision?month=YYYY-MM`: what heads, networks and regions review each month
 * (LN23:2019, 7.2.12), derived from the referrals: counts by state, oportuna and justificada, both ways of counting answers,
 * reasons and waits; of a network or region the total and each facility. The month in course when absent.
 * Throws 400 for a month that does not exist, 403 for facilities out of reach.
 */
export const monthlySupervision: Operation = {
  name: 'monthly-supervision',
  definition: operationUrl('monthly-supervision'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose:
    'Supervisión mensual de un establecimiento, una red o una región (LN23:2019, 7.2.12), calculada de las referencias.',
  handle,
};
