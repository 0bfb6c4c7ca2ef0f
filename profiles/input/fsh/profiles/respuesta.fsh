// The answer (respuesta) of the destination, a signed document: it must answer, name the diagnosis and the medicines
// (or say there are none), give the origin a plan and the patient a message.

Invariant: hn-res-1
Description: "Solo una recomendación sin visita puede no tener encuentro. / Only advice without a visit may lack an encounter."
Severity: #error
Expression: "encounter.exists() or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/disposition').value.coding.where(code = 'advice').exists()"

Profile: Respuesta
Parent: Composition
Id: respuesta
Title: "Respuesta / Answer"
Description: "Documento con que el destino responde una referencia (LN23:2019, sección 5)."
* insert Shared
* obeys hn-res-1
* extension contains
    Disposition named disposition 1..1 MS and
    Responsible named responsible 0..1 MS and
    CareRequested named careRequested 0..1 and
    PriorContact named priorContact 0..1 and
    Risk named risk 0..1 and
    Companion named companion 0..* and
    AuthorCategory named authorCategory 0..1 and
    FormPrint named formPrint 0..1
* extension[disposition].value[x] 1..1
* extension[responsible].value[x] 1..1
* extension[responsible] ^short = "Quién sigue a cargo del paciente, en una recomendación"
* extension[careRequested].value[x] 1..1
* extension[risk].value[x] 1..1
* extension[authorCategory].value[x] 1..1
* extension[formPrint].value[x] 1..1
* identifier 1..1 MS
* status MS
* type MS
* type = $loinc#11488-4
* category MS
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* date MS
* author MS
* title MS
* confidentiality MS
* attester 1..* MS
* attester.mode MS
* attester.party 1..1 MS
* custodian 1..1 MS
* custodian ^short = "Establecimiento que responde"
* relatesTo MS
* event 1..1 MS
* event.code from ReferralPurposeVS (extensible)
* event.code ^short = "Para qué se devuelve: los motivos de la HC-10"
* event.detail 1..* MS
* event.detail only Reference(ServiceRequest)
* event.detail ^short = "La referencia que se responde"
* section 1..* MS
* section ^slicing.discriminator.type = #pattern
* section ^slicing.discriminator.path = "code"
* section ^slicing.rules = #open
* section.title 1..1 MS
* section.code 1..1 MS
* section contains
    summary 1..1 MS and
    diagnosis 1..1 MS and
    findings 0..1 MS and
    treatment 0..1 MS and
    medications 1..1 MS and
    allergies 0..1 MS and
    plan 1..1 MS and
    nextVisit 0..1 MS and
    warningSigns 0..1 MS and
    patientMessage 1..1 MS and
    attachments 0..* MS
* section[summary] ^short = "Resumen y respuesta a la pregunta"
* section[summary].code = RespuestaSectionCS#summary
* section[diagnosis] ^short = "Diagnóstico"
* section[diagnosis].code = RespuestaSectionCS#diagnosis
* section[findings] ^short = "Hallazgos y exámenes"
* section[findings].code = RespuestaSectionCS#findings
* section[treatment] ^short = "Tratamiento dado"
* section[treatment].code = RespuestaSectionCS#treatment
* section[medications] ^short = "Medicamentos"
* section[medications].code = RespuestaSectionCS#medications
* section[allergies] ^short = "Alergias"
* section[allergies].code = RespuestaSectionCS#allergies
* section[plan] ^short = "Plan para el establecimiento de origen"
* section[plan].code = RespuestaSectionCS#plan
* section[nextVisit] ^short = "Próxima cita en este establecimiento"
* section[nextVisit].code = RespuestaSectionCS#next-visit
* section[warningSigns] ^short = "Señales de alarma"
* section[warningSigns].code = RespuestaSectionCS#warning-signs
* section[patientMessage] ^short = "Mensaje para el paciente"
* section[patientMessage].code = RespuestaSectionCS#patient-message
* section[attachments] ^short = "Adjuntos"
* section[attachments].code = RespuestaSectionCS#attachments
