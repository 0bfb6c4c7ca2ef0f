// A visit, at the origin (where the referral is written) or at the destination (then `basedOn` the referral).

Invariant: hn-ate-1
Description: "Una atención terminada dice cuándo terminó. / A finished visit says when it ended."
Severity: #error
Expression: "status != 'finished' or period.end.exists()"

Invariant: hn-ate-2
Description: "Una atención en curso o terminada dice quién atiende. / A visit in progress or finished names who attends."
Severity: #error
Expression: "(status in ('in-progress' | 'finished')).not() or participant.individual.exists()"

Profile: Atencion
Parent: Encounter
Id: atencion
Title: "Atención / Visit"
Description: "Atención de una persona en un establecimiento; la que responde a una referencia la nombra (basedOn)."
* insert Shared
* obeys hn-ate-1 and hn-ate-2
* identifier MS
* status MS
* class MS
* class ^short = "Consulta externa AMB, emergencia EMER, hospitalización IMP, domicilio HH, a distancia VR"
* type MS
* priority MS
* subject 1..1 MS
* subject only Reference(Patient)
* basedOn MS
* basedOn only Reference(ServiceRequest)
* basedOn ^short = "La referencia que la motivó"
* participant MS
* participant.individual MS
* appointment MS
* period 1..1 MS
* period.start 1..1 MS
* period.end MS
* reasonCode MS
* reasonReference MS
* diagnosis MS
* hospitalization MS
* location MS
* serviceProvider 1..1 MS
* serviceProvider only Reference(Organization)
* serviceProvider ^short = "Establecimiento que atiende"
