import type { AllergyIntolerance, CodeableConcept } from '@medplum/fhirtypes';
import { profileUrl } from '../config/canonical.js';
import { NO_KNOWN_ALLERGIES } from '../config/no-known-allergies.js';
import { catalogue } from '../seed/catalogue.js';
import { localInstant } from '../seed/history/calendar.js';
import { SYSTEMS } from '../seed/history/code-systems.js';
import type { CaseScene } from './case-bundle.js';

const allergens = new Map(catalogue.allergens.map((allergen) => [allergen.key, allergen]));
const coded = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] });

function substance(key: string): Pick<AllergyIntolerance, 'type' | 'category' | 'criticality' | 'code' | 'reaction'> {
  const allergen = allergens.get(key);
  if (!allergen) throw new RangeError(`no allergen ${key}`);
  const { display, category, atc, reaction } = allergen;
  return {
    type: 'allergy',
    category: [category],
    criticality: 'high',
    code: { ...(atc === undefined ? {} : { coding: [{ system: SYSTEMS.atc, code: atc, display }] }), text: display },
    reaction: [{ manifestation: [{ text: reaction }] }],
  };
}

/**
 * Allergies of a person, told where the person is registered; from there they travel with every referral. An empty list
 * is a person who was asked and has none; without a list nobody asked, and nothing is recorded.
 * Throws RangeError for an allergen that the catalogue does not have.
 */
export function caseAllergies(
  { person, patient, origin, author }: Pick<CaseScene, 'person' | 'patient' | 'origin' | 'author'>,
  written: number,
): AllergyIntolerance[] {
  if (person.at !== origin.alias || !person.allergies) return [];
  const told = person.allergies.length > 0 ? person.allergies.map(substance) : [{ code: NO_KNOWN_ALLERGIES }];
  return told.map((content) => ({
    resourceType: 'AllergyIntolerance',
    meta: { profile: [profileUrl('alergia')] },
    clinicalStatus: coded(SYSTEMS.allergyClinical, 'active'),
    verificationStatus: coded(SYSTEMS.allergyVerification, 'confirmed'),
    patient,
    recordedDate: localInstant(written),
    recorder: author,
    ...content,
  }));
}
