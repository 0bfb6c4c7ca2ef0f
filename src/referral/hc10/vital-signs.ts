import type { Observation, ObservationComponent, Quantity } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../../config/code-systems.js';

/** How a sign is measured and written. */
export interface Measure {
  /** LOINC. */
  readonly code: string;
  readonly display: string;
  /** UCUM. */
  readonly unit: string;
  readonly digits: number;
}

/** Vital signs of form HC-10 (LN23:2019 annex 2) in LOINC; blood pressure is apart. */
export const VITAL_SIGNS = {
  temperature: { code: '8310-5', display: 'Temperatura corporal', unit: 'Cel', digits: 1 },
  weight: { code: '29463-7', display: 'Peso corporal', unit: 'kg', digits: 1 },
  height: { code: '8302-2', display: 'Talla', unit: 'cm', digits: 0 },
  pulse: { code: '8867-4', display: 'Frecuencia cardíaca', unit: '/min', digits: 0 },
  breaths: { code: '9279-1', display: 'Frecuencia respiratoria', unit: '/min', digits: 0 },
  saturation: { code: '2708-6', display: 'Saturación de oxígeno', unit: '%', digits: 0 },
} as const satisfies Record<string, Measure>;

/** What the old print of form HC-10 asks of a newborn beside its weight, in LOINC. */
export const NEWBORN_SIGNS = {
  head: { code: '9843-4', display: 'Perímetro cefálico', unit: 'cm', digits: 1 },
  length: { code: '8306-3', display: 'Talla acostado', unit: 'cm', digits: 1 },
} as const satisfies Record<string, Measure>;

export type VitalSign = keyof typeof VITAL_SIGNS;

/** Blood pressure: one observation with two components (R4 profile `bp`). */
export const BLOOD_PRESSURE = { code: '85354-9', display: 'Presión arterial' } as const;
export const SYSTOLIC = { code: '8480-6', display: 'Presión sistólica', unit: 'mm[Hg]', digits: 0 } as const;
export const DIASTOLIC = { code: '8462-4', display: 'Presión diastólica', unit: 'mm[Hg]', digits: 0 } as const;

/** Category of vital signs (FHIR R4 profile `vitalsigns`). */
export const VITAL_CATEGORY = {
  coding: [{ system: CODE_SYSTEMS.observationCategory, code: 'vital-signs', display: 'Vital Signs' }],
};

/** Quantity in UCUM, rounded. */
export const quantity = (value: number, unit: string, digits: number): Quantity => ({
  value: Number(value.toFixed(digits)),
  unit,
  system: CODE_SYSTEMS.ucum,
  code: unit,
});

/** Code and value of a sign; the value is rounded to the digits in which it is measured. */
export const signContent = (
  { code, display, unit, digits }: Measure,
  value: number,
): Pick<Observation, 'code' | 'valueQuantity'> => ({
  code: { coding: [{ system: CODE_SYSTEMS.loinc, code, display }], text: display },
  valueQuantity: quantity(value, unit, digits),
});

const component = ({ code, display, unit, digits }: Measure, value: number): ObservationComponent => ({
  code: { coding: [{ system: CODE_SYSTEMS.loinc, code, display }] },
  valueQuantity: quantity(value, unit, digits),
});

/** Code and components of a blood pressure, in mm Hg. */
export const pressureContent = (systolic: number, diastolic: number): Pick<Observation, 'code' | 'component'> => ({
  code: { coding: [{ system: CODE_SYSTEMS.loinc, ...BLOOD_PRESSURE }], text: BLOOD_PRESSURE.display },
  component: [component(SYSTOLIC, systolic), component(DIASTOLIC, diastolic)],
});
