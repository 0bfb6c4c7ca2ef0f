import type { Resource } from '@medplum/fhirtypes';
import { isLeg, isReferral, isTaskOf, type NoticeKind, PROFILES } from './vocabulary.js';

const NOTICES: readonly NoticeKind[] = ['find-person', 'not-arrived', 'death-notice', 'onward-notice'];

/** Profiles that a resource of the referral workflow must meet, whether or not it names them in `meta.profile`. */
export function demandedProfiles(resource: Resource): readonly string[] {
  if (isReferral(resource)) return [PROFILES.referral];
  if (resource.resourceType !== 'Task') return [];
  if (isTaskOf(resource, 'provide-information')) return [PROFILES.information];
  if (isTaskOf(resource, 'follow-up')) return [PROFILES.followUp];
  if (NOTICES.some((kind) => isTaskOf(resource, kind))) return [PROFILES.notice];
  if (isTaskOf(resource, 'follow-up-item')) return [PROFILES.followUpItem];
  return isLeg(resource) ? [PROFILES.leg] : [];
}
