// Judgement of the receiver, filled by nobody else (LN23:2019, annex 2), and what is told about a visit.

Extension: Oportuna
Id: oportuna
Title: "Oportuna / Timely"
Description: "Si la referencia llegó a tiempo; la llena solo quien recibe."
Context: Task
* insert Shared
* value[x] 1..1
* value[x] only code
* value[x] from JudgementVS (required)

Extension: Justificada
Id: justificada
Title: "Justificada / Justified"
Description: "Si la referencia estaba justificada; la llena solo quien recibe."
Context: Task
* insert Shared
* value[x] 1..1
* value[x] only code
* value[x] from JudgementVS (required)

Extension: JudgedAt
Id: judged-at
Title: "Hora de la evaluación / Judged at"
Description: "Cuándo se evaluó si fue oportuna y justificada."
Context: Task
* insert Shared
* value[x] 1..1
* value[x] only dateTime

Extension: ContactAttempt
Id: contact-attempt
Title: "Intento de contacto / Contact attempt"
Description: "Cada intento de contactar al paciente: cuándo, por qué medio y con qué resultado."
Context: Appointment, Task
* insert Shared
* extension contains
    time 1..1 and
    medium 1..1 and
    reached 1..1 and
    reason 0..1 and
    note 0..1
* extension[time] ^short = "Día y hora"
* extension[time].value[x] 1..1
* extension[time].value[x] only dateTime
* extension[medium] ^short = "Medio"
* extension[medium].value[x] 1..1
* extension[medium].value[x] only code
* extension[medium].value[x] from ContactMediumVS (required)
* extension[reached] ^short = "Se logró: sí o no"
* extension[reached].value[x] 1..1
* extension[reached].value[x] only boolean
* extension[reason] ^short = "Por qué no se logró"
* extension[reason].value[x] 1..1
* extension[reason].value[x] only code
* extension[reason].value[x] from NotReachedReasonVS (required)
* extension[note] ^short = "Nota, sin datos clínicos"
* extension[note].value[x] 1..1
* extension[note].value[x] only string

Extension: NoShowReason
Id: no-show-reason
Title: "Motivo de inasistencia / No-show reason"
Description: "Por qué no llegó a la cita."
Context: Appointment
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from NoShowReasonVS (required)

Extension: Disposition
Id: disposition
Title: "Destino del paciente / Disposition"
Description: "Qué sigue para el paciente después de la atención."
Context: Composition
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from DispositionVS (required)

Extension: DeathRecorded
Id: death-recorded
Title: "Fallecimiento registrado / Death recorded"
Description: "Desde cuándo consta el fallecimiento de la persona mientras la referencia sigue abierta; la respuesta ofrece «fallecido»."
Context: Task
* insert Shared
* value[x] 1..1
* value[x] only dateTime

Extension: Responsible
Id: responsible
Title: "Responsable del paciente / Responsible for the patient"
Description: "Quién sigue a cargo de la persona después de una recomendación sin visita (LN23:2019, sección 5: interconsulta)."
Context: Composition
* insert Shared
* value[x] 1..1
* value[x] only Reference(PractitionerRole or Practitioner or Organization)
Extension: LegClock
Id: clock
Title: "Reloj / Clock"
Description: "Lo que se sabe del reloj del estado actual además de su plazo (restriction.period): con qué tabla corre, cuándo se avisa del vencimiento y a quién se avisó, y el reloj que quedó en pausa. Solo lo escribe el servicio."
Context: Task
* insert Shared
* extension contains
    edition 0..1 and
    unit 0..1 and
    escalates 0..1 and
    told 0..* and
    paused 0..1 and
    left 0..1 and
    pausedUnit 0..1 and
    pausedTold 0..* and
    pausedNext 0..1
* extension[edition] ^short = "Edición de la tabla de plazos con que empezó"
* extension[edition].value[x] 1..1
* extension[edition].value[x] only string
* extension[unit] ^short = "Cómo se cuenta: elapsed-hours, working-hours o working-days"
* extension[unit].value[x] 1..1
* extension[unit].value[x] only code
* extension[escalates] ^short = "Cuándo se avisa al nivel siguiente"
* extension[escalates].value[x] 1..1
* extension[escalates].value[x] only dateTime
* extension[told] ^short = "A quién se avisó que está vencida"
* extension[told].value[x] 1..1
* extension[told].value[x] only Reference(Organization)
* extension[paused] ^short = "Reloj en pausa"
* extension[paused].value[x] 1..1
* extension[paused].value[x] only code
* extension[left] ^short = "Lo que le quedaba, en minutos de su unidad; negativo si ya había vencido"
* extension[left].value[x] 1..1
* extension[left].value[x] only Duration
* extension[pausedUnit] ^short = "Cómo se cuenta el reloj en pausa"
* extension[pausedUnit].value[x] 1..1
* extension[pausedUnit].value[x] only code
* extension[pausedTold] ^short = "A quién se había avisado que el reloj en pausa estaba vencido"
* extension[pausedTold].value[x] 1..1
* extension[pausedTold].value[x] only Reference(Organization)
* extension[pausedNext] ^short = "A qué nivel se avisa después"
* extension[pausedNext].value[x] 1..1
* extension[pausedNext].value[x] only code

Extension: Waiting
Id: waiting
Title: "Espera total / Whole waiting"
Description: "Hasta cuándo puede durar toda la espera de la cita, contada desde el primer envío; redirigir, volver a enviar o perder una cita no la cambia. Solo lo escribe el servicio."
Context: Task
* insert Shared
* extension contains
    until 1..1 and
    edition 0..1 and
    priority 0..1 and
    specialty 0..1 and
    service 0..1 and
    pause 0..*
* extension[until] ^short = "Hasta cuándo"
* extension[until].value[x] 1..1
* extension[until].value[x] only dateTime
* extension[edition] ^short = "Edición de la tabla de plazos con que se calculó"
* extension[edition].value[x] 1..1
* extension[edition].value[x] only string
* extension[priority] ^short = "Prioridad con que se calculó"
* extension[priority].value[x] 1..1
* extension[priority].value[x] only code
* extension[specialty] ^short = "Especialidad con que se calculó"
* extension[specialty].value[x] 1..1
* extension[specialty].value[x] only code
* extension[service] ^short = "Servicio con que se calculó"
* extension[service].value[x] 1..1
* extension[service].value[x] only string
* extension[pause] ^short = "Tiempo que no cuenta: se esperaba información del origen"
* extension[pause].value[x] 1..1
* extension[pause].value[x] only Period

Extension: Unavailable
Id: unavailable
Title: "Tiempo en que el paciente no puede venir / Patient not available"
Description: "Desde cuándo y hasta cuándo el paciente no puede o no quiere venir; los relojes se detienen ese tiempo y siguen solos."
Context: Task
* insert Shared
* extension contains
    period 1..1 and
    reason 1..1 and
    time 1..1
* extension[period] ^short = "Desde y hasta"
* extension[period].value[x] 1..1
* extension[period].value[x] only Period
* extension[reason] ^short = "Por qué"
* extension[reason].value[x] 1..1
* extension[reason].value[x] only code
* extension[reason].value[x] from UnavailableReasonVS (required)
* extension[time] ^short = "Cuándo se anotó"
* extension[time].value[x] 1..1
* extension[time].value[x] only dateTime

Extension: AwaitsOrigin
Id: awaits-origin
Title: "Falta la parte del origen / The part of the origin is missing"
Description: "La referencia se hizo después de una llegada de emergencia y el origen todavía no completó su parte clínica."
Context: Task
* insert Shared
* value[x] 1..1
* value[x] only boolean
