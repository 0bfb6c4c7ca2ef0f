import { codeSystemUrl, valueSetUrl } from '../config/canonical.js';
import type { Definitions } from '../fhir/definitions/definitions.js';
import { AGE_BANDS } from './age-bands.js';
import { ALL_MEASURES } from './measures.js';
import type { Category, TablePlan } from './table-types.js';

/** Where something is not known: the totals must still add up. */
export const UNKNOWN = 'sin-dato';
const UNKNOWN_ROW: Category = { code: UNKNOWN, es: 'Sin dato', en: 'Unknown' };

/** AdministrativeGender codes that form HC-10 has, under the words of the form. */
export const SEXES: readonly (Category & { readonly gender: string })[] = [
  { code: 'mujer', es: 'Mujer', en: 'Female', gender: 'female' },
  { code: 'hombre', es: 'Hombre', en: 'Male', gender: 'male' },
];

/** Code of a sanitary region in the files: two digits, so that text order is the order of the ministry's list. */
export const regionCode = (code: string): string => `RS${code.padStart(2, '0')}`;

function codesOf(definitions: Definitions, id: string): string[] {
  const system = codeSystemUrl(id);
  return [...(definitions.valueSetCodes(valueSetUrl(id)) ?? [])]
    .filter((entry) => entry.startsWith(`${system}|`))
    .map((entry) => entry.slice(system.length + 1));
}

function named(definitions: Definitions, id: string, code: string): Pick<Category, 'es' | 'en'> {
  const display = definitions.display(codeSystemUrl(id), code) ?? code;
  return { es: display, en: display };
}

/** The tables of every release: the 20 sanitary regions by sex, by age band AT2-R and by specialty. */
export function tablePlan(definitions: Definitions): TablePlan {
  const regions = codesOf(definitions, 'sanitary-region')
    .sort((a, b) => Number(a) - Number(b))
    .map((code) => ({ code: regionCode(code), ...named(definitions, 'sanitary-region', code) }));
  const specialties = codesOf(definitions, 'specialty')
    .sort()
    .map((code) => ({ code, ...named(definitions, 'specialty', code) }));
  return {
    regions: [...regions, UNKNOWN_ROW],
    breakdowns: {
      sex: [...SEXES.map(({ code, es, en }) => ({ code, es, en })), UNKNOWN_ROW],
      age: [...AGE_BANDS.map(({ code, es, en }) => ({ code, es, en })), UNKNOWN_ROW],
      specialty: [...specialties, UNKNOWN_ROW],
    },
    measures: ALL_MEASURES,
  };
}
