import type { Patient } from '@medplum/fhirtypes';
import { extensionUrl, SID } from '../../../config/canonical.js';
import { municipalityCode } from '../../../record/catalogue/places.js';
import { type FormFields, formFields } from '../../form-fields.js';
import { INTERPRETER_REQUIRED, personExtensions } from '../../resources/person-details.js';
import { BIRTH } from './typed-date.js';
import { nameFields } from './registered-name.js';

/** Value of a number of one system. */
const numberOf = ({ identifier = [] }: Patient, system: string, assigner?: string): string =>
  identifier.find((one) => one.system === system && (assigner === undefined || one.assigner?.reference === assigner))
    ?.value ?? '';

function kindOf(patient: Patient): string {
  const code = personExtensions(patient, 'identity-kind')[0]?.valueCode;
  if (code !== undefined) return code;
  if (numberOf(patient, SID.dni) !== '') return 'dni';
  return numberOf(patient, SID.pasaporte) === '' ? 'sin-documento' : 'pasaporte';
}

/**
 * The form of registration filled with what is on record; the other way round it is `personOf`.
 * @param facility `Organization/x`, whose file number is shown
 */
export function formOfPerson(patient: Patient, facility: string): FormFields {
  const name = nameFields(patient);
  const [year = '', month = '', day = ''] = (patient.birthDate ?? '').split('-');
  const code = (id: string): string => personExtensions(patient, id)[0]?.valueCode ?? '';
  const age = personExtensions(patient, 'estimated-age')[0]?.extension?.find(({ url }) => url === 'age')?.valueAge;
  const address = patient.address?.[0];
  const language = patient.communication?.find(({ preferred }) => preferred)?.language.coding?.[0]?.code;
  const flag = (url: string): string =>
    patient.extension?.some((one) => one.url === url && one.valueBoolean) ? 'si' : '';
  const values: (readonly [string, string])[] = [
    ['clase', kindOf(patient)],
    ['dni', numberOf(patient, SID.dni)],
    ['pasaporte', numberOf(patient, SID.pasaporte)],
    ['nombres', name.given],
    ['apellido1', name.surname],
    ['apellido2', name.secondSurname],
    [`${BIRTH}-ano`, year],
    [`${BIRTH}-mes`, month],
    [`${BIRTH}-dia`, day],
    ['edad', patient.birthDate === undefined && age?.value !== undefined ? String(age.value) : ''],
    ['sin-nacimiento', patient.birthDate === undefined && age === undefined ? 'si' : ''],
    ['sexo', patient.gender ?? 'unknown'],
    ['telefono', patient.telecom?.find(({ system }) => system === 'phone')?.value ?? ''],
    ['municipio', municipalityCode(address?.state, address?.district ?? address?.city) ?? ''],
    ['aldea', (address?.line ?? []).join(', ')],
    ['expediente', numberOf(patient, SID.expediente, facility)],
    ['pueblo', personExtensions(patient, 'pueblo')[0]?.valueCodeableConcept?.coding?.[0]?.code ?? ''],
    ['idioma', language ?? ''],
    ['interprete', flag(INTERPRETER_REQUIRED)],
    ['lectura', code('literacy')],
    ['movilidad', code('migrant-status')],
    ['lejos', flag(extensionUrl('hard-to-reach'))],
    ...personExtensions(patient, 'disability').map(
      ({ valueCodeableConcept }) => ['discapacidad', valueCodeableConcept?.coding?.[0]?.code ?? ''] as const,
    ),
  ];
  return formFields(new URLSearchParams(values.map(([field, value]) => [field, value])).toString());
}
