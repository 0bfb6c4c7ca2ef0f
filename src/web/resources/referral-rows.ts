import type { Appointment, Bundle, Condition, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { localTarget } from '../../fhir/references.js';
import type { ReferralState } from '../../referral/states.js';
import { orderOfMessage } from '../../referral/messages/message.js';
import { lastOutput } from '../../referral/task-io.js';
import { isLeg, stateOf } from '../../referral/vocabulary.js';
import { conceptText } from './coded-text.js';
import type { PageContext } from '../page-context.js';

/** One referral in a list: its leg, and what of the rest the person may see. */
export interface ReferralRow {
  readonly task: Task & { id: string };
  readonly state: ReferralState;
  /** ServiceRequest id: where its page is. */
  readonly referralId: string;
  readonly order?: ServiceRequest;
  readonly patient?: Patient;
  readonly appointment?: Appointment;
  readonly diagnosis?: Condition;
  /** Messages on it that the person's facility has not read. */
  readonly unread: number;
}

/**
 * The legs of referrals among some Bundles' resources, in their order, each with the order, patient, appointment and
 * diagnosis that stand beside it.
 */
export function referralRows(...bundles: readonly Bundle[]): readonly ReferralRow[] {
  const resources = bundles.flatMap(({ entry = [] }) => entry.flatMap(({ resource }) => (resource ? [resource] : [])));
  const known = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id ?? ''}`, resource]));
  const find = <T>(reference: string | undefined): T | undefined => known.get(reference ?? '') as T | undefined;
  return resources.flatMap((task): ReferralRow[] => {
    const state = isLeg(task) ? stateOf(task) : undefined;
    const referralId = isLeg(task) ? localTarget(task.focus?.reference ?? '')?.id : undefined;
    if (!isLeg(task) || state === undefined || referralId === undefined) return [];
    const order = find<ServiceRequest>(task.focus?.reference);
    const patient = find<Patient>(task.for?.reference);
    const appointment = find<Appointment>(lastOutput(task, 'appointment'));
    const diagnosis = find<Condition>(order?.reasonReference?.[0]?.reference);
    return [
      {
        task: task as Task & { id: string },
        state,
        referralId,
        ...(order ? { order } : {}),
        ...(patient ? { patient } : {}),
        ...(appointment ? { appointment } : {}),
        ...(diagnosis ? { diagnosis } : {}),
        unread: resources.filter((one) => orderOfMessage(one) === referralId).length,
      },
    ];
  });
}

const MOST_CHARACTERS = 110;

/** A text cut at a word, for a list. */
function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const cut = text.slice(0, MOST_CHARACTERS);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MOST_CHARACTERS / 2))}…`;
}

/** Why somebody is referred, short: the diagnosis for who may see it, else the reason as written. */
export const reasonText = (
  terms: Pick<PageContext, 'services' | 'language'>,
  { diagnosis, order }: Pick<ReferralRow, 'diagnosis' | 'order'>,
): string =>
  shortened(
    conceptText(terms, diagnosis?.code) || order?.reasonCode?.find(({ text }) => text !== undefined)?.text || '',
  );

/** Specialty that a referral asks for, in words. */
export const specialtyText = (
  terms: Pick<PageContext, 'services' | 'language'>,
  { task, order }: Pick<ReferralRow, 'task' | 'order'>,
): string => conceptText(terms, order?.performerType ?? task.performerType?.[0]);
