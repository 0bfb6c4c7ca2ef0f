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
