// How the codes of forms and of the guide stand to those of FHIR (ConceptMap/$translate). The rule set StateMap comes from
// src/referral/states.ts (scripts/profiles/table-codes.mjs).

CodeSystem: FormSexCS
Id: form-sex
Title: "Sexo en los formularios / Sex on the forms"
Description: "Casilla de sexo de los formularios de la Secretaría de Salud (HC-10, HC-13, tabla CIE-10)."
* insert Codes
* #H "Hombre"
* #H insert English([[Man]])
* #M "Mujer"
* #M insert English([[Woman]])

ValueSet: FormSexVS
Id: form-sex
Title: "Sexo en los formularios / Sex on the forms"
Description: "Casilla de sexo de los formularios."
* insert Shared
* include codes from system FormSexCS

RuleSet: Map(id, name, title)
* id = "{id}"
* url = "https://referencia.salud.gob.hn/fhir/ConceptMap/{id}"
* version = "0.1.0"
* name = "{name}"
* title = "{title}"
* status = #draft
* experimental = false
* language = #es
* publisher = "Sistema Nacional de Referencia y Respuesta de Honduras"
* jurisdiction = urn:iso:std:iso:3166#HN

Instance: form-sex-gender
InstanceOf: ConceptMap
Usage: #definition
* insert Map(form-sex-gender, FormSexGender, [[Sexo del formulario a Patient.gender / Sex of the form to Patient.gender]])
* description = "H y M de los formularios como sexo administrativo de FHIR."
* sourceCanonical = "https://referencia.salud.gob.hn/fhir/ValueSet/form-sex"
* targetCanonical = "http://hl7.org/fhir/ValueSet/administrative-gender"
* group.source = "https://referencia.salud.gob.hn/fhir/CodeSystem/form-sex"
* group.target = "http://hl7.org/fhir/administrative-gender"
* group.element[0].code = #H
* group.element[0].target.code = #male
* group.element[0].target.equivalence = #equivalent
* group.element[1].code = #M
* group.element[1].target.code = #female
* group.element[1].target.equivalence = #equivalent

Instance: care-requested-priority
InstanceOf: ConceptMap
Usage: #definition
* insert Map(care-requested-priority, CareRequestedPriority, [[Atención que amerita a prioridad / Care requested to priority]])
* description = "Casilla «amerita atención en» de la HC-10 como ServiceRequest.priority, cuando el formulario en papel no dice más: emergencia es inmediata, hospitalización y consulta externa esperan según el triaje."
* sourceCanonical = "https://referencia.salud.gob.hn/fhir/ValueSet/care-requested"
* targetCanonical = "http://hl7.org/fhir/ValueSet/request-priority"
* group.source = "https://referencia.salud.gob.hn/fhir/CodeSystem/care-requested"
* group.target = "http://hl7.org/fhir/request-priority"
* group.element[0].code = #emergencia
* group.element[0].target.code = #stat
* group.element[0].target.equivalence = #wider
* group.element[1].code = #hospitalizacion
* group.element[1].target.code = #urgent
* group.element[1].target.equivalence = #inexact
* group.element[1].target.comment = "El triaje del destino decide. / Triage at the destination decides."
* group.element[2].code = #consulta-externa
* group.element[2].target.code = #routine
* group.element[2].target.equivalence = #inexact
* group.element[2].target.comment = "El triaje del destino decide. / Triage at the destination decides."
* group.element[3].code = #otros
* group.element[3].target.equivalence = #unmatched

Instance: referral-status-task
InstanceOf: ConceptMap
Usage: #definition
* insert Map(referral-status-task, ReferralStatusTask, [[Estado de la referencia a Task.status / State of the referral to Task.status]])
* description = "Estado fino (Task.businessStatus) y el Task.status que va con él; el primero es el usual."
* sourceCanonical = "https://referencia.salud.gob.hn/fhir/ValueSet/referral-status"
* targetCanonical = "http://hl7.org/fhir/ValueSet/task-status"
* group.source = "https://referencia.salud.gob.hn/fhir/CodeSystem/referral-status"
* group.target = "http://hl7.org/fhir/task-status"
* insert StateMap

ValueSet: Cie10VS
Id: cie10
Title: "Diagnósticos CIE-10 / ICD-10 diagnoses"
Description: "Todos los códigos de la tabla CIE-10 de la Secretaría de Salud, como se importó (`cie10 import`)."
* insert Shared
* include codes from system http://hl7.org/fhir/sid/icd-10
