// The stored form of an answer: a FHIR document that begins with the Composition `respuesta`.

Invariant: hn-doc-1
Description: "El documento empieza con la respuesta: una Composition de tipo LOINC 11488-4. / The document begins with the answer."
Severity: #error
Expression: "entry.first().resource.type.coding.where(system = 'http://loinc.org' and code = '11488-4').exists()"

Profile: RespuestaDocumento
Parent: Bundle
Id: respuesta-documento
Title: "Documento de respuesta / Answer document"
Description: "Bundle de tipo document con la respuesta y lo que ella cita."
* insert Shared
* obeys hn-doc-1
* identifier 1..1 MS
* identifier.system 1..1 MS
* identifier.value 1..1 MS
* type = #document (exactly)
* type MS
* timestamp 1..1 MS
* entry 1..* MS
* entry.fullUrl 1..1 MS
* entry.resource 1..1 MS
* signature MS
