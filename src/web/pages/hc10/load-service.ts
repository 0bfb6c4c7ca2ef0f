import type { Bundle, Parameters } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import type { FormFields } from '../../form-fields.js';
import type { PageContext } from '../../page-context.js';
import { inBundle } from '../../resources/in-bundle.js';

/** What the directory says of the destination that was chosen, and where else one may refer to. */
export interface ServiceAdvice {
  /** Answer of `$service-facts`; undefined when the directory does not list the service. */
  readonly facts?: Parameters;
  /** Answer of `$suggest-destinations`. */
  readonly routes: Parameters;
}

/** Advice for the facility and specialty of the form; undefined while one of them is not chosen. */
export async function loadService(
  page: PageContext,
  origin: string,
  filled: FormFields,
): Promise<ServiceAdvice | undefined> {
  const [facility, specialty] = [filled.get('destino'), filled.get('especialidad')];
  const system = codeSystemUrl('specialty');
  const isKnown = page.services.fhir.definitions.display(system, specialty) !== undefined;
  if (facility === '' || !isKnown) return undefined;
  const service = new URLSearchParams({
    organization: `Organization/${facility}`,
    specialty: `${system}|${specialty}`,
    active: 'true',
    _count: '1',
  });
  const priority =
    filled.get('prioridad') === 'urgent' || filled.get('amerita') === 'emergencia' ? 'urgent' : 'routine';
  const route = new URLSearchParams({ specialty, priority });
  const [found, routes] = await Promise.all([
    page.tryFhir<Bundle>('GET', `HealthcareService?${service.toString()}`),
    page.fhir<Parameters>('GET', `Organization/${origin}/$suggest-destinations?${route.toString()}`),
  ]);
  const [first] = found.ok ? inBundle(found.resource, 'HealthcareService') : [];
  if (!first) return { routes: routes.resource };
  const facts = await page.fhir<Parameters>('GET', `HealthcareService/${first.id}/$service-facts`);
  return { facts: facts.resource, routes: routes.resource };
}

/** The form with another destination: the one that was picked from the suggestions. */
export function withDestination(filled: FormFields, facility: string): FormFields {
  const one = (name: string, value: string): string => (name === 'destino' ? facility : value);
  return {
    get: (name) => one(name, filled.get(name)),
    raw: (name) => one(name, filled.raw(name)),
    all: (name) => (name === 'destino' ? [facility] : filled.all(name)),
    has: (name) => name === 'destino' || filled.has(name),
  };
}
