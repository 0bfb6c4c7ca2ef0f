import type { HealthcareService, ParametersParameter } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../config/canonical.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { localTarget } from '../../fhir/references.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { type Capacity, capacityOf, isContradicted } from '../directory/capacity.js';
import { measuredFacts } from '../directory/facts-cache.js';
import { type SentBack, WINDOW_DAYS } from '../directory/measured-facts.js';
import { formsOf, requirementsOf } from '../directory/service-requirements.js';
import { operationUrl } from '../move-operation.js';

type Part = ParametersParameter;

const specialtyCode = ({ specialty = [] }: HealthcareService): string | undefined =>
  specialty.flatMap(({ coding = [] }) => coding).find(({ system }) => system === codeSystemUrl('specialty'))?.code;

const capacityPart = ({ status, note, date }: Capacity): Part => ({
  name: 'capacity',
  part: [
    { name: 'status', valueCode: status },
    ...(note === undefined ? [] : [{ name: 'note', valueString: note }]),
    ...(date === undefined ? [] : [{ name: 'date', valueDateTime: date }]),
  ],
});

const sentBackPart = (context: FhirContext, { kind, reason, count }: SentBack): Part => {
  const display = context.definitions.display(reason.system ?? '', reason.code ?? '');
  return {
    name: 'sent-back',
    part: [
      { name: 'kind', valueCode: kind },
      { name: 'reason', valueCoding: { ...reason, ...(display === undefined ? {} : { display }) } },
      ...(count === undefined ? [] : [{ name: 'count', valueInteger: count }]),
    ],
  };
};

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  readInput(request, []);
  const stored = await loadVisible(context, request, 'HealthcareService', request.resourceId ?? '');
  const service = resourceOf<HealthcareService>(stored);
  const facility = localTarget(service.providedBy?.reference ?? '', context.baseUrl)?.id;
  const specialty = specialtyCode(service);
  const measured =
    facility === undefined || specialty === undefined
      ? undefined
      : await measuredFacts(context.store, facility, specialty);
  const capacity = capacityOf(service);
  await context.store.auditor.record(
    auditDraft(request, { act: 'R', sub: '$service-facts', ent: [`HealthcareService/${stored._id}`] }),
  );
  const { wait } = measured ?? {};
  const parameter: Part[] = [
    { name: 'service', resource: service },
    { name: 'days', valueInteger: WINDOW_DAYS },
    ...(capacity ? [capacityPart(capacity)] : []),
    ...requirementsOf(service, specialty).map((concept) => ({
      name: 'requirement',
      valueCodeableConcept: concept,
    })),
    ...formsOf(service).map((url) => ({ name: 'form', valueCanonical: url })),
    ...(wait
      ? [
          {
            name: 'wait',
            part: [
              { name: 'basis', valueInteger: wait.basis },
              { name: 'median', valueInteger: wait.median },
              { name: 'p90', valueInteger: wait.p90 },
            ],
          },
        ]
      : []),
    { name: 'too-few', valueBoolean: measured?.tooFew ?? false },
    { name: 'contradiction', valueBoolean: isContradicted(capacity, wait?.median) },
    ...(measured?.sentBack ?? []).map((row) => sentBackPart(context, row)),
  ];
  return resourceAnswer(200, { resourceType: 'Parameters', parameter });
}

/**
 * `GET HealthcareService/{id}/$service-facts`: what to know before referring to a service (LN23:2019, 7.2.14): the service
 * with its hours, its own capacity flag, what it asks for, the measured wait from sending to appointment (median and p90 of
 * the last 90 days, days), and why it sent referrals back. Small numbers are not shown. Nothing of a patient.
 */
export const serviceFacts: Operation = {
  name: 'service-facts',
  definition: operationUrl('service-facts'),
  level: 'instance',
  type: 'HealthcareService',
  method: 'GET',
  affectsState: false,
  purpose:
    'Lo que conviene saber antes de referir a un servicio: cupo, requisitos, espera medida y por qué devuelve referencias.',
  handle,
};
