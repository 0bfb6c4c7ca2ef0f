import { every } from '../../fhir/search/filter.js';
import type { Filter } from '../../store/write-plan.js';

/** Categories of drafts that become referrals (`isReferral`), as search values. */
const GOVERNED = ['category~referencia', 'category~interconsulta'];

/**
 * Drafts of referrals, over the indexes `drafts` and `untouched` of ServiceRequest.
 * @param facility Organization id of the facility that keeps them; all facilities when absent
 * @param author PractitionerRole id of who wrote them
 */
export const draftFilter = ({ facility, author }: { facility?: string; author?: string } = {}): Filter =>
  every([
    { ...(facility === undefined ? {} : { own: facility }), 's.tok': 'status~draft' },
    { 's.tok': { $in: GOVERNED } },
    ...(author === undefined ? [] : [{ 's.ref': `requester~PractitionerRole/${author}` }]),
  ]);
