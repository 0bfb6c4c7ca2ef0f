import type { Bundle, Composition, DocumentReference } from '@medplum/fhirtypes';
import { fault } from '../../../errors.js';
import { localTarget } from '../../../fhir/references.js';
import { lastOutput } from '../../../referral/task-io.js';
import type { PageContext } from '../../page-context.js';
import { inBundle } from '../../resources/in-bundle.js';
import { loadReferralView, type ReferralView } from '../referral/referral-view.js';
import type { Sheet } from './sheet.js';
import { type SheetAnswer, sheetData, type SheetKind } from './sheet-data.js';
import { sheetModel } from './sheet-model.js';
import type { SheetTerms } from './sheet-terms.js';

/** Who asks for a sheet: every page, and the operation `$hc10`. */
export type SheetCalls = Pick<PageContext, 'fhir' | 'tryFhir' | 'signedIn'>;

/** A sheet with the referral it is about; `moved` when the id names a Task of it. */
export type LoadedSheet = { readonly sheet: Sheet; readonly referral: ReferralView } | { readonly moved: string };

/** The Composition of the answer, when there is one that the caller may see. */
export const answerOf = (referral: ReferralView): Composition | undefined =>
  referral.find('Composition', referral.leg && lastOutput(referral.leg, 'respuesta'));

/** The document of an answer: it holds what was measured. The Composition alone when the document is not to be had. */
async function documentOf(
  calls: SheetCalls,
  composition: Composition,
  { order }: Pick<ReferralView, 'order'>,
): Promise<SheetAnswer> {
  const query = new URLSearchParams({
    patient: order.subject.reference ?? '',
    related: `ServiceRequest/${order.id}`,
  });
  const listed = await calls.tryFhir<Bundle>('GET', `DocumentReference?${query.toString()}`);
  const found = listed.ok ? inBundle(listed.resource, 'DocumentReference') : [];
  const urls = found.flatMap(({ content }: DocumentReference) => content[0]?.attachment.url ?? []);
  const targets = urls.flatMap((url) => localTarget(url) ?? []).filter(({ type }) => type === 'Bundle');
  for (const { id } of targets) {
    const read = await calls.tryFhir<Bundle>('GET', `Bundle/${id}`);
    const resources = read.ok ? (read.resource.entry ?? []).flatMap(({ resource }) => resource ?? []) : [];
    const [first] = resources;
    if (first?.resourceType === 'Composition' && first.identifier?.value === composition.identifier?.value)
      return { composition, resources };
  }
  return { composition, resources: [] };
}

/**
 * Reads what a sheet prints, as the caller may see it, and lays it out.
 * @param id of the ServiceRequest
 * @throws ServiceError 404 for what the caller may not see, and for the sheet of an answer that is not there
 */
export async function loadSheet(
  calls: SheetCalls,
  terms: SheetTerms,
  id: string,
  kind: SheetKind,
): Promise<LoadedSheet> {
  const loaded = await loadReferralView(calls, id);
  if ('moved' in loaded) return loaded;
  const { view: referral } = loaded;
  const composition = kind === 'respuesta' ? answerOf(referral) : undefined;
  if (kind === 'respuesta' && !composition) throw fault('not-found', { type: 'Composition', id });
  const answer = composition && (await documentOf(calls, composition, referral));
  return { referral, sheet: sheetModel(terms, referral, sheetData(terms, referral, answer)) };
}
