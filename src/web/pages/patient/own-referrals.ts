import type { Bundle, Parameters } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../../../config/canonical.js';
import type { PageContext } from '../../page-context.js';
import { inBundle, pageLink } from '../../resources/in-bundle.js';
import { trackedReferral, type TrackedReferral } from './tracked-referral.js';

/** Referrals of one page of the list. */
const PER_PAGE = 10;

/** Own referrals, newest first, each as `$track` tells it. */
export interface OwnReferrals {
  readonly referrals: readonly TrackedReferral[];
  /** Cursor of the next page. */
  readonly next?: string;
}

/** One own referral in plain words. @param id ServiceRequest id. @throws ServiceError 404 for what is not the person's */
export async function ownReferral(page: PageContext, id: string): Promise<TrackedReferral> {
  const { resource } = await page.fhir<Parameters>('GET', `ServiceRequest/${encodeURIComponent(id)}/$track`);
  return trackedReferral(resource);
}

/** One page of the own referrals that were sent. */
export async function ownReferrals(page: PageContext, cursor?: string | null): Promise<OwnReferrals> {
  const query = new URLSearchParams({
    patient: page.signedIn().patient ?? '',
    category: ['referencia', 'interconsulta'].map((code) => `${codeSystemUrl('referral-category')}|${code}`).join(','),
    _sort: '-authored',
    _count: String(PER_PAGE),
    ...(cursor ? { _cursor: cursor } : {}),
  });
  const { resource } = await page.fhir<Bundle>('GET', `ServiceRequest?${query.toString()}`);
  const sent = inBundle(resource, 'ServiceRequest').filter(({ status }) => status !== 'draft');
  const referrals = await Promise.all(sent.map(({ id }) => ownReferral(page, id)));
  const link = pageLink(resource, 'next', page.services.fhir.baseUrl);
  const next = link === undefined ? null : new URLSearchParams(link.split('?')[1]).get('_cursor');
  return { referrals, ...(next === null ? {} : { next }) };
}

/** States in which nothing more comes. */
const ENDED: ReadonlySet<string> = new Set(['closed', 'cancelled', 'left-list', 'error', 'redirected']);

/** The referral to show first: the next visit, else the newest that goes on; undefined when all have ended. */
export function nextReferral(referrals: readonly TrackedReferral[]): TrackedReferral | undefined {
  const open = referrals.filter(({ state }) => !ENDED.has(state));
  const visits = open.filter(({ visit }) => visit !== undefined);
  return [...visits].sort((a, b) => (a.visit?.start ?? '').localeCompare(b.visit?.start ?? ''))[0] ?? open[0];
}
