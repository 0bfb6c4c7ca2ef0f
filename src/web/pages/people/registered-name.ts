import type { Extension, HumanName, Patient } from '@medplum/fhirtypes';
import type { FormFields } from '../../form-fields.js';
import type { Identity } from './identity-choices.js';

const FATHERS_FAMILY = 'http://hl7.org/fhir/StructureDefinition/humanname-fathers-family';
const MOTHERS_FAMILY = 'http://hl7.org/fhir/StructureDefinition/humanname-mothers-family';

/** Says that a value is not known (R4 data-absent-reason). */
export const ABSENT: Extension[] = [
  { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' },
];

/** The mother of a newborn or of a child without papers: her record when it is known, her name in any case. */
export interface KnownMother {
  readonly id?: string;
  readonly name: string;
  readonly family: string;
}

/** The name fields of the form for a name on record. */
export interface NameFields {
  readonly given: string;
  readonly surname: string;
  readonly secondSurname: string;
}

interface FamilyParts {
  readonly _family?: { readonly extension?: readonly Extension[] };
}

/** Name fields of what is on record; a name without parts stands in the first. */
export function nameFields({ name: [name] = [] }: Pick<Patient, 'name'>): NameFields {
  // The types of FHIR leave out the half of an element that holds its extensions.
  const { _family: half } = (name ?? {}) as FamilyParts;
  const part = (asked: string): string | undefined => half?.extension?.find(({ url }) => url === asked)?.valueString;
  const family = name?.family ?? '';
  const [first = '', ...others] = family.split(' ');
  const given = name?.given?.join(' ') ?? (family === '' && !name?.extension ? (name?.text ?? '') : '');
  return {
    given,
    surname: part(FATHERS_FAMILY) ?? first,
    secondSurname: part(MOTHERS_FAMILY) ?? (part(FATHERS_FAMILY) === undefined ? others.join(' ') : ''),
  };
}

/** FHIR name: both surnames in `family`, each also in the core extension for it. */
function nameParts(given: readonly string[], [fathers = '', mothers = '']: readonly string[]): HumanName {
  const extension = [
    ...(fathers === '' ? [] : [{ url: FATHERS_FAMILY, valueString: fathers }]),
    ...(mothers === '' ? [] : [{ url: MOTHERS_FAMILY, valueString: mothers }]),
  ];
  const family = [fathers, mothers].filter((one) => one !== '').join(' ');
  return {
    text: [...given, family].filter((one) => one !== '').join(' '),
    ...(family === '' ? {} : { family, _family: { extension } }),
    ...(given.length === 0 ? {} : { given: [...given] }),
  };
}

/** Word that stands for the given name until there is one (LN23:2019 annex 7: «hijo de»). */
const standInOf = (kind: Identity, sex: string): string => (kind === 'rn' ? 'RN' : sex === 'female' ? 'Hija' : 'Hijo');

/**
 * Name of a person as the form gives it: by kind of identity «RN de» and «Hijo de» with the mother's name, or none for an
 * unknown person. A name that nobody changed stays as it is on record.
 */
export function registeredName(
  form: FormFields,
  kind: Identity,
  before: Patient,
  mother: KnownMother | undefined,
): HumanName {
  const [first, second] = [form.get('apellido1'), form.get('apellido2')];
  const given = form
    .get('nombres')
    .split(/\s+/)
    .filter((word) => word !== '');
  const known = before.name?.[0];
  const fields = nameFields(before);
  const same = fields.given === given.join(' ') && fields.surname === first && fields.secondSurname === second;
  if (known && same) return known;
  if (given.length > 0) return { use: 'official', ...nameParts(given, [first, second]) };
  if (mother) {
    const word = standInOf(kind, form.get('sexo'));
    const surnames = first === '' ? [mother.family] : [first, second];
    return { ...nameParts([word], surnames), use: 'temp', text: `${word} de ${mother.name}` };
  }
  if (first === '' && second === '') return { use: 'temp', text: 'Desconocido', extension: ABSENT };
  return { use: 'official', ...nameParts(given, [first, second]) };
}
