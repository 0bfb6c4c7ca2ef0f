import type {
  AllergyIntolerance,
  Organization,
  Patient,
  PractitionerRole,
  Reference,
  Resource,
  ServiceRequest,
} from '@medplum/fhirtypes';
import type { Hc10Values } from './hc10-fields.js';
import type { ObservationContent } from './hc10-observations.js';

/** A study that goes along with a referral. */
export interface StudyOrder {
  /** LOINC. */
  readonly code: string;
  readonly display: string;
  readonly category: 'laboratory' | 'imaging';
  /** Why it is asked for again although a result exists. */
  readonly reason?: string;
}

/** An allergy without the person it is of. */
export type AllergyContent = Omit<AllergyIntolerance, 'patient' | 'recordedDate'>;

type Link<T extends Resource> = Reference<T> & { readonly reference: string };

/** All that one filled form HC-10 says; `hc10Bundle` makes of it what is sent. */
export interface Hc10Case {
  /** Number that the origin gave to the form: the same form is sent once, however often. */
  readonly placer: string;
  /** Moment of writing. */
  readonly written: Date;
  readonly patient: Link<Patient>;
  readonly author: Link<PractitionerRole>;
  readonly origin: Link<Organization>;
  readonly destination: Link<Organization>;
  readonly specialty: { readonly code: string; readonly display: string };
  readonly priority: NonNullable<ServiceRequest['priority']>;
  /** Codes of `referral-purpose`, the first one foremost. */
  readonly motives: readonly string[];
  readonly values: Hc10Values;
  /** As written, with its CIE-10 code when it has one. */
  readonly diagnosis: { readonly text: string; readonly coded?: { readonly code: string; readonly display: string } };
  /** Results that come with the form, beside those that its fields hold. */
  readonly results?: readonly ObservationContent[];
  readonly allergies?: readonly AllergyContent[];
  readonly studies?: readonly StudyOrder[];
  /** What the record holds already and goes along. */
  readonly attached?: readonly Reference[];
}
