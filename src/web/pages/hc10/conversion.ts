import type { Bundle } from '@medplum/fhirtypes';
import { extensionUrl } from '../../../config/canonical.js';
import { isAdviceRequest } from '../../../referral/advice-request.js';
import { isReferral } from '../../../referral/vocabulary.js';
import type { FormFields } from '../../form-fields.js';

/** Box with which the origin lets its request for advice become a referral (transition 10, `$convert`). */
export const CONVERSION_FIELD = 'convertible';

/** The Bundle of a form with that permission, when it was given for a request for advice. */
export function withConversion(bundle: Bundle, form: FormFields): Bundle {
  if (!form.has(CONVERSION_FIELD)) return bundle;
  const allowed = { url: extensionUrl('conversion-authorised'), valueBoolean: true };
  return {
    ...bundle,
    entry: (bundle.entry ?? []).map((entry) =>
      isReferral(entry.resource) && isAdviceRequest(entry.resource)
        ? { ...entry, resource: { ...entry.resource, extension: [...(entry.resource.extension ?? []), allowed] } }
        : entry,
    ),
  };
}
