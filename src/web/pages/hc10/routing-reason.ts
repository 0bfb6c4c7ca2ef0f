import type { Bundle, Organization } from '@medplum/fhirtypes';
import { extensionUrl } from '../../../config/canonical.js';
import { CONSULT_FIRST } from '../../../referral/directory/routing-rules.js';
import { facilityTypeOf } from '../../../referral/directory/suggest-destinations.js';
import { isReferral } from '../../../referral/vocabulary.js';
import type { FormFields } from '../../form-fields.js';
import { typedText } from './read-hc10.js';

/** Field in which somebody says why a hospital was chosen without the consultation before. */
export const ROUTING_FIELD = 'por-que-directo';

/** Does the norm ask people of this facility to consult somebody before some of their referrals? */
export function isConsulting(origin: Pick<Organization, 'type'>): boolean {
  const type = facilityTypeOf(origin);
  return type !== undefined && CONSULT_FIRST.some(({ from }) => from.includes(type));
}

/** The Bundle of a form with what was said about the route, when something was. */
export function withRoutingReason(bundle: Bundle, form: FormFields): Bundle {
  const reason = typedText(form, ROUTING_FIELD);
  if (reason === '') return bundle;
  const said = { url: extensionUrl('routing-reason'), valueString: reason };
  return {
    ...bundle,
    entry: (bundle.entry ?? []).map((entry) =>
      isReferral(entry.resource)
        ? { ...entry, resource: { ...entry.resource, extension: [...(entry.resource.extension ?? []), said] } }
        : entry,
    ),
  };
}
