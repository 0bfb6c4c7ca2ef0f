import type { Parameters, ParametersParameter, Patient } from '@medplum/fhirtypes';
import { resourceAnswer } from '../fhir/answer.js';
import type { FhirResponse } from '../fhir/exchange.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { Words } from '../words.js';
import { nationalNumber } from './legs.js';
import type { Referral } from './load-referral.js';
import { type FacilityFacts, patientFacts, type VisitFacts } from './patient-facts.js';
import { patientStatus } from './patient-status.js';

const said = (name: string, words: Words | undefined): ParametersParameter[] =>
  words
    ? [
        {
          name,
          part: [
            { name: 'es', valueString: words.es },
            { name: 'en', valueString: words.en },
          ],
        },
      ]
    : [];

const text = (name: string, valueString: string | undefined): ParametersParameter[] =>
  valueString === undefined ? [] : [{ name, valueString }];

const facility = (name: string, facts: FacilityFacts | undefined): ParametersParameter[] =>
  facts
    ? [{ name, part: [...text('name', facts.name), ...text('phone', facts.phone), ...text('address', facts.address)] }]
    : [];

const visit = (facts: VisitFacts | undefined): ParametersParameter[] =>
  facts
    ? [
        {
          name: 'appointment',
          part: [
            { name: 'start', valueDateTime: facts.start },
            ...(facts.end === undefined ? [] : [{ name: 'end', valueDateTime: facts.end }]),
            ...text('place', facts.place),
            ...text('address', facts.address),
          ],
        },
      ]
    : [];

/**
 * Answer of `$track`: state, sentences in Spanish and English (parts `es` and `en`), the visit, both facilities.
 * No clinical content and no name of a person (design.md 3a.11).
 */
export async function trackAnswer(context: FhirContext, referral: Referral, patient: Patient): Promise<FhirResponse> {
  const tracked = await patientFacts(context, referral, patient);
  const status = patientStatus(tracked.facts);
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'referral', valueReference: { reference: `ServiceRequest/${referral.resource.id}` } },
      ...text('number', nationalNumber(referral.resource)),
      ...(referral.resource.authoredOn === undefined
        ? []
        : [{ name: 'written', valueDateTime: referral.resource.authoredOn }]),
      { name: 'state', valueCode: referral.state },
      ...said('sentence', status.now),
      ...said('next', status.next),
      ...said('todo', status.todo),
      ...said('why', status.why),
      ...said('bring', status.bring),
      ...said('ifWorse', status.ifWorse),
      ...visit(tracked.visit),
      ...facility('origin', tracked.origin),
      ...facility('destination', tracked.destination),
      { name: 'call', valueCode: status.call },
    ],
  };
  return resourceAnswer(200, parameters);
}
