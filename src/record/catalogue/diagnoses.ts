import { z } from 'zod';
import { normalizeText } from '../../fhir/search/normalize-text.js';
import { readCatalogue } from './read-catalogue.js';

/** A diagnosis of CIE-10. */
export interface Diagnosis {
  readonly code: string;
  readonly display: string;
}

/** The usual diagnoses of a clinic in the order of their codes (seed/cie10.json). */
export const DIAGNOSES: readonly Diagnosis[] = readCatalogue(
  'cie10',
  z.array(z.object({ code: z.string(), display: z.string() })),
);

const byCode = new Map(DIAGNOSES.map((one) => [one.code, one]));
const byName = new Map(DIAGNOSES.map((one) => [normalizeText(one.display), one]));

/** A CIE-10 code at the beginning of what was written: `E11.9`, `e119`, `I10 Hipertensión`. */
const CODE = /^([a-z])(\d{2})(?:\.?(\d{1,2}|X))?(?:\s|$|[:,;–-])/i;

/** The words of a diagnosis as a form shows them: `I10 Hipertensión esencial`. */
export const diagnosisText = ({ code, display }: Diagnosis): string => `${code} ${display}`;

/** A diagnosis as somebody wrote it, with the catalogue's when it names one. */
export interface WrittenDiagnosis {
  readonly coded?: Diagnosis;
  /** As written; the catalogue's name when only the code or the line of a list was. */
  readonly text: string;
}

/** Diagnosis that begins with a code of the catalogue or is one of its names; all other words stay words. */
export function writtenDiagnosis(text: string): WrittenDiagnosis {
  const [, letter = '', digits = '', more] = CODE.exec(text) ?? [];
  const code = `${letter}${digits}${more === undefined ? '' : `.${more}`}`.toUpperCase();
  const found = byCode.get(code) ?? byName.get(normalizeText(text));
  if (!found) return { text };
  const listed = [found.code, code, diagnosisText(found)].some((one) => one.toUpperCase() === text.toUpperCase());
  return { coded: found, text: listed ? found.display : text };
}

/** Diagnoses whose code begins so or whose name has all these words, at most so many: what a search shows. */
export function findDiagnoses(text: string, most: number): readonly Diagnosis[] {
  const words = normalizeText(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const code = text.trim().toUpperCase();
  return DIAGNOSES.filter((one) => {
    const name = normalizeText(one.display);
    return one.code.startsWith(code) || words.every((word) => name.includes(word));
  }).slice(0, most);
}
