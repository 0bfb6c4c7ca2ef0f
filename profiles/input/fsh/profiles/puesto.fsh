// A person in a post of a facility: who signs, receives, schedules, attends. The role of the workflow decides what the post may do.

Invariant: hn-pue-1
Description: "El puesto dice al menos una función del flujo (workflow-role). / A post names at least one role of the workflow."
Severity: #error
Expression: "code.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/workflow-role').exists()"

Profile: Puesto
Parent: PractitionerRole
Id: puesto
Title: "Puesto / Post"
Description: "Asignación de una persona a un establecimiento, con su función en el flujo y desde cuándo hasta cuándo."
* insert Shared
* obeys hn-pue-1
* identifier MS
* active 1..1 MS
* period MS
* period ^short = "Desde cuándo y hasta cuándo"
* practitioner 1..1 MS
* organization 1..1 MS
* organization only Reference(Organization)
* organization ^short = "Establecimiento, red o región"
* code 1..* MS
* code from WorkflowRoleVS (extensible)
* specialty MS
* specialty from SpecialtyVS (extensible)
* location MS
* healthcareService MS
* telecom MS
