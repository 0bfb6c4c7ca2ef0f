// The parts of form HC-10 (LN23:2019, annex 2) that ServiceRequest has no element for; the same sheet is filled as a respuesta
// (Composition).

Extension: ClinicalQuestion
Id: clinical-question
Title: "Pregunta clínica / Clinical question"
Description: "Lo que el origen pregunta y la respuesta debe contestar."
Context: ServiceRequest
* insert Shared
* value[x] 1..1
* value[x] only string

Extension: UrgencyJustification
Id: urgency-justification
Title: "Justificación de la urgencia / Urgency justification"
Description: "Por qué no puede esperar el turno ordinario."
Context: ServiceRequest
* insert Shared
* value[x] 1..1
* value[x] only string

Extension: CareRequested
Id: care-requested
Title: "Amerita atención en / Care requested"
Description: "Tipo de atención que amerita."
Context: ServiceRequest, Composition
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from CareRequestedVS (required)

Extension: PriorContact
Id: prior-contact
Title: "Contacto previo / Prior contact"
Description: "Si se habló antes con el establecimiento receptor, con quién y cuándo."
Context: ServiceRequest, Composition
* insert Shared
* extension contains
    contacted 1..1 and
    name 0..1 and
    post 0..1 and
    time 0..1 and
    explanation 0..1
* extension[contacted] ^short = "Se contactó: sí o no"
* extension[contacted].value[x] 1..1
* extension[contacted].value[x] only boolean
* extension[name] ^short = "Persona contactada"
* extension[name].value[x] 1..1
* extension[name].value[x] only string
* extension[post] ^short = "Cargo de la persona contactada"
* extension[post].value[x] 1..1
* extension[post].value[x] only string
* extension[time] ^short = "Día y hora"
* extension[time].value[x] 1..1
* extension[time].value[x] only dateTime
* extension[explanation] ^short = "Explicación"
* extension[explanation].value[x] 1..1
* extension[explanation].value[x] only string

Extension: Risk
Id: risk
Title: "Evaluación de riesgo / Risk assessment"
Description: "Con o sin riesgo; el texto dice cuál."
Context: ServiceRequest, Composition
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from RiskAssessmentVS (required)

Extension: Companion
Id: companion
Title: "Acompañante / Companion"
Description: "Persona que acompaña al paciente; el HC-10 tiene dos renglones."
Context: ServiceRequest, Composition
* insert Shared
* extension contains
    name 1..1 and
    relationship 0..1 and
    phone 0..1 and
    address 0..1
* extension[name] ^short = "Nombre"
* extension[name].value[x] 1..1
* extension[name].value[x] only string
* extension[relationship] ^short = "Parentesco"
* extension[relationship].value[x] 1..1
* extension[relationship].value[x] only string
* extension[phone] ^short = "Teléfono"
* extension[phone].value[x] 1..1
* extension[phone].value[x] only string
* extension[address] ^short = "Dirección"
* extension[address].value[x] 1..1
* extension[address].value[x] only string

Extension: Transport
Id: transport
Title: "Medio de traslado / Transport"
Description: "En qué viaja el paciente."
Context: ServiceRequest
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from TransportKindVS (required)

Extension: Handover
Id: handover
Title: "Entrega de emergencia / Emergency handover"
Description: "Estado ABCDE, tratamiento dado y llamada al destino antes de un traslado de emergencia (LN23:2019, 7.2.4)."
Context: ServiceRequest
* insert Shared
* extension contains
    airway 0..1 and
    breathing 0..1 and
    circulation 0..1 and
    neurological 0..1 and
    exposure 0..1 and
    vital-signs 0..* and
    treatment 0..* and
    call-time 0..1 and
    call-name 0..1 and
    departure 0..1
* extension[airway] ^short = "A: vía aérea"
* extension[airway].value[x] 1..1
* extension[airway].value[x] only string
* extension[breathing] ^short = "B: respiración"
* extension[breathing].value[x] 1..1
* extension[breathing].value[x] only string
* extension[circulation] ^short = "C: circulación"
* extension[circulation].value[x] 1..1
* extension[circulation].value[x] only string
* extension[neurological] ^short = "D: estado neurológico"
* extension[neurological].value[x] 1..1
* extension[neurological].value[x] only string
* extension[exposure] ^short = "E: exposición y otros hallazgos"
* extension[exposure].value[x] 1..1
* extension[exposure].value[x] only string
* extension[vital-signs] ^short = "Signos vitales con su hora"
* extension[vital-signs].value[x] 1..1
* extension[vital-signs].value[x] only Reference(Observation)
* extension[treatment] ^short = "Tratamiento dado, con dosis y hora"
* extension[treatment].value[x] 1..1
* extension[treatment].value[x] only string
* extension[call-time] ^short = "Hora de la llamada al destino"
* extension[call-time].value[x] 1..1
* extension[call-time].value[x] only dateTime
* extension[call-name] ^short = "Quién recibió la llamada"
* extension[call-name].value[x] 1..1
* extension[call-name].value[x] only string
* extension[departure] ^short = "Hora de salida"
* extension[departure].value[x] 1..1
* extension[departure].value[x] only dateTime

Extension: DoNotContact
Id: do-not-contact
Title: "No contactar al paciente / Do not contact"
Description: "No se envían mensajes ni se llama al paciente: por esta referencia, o nunca cuando está en la persona."
Context: ServiceRequest, Patient
* insert Shared
* value[x] 1..1
* value[x] only boolean

Extension: StatusReason
Id: status-reason
Title: "Motivo del estado / Status reason"
Description: "Por qué se anuló o egresó la referencia."
Context: ServiceRequest
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from StatusReasonVS (extensible)

Extension: ConversionAuthorised
Id: conversion-authorised
Title: "Conversión autorizada / Conversion authorised"
Description: "El origen autoriza de antemano que su interconsulta se convierta en referencia si el destino ve que hace falta."
Context: ServiceRequest
* insert Shared
* value[x] 1..1
* value[x] only boolean

Extension: Reopening
Id: reopening
Title: "Reapertura / Reopening"
Description: "Por qué esta referencia reemplaza a una que terminó, y el gestor de red que aprueba que conserve la fecha anterior en la fila."
Context: ServiceRequest
* insert Shared
* extension contains
    reason 1..1 and
    date-approver 0..1
* extension[reason] ^short = "Por qué se reabre"
* extension[reason].value[x] 1..1
* extension[reason].value[x] only string
* extension[date-approver] ^short = "Gestor de red o región que aprueba conservar la fecha"
* extension[date-approver].value[x] 1..1
* extension[date-approver].value[x] only Reference(PractitionerRole)

Extension: AuthorCategory
Id: author-category
Title: "Quien llena el formulario / Author of the form"
Description: "Categoría de quien llenó la HC-10; el texto dice qué otro."
Context: ServiceRequest, Composition
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from AuthorCategoryVS (required)

Extension: FormPrint
Id: form-print
Title: "Impresión del formulario / Print of the form"
Description: "Qué impresión de la HC-10 se llenó en papel; sin ella, la vigente."
Context: ServiceRequest, Composition
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from FormPrintVS (required)

Extension: AfterTheFact
Id: after-the-fact
Title: "Escrita después de la llegada / Written after the arrival"
Description: "El paciente llegó en emergencia sin referencia: se le recibió y la referencia se hizo después (LN23:2019, 7.2.2). Dice quién la hizo, cuándo, y si el origen completó su parte clínica."
Context: ServiceRequest
* insert Shared
* extension contains
    manner 1..1 and
    recorded 1..1 and
    recorder 0..1 and
    told-by 0..1 and
    completed 0..1 and
    completed-by 0..1
* extension[manner] ^short = "Enviada de palabra, o por su cuenta"
* extension[manner].value[x] 1..1
* extension[manner].value[x] only code
* extension[manner].value[x] from ArrivalMannerVS (required)
* extension[recorded] ^short = "Cuándo se hizo la referencia"
* extension[recorded].value[x] 1..1
* extension[recorded].value[x] only dateTime
* extension[recorder] ^short = "Quién recibió e hizo la referencia"
* extension[recorder].value[x] 1..1
* extension[recorder].value[x] only Reference(PractitionerRole or Organization)
* extension[told-by] ^short = "Quién avisó"
* extension[told-by].value[x] 1..1
* extension[told-by].value[x] only string
* extension[completed] ^short = "Cuándo completó el origen su parte clínica"
* extension[completed].value[x] 1..1
* extension[completed].value[x] only dateTime
* extension[completed-by] ^short = "Quién la completó"
* extension[completed-by].value[x] 1..1
* extension[completed-by].value[x] only Reference(PractitionerRole or Organization)
