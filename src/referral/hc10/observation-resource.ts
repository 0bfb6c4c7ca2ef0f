import type { Encounter, Observation, Patient, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { profileUrl } from '../../config/canonical.js';
import type { ObservationContent } from './hc10-observations.js';

/** Of whom, by whom, when and in which visit something was observed. */
export interface ObservationScene {
  readonly patient: Reference<Patient>;
  readonly author: Reference<PractitionerRole>;
  /** FHIR dateTime. */
  readonly time: string;
  readonly encounter?: Reference<Encounter>;
}

export const isVitalSign = ({ category = [] }: ObservationContent): boolean =>
  category.some(({ coding = [] }) => coding.some(({ code }) => code === 'vital-signs'));

/** An observation of a form as a resource, with the profile of the guide that it meets. */
export const observationResource = (
  content: ObservationContent,
  { patient, author, time, encounter }: ObservationScene,
): Observation => ({
  resourceType: 'Observation',
  meta: { profile: [profileUrl(isVitalSign(content) ? 'signo-vital' : 'observacion')] },
  status: 'final',
  subject: patient,
  ...(encounter ? { encounter } : {}),
  effectiveDateTime: time,
  performer: [author],
  ...content,
});
