// Three things that must never look alike: an allergy; «sin alergias conocidas», which somebody asked and recorded with a code
// of AlergiaNegadaVS; and nothing recorded, which is no resource at all.

Invariant: hn-ale-1
Description: "«Sin alergias conocidas» no lleva reacción ni criticidad: si hay una alergia, escríbala con su sustancia. / No known allergies carries neither reaction nor criticality."
Severity: #error
Expression: "code.coding.where(system = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips').empty() or (reaction.empty() and criticality.empty())"

Profile: Alergia
Parent: AllergyIntolerance
Id: alergia
Title: "Alergia / Allergy"
Description: "Alergia o intolerancia, por código o con palabras; o que se preguntó y no hay ninguna conocida. Sin registro quiere decir que no se ha preguntado."
* insert Shared
* obeys hn-ale-1
* clinicalStatus MS
* verificationStatus MS
* type MS
* category MS
* criticality MS
* code 1..1 MS
* code obeys hn-cod-1
* code ^short = "Sustancia, o «sin alergias conocidas» (lista alergia-negada)"
* patient MS
* encounter MS
* onset[x] MS
* recordedDate 1..1 MS
* recorder MS
* asserter MS
* note MS
* reaction MS
* reaction.substance MS
* reaction.manifestation MS
* reaction.severity MS
