CodeSystem: TaskCodeCS
Id: task-code
Title: "Clase de tarea / Task code"
Description: "Tareas propias de la guía; el cumplimiento usa `fulfill` de HL7."
* insert Codes
* #provide-information "Completar información" "El origen completa lo que pidió el destino."
* #provide-information insert English([[Provide information]])
* #follow-up "Seguimiento en origen" "El origen cumple el plan de la respuesta y cierra."
* #follow-up insert English([[Follow up at origin]])
* #find-person "Buscar a la persona" "Salió de la lista sin atención: el origen la busca y decide qué sigue."
* #find-person insert English([[Find the person]])
* #not-arrived "Averiguar qué fue del traslado" "Salió en traslado de emergencia y no llegó: el origen averigua dónde está."
* #not-arrived insert English([[Find out about the transfer]])
* #death-notice "Aviso de fallecimiento" "Consta el fallecimiento: el establecimiento no llama ni cita y revisa lo pendiente."
* #death-notice insert English([[Notice of death]])
* #onward-notice "Aviso de referencia a otro establecimiento" "El destino refirió a la persona a otro establecimiento; el origen se entera."
* #onward-notice insert English([[Notice of onward referral]])
* #onward-draft "Borrador de referencia a otro establecimiento" "Quien respondió completa y envía la referencia nueva."
* #onward-draft insert English([[Draft of an onward referral]])
* #follow-up-item "Punto del plan con fecha" "Parte del seguimiento que el origen cumple en una fecha."
* #follow-up-item insert English([[Dated point of the plan]])

ValueSet: TaskCodeVS
Id: task-code
Title: "Clase de tarea / Task code"
Description: "Tareas propias de la guía; el cumplimiento usa `fulfill` de HL7."
* insert Shared
* include codes from system TaskCodeCS

CodeSystem: TaskIoCS
Id: task-io
Title: "Entradas y salidas de tareas / Task input and output types"
Description: "Tipos de Task.input y Task.output."
* insert Codes
* #respuesta "Respuesta" "Documento de respuesta final."
* #respuesta insert English([[Answer]])
* #interim "Respuesta parcial" "Composition preliminar."
* #interim insert English([[Interim answer]])
* #appointment "Cita" "Cita dada para la referencia."
* #appointment insert English([[Appointment]])
* #redirected-to "Redirigida a" "Tarea del nuevo destino."
* #redirected-to insert English([[Redirected to]])
* #requested-item "Dato solicitado" "Lo que el origen debe completar."
* #requested-item insert English([[Requested item]])
* #provided-item "Dato entregado" "Lo que el origen entregó."
* #provided-item insert English([[Provided item]])
* #previous-task "Tarea anterior" "Tramo anterior de la misma referencia."
* #previous-task insert English([[Previous task]])
* #plan-item "Punto del plan" "Indicación de la respuesta que el origen debe cumplir."
* #plan-item insert English([[Plan item]])
* #outcome "Desenlace" "Desenlace del seguimiento."
* #outcome insert English([[Outcome]])
* #next-step "Paso siguiente" "Lo que el destino aconseja cuando rechaza."
* #next-step insert English([[Next step]])
* #encounter "Encuentro" "Atención dada en el destino."
* #encounter insert English([[Encounter]])
* #modality "Modalidad de atención"
* #modality insert English([[Care modality]])
* #onward-referral "Referencia a otro establecimiento" "La referencia que sigue a la respuesta."
* #onward-referral insert English([[Onward referral]])
* #service "Servicio que atenderá"
* #service insert English([[Service]])

ValueSet: TaskIoVS
Id: task-io
Title: "Entradas y salidas de tareas / Task input and output types"
Description: "Tipos de Task.input y Task.output."
* insert Shared
* include codes from system TaskIoCS

CodeSystem: InformationItemCS
Id: information-item
Title: "Dato que se pide / Information item"
Description: "Lo que el destino puede pedir al origen."
* insert Codes
* #clinical-summary "Resumen clínico"
* #clinical-summary insert English([[Clinical summary]])
* #physical-exam "Examen físico"
* #physical-exam insert English([[Physical examination]])
* #vital-signs "Signos vitales"
* #vital-signs insert English([[Vital signs]])
* #diagnosis "Impresión diagnóstica"
* #diagnosis insert English([[Diagnosis]])
* #history "Antecedentes"
* #history insert English([[History]])
* #obstetric-data "Datos gineco-obstétricos"
* #obstetric-data insert English([[Obstetric data]])
* #growth-data "Peso, talla y crecimiento"
* #growth-data insert English([[Weight, height and growth]])
* #medications "Medicamentos actuales"
* #medications insert English([[Current medication]])
* #allergies "Alergias"
* #allergies insert English([[Allergies]])
* #laboratory "Resultado de laboratorio"
* #laboratory insert English([[Laboratory result]])
* #imaging "Estudio de imagen"
* #imaging insert English([[Imaging study]])
* #ecg "Electrocardiograma"
* #ecg insert English([[ECG]])
* #pathology "Citología o biopsia"
* #pathology insert English([[Cytology or biopsy]])
* #clinical-question "Pregunta clínica"
* #clinical-question insert English([[Clinical question]])
* #urgency-justification "Justificación de la urgencia"
* #urgency-justification insert English([[Urgency justification]])
* #identity "Identificación del paciente"
* #identity insert English([[Patient identification]])
* #contact "Teléfono o dirección"
* #contact insert English([[Phone or address]])
* #consent "Consentimiento"
* #consent insert English([[Consent]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: InformationItemVS
Id: information-item
Title: "Dato que se pide / Information item"
Description: "Lo que el destino puede pedir al origen."
* insert Shared
* include codes from system InformationItemCS
