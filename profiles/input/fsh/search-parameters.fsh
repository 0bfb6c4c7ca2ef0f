// Search parameters of the guide: what R4 has no parameter for and people of the service look for.

RuleSet: Search(code, base, type)
* name = "{code}"
* status = #active
* experimental = false
* publisher = "Sistema Nacional de Referencia y Respuesta de Honduras"
* jurisdiction = urn:iso:std:iso:3166#HN
* code = #{code}
* base[0] = #{base}
* type = #{type}

RuleSet: ExtensionSearch(code, base, type, as)
* insert Search({code}, {base}, {type})
* url = "https://referencia.salud.gob.hn/fhir/SearchParameter/{base}-{code}"
* expression = "{base}.extension.where(url='https://referencia.salud.gob.hn/fhir/StructureDefinition/{code}').value.as({as})"

Instance: Patient-pueblo
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(pueblo, Patient, token, CodeableConcept)
* description = "Pueblo indígena o afrohondureño por autoidentificación. / Indigenous or Afro-Honduran people."

Instance: Patient-disability
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(disability, Patient, token, CodeableConcept)
* description = "Discapacidad declarada. / Declared disability."

Instance: Patient-migrant-status
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(migrant-status, Patient, token, code)
* description = "Persona migrante, retornada, desplazada o refugiada. / Migrant, returned, displaced or refugee."

Instance: Patient-literacy
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(literacy, Patient, token, code)
* description = "Si la persona puede leer lo que se le entrega. / Whether the person can read what is handed out."

Instance: Patient-hard-to-reach
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(hard-to-reach, Patient, token, boolean)
* description = "Vive en un lugar de difícil acceso. / Lives in a hard-to-reach place."

Instance: Patient-twin-order
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(twin-order, Patient, number, positiveInt)
* description = "Orden de nacimiento en un parto múltiple. / Order of birth in a multiple birth."

Instance: Patient-interpreter-required
InstanceOf: SearchParameter
Usage: #definition
* insert Search(interpreter-required, Patient, token)
* url = "https://referencia.salud.gob.hn/fhir/SearchParameter/Patient-interpreter-required"
* expression = "Patient.extension.where(url='http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired').value.as(boolean)"
* description = "Necesita intérprete. / Needs an interpreter."

Instance: Patient-estimated-age
InstanceOf: SearchParameter
Usage: #definition
* insert Search(estimated-age, Patient, quantity)
* url = "https://referencia.salud.gob.hn/fhir/SearchParameter/Patient-estimated-age"
* expression = "Patient.extension.where(url='https://referencia.salud.gob.hn/fhir/StructureDefinition/estimated-age').extension.where(url='age').value.as(Age)"
* description = "Edad estimada de quien no tiene fecha de nacimiento. / Estimated age where no birth date is known."

Instance: Task-oportuna
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(oportuna, Task, token, code)
* description = "Si la referencia llegó a tiempo. / Whether the referral was timely."

Instance: Task-justificada
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(justificada, Task, token, code)
* description = "Si la referencia estaba justificada. / Whether the referral was justified."

Instance: ServiceRequest-care-requested
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(care-requested, ServiceRequest, token, CodeableConcept)
* description = "Tipo de atención que amerita. / Kind of care requested."

Instance: ServiceRequest-risk
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(risk, ServiceRequest, token, CodeableConcept)
* description = "Con o sin riesgo. / With or without risk."

Instance: Organization-institution
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(institution, Organization, token, CodeableConcept)
* description = "SESAL, IHSS, militar, privado, ONG u otra. / Institution the facility belongs to."

Instance: Organization-facility-level
InstanceOf: SearchParameter
Usage: #definition
* insert ExtensionSearch(facility-level, Organization, number, positiveInt)
* description = "Nivel de atención, 1 o 2. / Level of care, 1 or 2."
