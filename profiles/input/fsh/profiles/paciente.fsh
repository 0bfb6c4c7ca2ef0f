// Lenient on purpose (people without documents, newborns, unknown people): nothing is required that they lack.
// The two surnames stand in `name.family`, each also in the core extensions fathers-family and mothers-family.

Invariant: hn-pac-1
Description: "El nombre dice algo, o dice por qué falta (data-absent-reason). / A name says something or why it is absent."
Severity: #error
Expression: "text.exists() or family.exists() or given.exists() or extension.where(url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason').exists()"

Invariant: hn-pac-2
Description: "Hay nombre, salvo en personas desconocidas. / A name, unless the person is unknown."
Severity: #error
Expression: "name.exists() or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/identity-kind' and value = 'desconocido').exists()"

Invariant: hn-pac-3
Description: "Hay fecha de nacimiento, el motivo de que falte, o una edad estimada. / Birth date, why it is absent, or an estimated age."
Severity: #error
Expression: "birthDate.exists() or extension.where(url = 'https://referencia.salud.gob.hn/fhir/StructureDefinition/estimated-age').exists()"

Invariant: hn-pac-4
Description: "El DNI tiene 13 dígitos, sin guiones. / A DNI has 13 digits, no hyphens."
Severity: #error
Expression: "system != 'https://referencia.salud.gob.hn/fhir/sid/dni' or value.matches('^[0-9]{13}$')"

Invariant: hn-pac-5
Description: "El número de expediente es de un establecimiento: diga cuál (assigner). / A file number belongs to a facility: say which."
Severity: #error
Expression: "system != 'https://referencia.salud.gob.hn/fhir/sid/expediente' or assigner.exists()"

Profile: Paciente
Parent: Patient
Id: paciente
Title: "Paciente / Patient"
Description: "Persona atendida, con o sin documentos. El DNI no tiene dígito verificador y no dice la fecha de nacimiento: no se deduce nada de él."
* insert Shared
* obeys hn-pac-2 and hn-pac-3
* extension contains
    IdentityKind named identityKind 0..1 MS and
    Mother named mother 0..1 MS and
    TwinOrder named twinOrder 0..1 MS and
    EstimatedAge named estimatedAge 0..1 MS and
    Pueblo named pueblo 0..1 MS and
    Disability named disability 0..* MS and
    MigrantStatus named migrantStatus 0..1 MS and
    Literacy named literacy 0..1 MS and
    HardToReach named hardToReach 0..1 MS and
    DoNotContact named doNotContact 0..1 MS and
    $interpreter-required named interpreterRequired 0..1 MS
* extension[identityKind].value[x] 1..1
* extension[mother].value[x] 1..1
* extension[twinOrder].value[x] 1..1
* extension[pueblo].value[x] 1..1
* extension[disability].value[x] 1..1
* extension[migrantStatus].value[x] 1..1
* extension[literacy].value[x] 1..1
* extension[hardToReach].value[x] 1..1
* insert SliceBySystem
* identifier obeys hn-pac-4 and hn-pac-5
* identifier contains dni 0..1 and expediente 0..* and pasaporte 0..* and temporal 0..1
* insert SystemSlice(dni, $sid-dni)
* insert SystemSlice(expediente, $sid-expediente)
* identifier[expediente].assigner 1..1
* insert SystemSlice(pasaporte, $sid-pasaporte)
* insert SystemSlice(temporal, $sid-temporal)
* active MS
* name MS
* name obeys hn-pac-1
* name.text MS
* name.family MS
* name.family ^short = "Los dos apellidos; cada uno también en fathers-family y mothers-family"
* name.family.extension contains
    $fathers-family named primerApellido 0..1 MS and
    $mothers-family named segundoApellido 0..1 MS
* name.given MS
* telecom MS
* telecom.rank MS
* gender MS
* birthDate MS
* deceased[x] MS
* address MS
* address.line MS
* address.city MS
* address.district MS
* address.district ^short = "Municipio"
* address.state MS
* address.state ^short = "Departamento"
* contact MS
* contact.extension contains ContactForMessages named forMessages 0..1 MS
* communication MS
* generalPractitioner MS
* managingOrganization MS
* link MS
