import type { Organization } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import type { Words } from '../words.js';

const HOSPITAL: Words = { es: 'el hospital', en: 'the hospital' };

/** What people call a facility of a kind, by its code in `facility-type` (LN23:2019 annex 1). */
const KINDS: Readonly<Record<string, Words>> = {
  uaps: { es: 'la UAPS', en: 'the UAPS' },
  cis: { es: 'el CIS', en: 'the CIS' },
  policlinico: { es: 'el policlínico', en: 'the polyclinic' },
  'hospital-basico': HOSPITAL,
  'hospital-general': HOSPITAL,
  'hospital-especialidades': HOSPITAL,
  instituto: { es: 'el instituto', en: 'the institute' },
};
/** Of a kind that the guide does not name. */
const OTHER: Words = { es: 'el establecimiento', en: 'the facility' };

/** A facility by its kind, for sentences to patients: "el hospital", "la UAPS". */
export function facilityWords(facility: Pick<Organization, 'type'> | undefined): Words {
  const codes = (facility?.type ?? []).flatMap(({ coding = [] }) => coding);
  const code = codes.find(({ system }) => system === codeSystemUrl('facility-type'))?.code ?? '';
  return Object.hasOwn(KINDS, code) ? (KINDS[code] ?? OTHER) : OTHER;
}

/** Sentences into which words were put: "a el" is "al", "de el" is "del", and each begins with a capital. */
export const asSentences = (text: string): string =>
  text
    .replace(/\b(a|de) el\b/g, (_both, word: string) => (word === 'a' ? 'al' : 'del'))
    .replace(/(^|[.!?] )(\p{Ll})/gu, (_both, before: string, letter: string) => before + letter.toUpperCase());
