import type { Meta } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import type { PageContext } from '../page-context.js';

/** `meta` that declares a profile of the guide; nothing when this guide does not have it. @param id for example `alergia` */
export function declaring({ services }: Pick<PageContext, 'services'>, id: string): { readonly meta?: Meta } {
  const url = profileUrl(id);
  return services.fhir.definitions.profile(url) ? { meta: { profile: [url] } } : {};
}
