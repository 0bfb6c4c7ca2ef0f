// The vital signs of form HC-10 (LN23:2019, annex 2), with the codes of the R4 profile `vitalsigns` and one UCUM unit for each:
// what two facilities measured must be comparable without converting.

Invariant: hn-sig-1
Description: "La presión arterial lleva la sistólica y la diastólica. / A blood pressure carries its systolic and diastolic parts."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code = '85354-9').empty() or dataAbsentReason.exists() or (component.where(code.coding.where(code = '8480-6').exists()).exists() and component.where(code.coding.where(code = '8462-4').exists()).exists())"

Invariant: hn-sig-2
Description: "La presión va en mmHg (UCUM mm[Hg]). / A pressure is in mmHg."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code in ('8480-6' | '8462-4' | '8478-0')).empty() or value.empty() or (value.system = 'http://unitsofmeasure.org' and value.code = 'mm[Hg]')"

Invariant: hn-sig-3
Description: "El peso va en kilogramos o gramos (UCUM kg, g). / A weight is in kilograms or grams."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code = '29463-7').empty() or value.empty() or (value.system = 'http://unitsofmeasure.org' and value.code in ('kg' | 'g'))"

Invariant: hn-sig-4
Description: "La talla y el perímetro cefálico van en centímetros (UCUM cm). / A height or head circumference is in centimetres."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code in ('8302-2' | '8306-3' | '9843-4')).empty() or value.empty() or (value.system = 'http://unitsofmeasure.org' and value.code = 'cm')"

Invariant: hn-sig-5
Description: "La temperatura va en grados Celsius (UCUM Cel). / A temperature is in degrees Celsius."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code = '8310-5').empty() or value.empty() or (value.system = 'http://unitsofmeasure.org' and value.code = 'Cel')"

Invariant: hn-sig-6
Description: "El pulso y la respiración van por minuto (UCUM /min). / Pulse and breaths are per minute."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code in ('8867-4' | '9279-1')).empty() or value.empty() or (value.system = 'http://unitsofmeasure.org' and value.code = '/min')"

Invariant: hn-sig-7
Description: "La saturación de oxígeno va en por ciento (UCUM %). / Oxygen saturation is in per cent."
Severity: #error
Expression: "code.coding.where(system = 'http://loinc.org' and code in ('2708-6' | '59408-5')).empty() or value.empty() or (value.system = 'http://unitsofmeasure.org' and value.code = '%')"

Profile: SignoVital
Parent: Observacion
Id: signo-vital
Title: "Signo vital / Vital sign"
Description: "Signo vital del formulario HC-10 en LOINC y UCUM: presión, pulso, respiración, temperatura, saturación, peso, talla."
* insert Shared
* obeys hn-sig-1 and hn-sig-3 and hn-sig-4 and hn-sig-5 and hn-sig-6 and hn-sig-7
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category contains vitalSigns 1..1
* category[vitalSigns] = $observation-category#vital-signs
* code from SignoVitalVS (extensible)
* component obeys hn-sig-2
* component.code MS
* component.value[x] MS
