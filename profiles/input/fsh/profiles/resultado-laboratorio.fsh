// A laboratory result, of the facility's own laboratory or copied from a report that the patient brought.

Invariant: hn-lab-1
Description: "Una medida lleva su unidad en UCUM. / A measured result carries its unit in UCUM."
Severity: #error
Expression: "value.ofType(Quantity).all(system = 'http://unitsofmeasure.org' and code.exists())"

Profile: ResultadoLaboratorio
Parent: Observacion
Id: resultado-laboratorio
Title: "Resultado de laboratorio / Laboratory result"
Description: "Resultado de un examen de laboratorio: examen en LOINC, valor con unidad UCUM o palabras, rango de referencia, cuándo se emitió."
* insert Shared
* obeys hn-lab-1
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains laboratory 1..1
* category[laboratory] = $observation-category#laboratory
* code from LaboratorioVS (extensible)
* specimen MS
* method MS
