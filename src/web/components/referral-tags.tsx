import type { ServiceRequest } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { type ReferralState, STATES } from '../../referral/states.js';
import type { Words } from '../../words.js';
import { Tag, type TagTone } from './tag.js';

type Priority = NonNullable<ServiceRequest['priority']>;

/** FHIR request-priority in the words of form HC-10. */
export const URGENCY: Readonly<Record<Priority, Words & { readonly tone: TagTone }>> = {
  stat: { es: 'Emergencia', en: 'Emergency', tone: 'alarm' },
  asap: { es: 'Lo antes posible', en: 'As soon as possible', tone: 'alarm' },
  urgent: { es: 'Urgente', en: 'Urgent', tone: 'soon' },
  routine: { es: 'Ordinaria', en: 'Routine', tone: 'calm' },
};

/** How urgent a referral is. */
export function UrgencyTag({ priority }: { readonly priority: Priority }): VNode {
  return <Tag label={URGENCY[priority]} tone={URGENCY[priority].tone} />;
}

/** A state in which somebody must act is `soon`, one that has ended `quiet`, the rest `calm`. */
function toneOf(state: ReferralState): TagTone {
  const row = STATES[state];
  if (!('actsNext' in row)) return 'quiet';
  return state === 'info-requested' || state === 'rejected' || state === 'no-show' ? 'soon' : 'calm';
}

/** State of a referral, with the name of the table of states. */
export function StateTag({ state }: { readonly state: ReferralState }): VNode {
  return <Tag label={STATES[state]} tone={toneOf(state)} />;
}
