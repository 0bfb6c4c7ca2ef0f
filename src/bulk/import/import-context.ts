import type { FhirContext } from '../../fhir/fhir-context.js';

/** The parts of the FHIR engine that an import needs. */
export type ImportContext = Pick<FhirContext, 'store' | 'definitions' | 'hooks' | 'validator' | 'baseUrl'>;
