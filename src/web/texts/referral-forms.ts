import type { Texts } from '../language.js';

/** Labels, hints and mistakes of the forms of a referral's moves. */
export const REFERRAL_FORMS = {
  yes: { es: 'Sí', en: 'Yes' },
  no: { es: 'No', en: 'No' },
  reason: { es: 'Motivo', en: 'Reason' },
  comment: { es: 'Comentario', en: 'Comment' },
  fill: { es: 'Complete: {label}.', en: 'Fill in: {label}.' },
  badDay: { es: 'Escriba una fecha que exista: día, mes y año.', en: 'Write a date that exists: day, month and year.' },
  pastDay: {
    es: 'Esa fecha ya pasó. Escriba una de hoy en adelante.',
    en: 'That date is past. Write one from today on.',
  },

  ownNumber: { es: 'Número que le da su establecimiento', en: 'Your facility’s own number' },

  requestIntro: {
    es: 'El reloj de triaje se detiene mientras el origen contesta.',
    en: 'The triage clock stops while the origin answers.',
  },
  items: { es: '¿Qué falta?', en: 'What is missing?' },
  itemsHint: { es: 'Marque todo lo que necesita.', en: 'Mark everything you need.' },
  otherItem: { es: 'Otra cosa que falta', en: 'Something else that is missing' },
  requestReason: { es: 'Mensaje para el origen', en: 'Message to the origin' },
  requestReasonHint: {
    es: 'Diga para qué lo necesita, en una o dos frases.',
    en: 'Say what you need it for, in one or two sentences.',
  },
  due: { es: '¿Hasta cuándo se espera?', en: 'Until when do you wait?' },
  dueHint: { es: 'Al final de ese día.', en: 'At the end of that day.' },

  priority: { es: 'Prioridad', en: 'Priority' },
  priorityHint: { es: 'Ya está marcada la que envió el origen.', en: 'The one that the origin sent is marked.' },
  priorityReason: { es: 'Por qué cambia la prioridad', en: 'Why the priority changes' },
  priorityReasonHint: { es: 'Solo si la cambia.', en: 'Only if you change it.' },
  modality: { es: '¿Cómo se atenderá?', en: 'How will it be attended?' },
  service: { es: 'Servicio que atenderá', en: 'Service that will attend' },
  serviceHint: { es: 'Primero está la especialidad que pide el origen.', en: 'The asked specialty stands first.' },

  rejectIntro: {
    es: 'El origen debe poder seguir. Diga el motivo y al menos un paso siguiente.',
    en: 'The origin must be able to go on. Give the reason and at least one next step.',
  },
  rejectReason: { es: '¿Por qué no se acepta?', en: 'Why is it not accepted?' },
  rejectComment: { es: 'Explicación para el origen', en: 'Explanation for the origin' },
  rejectCommentHint: { es: 'Con palabras que ayuden al colega.', en: 'In words that help the colleague.' },
  sentBackFor: { es: '¿Para qué se devuelve?', en: 'What is the patient sent back for?' },
  measured: { es: 'Signos vitales y examen de hoy', en: "Today's vital signs and examination" },
  advice: { es: 'Consejo: qué hacer ahora', en: 'Advice: what to do now' },
  adviceHint: {
    es: 'Llene al menos uno: consejo, otro servicio o datos que faltan.',
    en: 'Fill in at least one: advice, another service or missing data.',
  },
  otherService: { es: 'Otro servicio que puede atenderlo', en: 'Another service that can attend' },
  missing: { es: 'Datos que faltan', en: 'Missing data' },
  noNextStep: {
    es: 'Dé un paso siguiente: un consejo, otro servicio o los datos que faltan.',
    en: 'Give a next step: advice, another service or the missing data.',
  },

  redirectIntro: {
    es: 'La referencia conserva su número, su fecha y su lugar en la fila.',
    en: 'The referral keeps its number, its date and its place in the queue.',
  },
  performer: { es: '¿A dónde pasa?', en: 'Where does it go?' },
  performerHint: {
    es: 'Establecimientos que ofrecen la especialidad pedida.',
    en: 'Facilities that offer the asked specialty.',
  },

  slot: { es: 'Cupo', en: 'Slot' },
  slotHint: {
    es: 'El primero libre está marcado. Con un cupo no hace falta llenar día, hora, duración, con quién ni lugar.',
    en: 'The first free one is marked. With a slot there is no need to fill in day, time, length, whom or place.',
  },
  slotFreed: { es: 'cupo perdido', en: 'given up by somebody' },
  slotTyped: { es: 'Otro día u hora: escribirlos abajo', en: 'Another day or time: written below' },
  slotNone: {
    es: 'No hay cupos libres publicados: escribir día y hora abajo',
    en: 'No free slots are published: day and time written below',
  },
  day: { es: 'Día de la cita', en: 'Day of the appointment' },
  weekend: { es: 'Sí, la cita es en fin de semana', en: 'Yes, the appointment is on a weekend' },
  weekendWarning: {
    es: 'Ese día es sábado o domingo. Cambie el día, o marque la casilla si es correcto.',
    en: 'That day is a Saturday or Sunday. Change it, or mark the box if it is right.',
  },
  clock: { es: 'Hora', en: 'Time' },
  clockHint: { es: 'De 00:00 a 23:59. Por ejemplo, 08:00.', en: 'From 00:00 to 23:59. For example, 08:00.' },
  badClock: { es: 'Escriba la hora así: 08:00.', en: 'Write the time like this: 08:00.' },
  duration: { es: 'Duración', en: 'Duration' },
  minutes: { es: '{n} minutos', en: '{n} minutes' },
  chooseDuration: { es: 'Elija cuánto dura la cita.', en: 'Choose how long the appointment lasts.' },
  attendant: { es: '¿Con quién es la cita?', en: 'Who is the appointment with?' },
  attendantHint: { es: 'Un servicio o un profesional.', en: 'A service or a professional.' },
  place: { es: 'Lugar', en: 'Place' },
  contactResult: { es: '¿Cómo se avisó al paciente?', en: 'How was the patient told?' },
  notTold: { es: 'Todavía no se le avisó', en: 'Not told yet' },
  rescheduleReason: { es: '¿Por qué cambia la cita?', en: 'Why does the appointment change?' },
  cancelReason: { es: '¿Por qué se cancela?', en: 'Why is it cancelled?' },
  cancelIntro: {
    es: 'La referencia sigue aceptada y espera otra cita.',
    en: 'The referral stays accepted and waits for another appointment.',
  },
  noShowReason: { es: '¿Por qué no llegó?', en: 'Why did the patient not come?' },
  notArrivedIntro: {
    es: 'El origen recibirá el aviso de averiguar qué pasó. Si la persona llega después, recíbala igual.',
    en: 'The origin is told to find out what happened. If the person comes later, receive them all the same.',
  },
  noShowIntro: {
    es: 'Después, busque al paciente y dele otra cita.',
    en: 'Then look for the patient and give another appointment.',
  },
  medium: { es: '¿Por qué medio?', en: 'By what means?' },
  reached: { es: '¿Se logró hablar con el paciente o su familia?', en: 'Was the patient or the family reached?' },
  notReached: { es: 'Por qué no se logró', en: 'Why not' },
  notReachedHint: { es: 'Solo si no se logró.', en: 'Only if not reached.' },
  note: { es: 'Nota', en: 'Note' },
  noteHint: { es: 'Sin datos clínicos.', en: 'No clinical data.' },

  answerItem: { es: '{item}', en: '{item}' },
  noAnswer: {
    es: 'Conteste «{item}», o diga por qué no se puede.',
    en: 'Answer “{item}”, or say why you cannot.',
  },
  resubmitIntro: {
    es: 'Va al mismo destino, con el mismo número.',
    en: 'It goes to the same destination, with the same number.',
  },
  change: { es: '¿Qué cambió desde el rechazo?', en: 'What changed since the rejection?' },
  changeHint: {
    es: 'Por ejemplo: «Se agregan los exámenes que pidieron».',
    en: 'For example: “The tests you asked for are added”.',
  },
  revokeIntro: {
    es: 'La referencia termina y no se puede recuperar. El destino ya no la atenderá.',
    en: 'The referral ends and cannot be brought back. The destination will not attend it.',
  },
  patientInformed: { es: '¿Ya le avisó al paciente?', en: 'Has the patient been told?' },
  tick: { es: 'Marque la casilla para continuar.', en: 'Tick the box to go on.' },
  requestCancelIntro: {
    es: 'El destino ya trabaja esta referencia: contestará si la anula. Si ya hubo atención, responderá.',
    en: 'The destination already works on this referral: it will answer whether it cancels it.',
  },
  askedBy: { es: '¿Quién lo pide?', en: 'Who asks for it?' },
  askedByPatient: { es: 'El paciente o su familia', en: 'The patient or the family' },
  askedByClinician: { es: 'El clínico del origen', en: 'The origin clinician' },
  diedIntro: {
    es: 'La referencia sale de la lista y la cita se cancela. No se escribe nada en el expediente ni se envía ningún mensaje.',
    en: 'The referral leaves the list and the appointment is cancelled. Nothing is written in the record and no message is sent.',
  },
  sureDied: { es: 'Sí, la persona falleció', en: 'Yes, the person died' },
  voidIntro: {
    es: 'Solo si la referencia nunca debió existir, por ejemplo de otro paciente. Queda visible para auditoría.',
    en: 'Only if the referral should never have been, for example of another patient. Auditors still see it.',
  },
  voidReason: { es: '¿Cuál fue el error?', en: 'What was the mistake?' },
  voidReasonHint: { es: 'Sin datos clínicos.', en: 'No clinical data.' },
  noResponseIntro: {
    es: 'Solo cuando venció el plazo del origen. Si no escribe un paso siguiente, queda lo que se pidió.',
    en: 'Only when the origin’s term is over. Without a next step, what was asked is the next step.',
  },
  convertIntro: {
    es: 'El origen autorizó convertir su interconsulta. Conserva su número y su fecha; después acéptela.',
    en: 'The origin authorised the conversion. It keeps its number and date; accept it afterwards.',
  },
  convertReason: { es: '¿Por qué necesita una visita?', en: 'Why is a visit needed?' },
  convertReasonHint: { es: 'El origen lo leerá.', en: 'The origin will read it.' },
  leaveListIntro: {
    es: 'La persona sale de la lista sin atención y el origen recibe la tarea de buscarla. No se puede deshacer.',
    en: 'The person leaves the list without care and the origin is asked to find them. It cannot be undone.',
  },
  exitCause: { es: '¿Por qué sale de la lista?', en: 'Why does the person leave the list?' },
  approver: { es: '¿Quién de triaje lo aprobó?', en: 'Who of triage approved it?' },
  approverHint: { es: 'La decisión queda a nombre de esa persona también.', en: 'That person answers for it too.' },
  interimIntro: {
    es: 'El origen y el paciente la leen ya. La respuesta final sigue pendiente, con el mismo plazo.',
    en: 'The origin and the patient read it now. The final answer is still due, by the same date.',
  },
  amendIntro: {
    es: 'La respuesta nueva reemplaza a la anterior y el origen debe leerla otra vez.',
    en: 'The new answer replaces the old one and the origin must read it again.',
  },
  amendReason: { es: '¿Por qué se corrige?', en: 'Why is it corrected?' },
  amendReasonHint: { es: 'Por ejemplo: «La dosis estaba mal escrita».', en: 'For example: “The dose was wrong”.' },
  confirmCancelIntro: {
    es: 'La referencia queda anulada y la cita se cancela, como pidió el origen.',
    en: 'The referral is cancelled, and its appointment, as the origin asked.',
  },
  sureCancel: { es: 'Sí, anular esta referencia', en: 'Yes, cancel this referral' },
  planItem: { es: '¿Se hizo? {item}', en: 'Was it done? {item}' },
  notDone: { es: 'Si no se hizo, ¿por qué?', en: 'If not done, why?' },
  notDoneHint: { es: 'Déjelo vacío si se hizo.', en: 'Leave empty if it was done.' },
  chooseDone: { es: 'Diga si se hizo: {item}', en: 'Say whether it was done: {item}' },
  whyNotDone: { es: 'Diga por qué no se hizo: {item}', en: 'Say why it was not done: {item}' },
  outcome: { es: '¿Cómo terminó?', en: 'How did it end?' },

  summary: { es: 'Respuesta a la pregunta', en: 'Answer to the question' },
  summaryHint: {
    es: 'Conteste primero lo que preguntó el origen; después resuma.',
    en: 'First answer what the origin asked; then sum up.',
  },
  diagnosis: { es: 'Diagnóstico', en: 'Diagnosis' },
  diagnosisHint: {
    es: 'Código CIE-10, palabras o ambos. Por ejemplo: I10 Hipertensión esencial.',
    en: 'ICD-10 code, words or both. For example: I10 Essential hypertension.',
  },
  findings: { es: 'Hallazgos y exámenes', en: 'Findings and tests' },
  treatment: { es: 'Tratamiento dado', en: 'Treatment given' },
  medications: { es: 'Medicamentos que debe tomar', en: 'Medicines to take' },
  medicationsHint: {
    es: 'Uno por línea: nombre, dosis, cada cuánto y por cuánto tiempo.',
    en: 'One a line: name, dose, how often and for how long.',
  },
  noMedications: { es: 'No hay medicamentos nuevos', en: 'There are no new medicines' },
  medicinesMissing: {
    es: 'Escriba los medicamentos, o marque que no hay.',
    en: 'Write the medicines, or mark that there are none.',
  },
  medicinesBoth: {
    es: 'Hay medicamentos escritos y también marcó que no hay. Deje solo uno.',
    en: 'There are medicines and you marked that there are none. Keep only one.',
  },
  plan: { es: 'Plan para el centro que refirió', en: 'Plan for the facility that referred' },
  planHint: {
    es: 'Un punto por línea. El origen marcará cada punto como hecho.',
    en: 'One point a line. The origin will mark each point as done.',
  },
  warning: { es: 'Señales de alarma', en: 'Warning signs' },
  warningHint: { es: 'Con qué debe volver de inmediato.', en: 'What must bring the patient back at once.' },
  message: { es: 'Mensaje para el paciente', en: 'Message to the patient' },
  messageHint: {
    es: 'Palabras sencillas, hasta 300 letras. El paciente lo lee tal como usted lo escribe.',
    en: 'Plain words, up to 300 characters. The patient reads it as you write it.',
  },
  messageLong: {
    es: 'El mensaje tiene {n} letras y caben {most}. Acórtelo.',
    en: 'The message has {n} characters and {most} fit. Make it shorter.',
  },
  disposition: { es: '¿Qué sigue para el paciente?', en: 'What is next for the patient?' },
  oportuna: { es: '¿Fue oportuna?', en: 'Was it timely?' },
  oportunaHint: {
    es: 'Sí, si llegó a tiempo para lo que el paciente necesitaba.',
    en: 'Yes, if it came in time for what the patient needed.',
  },
  justificada: { es: '¿Fue justificada?', en: 'Was it justified?' },
  justificadaHint: {
    es: 'Sí, si hacía falta este establecimiento para atenderlo.',
    en: 'Yes, if this facility was needed to attend the patient.',
  },
} as const satisfies Texts;
