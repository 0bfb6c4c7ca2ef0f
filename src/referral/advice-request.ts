import type { CodeableConcept, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../config/canonical.js';
import { objectsIn } from './untrusted.js';
import { hasCoding } from './vocabulary.js';

const CATEGORY = codeSystemUrl('referral-category');
const AUTHORISED = extensionUrl('conversion-authorised');

const isAdvice = (concept: CodeableConcept): boolean => hasCoding(concept, CATEGORY, 'interconsulta');

/**
 * True for an interconsulta (LN23:2019 section 5): the destination gives advice, the patient stays with the origin. It has
 * the category `interconsulta`, and the intent `proposal` until it is converted.
 */
export const isAdviceRequest = ({ category, intent }: Pick<ServiceRequest, 'category' | 'intent'>): boolean =>
  intent === 'proposal' || objectsIn(category).some(isAdvice);

/** True when the origin allowed beforehand that its request for advice becomes a referral. */
export const mayBeConverted = ({ extension }: Pick<ServiceRequest, 'extension'>): boolean =>
  (extension ?? []).some(({ url, valueBoolean }) => url === AUTHORISED && valueBoolean === true);

/** The same request as a referral: from now on the destination is asked to attend the patient. */
export const asOrder = (request: ServiceRequest): ServiceRequest => ({
  ...request,
  intent: 'order',
  category: [
    { coding: [{ system: CATEGORY, code: 'referencia' }] },
    ...objectsIn(request.category).filter(
      (concept) => !isAdvice(concept) && !hasCoding(concept, CATEGORY, 'referencia'),
    ),
  ],
});
