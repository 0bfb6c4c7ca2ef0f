import type { Organization, Patient } from '@medplum/fhirtypes';
import { deniesAllergies } from '../../../config/no-known-allergies.js';
import { extensionUrl, SID } from '../../../config/canonical.js';
import { allergiesInForce } from '../../../config/standing-facts.js';
import type { Hc10Field } from '../../../referral/hc10/hc10-fields.js';
import { conceptText } from '../../resources/coded-text.js';
import { phonesOf } from '../../resources/person-details.js';
import { ageText, dniText, sexText } from '../../resources/person.js';
import { SHEET } from '../../texts/hc10-sheet.js';
import { PERSON } from '../../texts/person.js';
import { nameFields } from '../people/registered-name.js';
import type { ReferralView } from '../referral/referral-view.js';
import type { SheetTerms } from './sheet-terms.js';

/** Texts of fields as people read them; absent for what nobody knows. */
export type SheetTexts = Partial<Record<Hc10Field, string | undefined>>;

const identifier = ({ identifier: all = [] }: Pick<Patient, 'identifier'>, system: string): string | undefined =>
  all.find((one) => one.system === system)?.value;

/** Names, numbers, address of a person; what is unknown says so where a name is expected. */
export function personTexts({ say, language }: SheetTerms, patient: Patient): SheetTexts {
  const { surname, secondSurname, given } = nameFields(patient);
  const dni = identifier(patient, SID.dni);
  const { line = [], city, district, state } = patient.address?.[0] ?? {};
  const temporary = patient.name?.[0]?.use === 'temp' ? patient.name[0].text : undefined;
  const known = temporary ?? (given === '' && surname === '' ? say(PERSON.unknownName) : given);
  return {
    'primer-apellido': surname,
    'segundo-apellido': secondSurname,
    nombre: known,
    'nino-nombre': temporary,
    sexo: sexText(patient, language),
    expediente: identifier(patient, SID.expediente),
    identidad: dni === undefined ? identifier(patient, SID.pasaporte) : dniText(dni),
    edad: ageText(patient, say),
    colonia: line.join(', '),
    ciudad: city,
    municipio: district,
    departamento: state,
    telefono: phonesOf(patient).join(', '),
    correo: patient.telecom?.find(({ system }) => system === 'email')?.value,
  };
}

/** Allergies in force by name, that there are none, or that nobody asked. */
export function allergiesText(terms: SheetTerms, referral: ReferralView): string {
  const found = allergiesInForce(referral.all('AllergyIntolerance'));
  const named = found.filter((one) => !deniesAllergies(one));
  if (named.length > 0) return named.map(({ code }) => conceptText(terms, code)).join(', ');
  return found[0] ? conceptText(terms, found[0].code) : terms.say(SHEET.allergiesUnknown);
}

/** What the sheet says about a facility. */
export interface FacilityTexts {
  readonly name: string;
  readonly network?: string;
  readonly institution: string;
  readonly gestor: string;
  readonly type: string;
  readonly address: string;
}

/** Facts of the directory about a facility of the referral. @param id of its Organization */
export function facilityTexts(terms: SheetTerms, referral: ReferralView, id: string | undefined): FacilityTexts {
  const found = referral.find('Organization', `Organization/${id ?? ''}`);
  const network = found?.partOf && referral.any(found.partOf);
  const coded = (name: string): string =>
    conceptText(terms, found?.extension?.find(({ url }) => url === extensionUrl(name))?.valueCodeableConcept);
  const { line = [], city, state } = found?.address?.[0] ?? {};
  const phone = (found as Organization | undefined)?.telecom?.find(({ system }) => system === 'phone')?.value;
  return {
    name: referral.facilityName(id),
    ...(network?.resourceType === 'Organization' && network.name !== undefined ? { network: network.name } : {}),
    institution: coded('institution'),
    gestor: coded('gestor'),
    type: conceptText(terms, found?.type?.[0]),
    address: [...line, city, state, phone].filter((part) => part !== undefined && part !== '').join(', '),
  };
}
