// Findings of form HC-10: measurements, results and the exam by region. Vital signs and laboratory results have profiles of their own.

Invariant: hn-obs-1
Description: "Una observación dice su valor, sus partes o por qué falta. / An observation says its value, its parts or why it is absent."
Severity: #error
Expression: "(status in ('registered' | 'cancelled' | 'entered-in-error')) or value.exists() or dataAbsentReason.exists() or component.exists() or hasMember.exists()"

Profile: Observacion
Parent: Observation
Id: observacion
Title: "Observación / Observation"
Description: "Hallazgo de una persona: de qué, cuándo, quién lo halló y con qué valor."
* insert Shared
* obeys hn-obs-1
* basedOn MS
* status MS
* category 1..* MS
* code MS
* code obeys hn-cod-1
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* issued MS
* performer 1..* MS
* value[x] MS
* dataAbsentReason MS
* interpretation MS
* note MS
* referenceRange MS
* hasMember MS
* component MS
