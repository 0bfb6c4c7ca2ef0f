// The origin carries out the plan of the answer; closing it closes the referral.

Invariant: hn-seg-1
Description: "Un seguimiento cumplido lleva su desenlace. / A completed follow-up carries its outcome."
Severity: #error
Expression: "status != 'completed' or output.where(type.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/task-io' and code = 'outcome').exists()).exists()"

Profile: TareaSeguimiento
Parent: Task
Id: tarea-seguimiento
Title: "Seguimiento en el origen / Follow-up at the origin"
Description: "Lo que el origen debe hacer después de la respuesta, con plazo y desenlace."
* insert Shared
* obeys hn-seg-1 and hn-cum-3
* basedOn 1..* MS
* basedOn ^short = "La referencia"
* status MS
* statusReason MS
* intent = #order (exactly)
* intent MS
* priority MS
* code 1..1 MS
* code = TaskCodeCS#follow-up
* description MS
* focus 1..1 MS
* focus only Reference(Composition or Bundle or DocumentReference)
* focus ^short = "La respuesta"
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* owner 1..1 MS
* owner only Reference(Organization)
* owner ^short = "Establecimiento de origen"
* restriction MS
* restriction.period MS
* input MS
* input ^short = "type: plan-item, un punto del plan cada uno"
* output MS
* output ^slicing.discriminator.type = #pattern
* output ^slicing.discriminator.path = "type"
* output ^slicing.rules = #open
* output contains outcome 0..1 MS
* output[outcome].type = TaskIoCS#outcome
* output[outcome].value[x] only CodeableConcept
* output[outcome].value[x] from FollowUpOutcomeVS (required)
