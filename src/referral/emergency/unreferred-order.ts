import type { CodeableConcept, Patient, Reference, ServiceRequest } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl, SID } from '../../config/canonical.js';
import type { FieldValues } from '../field-values.js';
import { PROFILES } from '../vocabulary.js';
import { type AfterTheFact, withAfterTheFact } from './after-the-fact.js';

/** What is written when nobody said what brings the person: an emergency does not wait for words. */
const NO_WORDS = 'Llegó en emergencia sin referencia';

const coded = (system: string, code: string): CodeableConcept => ({
  coding: [{ system: codeSystemUrl(system), code }],
});

interface UnreferredOrder {
  readonly values: FieldValues;
  readonly subject: Reference<Patient>;
  /** Organization ids; the receiving facility itself when nobody sent the person. */
  readonly origin: string;
  readonly destination: string;
  readonly fact: AfterTheFact;
}

/** The order of a referral that is made after the arrival: what the desk knows, marked as such. */
export function unreferredOrder({ values, subject, origin, destination, fact }: UnreferredOrder): ServiceRequest {
  const [reason, number] = [values.text('reason')?.trim() || NO_WORDS, values.text('identifier')];
  const [transport, specialty] = [values.concept('transport'), values.concept('specialty')];
  const order: ServiceRequest = {
    resourceType: 'ServiceRequest',
    meta: { profile: [PROFILES.referral] },
    extension: [
      { url: extensionUrl('urgency-justification'), valueString: reason },
      { url: extensionUrl('care-requested'), valueCodeableConcept: coded('care-requested', 'emergencia') },
      ...(transport ? [{ url: extensionUrl('transport'), valueCodeableConcept: transport }] : []),
    ],
    ...(number === undefined
      ? {}
      : {
          identifier: [{ system: SID.placer, value: number, assigner: { reference: `Organization/${destination}` } }],
        }),
    status: 'draft',
    intent: 'order',
    category: [coded('referral-category', 'referencia')],
    priority: 'stat',
    subject,
    requester: { reference: `Organization/${origin}` },
    performer: [{ reference: `Organization/${destination}` }],
    ...(specialty ? { performerType: specialty } : {}),
    reasonCode: [{ ...coded('referral-purpose', 'tratamiento'), text: reason }],
  };
  return withAfterTheFact(order, fact);
}
