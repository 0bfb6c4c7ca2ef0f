import type { AllergyIntolerance, Condition } from '@medplum/fhirtypes';

/** Verification statuses (R4 condition-ver-status, allergyintolerance-verification) of what is not so. */
const WITHDRAWN = ['entered-in-error', 'refuted'];
/** Clinical statuses of an allergy that is over. */
const OVER = ['inactive', 'resolved'];

const codesOf = (concept: AllergyIntolerance['clinicalStatus']): readonly (string | undefined)[] =>
  (concept?.coding ?? []).map(({ code }) => code);

/** True for a diagnosis or allergy that nobody has refuted or withdrawn. */
export const stands = ({ verificationStatus }: Pick<AllergyIntolerance | Condition, 'verificationStatus'>): boolean =>
  !codesOf(verificationStatus).some((code) => code !== undefined && WITHDRAWN.includes(code));

/** What an allergy is to: its first code, else its words. */
function substanceOf({ id, code }: AllergyIntolerance): string {
  const coding = code?.coding?.[0];
  if (coding?.code !== undefined) return `${coding.system ?? ''}|${coding.code}`;
  return code?.text?.trim().toLowerCase() ?? id ?? '';
}

/**
 * Allergies in force, in the order given, each substance once: several facilities may have written down the same one. Of
 * the same substance the one known to be grave stays.
 */
export function allergiesInForce<T extends AllergyIntolerance>(allergies: readonly T[]): readonly T[] {
  const once = new Map<string, T>();
  for (const allergy of allergies) {
    if (!stands(allergy) || codesOf(allergy.clinicalStatus).some((code) => OVER.includes(code ?? ''))) continue;
    const substance = substanceOf(allergy);
    const known = once.get(substance);
    if (!known || (known.criticality !== 'high' && allergy.criticality === 'high')) once.set(substance, allergy);
  }
  return [...once.values()];
}
