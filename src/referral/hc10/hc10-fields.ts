import type { Hc10FieldRow, Hc10Panel, Hc10Place } from './hc10-field.js';
import { BLOOD_PRESSURE, DIASTOLIC, type Measure, SYSTOLIC, VITAL_SIGNS } from './vital-signs.js';

const element = (path: string): Hc10Place => ({ in: 'element', path });
const record = (path: string): Hc10Place => ({ in: 'record', path });
type Value = Extract<Hc10Place, { in: 'extension' }>['value'];
const extension = (id: string, value: Value, part?: string, nth = 0): Hc10Place => ({
  in: 'extension',
  id,
  value,
  nth,
  ...(part === undefined ? {} : { part }),
});
const sign = (measure: Measure, of?: Hc10Panel): Hc10Place => ({
  in: 'observation',
  code: measure.code,
  display: measure.display,
  value: 'Quantity',
  category: 'vital-signs',
  measure,
  ...(of ? { of } : {}),
});
const obstetric = (code: string, display: string, value: 'integer' | 'dateTime' = 'integer'): Hc10Place => ({
  in: 'observation',
  code,
  display,
  value,
  category: 'social-history',
});
/** Findings by region are parts of one examination. */
export const EXAM_PANEL: Hc10Panel = { code: '29545-1', display: 'Examen físico' };
const region = (code: string, display: string): Hc10Place => ({
  in: 'observation',
  code,
  display,
  value: 'string',
  category: 'exam',
  of: EXAM_PANEL,
});
const told = (code: string, display: string): Hc10Place => ({
  in: 'observation',
  code,
  display,
  value: 'string',
  category: 'exam',
});

/**
 * Every field of form HC-10 (LN23:2019 annex 2; the handover of 7.2.4 last) and its place in FHIR: what the form reads, the
 * Bundle holds, the sheet prints and docs/reference/hc10-mapping.md says all come from these rows.
 */
// One line a row, however long: the table is read by its columns.
// prettier-ignore
export const HC10_FIELDS = {
  nombre: { block: 'patient', es: 'Apellidos y nombres', en: 'Name', kind: 'shown', at: record('Patient.name') },
  sexo: { block: 'patient', es: 'Sexo', en: 'Sex', kind: 'shown', at: record('Patient.gender') },
  expediente: { block: 'patient', es: 'N.º de expediente', en: 'File number', kind: 'shown', at: record("Patient.identifier.where(system = '…/sid/expediente').value") },
  identidad: { block: 'patient', es: 'N.º de identidad', en: 'Identity number', kind: 'shown', at: record("Patient.identifier.where(system = '…/sid/dni').value") },
  edad: { block: 'patient', es: 'Edad', en: 'Age', kind: 'shown', at: record('Patient.birthDate') },
  direccion: { block: 'patient', es: 'Dirección', en: 'Address', kind: 'shown', at: record('Patient.address') },
  telefono: { block: 'patient', es: 'Teléfono', en: 'Telephone', kind: 'shown', at: record("Patient.telecom.where(system = 'phone').value") },
  alergias: { block: 'patient', es: 'Alergias', en: 'Allergies', kind: 'shown', at: record('AllergyIntolerance.code') },

  'acompanante-nombre': { block: 'companion', es: 'Acompañante', en: 'Companion', kind: 'line', at: extension('companion', 'string', 'name') },
  'acompanante-parentesco': { block: 'companion', es: 'Parentesco', en: 'Relationship', kind: 'line', at: extension('companion', 'string', 'relationship') },
  'acompanante-telefono': { block: 'companion', es: 'Teléfono del acompañante', en: "Companion's telephone", kind: 'line', at: extension('companion', 'string', 'phone') },
  'acompanante-direccion': { block: 'companion', es: 'Dirección del acompañante', en: "Companion's address", kind: 'line', at: extension('companion', 'string', 'address') },
  'acompanante2-nombre': { block: 'companion', es: 'Segundo acompañante', en: 'Second companion', kind: 'line', at: extension('companion', 'string', 'name', 1) },
  'acompanante2-parentesco': { block: 'companion', es: 'Parentesco del segundo', en: 'Relationship of the second', kind: 'line', at: extension('companion', 'string', 'relationship', 1) },
  'acompanante2-telefono': { block: 'companion', es: 'Teléfono del segundo', en: 'Telephone of the second', kind: 'line', at: extension('companion', 'string', 'phone', 1) },

  origen: { block: 'sender', es: 'Nombre del establecimiento', en: 'Facility', kind: 'shown', at: record('Organization.name') },
  red: { block: 'sender', es: 'Red', en: 'Network', kind: 'shown', at: record('Organization.partOf') },

  motivo: { block: 'purpose', es: 'Motivo del envío', en: 'Reason for sending', kind: 'codes', system: 'referral-purpose', need: 'always', at: element('ServiceRequest.reasonCode.coding') },
  pregunta: { block: 'purpose', es: 'Pregunta clínica', en: 'Clinical question', kind: 'text', need: 'no-emergency', at: extension('clinical-question', 'string') },
  prioridad: { block: 'purpose', es: '¿Puede esperar su turno?', en: 'Can it wait its turn?', kind: 'code', system: 'request-priority', need: 'always', at: element('ServiceRequest.priority') },
  justificacion: { block: 'purpose', es: 'Por qué no puede esperar', en: 'Why it cannot wait', kind: 'text', need: 'urgent', at: extension('urgency-justification', 'string') },

  resumen: { block: 'clinical', es: 'Resumen clínico', en: 'Clinical summary', kind: 'text', need: 'always', at: element('ServiceRequest.reasonCode.text') },

  'pa-sistolica': { block: 'vital-signs', es: 'Presión sistólica (la alta)', en: 'Systolic pressure', kind: 'number', range: [30, 300], need: 'emergency', at: sign(SYSTOLIC, BLOOD_PRESSURE) },
  'pa-diastolica': { block: 'vital-signs', es: 'Presión diastólica (la baja)', en: 'Diastolic pressure', kind: 'number', range: [10, 200], need: 'emergency', at: sign(DIASTOLIC, BLOOD_PRESSURE) },
  fc: { block: 'vital-signs', es: 'Pulso por minuto (FC)', en: 'Pulse per minute', kind: 'number', range: [20, 300], need: 'emergency', at: sign(VITAL_SIGNS.pulse) },
  fr: { block: 'vital-signs', es: 'Respiraciones por minuto (FR)', en: 'Breaths per minute', kind: 'number', range: [4, 120], need: 'emergency', at: sign(VITAL_SIGNS.breaths) },
  temperatura: { block: 'vital-signs', es: 'Temperatura en °C', en: 'Temperature in °C', kind: 'number', range: [25, 45], need: 'emergency', at: sign(VITAL_SIGNS.temperature) },
  saturacion: { block: 'vital-signs', es: 'Saturación de oxígeno en %', en: 'Oxygen saturation in %', kind: 'number', range: [20, 100], at: sign(VITAL_SIGNS.saturation) },
  peso: { block: 'vital-signs', es: 'Peso en kg', en: 'Weight in kg', kind: 'number', range: [0.3, 400], at: sign(VITAL_SIGNS.weight) },
  talla: { block: 'vital-signs', es: 'Talla en cm', en: 'Height in cm', kind: 'number', range: [20, 250], at: sign(VITAL_SIGNS.height) },

  fum: { block: 'obstetric', es: 'FUM: última menstruación', en: 'Last menstrual period', kind: 'day', at: obstetric('8665-2', 'Fecha de la última menstruación', 'dateTime') },
  fpp: { block: 'obstetric', es: 'FPP: fecha probable de parto', en: 'Estimated delivery date', kind: 'day', at: obstetric('11778-8', 'Fecha probable de parto', 'dateTime') },
  embarazos: { block: 'obstetric', es: 'E: embarazos', en: 'Pregnancies', kind: 'number', range: [0, 30], at: obstetric('11996-6', 'Embarazos') },
  partos: { block: 'obstetric', es: 'P: partos', en: 'Deliveries', kind: 'number', range: [0, 30], at: obstetric('11977-6', 'Partos') },
  cesareas: { block: 'obstetric', es: 'C: cesáreas', en: 'Caesareans', kind: 'number', range: [0, 30], at: obstetric('68497-7', 'Cesáreas') },
  'hijos-vivos': { block: 'obstetric', es: 'HV: hijos vivos', en: 'Living children', kind: 'number', range: [0, 30], at: obstetric('11638-4', 'Hijos vivos') },
  'hijos-muertos': { block: 'obstetric', es: 'HM: hijos muertos', en: 'Children who died', kind: 'number', range: [0, 30], at: obstetric('68496-9', 'Hijos muertos') },
  obitos: { block: 'obstetric', es: 'O: óbitos', en: 'Stillbirths', kind: 'number', range: [0, 30], at: obstetric('57062-2', 'Óbitos') },
  abortos: { block: 'obstetric', es: 'A: abortos', en: 'Abortions', kind: 'number', range: [0, 30], at: obstetric('11612-9', 'Abortos') },

  cabeza: { block: 'exam', es: 'Cabeza', en: 'Head', kind: 'line', at: region('10199-8', 'Cabeza') },
  orl: { block: 'exam', es: 'ORL', en: 'Ears, nose and throat', kind: 'line', at: region('11393-6', 'Oídos, nariz y garganta') },
  ojos: { block: 'exam', es: 'Ojos', en: 'Eyes', kind: 'line', at: region('10197-2', 'Ojos') },
  cuello: { block: 'exam', es: 'Cuello', en: 'Neck', kind: 'line', at: region('11411-6', 'Cuello') },
  torax: { block: 'exam', es: 'Tórax', en: 'Chest', kind: 'line', at: region('10207-9', 'Tórax y pulmones') },
  abdomen: { block: 'exam', es: 'Abdomen', en: 'Abdomen', kind: 'line', at: region('10191-5', 'Abdomen') },
  genitales: { block: 'exam', es: 'Genitales', en: 'Genitals', kind: 'line', at: region('11400-9', 'Genitales') },
  extremidades: { block: 'exam', es: 'Extremidades', en: 'Limbs', kind: 'line', at: region('10196-4', 'Extremidades') },
  neurologico: { block: 'exam', es: 'Neurológico', en: 'Neurological', kind: 'line', at: region('10202-0', 'Neurológico') },

  resultados: { block: 'results', es: 'Otros resultados, con su fecha', en: 'Other results, with their dates', kind: 'text', at: told('30954-2', 'Resultados de exámenes complementarios') },
  adjuntos: { block: 'results', es: 'Adjuntar del expediente', en: 'Attach from the record', kind: 'shown', at: element('ServiceRequest.supportingInfo') },
  estudios: { block: 'results', es: 'Estudios que se piden', en: 'Studies asked for', kind: 'shown', at: element('ServiceRequest.supportingInfo (ServiceRequest.code)') },

  diagnostico: { block: 'assessment', es: 'Impresión diagnóstica', en: 'Diagnosis', kind: 'line', need: 'always', at: element('ServiceRequest.reasonReference (Condition.code)') },
  riesgo: { block: 'assessment', es: 'Evaluación de riesgo', en: 'Risk', kind: 'code', system: 'risk', need: 'always', at: extension('risk', 'code') },
  'riesgo-cual': { block: 'assessment', es: 'Qué riesgo', en: 'Which risk', kind: 'line', at: extension('risk', 'text') },
  recomendaciones: { block: 'assessment', es: 'Recomendaciones', en: 'Recommendations', kind: 'text', at: element('ServiceRequest.note.text') },

  destino: { block: 'destination', es: 'Establecimiento', en: 'Facility', kind: 'shown', need: 'always', at: element('ServiceRequest.performer') },
  especialidad: { block: 'destination', es: 'Servicio o especialidad', en: 'Service or specialty', kind: 'code', system: 'specialty', need: 'always', at: element('ServiceRequest.performerType') },
  amerita: { block: 'destination', es: 'Amerita atención en', en: 'Care needed in', kind: 'code', system: 'care-requested', need: 'always', at: extension('care-requested', 'code') },
  'amerita-otro': { block: 'destination', es: 'En qué otra atención', en: 'Which other care', kind: 'line', at: extension('care-requested', 'text') },

  contacto: { block: 'contact', es: '¿Habló con el establecimiento que recibe?', en: 'Was the receiving facility contacted?', kind: 'yes-no', at: extension('prior-contact', 'boolean', 'contacted') },
  'contacto-nombre': { block: 'contact', es: 'Con quién', en: 'With whom', kind: 'line', at: extension('prior-contact', 'string', 'name') },
  'contacto-cargo': { block: 'contact', es: 'Cargo', en: 'Post', kind: 'line', at: extension('prior-contact', 'string', 'post') },
  'contacto-hora': { block: 'contact', es: 'Día y hora', en: 'Day and time', kind: 'moment', at: extension('prior-contact', 'dateTime', 'time') },
  'contacto-explicacion': { block: 'contact', es: 'Explicación', en: 'Explanation', kind: 'line', at: extension('prior-contact', 'string', 'explanation') },

  autor: { block: 'author', es: 'Nombre y cargo de quien refiere', en: 'Name and post of the author', kind: 'shown', at: element('ServiceRequest.requester') },
  escrita: { block: 'author', es: 'Fecha y hora de elaboración', en: 'Written on', kind: 'shown', at: element('ServiceRequest.authoredOn') },

  traslado: { block: 'transport', es: 'En qué viaja', en: 'Means of transport', kind: 'code', system: 'transport', at: extension('transport', 'code') },
  salida: { block: 'transport', es: 'Hora de salida', en: 'Departure', kind: 'moment', at: extension('handover', 'dateTime', 'departure') },

  'via-aerea': { block: 'handover', es: 'A: vía aérea', en: 'A: airway', kind: 'line', at: extension('handover', 'string', 'airway') },
  respiracion: { block: 'handover', es: 'B: respiración', en: 'B: breathing', kind: 'line', at: extension('handover', 'string', 'breathing') },
  circulacion: { block: 'handover', es: 'C: circulación', en: 'C: circulation', kind: 'line', at: extension('handover', 'string', 'circulation') },
  conciencia: { block: 'handover', es: 'D: estado neurológico', en: 'D: neurological state', kind: 'line', at: extension('handover', 'string', 'neurological') },
  exposicion: { block: 'handover', es: 'E: otros hallazgos', en: 'E: other findings', kind: 'line', at: extension('handover', 'string', 'exposure') },
  'llamada-hora': { block: 'handover', es: 'Hora de la llamada al hospital', en: 'Time of the call', kind: 'moment', at: extension('handover', 'dateTime', 'call-time') },
  'llamada-nombre': { block: 'handover', es: 'Quién recibió la llamada', en: 'Who took the call', kind: 'line', at: extension('handover', 'string', 'call-name') },

  tratamiento: { block: 'treatment', es: 'Tratamiento dado, con dosis y hora', en: 'Treatment given, with dose and time', kind: 'text', at: extension('handover', 'string', 'treatment') },
} as const satisfies Record<string, Hc10FieldRow>;

export type Hc10Field = keyof typeof HC10_FIELDS;
export const ALL_HC10_FIELDS = Object.keys(HC10_FIELDS) as readonly Hc10Field[];
export const hc10Row = (field: Hc10Field): Hc10FieldRow => HC10_FIELDS[field];

/**
 * What a form says, by field: codes, numbers, days and moments as FHIR writes them. Fields of `codes`, `destino` and what is
 * shown are not among them.
 */
export type Hc10Values = Readonly<Partial<Record<Hc10Field, string>>>;
