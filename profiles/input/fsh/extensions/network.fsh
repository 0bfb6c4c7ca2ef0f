// What HC-10 and the facility directory say about a facility beyond core Organization.

Extension: FacilityLevel
Id: facility-level
Title: "Nivel de atención / Level of care"
Description: "Nivel de atención, 1 o 2 (LN23:2019, anexo 1)."
Context: Organization
* insert Shared
* value[x] 1..1
* value[x] only positiveInt

Extension: Gestor
Id: gestor
Title: "Gestor / Managing arrangement"
Description: "Gestión centralizada o descentralizada."
Context: Organization
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from GestorVS (required)

Extension: Institution
Id: institution
Title: "Institución / Institution"
Description: "SESAL, IHSS, militar, privado, ONG u otra."
Context: Organization
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from InstitutionVS (required)

Extension: SmsAbroad
Id: sms-abroad
Title: "Mensajes al extranjero / Messages abroad"
Description: "El establecimiento permite que los mensajes de texto de sus referencias lleguen a números de otros países."
Context: Organization
* insert Shared
* value[x] 1..1
* value[x] only boolean
