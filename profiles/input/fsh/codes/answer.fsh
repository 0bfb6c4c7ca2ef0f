CodeSystem: DispositionCS
Id: disposition
Title: "Destino del paciente / Disposition"
Description: "Qué sigue para el paciente después de la atención; obligatorio en la respuesta."
* insert Codes
* #discharge "Alta con respuesta al origen" "El origen continúa la atención."
* #discharge insert English([[Discharge to origin]])
* #control "Control en este establecimiento" "Tiene próxima cita en el destino."
* #control insert English([[Control at destination]])
* #onward "Referido a otro establecimiento" "Con nueva referencia enlazada."
* #onward insert English([[Referred onward]])
* #admitted "Hospitalizado"
* #admitted insert English([[Admitted]])
* #died "Fallecido"
* #died insert English([[Died]])
* #left-against-advice "Alta exigida o fuga"
* #left-against-advice insert English([[Left against advice]])
* #advice "Solo recomendación, sin visita" "La responsabilidad queda en el origen."
* #advice insert English([[Advice only, no visit]])

ValueSet: DispositionVS
Id: disposition
Title: "Destino del paciente / Disposition"
Description: "Qué sigue para el paciente después de la atención; obligatorio en la respuesta."
* insert Shared
* include codes from system DispositionCS

CodeSystem: FollowUpOutcomeCS
Id: follow-up-outcome
Title: "Desenlace del seguimiento / Follow-up outcome"
Description: "Con qué desenlace cierra el origen la referencia."
* insert Codes
* #controlled "Controlado o resuelto"
* #controlled insert English([[Controlled or resolved]])
* #referred-again "Referido de nuevo"
* #referred-again insert English([[Referred again]])
* #lost "Perdido en el seguimiento"
* #lost insert English([[Lost to follow-up]])
* #died "Fallecido"
* #died insert English([[Died]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: FollowUpOutcomeVS
Id: follow-up-outcome
Title: "Desenlace del seguimiento / Follow-up outcome"
Description: "Con qué desenlace cierra el origen la referencia."
* insert Shared
* include codes from system FollowUpOutcomeCS

CodeSystem: JudgementCS
Id: judgement
Title: "Evaluación de la referencia / Judgement"
Description: "Evaluación de «oportuna» y «justificada» que llena solo quien recibe (LN23:2019, anexo 2)."
* insert Codes
* #yes "Sí"
* #yes insert English([[Yes]])
* #no "No"
* #no insert English([[No]])
* #unclassified "Sin clasificar"
* #unclassified insert English([[Unclassified]])

ValueSet: JudgementVS
Id: judgement
Title: "Evaluación de la referencia / Judgement"
Description: "Evaluación de «oportuna» y «justificada» que llena solo quien recibe (LN23:2019, anexo 2)."
* insert Shared
* include codes from system JudgementCS

CodeSystem: RespuestaSectionCS
Id: respuesta-section
Title: "Sección de la respuesta / Answer section"
Description: "Secciones del documento de respuesta; el texto es el título que se muestra."
* insert Codes
* #summary "Resumen y respuesta a la pregunta"
* #summary insert English([[Summary and answer to the question]])
* #diagnosis "Diagnóstico"
* #diagnosis insert English([[Diagnosis]])
* #findings "Hallazgos y exámenes"
* #findings insert English([[Findings and exams]])
* #treatment "Tratamiento dado"
* #treatment insert English([[Treatment given]])
* #medications "Medicamentos"
* #medications insert English([[Medications]])
* #allergies "Alergias"
* #allergies insert English([[Allergies]])
* #plan "Plan para el establecimiento de origen"
* #plan insert English([[Plan for the origin]])
* #next-visit "Próxima cita en este establecimiento"
* #next-visit insert English([[Next visit at this facility]])
* #warning-signs "Señales de alarma"
* #warning-signs insert English([[Warning signs]])
* #patient-message "Mensaje para el paciente"
* #patient-message insert English([[Message for the patient]])
* #attachments "Adjuntos"
* #attachments insert English([[Attachments]])

ValueSet: RespuestaSectionVS
Id: respuesta-section
Title: "Sección de la respuesta / Answer section"
Description: "Secciones del documento de respuesta; el texto es el título que se muestra."
* insert Shared
* include codes from system RespuestaSectionCS
