// The fulfilment of one leg of a referral, owned by the destination. Allowed pairs of status and businessStatus
// and who may move them are the service's state table, not this profile.

Invariant: hn-cum-1
Description: "Una tarea rechazada, anulada, en espera o fallida dice por qué, en palabras. / A rejected, cancelled, paused or failed task says why, in words."
Severity: #error
Expression: "(status in ('rejected' | 'cancelled' | 'on-hold' | 'failed')).not() or statusReason.text.exists()"

Invariant: hn-cum-2
Description: "Una tarea cumplida lleva la respuesta. / A completed task carries the answer."
Severity: #error
Expression: "status != 'completed' or output.where(type.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/task-io' and code = 'respuesta').exists()).exists()"

Invariant: hn-cum-3
Description: "Una tarea abierta tiene plazo (restriction.period.end). / An open task has a due time."
Severity: #error
Expression: "(status in ('requested' | 'received' | 'accepted' | 'in-progress' | 'on-hold')).not() or restriction.period.end.exists()"

Invariant: hn-cum-4
Description: "«Oportuna» y «justificada» llevan la hora en que se evaluaron. / The judgements carry their time."
Severity: #error
Expression: "extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/oportuna' or url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/justificada').empty() or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/judged-at').exists()"

Profile: Cumplimiento
Parent: Task
Id: cumplimiento
Title: "Cumplimiento de una referencia / Fulfilment of a referral"
Description: "Tramo de una referencia en un destino: estado, plazo, evaluación y respuesta."
* insert Shared
* obeys hn-cum-1 and hn-cum-2 and hn-cum-3 and hn-cum-4
* extension contains
    Oportuna named oportuna 0..1 MS and
    Justificada named justificada 0..1 MS and
    JudgedAt named judgedAt 0..1 MS and
    ContactAttempt named contactAttempt 0..* MS and
    DeathRecorded named deathRecorded 0..1 MS and
    LegClock named clock 0..1 MS and
    AppointmentStart named appointmentStart 0..1 MS and
    QueueMove named queueMove 0..* MS and
    Waiting named waiting 0..1 MS and
    Unavailable named unavailable 0..* MS and
    AwaitsOrigin named awaitsOrigin 0..1 MS

* extension[oportuna].value[x] 1..1
* extension[justificada].value[x] 1..1
* extension[judgedAt].value[x] 1..1
* extension[deathRecorded].value[x] 1..1
* extension[appointmentStart].value[x] 1..1
* extension[awaitsOrigin].value[x] 1..1
* groupIdentifier 1..1 MS
* groupIdentifier ^short = "Número de la referencia"
* partOf MS
* status MS
* statusReason MS
* statusReason from StatusReasonVS (extensible)
* businessStatus 1..1 MS
* businessStatus from ReferralStatusVS (required)
* intent = #order (exactly)
* intent MS
* priority 1..1 MS
* code 1..1 MS
* code = $task-code-hl7#fulfill
* focus 1..1 MS
* focus only Reference(ServiceRequest)
* for 1..1 MS
* for only Reference(Patient)
* encounter MS
* executionPeriod MS
* authoredOn 1..1 MS
* lastModified 1..1 MS
* requester 1..1 MS
* performerType MS
* owner 1..1 MS
* owner only Reference(Organization)
* owner ^short = "Establecimiento de destino"
* note MS
* relevantHistory MS
* restriction MS
* restriction.period MS
* restriction.period ^short = "Plazo del estado actual"
* input MS
* input ^slicing.discriminator.type = #pattern
* input ^slicing.discriminator.path = "type"
* input ^slicing.rules = #open
* input contains requestedItem 0..* MS and previousTask 0..1 MS
* input[requestedItem].type = TaskIoCS#requested-item
* input[previousTask].type = TaskIoCS#previous-task
* input[previousTask].value[x] only Reference(Task)
* output MS
* output ^slicing.discriminator.type = #pattern
* output ^slicing.discriminator.path = "type"
* output ^slicing.rules = #open
* output contains respuesta 0..1 MS and interim 0..* MS and appointment 0..* MS and redirectedTo 0..1 MS and onwardReferral 0..1 MS
* output[respuesta].type = TaskIoCS#respuesta
* output[respuesta].value[x] only Reference(Bundle or Composition or DocumentReference)
* output[interim].type = TaskIoCS#interim
* output[interim].value[x] only Reference(Bundle or Composition or DocumentReference)
* output[appointment].type = TaskIoCS#appointment
* output[appointment].value[x] only Reference(Appointment)
* output[redirectedTo].type = TaskIoCS#redirected-to
* output[redirectedTo].value[x] only Reference(Task)
* output[onwardReferral].type = TaskIoCS#onward-referral
* output[onwardReferral].value[x] only Reference(ServiceRequest)
