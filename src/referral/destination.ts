import type { HealthcareService, Organization, Reference } from '@medplum/fhirtypes';
import { fault } from '../errors.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { localTarget } from '../fhir/references.js';
import { readLinked } from './task-io.js';

/**
 * Organization id of the facility a performer stands for: the Organization itself, or the one that provides the
 * HealthcareService. Throws 422 when there is none, when it is closed, or when it is the origin itself.
 */
export async function destinationOf(
  context: FhirContext,
  performer: Reference | undefined,
  origin: string | undefined,
  expression: string,
): Promise<string> {
  const reference = performer?.reference;
  if (reference === undefined) throw fault('element-required', { element: 'performer' }, expression);
  const type = localTarget(reference, context.baseUrl)?.type;
  const service = type === 'HealthcareService' ? await readLinked<HealthcareService>(context, reference) : undefined;
  const place = service ? service.resource.providedBy?.reference : reference;
  const organization = await readLinked<Organization>(context, place);
  if (organization?.resource.resourceType !== 'Organization')
    throw fault('reference-not-found', { reference }, expression);
  if (organization.resource.active === false || service?.resource.active === false)
    throw fault('rule-broken', { es: 'El destino no está activo.', en: 'The destination is not active.' }, expression);
  if (organization.resource.id === origin)
    throw fault(
      'rule-broken',
      {
        es: 'El destino no puede ser el mismo establecimiento de origen.',
        en: 'The destination cannot be the origin.',
      },
      expression,
    );
  return organization.resource.id;
}
