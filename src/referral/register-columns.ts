import type {
  Appointment,
  Condition,
  Organization,
  ParametersParameter,
  Patient,
  ServiceRequest,
} from '@medplum/fhirtypes';
import { codeSystemUrl, SID } from '../config/canonical.js';
import type { Definitions } from '../fhir/definitions/definitions.js';
import type { RegisterLeg } from './register-legs.js';

/** What a line of the register draws its columns from. */
export interface RegisterSources {
  readonly order?: ServiceRequest;
  readonly patient?: Patient;
  /** The other facility: the destination of what was sent, the origin of what was received. */
  readonly other?: Organization;
  readonly diagnosis?: Condition;
  readonly appointment?: Appointment;
}

const numberIn = (patient: Patient | undefined, system: string): string | undefined =>
  patient?.identifier?.find((identifier) => identifier.system === system)?.value;

/** Number of the patient's paper file at one facility: each keeps its own, a stranger's number would mislead. */
const expedienteAt = (patient: Patient | undefined, facility: string): string | undefined =>
  patient?.identifier?.find(
    ({ system, assigner }) => system === SID.expediente && assigner?.reference === `Organization/${facility}`,
  )?.value;

/** Full name as written on the form: given names, then surnames. */
function fullName(patient: Patient | undefined): string | undefined {
  const name = patient?.name?.find(({ use }) => use === 'official') ?? patient?.name?.[0];
  const text = name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(' ');
  return text === '' ? undefined : text;
}

/** Completed years at a moment, from a birth date that may lack day or month. */
export function ageInYears(birthDate: string | undefined, at: string): number | undefined {
  if (birthDate === undefined) return undefined;
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  const [atYear = 0, atMonth = 1, atDay = 1] = at.slice(0, 10).split('-').map(Number);
  return atYear - year - (atMonth < month || (atMonth === month && atDay < day) ? 1 : 0);
}

const PURPOSE = codeSystemUrl('referral-purpose');

const motiveOf = (definitions: Definitions, order: ServiceRequest | undefined): string | undefined => {
  const purpose = order?.reasonCode?.flatMap(({ coding }) => coding ?? []).find(({ system }) => system === PURPOSE);
  return purpose?.display ?? definitions.display(PURPOSE, purpose?.code ?? '') ?? purpose?.code;
};

const diagnosisOf = ({ diagnosis, order }: RegisterSources): string | undefined => {
  const coding = diagnosis?.code?.coding?.[0];
  const coded = coding ? [coding.code, coding.display].filter(Boolean).join(' ') : undefined;
  return diagnosis?.code?.text ?? coded ?? order?.reasonCode?.find(({ text }) => text !== undefined)?.text;
};

const words = (name: string, value: string | undefined): ParametersParameter[] =>
  value === undefined || value === '' ? [] : [{ name, valueString: value }];

/** Columns of annex 8 (LN23:2019) of one line in the register of a facility (Organization id); what is not known is left out. */
export function registerColumns(
  definitions: Definitions,
  facility: string,
  number: number,
  line: RegisterLeg,
  sources: RegisterSources,
): ParametersParameter {
  const { order, patient, other, appointment } = sources;
  const age = ageInYears(patient?.birthDate, line.at);
  const service = appointment?.specialty?.[0];
  return {
    name: 'row',
    part: [
      { name: 'number', valueInteger: number },
      { name: 'kind', valueCode: line.kind },
      { name: 'direction', valueCode: line.direction },
      { name: 'at', valueDateTime: line.at },
      ...words('referencia', line.leg.groupIdentifier?.value),
      ...words('expediente', expedienteAt(patient, facility)),
      ...words('identidad', numberIn(patient, SID.dni)),
      ...words('name', fullName(patient)),
      ...words('phone', patient?.telecom?.find(({ system }) => system === 'phone')?.value),
      ...(patient?.gender === undefined ? [] : [{ name: 'sex', valueCode: patient.gender }]),
      ...(age === undefined ? [] : [{ name: 'age', valueInteger: age }]),
      ...words('motive', motiveOf(definitions, order)),
      ...words('diagnosis', diagnosisOf(sources)),
      ...words('facility', other?.name),
      ...words('appointmentService', service?.text ?? service?.coding?.[0]?.display ?? service?.coding?.[0]?.code),
      ...(appointment?.start === undefined ? [] : [{ name: 'appointmentDate', valueDateTime: appointment.start }]),
      ...(order?.id === undefined
        ? []
        : [{ name: 'order', valueReference: { reference: `ServiceRequest/${order.id}` } }]),
    ],
  };
}
