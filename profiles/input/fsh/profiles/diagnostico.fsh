// A diagnosis or problem, as form HC-10 asks for it («impresión diagnóstica»): CIE-10 when the clinician coded it, else the words.

Invariant: hn-dia-1
Description: "Un código CIE-10 es una letra, dos cifras y, tras un punto, hasta dos más: E11.9. / An ICD-10 code is a letter, two digits and, after a dot, up to two more."
Severity: #error
Expression: "coding.where(system = 'http://hl7.org/fhir/sid/icd-10').all(code.matches('^[A-Z][0-9]{2}([.][0-9X]{1,2})?$'))"

Invariant: hn-dia-2
Description: "Un problema de la lista dice si está activo. / A problem of the list says whether it is active."
Severity: #error
Expression: "clinicalStatus.exists() or verificationStatus.coding.where(code = 'entered-in-error').exists() or category.coding.where(code = 'problem-list-item').empty()"

Profile: Diagnostico
Parent: Condition
Id: diagnostico
Title: "Diagnóstico / Diagnosis"
Description: "Diagnóstico de una atención o problema del expediente, en CIE-10 o con palabras, con su certeza, su fecha y quién lo anotó."
* insert Shared
* obeys hn-dia-2
* clinicalStatus MS
* verificationStatus 1..1 MS
* verificationStatus ^short = "Confirmado, provisional (impresión diagnóstica), descartado..."
* category 1..* MS
* category ^short = "Diagnóstico de la atención (encounter-diagnosis) o problema de la lista (problem-list-item)"
* severity MS
* code 1..1 MS
* code obeys hn-cod-1 and hn-dia-1
* code ^short = "CIE-10 (http://hl7.org/fhir/sid/icd-10) o texto"
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* onset[x] MS
* abatement[x] MS
* recordedDate 1..1 MS
* recorder 1..1 MS
* recorder ^short = "Quién lo anotó: el puesto"
* asserter MS
* note MS
