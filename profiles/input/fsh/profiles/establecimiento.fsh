// A health facility of the directory, keyed by its RUPS code. Networks and regions are plain Organizations above it (partOf).

Invariant: hn-est-1
Description: "El código RUPS tiene solo dígitos. / A RUPS code has digits only."
Severity: #error
Expression: "system != 'https://referencia.salud.gob.hn/fhir/sid/rups' or value.matches('^[0-9]{1,10}$')"

Invariant: hn-est-2
Description: "El nivel de atención es 1 o 2. / The level of care is 1 or 2."
Severity: #error
Expression: "extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/facility-level').value.all($this = 1 or $this = 2)"

Profile: Establecimiento
Parent: Organization
Id: establecimiento
Title: "Establecimiento de salud / Health facility"
Description: "Establecimiento de la red, público o no público, con su código RUPS, tipo, nivel, gestor y red o región."
* insert Shared
* obeys hn-est-2
* extension contains
    FacilityLevel named facilityLevel 0..1 MS and
    Gestor named gestor 0..1 MS and
    Institution named institution 0..1 MS and
    SmsAbroad named smsAbroad 0..1 MS
* extension[facilityLevel].value[x] 1..1
* extension[gestor].value[x] 1..1
* extension[institution].value[x] 1..1
* insert SliceBySystem
* identifier 1..*
* identifier obeys hn-est-1
* identifier contains rups 1..1
* insert SystemSlice(rups, $sid-rups)
* active 1..1 MS
* type 1..* MS
* type from FacilityTypeVS (extensible)
* name 1..1 MS
* telecom MS
* address MS
* address.district MS
* address.state MS
* partOf MS
* partOf ^short = "Red o región sanitaria a la que pertenece"
