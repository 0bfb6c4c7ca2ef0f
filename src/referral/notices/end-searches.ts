import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { WriteBuilder } from '../../fhir/write-builder.js';
import { localTarget } from '../../fhir/references.js';
import { serviceActing } from '../acting.js';
import type { Leg, Referral } from '../load-referral.js';
import { type NoticeKind, noticeKindOf } from '../vocabulary.js';
import { NOTICE_STATE } from './notice-work.js';
import { addNoticeTrail, seenTo } from './see-to-notice.js';

/** Notices that ask a facility to look for the person. */
const SEARCHES: ReadonlySet<NoticeKind | undefined> = new Set(['find-person', 'not-arrived']);
/** Nobody is looked for so many times at once. */
const MOST_SEARCHES = 200;

const DIED = 'Consta el fallecimiento de la persona. / The death of the person is on record.';

/** A notice that asks to look for somebody, with the referral that it is about. */
export interface Search {
  readonly notice: Leg;
  readonly resource: Referral['resource'];
}

/** Open notices that ask facilities to look for a person. @param patient id */
export async function openSearches(
  { context: { store } }: Pick<WriteBuilder, 'context'>,
  patient: string,
): Promise<readonly Search[]> {
  const filter = { pt: patient, 'w.owner': { $exists: true }, 'w.state': NOTICE_STATE };
  const rows = await store.find('Task', filter, { limit: MOST_SEARCHES + 1 });
  if (rows.length > MOST_SEARCHES) throw fault('too-costly', { advice: `Task > ${MOST_SEARCHES}` });
  const notices = rows
    .map((stored): Leg => ({ stored, task: resourceOf<Task & { id: string }>(stored) }))
    .filter(({ task }) => SEARCHES.has(noticeKindOf(task)));
  const orderOf = ({ task }: Leg): string | undefined => localTarget(task.basedOn?.[0]?.reference ?? '')?.id;
  const orders = await store.readMany('ServiceRequest', [...new Set(notices.flatMap((one) => orderOf(one) ?? []))]);
  const byId = new Map(orders.map((stored) => [stored._id, resourceOf<ServiceRequest & { id: string }>(stored)]));
  return notices.flatMap((notice): Search[] => {
    const resource = byId.get(orderOf(notice) ?? '');
    return resource ? [{ notice, resource }] : [];
  });
}

/** Nobody looks for somebody who has died: the notice ends by the service, with Provenance and audit record. */
export function endSearch(builder: WriteBuilder, { notice: { stored, task } }: Search): void {
  const ended = seenTo(task, { found: DIED, now: builder.now });
  builder.update(stored, ended);
  addNoticeTrail(builder, builder.request, { task: { ...ended, id: stored._id }, acting: serviceActing() });
}
