import type { Bundle, Parameters, Patient } from '@medplum/fhirtypes';
import type { ServiceError } from '../../../errors.js';
import type { PageContext } from '../../page-context.js';
import { type FoundPerson, isShownInPart } from './find-people.js';

/** People who are worth a question before another one is registered. */
const MOST = 5;
const MATCH_GRADE = 'http://hl7.org/fhir/StructureDefinition/match-grade';

/** Who is there already, by `Patient/$match`. */
export type MatchedPeople =
  | {
      readonly ok: true;
      /** They carry the same number. */
      readonly same: readonly FoundPerson[];
      /** They are alike. */
      readonly alike: readonly FoundPerson[];
    }
  | { readonly ok: false; readonly error: ServiceError };

/** Asks who may be the same person; the refusal of a person that is not valid is a value. */
export async function matchPeople(page: PageContext, person: Patient): Promise<MatchedPeople> {
  const question: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'resource', resource: person },
      { name: 'count', valueInteger: MOST },
    ],
  };
  const answer = await page.tryFhir<Bundle>('POST', 'Patient/$match', question);
  if (!answer.ok) return answer;
  const found = (answer.resource.entry ?? []).flatMap(({ resource, search }) => {
    if (resource?.resourceType !== 'Patient' || resource.id === undefined) return [];
    const patient = resource as FoundPerson['patient'];
    const grade = search?.extension?.find(({ url }) => url === MATCH_GRADE)?.valueCode;
    return [{ patient, related: !isShownInPart(patient), certain: grade === 'certain' }];
  });
  return { ok: true, same: found.filter(({ certain }) => certain), alike: found.filter(({ certain }) => !certain) };
}
