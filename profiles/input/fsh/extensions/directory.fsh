// What the directory says about a service before somebody refers to it (LN23:2019, 7.2.14).

Extension: Capacity
Id: capacity
Title: "Capacidad / Capacity"
Description: "Si el servicio puede recibir ahora, según él mismo; la espera medida se muestra al lado."
Context: HealthcareService
* insert Shared
* extension contains
    status 1..1 and
    note 0..1 and
    date 1..1
* extension[status] ^short = "Capacidad declarada"
* extension[status].value[x] 1..1
* extension[status].value[x] only code
* extension[status].value[x] from CapacityStatusVS (required)
* extension[note] ^short = "Explicación"
* extension[note].value[x] 1..1
* extension[note].value[x] only string
* extension[date] ^short = "Desde cuándo"
* extension[date].value[x] 1..1
* extension[date].value[x] only dateTime

Extension: Requirement
Id: requirement
Title: "Requisito / Requirement"
Description: "Dato que el servicio pide con toda referencia, además de los de su especialidad."
Context: HealthcareService
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from InformationItemVS (extensible)

Extension: RequirementForm
Id: requirement-form
Title: "Formulario requerido / Required form"
Description: "Cuestionario que el servicio pide llenar antes de referir."
Context: HealthcareService
* insert Shared
* value[x] 1..1
* value[x] only canonical

Extension: RoutingReason
Id: routing-reason
Title: "Por qué directo / Why directly"
Description: "Por qué se eligió este destino sin la consulta previa que pide la red (LN23:2019, 8.1.7)."
Context: ServiceRequest
* insert Shared
* value[x] 1..1
* value[x] only string
