import { ANNEX_FIELDS } from './annex-fields.js';
import type { Hc10FieldRow, Hc10Place } from './hc10-field.js';
import { element, extension, obstetric, record, region, section, sign, told } from './hc10-places.js';
import { BLOOD_PRESSURE, DIASTOLIC, NEWBORN_SIGNS, SYSTOLIC, VITAL_SIGNS } from './vital-signs.js';

/**
 * Every field of form HC-10 (LN23:2019 annex 2, its attachments last) and its place in FHIR, in a referencia and in a
 * respuesta: what the form reads, the Bundles hold, the sheet prints and docs/reference/hc10-mapping.md says come from here.
 */
// One line a row, however long: the table is read by its columns.
// prettier-ignore
export const HC10_FIELDS = {
  clase: { block: 'kind', es: 'Clase de envío', en: 'Kind', kind: 'code', system: 'referral-category', at: element('ServiceRequest.category, .intent'), answer: null },
  hoja: { block: 'kind', es: 'Referencia o respuesta', en: 'Referral or answer', kind: 'shown', at: element('ServiceRequest.category (referencia)'), answer: element('Composition.type') },
  impresion: { block: 'kind', es: 'Impresión del formulario', en: 'Print of the form', kind: 'code', system: 'form-print', at: extension('form-print', 'code') },

  'primer-apellido': { block: 'patient', es: 'Primer apellido', en: 'First surname', kind: 'shown', at: record('Patient.name.family.extension(humanname-fathers-family)') },
  'segundo-apellido': { block: 'patient', es: 'Segundo apellido', en: 'Second surname', kind: 'shown', at: record('Patient.name.family.extension(humanname-mothers-family)') },
  nombre: { block: 'patient', es: 'Nombres', en: 'Given names', kind: 'shown', at: record('Patient.name.given; Patient.name.text (RN de, hijo de, desconocido)') },
  sexo: { block: 'patient', es: 'Sexo', en: 'Sex', kind: 'shown', at: record('Patient.gender') },
  expediente: { block: 'patient', es: 'N.º de expediente', en: 'File number', kind: 'shown', at: record("Patient.identifier.where(system = '…/sid/expediente').value") },
  identidad: { block: 'patient', es: 'N.º de identidad', en: 'Identity number', kind: 'shown', at: record("Patient.identifier.where(system = '…/sid/dni').value") },
  edad: { block: 'patient', es: 'Edad', en: 'Age', kind: 'shown', at: record('Patient.birthDate') },
  colonia: { block: 'patient', es: 'Colonia, barrio o n.º de casa', en: 'Quarter, street or house number', kind: 'shown', at: record('Patient.address.line') },
  ciudad: { block: 'patient', es: 'Ciudad', en: 'Town', kind: 'shown', at: record('Patient.address.city') },
  municipio: { block: 'patient', es: 'Municipio', en: 'Municipality', kind: 'shown', at: record('Patient.address.district') },
  departamento: { block: 'patient', es: 'Departamento', en: 'Department', kind: 'shown', at: record('Patient.address.state') },
  telefono: { block: 'patient', es: 'Teléfono', en: 'Telephone', kind: 'shown', at: record("Patient.telecom.where(system = 'phone').value") },
  correo: { block: 'patient', es: 'Correo', en: 'E-mail', kind: 'shown', at: record("Patient.telecom.where(system = 'email').value") },
  alergias: { block: 'patient', es: 'Alergias', en: 'Allergies', kind: 'shown', at: record('AllergyIntolerance.code') },

  'acompanante-nombre': { block: 'companion', es: 'Acompañante', en: 'Companion', kind: 'line', at: extension('companion', 'string', 'name') },
  'acompanante-parentesco': { block: 'companion', es: 'Parentesco', en: 'Relationship', kind: 'line', at: extension('companion', 'string', 'relationship') },
  'acompanante-telefono': { block: 'companion', es: 'Teléfono del acompañante', en: "Companion's telephone", kind: 'line', at: extension('companion', 'string', 'phone') },
  'acompanante-direccion': { block: 'companion', es: 'Dirección del acompañante', en: "Companion's address", kind: 'line', at: extension('companion', 'string', 'address') },
  'acompanante2-nombre': { block: 'companion', es: 'Segundo acompañante', en: 'Second companion', kind: 'line', at: extension('companion', 'string', 'name', 1) },
  'acompanante2-parentesco': { block: 'companion', es: 'Parentesco del segundo', en: 'Relationship of the second', kind: 'line', at: extension('companion', 'string', 'relationship', 1) },
  'acompanante2-telefono': { block: 'companion', es: 'Teléfono del segundo', en: 'Telephone of the second', kind: 'line', at: extension('companion', 'string', 'phone', 1) },
  'acompanante2-direccion': { block: 'companion', es: 'Dirección del segundo', en: 'Address of the second', kind: 'line', at: extension('companion', 'string', 'address', 1) },

  origen: { block: 'sender', es: 'Nombre del establecimiento', en: 'Facility', kind: 'shown', at: record('ServiceRequest.requester: PractitionerRole.organization.name'), answer: record('Composition.custodian: Organization.name') },
  red: { block: 'sender', es: 'Red', en: 'Network', kind: 'shown', at: record('Organization.partOf') },
  institucion: { block: 'sender', es: 'Institución', en: 'Institution', kind: 'shown', system: 'institution', at: record('Organization.extension(institution).valueCodeableConcept') },
  gestor: { block: 'sender', es: 'Gestor', en: 'Managed', kind: 'shown', system: 'gestor', at: record('Organization.extension(gestor).valueCodeableConcept') },
  'origen-tipo': { block: 'sender', es: 'Tipo de establecimiento', en: 'Type of facility', kind: 'shown', system: 'facility-type', at: record('Organization.type') },

  motivo: { block: 'purpose', es: 'Motivo del envío', en: 'Reason for sending', kind: 'codes', system: 'referral-purpose', need: 'always', at: element('ServiceRequest.reasonCode.coding'), answer: element('Composition.event.code') },
  pregunta: { block: 'purpose', es: 'Pregunta clínica', en: 'Clinical question', kind: 'text', need: 'no-emergency', at: extension('clinical-question', 'string'), answer: null },
  prioridad: { block: 'purpose', es: '¿Puede esperar su turno?', en: 'Can it wait its turn?', kind: 'code', system: 'request-priority', need: 'always', at: element('ServiceRequest.priority'), answer: null },
  justificacion: { block: 'purpose', es: 'Por qué no puede esperar', en: 'Why it cannot wait', kind: 'text', need: 'urgent', at: extension('urgency-justification', 'string'), answer: null },

  resumen: { block: 'clinical', es: 'Resumen clínico', en: 'Clinical summary', kind: 'text', need: 'always', at: element('ServiceRequest.reasonCode.text'), answer: section('summary') },

  'pa-sistolica': { block: 'vital-signs', es: 'Presión sistólica (la alta)', en: 'Systolic pressure', kind: 'number', range: [30, 300], need: 'emergency', at: sign(SYSTOLIC, BLOOD_PRESSURE) },
  'pa-diastolica': { block: 'vital-signs', es: 'Presión diastólica (la baja)', en: 'Diastolic pressure', kind: 'number', range: [10, 200], need: 'emergency', at: sign(DIASTOLIC, BLOOD_PRESSURE) },
  fc: { block: 'vital-signs', es: 'Pulso por minuto (FC)', en: 'Pulse per minute', kind: 'number', range: [20, 300], need: 'emergency', at: sign(VITAL_SIGNS.pulse) },
  fr: { block: 'vital-signs', es: 'Respiraciones por minuto (FR)', en: 'Breaths per minute', kind: 'number', range: [4, 120], need: 'emergency', at: sign(VITAL_SIGNS.breaths) },
  temperatura: { block: 'vital-signs', es: 'Temperatura en °C', en: 'Temperature in °C', kind: 'number', range: [25, 45], need: 'emergency', at: sign(VITAL_SIGNS.temperature) },
  saturacion: { block: 'vital-signs', es: 'Saturación de oxígeno en %', en: 'Oxygen saturation in %', kind: 'number', range: [20, 100], at: sign(VITAL_SIGNS.saturation) },
  peso: { block: 'vital-signs', es: 'Peso en kg', en: 'Weight in kg', kind: 'number', range: [0.3, 400], at: sign(VITAL_SIGNS.weight) },
  talla: { block: 'vital-signs', es: 'Talla en cm', en: 'Height in cm', kind: 'number', range: [20, 250], at: sign(VITAL_SIGNS.height) },

  'perimetro-cefalico': { block: 'newborn', es: 'Perímetro cefálico en cm', en: 'Head circumference in cm', kind: 'number', range: [15, 65], at: sign(NEWBORN_SIGNS.head) },
  longitud: { block: 'newborn', es: 'Longitud en cm', en: 'Length in cm', kind: 'number', range: [20, 110], at: sign(NEWBORN_SIGNS.length) },
  'apgar-1': { block: 'newborn', es: 'Apgar al minuto', en: 'Apgar at 1 minute', kind: 'number', range: [0, 10], at: told('9272-6', 'Apgar al minuto', 'integer') },
  'apgar-5': { block: 'newborn', es: 'Apgar a los 5 minutos', en: 'Apgar at 5 minutes', kind: 'number', range: [0, 10], at: told('9274-2', 'Apgar a los 5 minutos', 'integer') },

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

  resultados: { block: 'results', es: 'Otros resultados, con su fecha', en: 'Other results, with their dates', kind: 'text', at: told('30954-2', 'Resultados de exámenes complementarios'), answer: section('findings') },
  adjuntos: { block: 'results', es: 'Adjuntar del expediente', en: 'Attach from the record', kind: 'shown', at: element('ServiceRequest.supportingInfo'), answer: null },
  estudios: { block: 'results', es: 'Estudios que se piden', en: 'Studies asked for', kind: 'shown', at: element('ServiceRequest.supportingInfo (ServiceRequest.code)'), answer: null },

  diagnostico: { block: 'assessment', es: 'Impresión diagnóstica', en: 'Diagnosis', kind: 'line', need: 'always', at: element('ServiceRequest.reasonReference (Condition.code)'), answer: section('diagnosis') },
  riesgo: { block: 'assessment', es: 'Evaluación de riesgo', en: 'Risk', kind: 'code', system: 'risk', need: 'always', at: extension('risk', 'code') },
  'riesgo-cual': { block: 'assessment', es: 'Qué riesgo', en: 'Which risk', kind: 'line', at: extension('risk', 'text') },
  recomendaciones: { block: 'assessment', es: 'Recomendaciones', en: 'Recommendations', kind: 'text', at: element('ServiceRequest.note.text'), answer: section('plan') },

  destino: { block: 'destination', es: 'Establecimiento', en: 'Facility', kind: 'shown', need: 'always', at: element('ServiceRequest.performer'), answer: record('Task.requester (el origen / the origin)') },
  'destino-tipo': { block: 'destination', es: 'Tipo de establecimiento', en: 'Type of facility', kind: 'shown', system: 'facility-type', at: record('ServiceRequest.performer: Organization.type'), answer: record('Task.requester: Organization.type') },
  especialidad: { block: 'destination', es: 'Servicio o especialidad', en: 'Service or specialty', kind: 'code', system: 'specialty', need: 'always', at: element('ServiceRequest.performerType'), answer: null },
  amerita: { block: 'destination', es: 'Amerita atención en', en: 'Care needed in', kind: 'code', system: 'care-requested', need: 'always', at: extension('care-requested', 'code') },
  'amerita-otro': { block: 'destination', es: 'En qué otra atención', en: 'Which other care', kind: 'line', at: extension('care-requested', 'text') },

  contacto: { block: 'contact', es: '¿Habló con el establecimiento que recibe?', en: 'Was the receiving facility contacted?', kind: 'yes-no', at: extension('prior-contact', 'boolean', 'contacted') },
  'contacto-nombre': { block: 'contact', es: 'Con quién', en: 'With whom', kind: 'line', at: extension('prior-contact', 'string', 'name') },
  'contacto-cargo': { block: 'contact', es: 'Cargo', en: 'Post', kind: 'line', at: extension('prior-contact', 'string', 'post') },
  'contacto-hora': { block: 'contact', es: 'Día y hora', en: 'Day and time', kind: 'moment', at: extension('prior-contact', 'dateTime', 'time') },
  'contacto-explicacion': { block: 'contact', es: 'Explicación', en: 'Explanation', kind: 'line', at: extension('prior-contact', 'string', 'explanation') },

  autor: { block: 'author', es: 'Nombre y cargo de quien refiere', en: 'Name and post of the author', kind: 'shown', at: element('ServiceRequest.requester'), answer: element('Composition.author') },
  'autor-categoria': { block: 'author', es: 'Quien llena el formulario es', en: 'The author is', kind: 'code', system: 'author-category', at: extension('author-category', 'code') },
  'autor-otro': { block: 'author', es: 'Qué otro', en: 'Which other', kind: 'line', at: extension('author-category', 'text') },
  escrita: { block: 'author', es: 'Fecha y hora de elaboración', en: 'Written on', kind: 'shown', at: element('ServiceRequest.authoredOn'), answer: element('Composition.date') },
  firma: { block: 'author', es: 'Firma y sello', en: 'Signature and stamp', kind: 'shown', at: record('Provenance.agent.who (activity submit)'), answer: element('Composition.attester') },

  'cita-servicio': { block: 'appointment', es: 'Cita al servicio de', en: 'Appointment with', kind: 'shown', at: record('Appointment.specialty'), answer: null },
  'cita-fecha': { block: 'appointment', es: 'Día, mes, año y hora', en: 'Day, month, year and hour', kind: 'shown', at: record('Appointment.start'), answer: null },
  'proxima-cita': { block: 'appointment', es: 'Próxima cita aquí', en: 'Next visit here', kind: 'text', at: section('next-visit') },

  recibida: { block: 'receipt', es: 'Fecha y hora de recepción', en: 'Received on', kind: 'shown', at: record('Task.executionPeriod.start'), answer: record('Provenance.recorded (activity acknowledge)') },
  recibe: { block: 'receipt', es: 'Recibe', en: 'Received by', kind: 'shown', at: record('Provenance.agent.who (activity receive)'), answer: record('Provenance.agent.who (activity acknowledge)') },

  oportuna: { block: 'receiver', es: 'Oportuna', en: 'Timely', kind: 'shown', system: 'judgement', at: record('Task.extension(oportuna).valueCode'), answer: null },
  justificada: { block: 'receiver', es: 'Justificada', en: 'Justified', kind: 'shown', system: 'judgement', at: record('Task.extension(justificada).valueCode'), answer: null },

  traslado: { block: 'transport', es: 'En qué viaja', en: 'Means of transport', kind: 'code', system: 'transport', at: extension('transport', 'code'), answer: null },
  salida: { block: 'transport', es: 'Hora de salida', en: 'Departure', kind: 'moment', at: extension('handover', 'dateTime', 'departure'), answer: null },

  'via-aerea': { block: 'handover', es: 'A: vía aérea', en: 'A: airway', kind: 'line', at: extension('handover', 'string', 'airway'), answer: null },
  respiracion: { block: 'handover', es: 'B: respiración', en: 'B: breathing', kind: 'line', at: extension('handover', 'string', 'breathing'), answer: null },
  circulacion: { block: 'handover', es: 'C: circulación', en: 'C: circulation', kind: 'line', at: extension('handover', 'string', 'circulation'), answer: null },
  conciencia: { block: 'handover', es: 'D: estado neurológico', en: 'D: neurological state', kind: 'line', at: extension('handover', 'string', 'neurological'), answer: null },
  exposicion: { block: 'handover', es: 'E: otros hallazgos', en: 'E: other findings', kind: 'line', at: extension('handover', 'string', 'exposure'), answer: null },
  'llamada-hora': { block: 'handover', es: 'Hora de la llamada al hospital', en: 'Time of the call', kind: 'moment', at: extension('handover', 'dateTime', 'call-time'), answer: null },
  'llamada-nombre': { block: 'handover', es: 'Quién recibió la llamada', en: 'Who took the call', kind: 'line', at: extension('handover', 'string', 'call-name'), answer: null },

  tratamiento: { block: 'treatment', es: 'Tratamiento dado, con dosis y hora', en: 'Treatment given, with dose and time', kind: 'text', at: extension('handover', 'string', 'treatment'), answer: section('treatment') },

  medicamentos: { block: 'answer', es: 'Medicamentos', en: 'Medicines', kind: 'text', at: section('medications') },
  'senales-alarma': { block: 'answer', es: 'Señales de alarma', en: 'Warning signs', kind: 'text', at: section('warning-signs') },
  'mensaje-paciente': { block: 'answer', es: 'Mensaje para el paciente', en: 'Message for the patient', kind: 'text', at: section('patient-message') },
  disposicion: { block: 'answer', es: 'Qué sigue para el paciente', en: 'What happens to the patient now', kind: 'code', system: 'disposition', at: element('Composition.extension(disposition)') },

  numero: { block: 'back', es: 'N.º', en: 'No.', kind: 'shown', at: record("ServiceRequest.identifier.where(system = '…/sid/referencia').value"), answer: record('Composition.identifier.value') },
  'destino-direccion': { block: 'back', es: 'Dirección del establecimiento', en: 'Address of the facility', kind: 'shown', at: record('ServiceRequest.performer: Organization.address, .telecom'), answer: record('Task.requester: Organization.address, .telecom') },
  mensajes: { block: 'back', es: 'Mensajes para el paciente', en: 'Messages for the patient', kind: 'shown', at: element('ServiceRequest.patientInstruction'), answer: null },
  seguimiento: { block: 'back', es: 'Código para seguir la referencia', en: 'Code to follow the referral', kind: 'shown', at: record("ServiceRequest.identifier.where(system = '…/sid/seguimiento').value"), answer: null },

  ...ANNEX_FIELDS,
} as const satisfies Record<string, Hc10FieldRow>;

export type Hc10Field = keyof typeof HC10_FIELDS;
export const ALL_HC10_FIELDS = Object.keys(HC10_FIELDS) as readonly Hc10Field[];
export const hc10Row = (field: Hc10Field): Hc10FieldRow => HC10_FIELDS[field];

/** Place of a field in a respuesta; undefined where a respuesta has no such field. */
export function answerPlace(field: Hc10Field): Hc10Place | undefined {
  const { at, answer } = hc10Row(field);
  return answer === undefined ? at : (answer ?? undefined);
}

/** Is it typed on the form of a referencia? What is shown comes from elsewhere, and some fields are a respuesta's alone. */
export function isOrderField(field: Hc10Field): boolean {
  const { kind, block, at } = hc10Row(field);
  return kind !== 'shown' && block !== 'answer' && at.in !== 'section';
}

/**
 * What a form says, by field: codes (several with a space between them), numbers, days and moments as FHIR writes them.
 * `motivo`, `destino` and what is shown are not among them.
 */
export type Hc10Values = Readonly<Partial<Record<Hc10Field, string>>>;
