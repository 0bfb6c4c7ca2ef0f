// What the destination asked and the origin must complete; child of the fulfilment task.

Invariant: hn-inf-1
Description: "Una solicitud de información cumplida lleva lo entregado. / A completed information request carries what was provided."
Severity: #error
Expression: "status != 'completed' or output.where(type.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/task-io' and code = 'provided-item').exists()).exists()"

Profile: TareaInformacion
Parent: Task
Id: tarea-informacion
Title: "Solicitud de información / Request for information"
Description: "Datos que el destino pide al origen, con plazo. La pregunta en palabras va en una Communication."
* insert Shared
* obeys hn-inf-1 and hn-cum-3
* partOf 1..* MS
* partOf ^short = "Tarea de cumplimiento que espera"
* status MS
* statusReason MS
* intent = #order (exactly)
* intent MS
* priority MS
* code 1..1 MS
* code = TaskCodeCS#provide-information
* description MS
* focus 1..1 MS
* focus only Reference(ServiceRequest)
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* requester 1..1 MS
* owner 1..1 MS
* owner only Reference(Organization)
* owner ^short = "Establecimiento de origen"
* restriction MS
* restriction.period MS
* input 1..* MS
* input ^slicing.discriminator.type = #pattern
* input ^slicing.discriminator.path = "type"
* input ^slicing.rules = #open
* input contains requestedItem 1..* MS
* input[requestedItem].type = TaskIoCS#requested-item
* input[requestedItem].value[x] only CodeableConcept or string
* output MS
* output ^short = "type: provided-item con, además, el código del dato (information-item) o su texto"
