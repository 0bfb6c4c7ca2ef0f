import type { Bundle, Patient, Task } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import { noticeKindOf, type NoticeKind } from '../../referral/vocabulary.js';
import { inBundle } from './in-bundle.js';

/** One notice in a list, and the person it is about as far as the reader may see. */
export interface NoticeRow {
  readonly task: Task & { readonly id: string };
  readonly kind: NoticeKind;
  /** ServiceRequest id of the referral on whose page it is seen to. */
  readonly referralId: string;
  readonly patient?: Patient;
}

/** The referral on whose page a notice is seen to: of a draft to be finished the draft, else what it is about. */
const pageOf = (task: Task, kind: NoticeKind): string =>
  localTarget((kind === 'onward-draft' ? task.focus : task.basedOn?.[0])?.reference ?? '')?.id ?? '';

/** The notices of a list, in their order. */
export function noticeRows(bundle: Bundle): readonly NoticeRow[] {
  const patients = new Map(inBundle(bundle, 'Patient').map((patient) => [`Patient/${patient.id}`, patient]));
  return inBundle(bundle, 'Task').flatMap((task): NoticeRow[] => {
    const kind = noticeKindOf(task);
    const patient = patients.get(task.for?.reference ?? '');
    return kind ? [{ task, kind, referralId: pageOf(task, kind), ...(patient ? { patient } : {}) }] : [];
  });
}
