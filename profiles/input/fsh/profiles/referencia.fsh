// The clinical order of form HC-10, owned by the origin. A draft, and one that was entered in error,
// may lack what the rules hn-ref-1..6 ask of a sent one.

Invariant: hn-ref-1
Description: "Una referencia enviada tiene número. / A sent referral has a number."
Severity: #error
Expression: "status = 'draft' or status = 'entered-in-error' or identifier.where(system = 'https://referencia.salud.gob.hn/fhir/sid/referencia').exists()"

Invariant: hn-ref-2
Description: "Una referencia enviada tiene fecha y hora de escritura. / A sent referral says when it was written."
Severity: #error
Expression: "status = 'draft' or status = 'entered-in-error' or authoredOn.exists()"

Invariant: hn-ref-3
Description: "Una referencia enviada dice a qué establecimiento o servicio va. / A sent referral names the facility or service it goes to."
Severity: #error
Expression: "status = 'draft' or status = 'entered-in-error' or performer.exists()"

Invariant: hn-ref-4
Description: "Una referencia enviada dice su motivo: diagnóstico, tratamiento, seguimiento o rehabilitación. / A sent referral states its purpose."
Severity: #error
Expression: "status = 'draft' or status = 'entered-in-error' or reasonCode.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/referral-purpose').exists()"

Invariant: hn-ref-5
Description: "Una referencia enviada lleva la impresión diagnóstica o la descripción del motivo. / A sent referral carries a diagnosis or a description of the reason."
Severity: #error
Expression: "status = 'draft' or status = 'entered-in-error' or reasonReference.exists() or reasonCode.text.exists()"

Invariant: hn-ref-6
Description: "Una referencia enviada lleva la pregunta clínica; una emergencia no espera por ella. / A sent referral carries the clinical question; an emergency does not wait for it."
Severity: #error
Expression: "status = 'draft' or status = 'entered-in-error' or priority = 'stat' or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/clinical-question').exists()"

Invariant: hn-ref-7
Description: "Una prioridad que no es ordinaria se justifica. / A priority other than routine is justified."
Severity: #error
Expression: "priority.empty() or priority = 'routine' or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/urgency-justification').exists()"

Invariant: hn-ref-11
Description: "Una interconsulta es una propuesta y una referencia una orden: quien tiene al paciente se sabe por ello. / Advice is a proposal, a referral an order."
Severity: #error
Expression: "category.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/referral-category' and code = 'interconsulta').exists() implies intent = 'proposal'"

Invariant: hn-ref-8
Description: "Una referencia anulada o egresada dice por qué. / A revoked referral says why."
Severity: #error
Expression: "status != 'revoked' or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/status-reason').exists()"

Invariant: hn-ref-9
Description: "Es referencia o interconsulta. / It is a referral or a request for advice."
Severity: #error
Expression: "category.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/referral-category' and (code = 'referencia' or code = 'interconsulta')).exists()"

Invariant: hn-ref-10
Description: "Solo una interconsulta es propuesta, y solo ella puede autorizar su conversión. / Only a request for advice is a proposal."
Severity: #error
Expression: "intent != 'proposal' or category.coding.where(system = 'https://referencia.salud.gob.hn/fhir/CodeSystem/referral-category' and code = 'interconsulta').exists()"

Profile: Referencia
Parent: ServiceRequest
Id: referencia
Title: "Referencia / Referral"
Description: "Referencia del formulario HC-10 (LN23:2019, anexo 2), o interconsulta. Las reglas para enviarla no se aplican al borrador ni a lo registrado por error."
* insert Shared
* obeys hn-ref-1 and hn-ref-2 and hn-ref-3 and hn-ref-4 and hn-ref-5 and hn-ref-6 and hn-ref-7 and hn-ref-8 and hn-ref-9 and hn-ref-10 and hn-ref-11
* extension contains
    ClinicalQuestion named clinicalQuestion 0..1 MS and
    UrgencyJustification named urgencyJustification 0..1 MS and
    CareRequested named careRequested 0..1 MS and
    PriorContact named priorContact 0..1 MS and
    Risk named risk 0..1 MS and
    Companion named companion 0..* MS and
    Transport named transport 0..1 MS and
    Handover named handover 0..1 MS and
    AuthorCategory named authorCategory 0..1 MS and
    FormPrint named formPrint 0..1 MS and
    DoNotContact named doNotContact 0..1 MS and
    ConversionAuthorised named conversionAuthorised 0..1 MS and
    Reopening named reopening 0..1 MS and
    AfterTheFact named afterTheFact 0..1 MS and
    StatusReason named statusReason 0..1 MS
* extension[clinicalQuestion].value[x] 1..1
* extension[urgencyJustification].value[x] 1..1
* extension[careRequested].value[x] 1..1
* extension[risk].value[x] 1..1
* extension[transport].value[x] 1..1
* extension[authorCategory].value[x] 1..1
* extension[formPrint].value[x] 1..1
* extension[doNotContact].value[x] 1..1
* extension[conversionAuthorised].value[x] 1..1
* extension[statusReason].value[x] 1..1
* insert SliceBySystem
* identifier contains referencia 0..1 and placer 0..1 and seguimiento 0..1
* insert SystemSlice(referencia, $sid-referencia)
* insert SystemSlice(placer, $sid-placer)
* insert SystemSlice(seguimiento, $sid-seguimiento)
* basedOn MS
* basedOn ^short = "Referencia de cuya respuesta sale esta"
* replaces MS
* replaces ^short = "Referencia terminada que esta reabre"
* status MS
* intent MS
* intent ^short = "order; proposal en una interconsulta: el paciente queda con el origen"
* category 1..* MS
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains referencia 0..1 and interconsulta 0..1
* category[referencia] = ReferralCategoryCS#referencia
* category[interconsulta] = ReferralCategoryCS#interconsulta
* category[interconsulta] ^short = "Solo opinión (LN23:2019, sección 5): no transfiere la responsabilidad"
* priority 1..1 MS
* code MS
* subject MS
* subject only Reference(Patient)
* encounter MS
* occurrence[x] MS
* authoredOn MS
* requester 1..1 MS
* performerType MS
* performerType from SpecialtyVS (extensible)
* performer 0..1 MS
* performer only Reference(Organization or HealthcareService)
* locationReference MS
* reasonCode MS
* reasonCode ^short = "Motivo del envío (referral-purpose) y su descripción en text"
* reasonReference MS
* reasonReference ^short = "Impresión diagnóstica (Condition)"
* supportingInfo MS
* note MS
* patientInstruction MS
* relevantHistory MS
