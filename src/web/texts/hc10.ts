import type { Texts } from '../language.js';

/** Texts of the form HC-10. */
export const HC10 = {
  title: { es: 'Nueva referencia', en: 'New referral' },
  person: { es: 'Paciente', en: 'Patient' },
  allergies: { es: 'Alergias', en: 'Allergies' },
  noAllergies: { es: 'Se preguntó: sin alergias conocidas.', en: 'Asked: no known allergies.' },
  askAllergies: { es: '¿Tiene alergias?', en: 'Any allergies?' },
  askAllergiesHint: {
    es: 'El expediente no dice nada de alergias. Pregunte ahora.',
    en: 'The record says nothing about allergies. Ask now.',
  },
  allergyYes: { es: 'Sí', en: 'Yes' },
  allergyNone: { es: 'No tiene alergias conocidas', en: 'No known allergies' },
  allergyNotAsked: { es: 'No se preguntó', en: 'Not asked' },
  allergyWhich: { es: '¿A qué? ¿Qué le pasa?', en: 'To what? What happens?' },
  allergyBoth: {
    es: 'Escribió una alergia y marcó que no tiene. Corrija una de las dos.',
    en: 'You wrote an allergy and marked that there is none. Correct one of them.',
  },
  allergyMissing: { es: 'Escriba a qué es alérgico el paciente.', en: 'Write what the patient is allergic to.' },

  where: { es: '¿A dónde lo refiere?', en: 'Where do you refer to?' },
  lastUsed: { es: 'El último que usted usó', en: 'The last one you used' },
  ownNetwork: { es: 'Su red', en: 'Your network' },
  otherHospitals: { es: 'Otros hospitales', en: 'Other hospitals' },
  others: { es: 'Otros establecimientos', en: 'Other facilities' },
  destinationMissing: { es: 'Elija el establecimiento al que refiere.', en: 'Choose the facility you refer to.' },
  notOffered: {
    es: '{place} no tiene {specialty}. {others}',
    en: '{place} does not offer {specialty}. {others}',
  },
  offeredBy: { es: 'Lo tienen: {places}.', en: 'Offered by: {places}.' },
  offeredByNone: { es: 'Elija otra especialidad.', en: 'Choose another specialty.' },
  careHint: {
    es: 'Una emergencia sale de inmediato y pide signos vitales.',
    en: 'An emergency leaves at once and needs vital signs.',
  },
  routine: { es: 'Sí, en su turno', en: 'Yes, in its turn' },
  urgent: { es: 'No, es urgente', en: 'No, it is urgent' },
  justificationHint: { es: 'Solo si es urgente o emergencia.', en: 'Only if urgent or an emergency.' },

  why: { es: '¿Por qué lo refiere?', en: 'Why do you refer?' },
  questionHint: {
    es: 'Lo que usted necesita que le respondan. En una emergencia puede quedar vacía.',
    en: 'What you need answered. It may stay empty in an emergency.',
  },
  summaryHint: {
    es: 'Signos y síntomas principales, desde cuándo, qué se hizo.',
    en: 'Main signs and symptoms, since when, what was done.',
  },
  diagnosisHint: {
    es: 'Código CIE-10 o palabras. Escriba parte y elija de la lista, o pulse «Buscar código».',
    en: 'ICD-10 code or words. Write a part and choose from the list, or press "Find code".',
  },
  findCode: { es: 'Buscar código', en: 'Find code' },
  codesFound: { es: '¿Cuál de estos es?', en: 'Which of these is it?' },
  codesKeep: { es: 'Ninguno: dejar mis palabras', en: 'None: keep my words' },
  codesNone: {
    es: 'Ningún código tiene esas palabras. Puede dejarlas así.',
    en: 'No code has these words. You may leave them so.',
  },

  signsToday: { es: 'Signos vitales de hoy', en: "Today's vital signs" },
  signsHint: {
    es: 'Obligatorios en emergencia. Los que ya están en el expediente se adjuntan abajo.',
    en: 'Required in an emergency. Those on record are attached below.',
  },
  attach: { es: 'Adjuntar del expediente', en: 'Attach from the record' },
  attachHint: { es: 'Marque lo que debe ver el hospital.', en: 'Mark what the hospital must see.' },
  problems: { es: 'Problemas activos', en: 'Active problems' },
  medicines: { es: 'Medicamentos que toma', en: 'Current medicines' },
  signs: { es: 'Últimos signos vitales', en: 'Last vital signs' },
  results: { es: 'Resultados recientes', en: 'Recent results' },
  nothingToAttach: {
    es: 'El expediente no tiene todavía nada que adjuntar.',
    en: 'The record has nothing to attach yet.',
  },

  ask: { es: 'Pedir estudios', en: 'Ask for studies' },
  askHint: {
    es: 'Antes de pedirlos se busca si ya hay un resultado que sirva.',
    en: 'Before they are asked for, we look for a result that still stands.',
  },
  laboratory: { es: 'Laboratorio', en: 'Laboratory' },
  imaging: { es: 'Imagen y otros', en: 'Imaging and others' },
  duplicates: { es: 'Este estudio ya existe', en: 'This study exists already' },
  duplicatesText: {
    es: 'No se ha enviado nada todavía. Elija qué hacer con cada estudio y envíe de nuevo.',
    en: 'Nothing has been sent yet. Choose what to do with each study and send again.',
  },
  existing: { es: '{study}: {result}', en: '{study}: {result}' },
  existingWhen: { es: '{date}, {place}', en: '{date}, {place}' },
  whatToDo: { es: '¿Qué hace con este estudio? {study}', en: 'What about this study? {study}' },
  useExisting: { es: 'Usar el resultado que existe', en: 'Use the existing result' },
  useExistingHint: { es: 'Se adjunta y no se pide otra vez.', en: 'It is attached and not asked for again.' },
  askAgain: { es: 'Pedirlo de nuevo', en: 'Ask for it again' },
  askAgainWhy: { es: '¿Por qué se pide de nuevo?', en: 'Why is it asked for again?' },
  askAgainHint: { es: 'Solo si lo pide de nuevo.', en: 'Only if you ask again.' },
  decide: { es: 'Elija qué hacer con {study}.', en: 'Choose what to do with {study}.' },
  whyAgain: { es: 'Escriba por qué pide de nuevo {study}.', en: 'Write why you ask for {study} again.' },

  more: { es: 'Más datos del HC-10', en: 'More data of the HC-10' },
  obstetric: { es: 'Datos gineco-obstétricos', en: 'Gynaecological and obstetric data' },
  kindHint: {
    es: 'La interconsulta solo pide opinión: el paciente sigue a cargo de usted.',
    en: 'An advice request only asks for an opinion: the patient stays with you.',
  },
  convertible: {
    es: 'Autorizo que la interconsulta se convierta en referencia si hay que verlo',
    en: 'I allow the advice request to become a referral if the patient has to be seen',
  },
  convertibleHint: {
    es: 'Solo para interconsultas. El hospital puede darle cita sin que usted escriba otra hoja; conserva número y fecha.',
    en: 'For advice requests only. The hospital can book the patient without another form; number and date stay.',
  },
  newborn: { es: 'Datos del recién nacido', en: 'Data of the newborn' },
  author: { es: 'Quién llena el formulario, y qué impresión', en: 'Who fills the form, and which print' },
  annex3: { es: 'Lo envió un agente comunitario (anexo 3)', en: 'Sent by a community agent (annex 3)' },
  annex4: {
    es: 'Emergencia del embarazo, parto o puerperio (anexo 4)',
    en: 'Emergency of pregnancy or birth (annex 4)',
  },
  annex5: {
    es: 'Embarazada que envía la comunidad (anexos 5 y 6)',
    en: 'Pregnant woman sent by the community (annexes 5 and 6)',
  },
  annex7: { es: 'Niño o niña menor de cinco años (anexo 7)', en: 'Child under five (annex 7)' },
  exam: { es: 'Examen físico por regiones', en: 'Physical examination by region' },
  treatment: {
    es: 'Tratamiento dado, otros resultados y recomendaciones',
    en: 'Treatment, other results, recommendations',
  },
  companion: { es: 'Acompañante', en: 'Companion' },
  contact: { es: 'Contacto previo con el hospital', en: 'Prior contact with the hospital' },
  transport: { es: 'Traslado y entrega de emergencia', en: 'Transport and emergency handover' },
  yes: { es: 'Sí', en: 'Yes' },
  no: { es: 'No', en: 'No' },
  send: { es: 'Enviar referencia', en: 'Send referral' },
} as const satisfies Texts;
