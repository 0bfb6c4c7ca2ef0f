import type { Hc10Field } from './hc10-fields.js';

/** A block of a form as the norm prints it: each field by its words there, and the fields of the table that hold it. */
export interface NormBlock {
  /** LN23:2019 annex, `2R` for the back page, `2A` for the old print. */
  readonly annex: '2' | '2R' | '2A' | '3' | '4' | '5' | '6' | '7';
  readonly block: string;
  readonly fields: Readonly<Record<string, readonly Hc10Field[]>>;
}

/**
 * What the norm asks for, block by block: LN23:2019 annexes 2 (HC-10) to 7, and the old print of HC-10 that is still in use.
 * Kept apart from the table of fields on purpose: a test compares the two, so that nothing of the norm is missing and
 * nothing stands in the table without a reason.
 */
export const HC10_NORM: readonly NormBlock[] = [
  { annex: '2', block: 'Clase', fields: { 'Referencia / Respuesta': ['hoja'] } },
  {
    annex: '2',
    block: 'Paciente',
    fields: {
      'Primer apellido': ['primer-apellido'],
      'Segundo apellido': ['segundo-apellido'],
      'Nombre(s)': ['nombre'],
      'Sexo H/M': ['sexo'],
      'N.º expediente': ['expediente'],
      'N.º identidad': ['identidad'],
      Edad: ['edad'],
      'Dirección: colonia': ['colonia'],
      'Dirección: ciudad': ['ciudad'],
      'Dirección: municipio': ['municipio'],
      'Dirección: departamento': ['departamento'],
      Teléfono: ['telefono'],
      Correo: ['correo'],
    },
  },
  {
    annex: '2',
    block: 'Acompañante, dos renglones',
    fields: {
      Acompañante: ['acompanante-nombre', 'acompanante2-nombre'],
      Parentesco: ['acompanante-parentesco', 'acompanante2-parentesco'],
      'Dirección / teléfono': [
        'acompanante-direccion',
        'acompanante-telefono',
        'acompanante2-direccion',
        'acompanante2-telefono',
      ],
    },
  },
  {
    annex: '2',
    block: 'Establecimiento que envía',
    fields: {
      'Nombre del establecimiento': ['origen'],
      Red: ['red'],
      'Institución: SESAL / Privado / IHSS / Militar / ONG / otro': ['institucion'],
      'Gestor: centralizado / descentralizado': ['gestor'],
      'Tipo: UAPS / CIS / Policlínico / hospital': ['origen-tipo'],
    },
  },
  {
    annex: '2',
    block: 'Motivo del envío',
    fields: {
      'Diagnóstico / tratamiento / seguimiento / rehabilitación': ['motivo'],
      Descripción: ['pregunta', 'resumen'],
    },
  },
  {
    annex: '2',
    block: 'Datos clínicos',
    fields: { 'Signos y síntomas principales': ['resumen'], 'Resumen de datos clínicos': ['resumen'] },
  },
  {
    annex: '2',
    block: 'Signos vitales',
    fields: {
      'P/A': ['pa-sistolica', 'pa-diastolica'],
      FR: ['fr'],
      'P/FC': ['fc'],
      'T°': ['temperatura'],
      Peso: ['peso'],
      Talla: ['talla'],
    },
  },
  {
    annex: '2',
    block: 'Datos gineco-obstétricos',
    fields: {
      FUM: ['fum'],
      FPP: ['fpp'],
      E: ['embarazos'],
      P: ['partos'],
      C: ['cesareas'],
      HV: ['hijos-vivos'],
      HM: ['hijos-muertos'],
      O: ['obitos'],
      A: ['abortos'],
    },
  },
  {
    annex: '2',
    block: 'Examen físico por regiones',
    fields: {
      Cabeza: ['cabeza'],
      ORL: ['orl'],
      Ojos: ['ojos'],
      Cuello: ['cuello'],
      Tórax: ['torax'],
      Abdomen: ['abdomen'],
      Genitales: ['genitales'],
      Extremidades: ['extremidades'],
      Neurológico: ['neurologico'],
    },
  },
  {
    annex: '2',
    block: 'Resultados y diagnóstico',
    fields: {
      'Resultados de exámenes complementarios': ['resultados', 'adjuntos'],
      'Impresión diagnóstica': ['diagnostico'],
      'Evaluación de riesgo: con / sin riesgo': ['riesgo'],
      Recomendaciones: ['recomendaciones'],
    },
  },
  {
    annex: '2',
    block: 'Establecimiento al que se envía',
    fields: {
      'UAPS / CIS / Policlínico / hospital': ['destino-tipo'],
      'Nombre del establecimiento': ['destino'],
      'Amerita atención en: consulta externa / emergencia / hospitalización / otros': ['amerita', 'amerita-otro'],
    },
  },
  {
    annex: '2',
    block: 'Contacto previo',
    fields: {
      '¿Se contactó al establecimiento receptor? Sí / no': ['contacto'],
      Explique: ['contacto-explicacion'],
      'Nombre de la persona contactada': ['contacto-nombre'],
      'Cargo de la persona contactada': ['contacto-cargo'],
    },
  },
  {
    annex: '2',
    block: 'Quien llena el formulario',
    fields: {
      'Médico general / especialista / enfermera / auxiliar / otro': ['autor-categoria', 'autor-otro'],
      Nombre: ['autor'],
      Firma: ['firma'],
      Sello: ['firma'],
      'Fecha y hora de elaboración': ['escrita'],
    },
  },
  {
    annex: '2',
    block: 'Cita',
    fields: { 'Cita al servicio de': ['cita-servicio'], 'Día, mes, año y hora': ['cita-fecha', 'proxima-cita'] },
  },
  { annex: '2', block: 'Recepción', fields: { 'Fecha y hora de recepción': ['recibida'] } },
  {
    annex: '2',
    block: 'Para llenar solo por quien recibe',
    fields: { 'Oportuna sí / no': ['oportuna'], 'Justificada sí / no': ['justificada'] },
  },
  {
    annex: '2R',
    block: 'Reverso',
    fields: {
      'N.º': ['numero'],
      Establecimiento: ['origen'],
      Red: ['red'],
      'Referencia / respuesta a: establecimiento': ['destino'],
      Servicio: ['especialidad'],
      Dirección: ['destino-direccion'],
      'Para: los cuatro motivos': ['motivo'],
      'Tres mensajes al paciente': ['mensajes'],
    },
  },
  {
    annex: '2A',
    block: 'Impresión anterior',
    fields: {
      Pertinente: ['justificada', 'impresion'],
      Adecuada: ['oportuna', 'impresion'],
      'Recién nacido: perímetro cefálico': ['perimetro-cefalico'],
      'Recién nacido: longitud': ['longitud'],
      'Recién nacido: Apgar': ['apgar-1', 'apgar-5'],
      'Promotor, entre quienes llenan': ['autor-categoria'],
    },
  },
  {
    annex: '3',
    block: 'Referencia de agente comunitario o promotor',
    fields: {
      'Nombre del agente': ['agente-nombre'],
      'Agente comunitario o promotor': ['agente-tipo'],
      Comunidad: ['agente-comunidad'],
      Teléfono: ['agente-telefono'],
      'Fecha y hora': ['agente-fecha'],
      'Motivo del envío': ['agente-motivo'],
      'Lo que hizo': ['agente-acciones'],
      'Consulta previa al equipo de salud familiar (8.2.2 a 8.2.4)': ['agente-consulta', 'agente-consulta-con'],
    },
  },
  {
    annex: '4',
    block: 'Emergencia obstétrica y puerperal',
    fields: {
      'Embarazo, parto o puerperio': ['obs-etapa'],
      'Carné perinatal': ['obs-carne'],
      'Número de controles': ['obs-controles'],
      'Inicio de los controles': ['obs-primer-control'],
      'Plan de parto': ['obs-plan-parto'],
      Rh: ['obs-rh'],
      'Prueba de coagulación': ['obs-coagulacion'],
      'Proteína en orina': ['obs-proteinuria'],
      'Edad gestacional por ultrasonido': ['obs-semanas'],
      'Hipertensión: hallazgos, conducta y dosis': ['obs-hipertension', 'obs-hipertension-conducta'],
      'Preeclampsia: hallazgos, conducta y dosis': ['obs-preeclampsia', 'obs-preeclampsia-conducta'],
      'Eclampsia: hallazgos, conducta y dosis': ['obs-eclampsia', 'obs-eclampsia-conducta'],
      'Hemorragia: hallazgos, conducta y dosis': ['obs-hemorragia', 'obs-hemorragia-conducta'],
      'Infección: hallazgos, conducta y dosis': ['obs-infeccion', 'obs-infeccion-conducta'],
      'Tacto vaginal': ['obs-tacto'],
    },
  },
  {
    annex: '5',
    block: 'Emergencia obstétrica, promotor',
    fields: { 'Tiempo de embarazo': ['gestante-meses'], 'Atención dada': ['gestante-acciones'] },
  },
  { annex: '6', block: 'Embarazada, pictogramas', fields: { 'Señales de peligro': ['gestante-senales'] } },
  {
    annex: '7',
    block: 'Menor de cinco años, pictogramas',
    fields: {
      'Nombre, o «hijo de»': ['nino-nombre', 'nino-madre'],
      'Dirección: n.º de casa asignado por el equipo de salud familiar': ['nino-casa'],
      'Señales de peligro': ['nino-senales'],
      'Atención dada': ['nino-acciones'],
    },
  },
];

/** Fields that the norm's forms do not print, and why they are there. */
export const BESIDE_THE_NORM: Readonly<Partial<Record<Hc10Field, string>>> = {
  clase: 'LN23:2019 sección 5: interconsulta',
  alergias: 'seguridad del paciente / patient safety',
  prioridad: 'LN23:2019 sección 5: urgencia y emergencia',
  justificacion: 'LN23:2019 sección 5: urgencia y emergencia',
  saturacion: 'LN23:2019 7.2.4: entrega de emergencia',
  estudios: 'estudios que se piden con la referencia / studies asked for',
  'riesgo-cual': 'qué riesgo / which risk',
  'contacto-hora': 'LN23:2019 7.2.4: llamada',
  recibe: 'anexo 8: quién recibe',
  traslado: 'LN23:2019 sección 10: traslado',
  salida: 'LN23:2019 7.2.4: entrega de emergencia',
  'via-aerea': 'LN23:2019 7.2.4: entrega de emergencia',
  respiracion: 'LN23:2019 7.2.4: entrega de emergencia',
  circulacion: 'LN23:2019 7.2.4: entrega de emergencia',
  conciencia: 'LN23:2019 7.2.4: entrega de emergencia',
  exposicion: 'LN23:2019 7.2.4: entrega de emergencia',
  'llamada-hora': 'LN23:2019 7.2.4: llamada',
  'llamada-nombre': 'LN23:2019 7.2.4: llamada',
  tratamiento: 'LN23:2019 sección 5: la respuesta dice el tratamiento; 7.2.4',
  medicamentos: 'LN23:2019 sección 5: respuesta',
  'senales-alarma': 'LN23:2019 sección 5: respuesta',
  'mensaje-paciente': 'LN23:2019 sección 5: respuesta',
  disposicion: 'LN23:2019 8.4.1.7: qué sigue / what comes next',
  seguimiento: 'código para seguir la referencia / code to follow it',
};
