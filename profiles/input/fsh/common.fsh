// Names used by all files, and what every definition of the guide repeats.

Alias: $loinc = http://loinc.org
Alias: $observation-category = http://terminology.hl7.org/CodeSystem/observation-category
Alias: $absent-unknown = http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips
Alias: $task-code-hl7 = http://hl7.org/fhir/CodeSystem/task-code
Alias: $dar = http://hl7.org/fhir/StructureDefinition/data-absent-reason
Alias: $fathers-family = http://hl7.org/fhir/StructureDefinition/humanname-fathers-family
Alias: $mothers-family = http://hl7.org/fhir/StructureDefinition/humanname-mothers-family
Alias: $interpreter-required = http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired
Alias: $sid-dni = https://referencia.salud.gob.hn/fhir/sid/dni
Alias: $sid-expediente = https://referencia.salud.gob.hn/fhir/sid/expediente
Alias: $sid-pasaporte = https://referencia.salud.gob.hn/fhir/sid/pasaporte
Alias: $sid-temporal = https://referencia.salud.gob.hn/fhir/sid/temporal
Alias: $sid-rups = https://referencia.salud.gob.hn/fhir/sid/rups
Alias: $sid-referencia = https://referencia.salud.gob.hn/fhir/sid/referencia
Alias: $sid-placer = https://referencia.salud.gob.hn/fhir/sid/placer
Alias: $sid-seguimiento = https://referencia.salud.gob.hn/fhir/sid/seguimiento

RuleSet: Shared
* ^language = #es
* ^experimental = false
* ^publisher = "Sistema Nacional de Referencia y Respuesta de Honduras"
* ^jurisdiction = urn:iso:std:iso:3166#HN

RuleSet: Codes
* insert Shared
* ^caseSensitive = true
* ^content = #complete

// The English name of a code; the display itself is Spanish.
RuleSet: English(text)
* ^designation[0].language = #en
* ^designation[0].value = "{text}"

Invariant: hn-cod-1
Description: "Lleva un código o un texto. / It carries a code or a text."
Severity: #error
Expression: "coding.exists() or text.exists()"

// Identifier slices by system: told apart by `system`, open to other systems.
RuleSet: SliceBySystem
* identifier MS
* identifier ^slicing.discriminator.type = #value
* identifier ^slicing.discriminator.path = "system"
* identifier ^slicing.rules = #open

RuleSet: SystemSlice(name, system)
* identifier[{name}] MS
* identifier[{name}].system 1..1
* identifier[{name}].system = {system}
* identifier[{name}].value 1..1
