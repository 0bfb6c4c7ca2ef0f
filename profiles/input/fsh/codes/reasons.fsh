CodeSystem: RejectReasonCS
Id: reject-reason
Title: "Motivo de rechazo / Reject reason"
Description: "Por qué el destino no toma la referencia; siempre va con comentario y paso siguiente."
* insert Codes
* #out-of-protocol "Fuera de protocolo"
* #out-of-protocol insert English([[Out of protocol]])
* #criteria-not-met "No cumple los criterios de ingreso"
* #criteria-not-met insert English([[Inclusion criteria not met]])
* #wrong-service "Servicio o nivel equivocado"
* #wrong-service insert English([[Wrong service or level]])
* #missing-information "Información incompleta"
* #missing-information insert English([[Missing information]])
* #prerequisites-pending "Faltan exámenes o tratamientos previos"
* #prerequisites-pending insert English([[Prerequisites not done]])
* #no-capacity "Sin capacidad resolutiva"
* #no-capacity insert English([[No capacity]])
* #visit-not-needed "No necesita visita"
* #visit-not-needed insert English([[Visit not needed]])
* #duplicate "Referencia duplicada"
* #duplicate insert English([[Duplicate]])
* #not-eligible "Sin derecho a este servicio"
* #not-eligible insert English([[Not eligible]])
* #no-response "El origen no respondió a tiempo"
* #no-response insert English([[No response from the origin]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: RejectReasonVS
Id: reject-reason
Title: "Motivo de rechazo / Reject reason"
Description: "Por qué el destino no toma la referencia; siempre va con comentario y paso siguiente."
* insert Shared
* include codes from system RejectReasonCS

CodeSystem: RedirectReasonCS
Id: redirect-reason
Title: "Motivo de redirección / Redirect reason"
Description: "Por qué pasa a otro establecimiento; conserva número y fecha."
* insert Codes
* #capacity "Falta de cupo o de cama"
* #capacity insert English([[No capacity]])
* #specialty "La especialidad no se ofrece"
* #specialty insert English([[Specialty not offered]])
* #level "Necesita otro nivel de complejidad"
* #level insert English([[Needs another level of care]])
* #age "Edad fuera del servicio"
* #age insert English([[Age outside the service]])
* #sex "Sexo fuera del servicio"
* #sex insert English([[Sex outside the service]])
* #distance "Hay un establecimiento más cercano"
* #distance insert English([[A closer facility exists]])
* #clinic "Corresponde a otra clínica"
* #clinic insert English([[Belongs to another clinic]])
* #priority "La prioridad pide otro lugar"
* #priority insert English([[Priority calls for another place]])
* #confidentiality "Confidencialidad"
* #confidentiality insert English([[Confidentiality]])
* #staff-absence "Ausencia de personal"
* #staff-absence insert English([[Staff absence]])
* #equipment "Equipo o insumos no disponibles"
* #equipment insert English([[Equipment or supplies not available]])
* #patient-request "A petición del paciente"
* #patient-request insert English([[At the patient's request]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: RedirectReasonVS
Id: redirect-reason
Title: "Motivo de redirección / Redirect reason"
Description: "Por qué pasa a otro establecimiento; conserva número y fecha."
* insert Shared
* include codes from system RedirectReasonCS

CodeSystem: ExitCauseCS
Id: exit-cause
Title: "Causa de egreso de la lista / List exit cause"
Description: "Por qué una referencia sale de la lista sin atención."
* insert Codes
* #attended-elsewhere "Atendida en otro establecimiento"
* #attended-elsewhere insert English([[Attended elsewhere]])
* #attended-privately "Atendida en servicio privado"
* #attended-privately insert English([[Attended privately]])
* #attended-in-emergency "Resuelta por emergencia"
* #attended-in-emergency insert English([[Resolved through emergency]])
* #repeated-no-show "No se presentó repetidas veces"
* #repeated-no-show insert English([[Repeated no-show]])
* #not-reachable "No se pudo contactar"
* #not-reachable insert English([[Could not be reached]])
* #patient-declined "El paciente no desea la atención"
* #patient-declined insert English([[Patient declined]])
* #improved "Ya no la necesita"
* #improved insert English([[No longer needed]])
* #died "Fallecimiento"
* #died insert English([[Died]])
* #moved "Cambio de domicilio"
* #moved insert English([[Moved away]])
* #clinical-change "El estado de salud no permite el procedimiento"
* #clinical-change insert English([[Clinical condition prevents it]])
* #left-without-care "Fuga antes de la atención"
* #left-without-care insert English([[Left before care]])
* #discharge-demanded "Alta exigida"
* #discharge-demanded insert English([[Discharge demanded]])
* #not-eligible "Perdió el derecho al servicio"
* #not-eligible insert English([[No longer eligible]])
* #duplicate "Referencia duplicada"
* #duplicate insert English([[Duplicate]])
* #redirected "Pasó a otra referencia"
* #redirected insert English([[Continued in another referral]])
* #registration-error "Error de registro"
* #registration-error insert English([[Registration error]])
* #expired "Venció su plazo"
* #expired insert English([[Expired]])
* #other "Otra"
* #other insert English([[Other]])

ValueSet: ExitCauseVS
Id: exit-cause
Title: "Causa de egreso de la lista / List exit cause"
Description: "Por qué una referencia sale de la lista sin atención."
* insert Shared
* include codes from system ExitCauseCS

CodeSystem: CancelReasonCS
Id: cancel-reason
Title: "Motivo de cancelación de cita / Appointment cancel reason"
Description: "Motivo con la parte que cancela."
* insert Codes
* ^property[0].code = #party
* ^property[0].description = "Parte que cancela: patient, provider u other. / Party that cancels."
* ^property[0].type = #code
* #patient-unwell "Paciente enfermo u hospitalizado"
* #patient-unwell insert English([[Patient unwell or admitted]])
* #patient-unwell ^property[0].code = #party
* #patient-unwell ^property[0].valueCode = #patient
* #patient-transport "Sin transporte o dinero para llegar"
* #patient-transport insert English([[No transport or money]])
* #patient-transport ^property[0].code = #party
* #patient-transport ^property[0].valueCode = #patient
* #patient-work-family "Trabajo, estudio o familia"
* #patient-work-family insert English([[Work, study or family]])
* #patient-work-family ^property[0].code = #party
* #patient-work-family ^property[0].valueCode = #patient
* #patient-declined "No desea la atención"
* #patient-declined insert English([[Declined]])
* #patient-declined ^property[0].code = #party
* #patient-declined ^property[0].valueCode = #patient
* #patient-attended-elsewhere "Ya fue atendido en otro lugar"
* #patient-attended-elsewhere insert English([[Attended elsewhere]])
* #patient-attended-elsewhere ^property[0].code = #party
* #patient-attended-elsewhere ^property[0].valueCode = #patient
* #patient-improved "Ya no la necesita"
* #patient-improved insert English([[No longer needed]])
* #patient-improved ^property[0].code = #party
* #patient-improved ^property[0].valueCode = #patient
* #patient-deceased "Fallecimiento"
* #patient-deceased insert English([[Deceased]])
* #patient-deceased ^property[0].code = #party
* #patient-deceased ^property[0].valueCode = #patient
* #provider-absent "Profesional ausente"
* #provider-absent insert English([[Professional absent]])
* #provider-absent ^property[0].code = #party
* #provider-absent ^property[0].valueCode = #provider
* #provider-schedule "Cambio de agenda"
* #provider-schedule insert English([[Schedule change]])
* #provider-schedule ^property[0].code = #party
* #provider-schedule ^property[0].valueCode = #provider
* #provider-emergency "Emergencia en el establecimiento"
* #provider-emergency insert English([[Emergency at the facility]])
* #provider-emergency ^property[0].code = #party
* #provider-emergency ^property[0].valueCode = #provider
* #provider-equipment "Equipo o quirófano no disponible"
* #provider-equipment insert English([[Equipment or theatre not available]])
* #provider-equipment ^property[0].code = #party
* #provider-equipment ^property[0].valueCode = #provider
* #provider-supplies "Falta de insumos o medicamentos"
* #provider-supplies insert English([[Supplies or medicines missing]])
* #provider-supplies ^property[0].code = #party
* #provider-supplies ^property[0].valueCode = #provider
* #provider-stoppage "Paro de labores"
* #provider-stoppage insert English([[Work stoppage]])
* #provider-stoppage ^property[0].code = #party
* #provider-stoppage ^property[0].valueCode = #provider
* #other-weather-road "Clima o vía cerrada"
* #other-weather-road insert English([[Weather or road closed]])
* #other-weather-road ^property[0].code = #party
* #other-weather-road ^property[0].valueCode = #other
* #other-power-system "Corte de energía o falla del sistema"
* #other-power-system insert English([[Power cut or system failure]])
* #other-power-system ^property[0].code = #party
* #other-power-system ^property[0].valueCode = #other
* #other-rescheduled "Reprogramada"
* #other-rescheduled insert English([[Rescheduled]])
* #other-rescheduled ^property[0].code = #party
* #other-rescheduled ^property[0].valueCode = #other
* #other-referral-ended "La referencia terminó"
* #other-referral-ended insert English([[The referral ended]])
* #other-referral-ended ^property[0].code = #party
* #other-referral-ended ^property[0].valueCode = #other
* #other-error "Cita dada por error"
* #other-error insert English([[Booked in error]])
* #other-error ^property[0].code = #party
* #other-error ^property[0].valueCode = #other
* #other "Otro"
* #other insert English([[Other]])
* #other ^property[0].code = #party
* #other ^property[0].valueCode = #other

ValueSet: CancelReasonVS
Id: cancel-reason
Title: "Motivo de cancelación de cita / Appointment cancel reason"
Description: "Motivo con la parte que cancela."
* insert Shared
* include codes from system CancelReasonCS

CodeSystem: NoShowReasonCS
Id: no-show-reason
Title: "Motivo de inasistencia / No-show reason"
Description: "Por qué el paciente no llegó a su cita."
* insert Codes
* #unknown "Se desconoce"
* #unknown insert English([[Unknown]])
* #not-informed "No recibió el aviso"
* #not-informed insert English([[Was not informed]])
* #forgot "Lo olvidó"
* #forgot insert English([[Forgot]])
* #transport "Sin transporte"
* #transport insert English([[No transport]])
* #cost "Sin dinero para el viaje"
* #cost insert English([[Could not afford it]])
* #work-study "Trabajo o estudio"
* #work-study insert English([[Work or study]])
* #family-care "Cuidado de hijos o familiares"
* #family-care insert English([[Care of children or relatives]])
* #unwell "Enfermo u hospitalizado"
* #unwell insert English([[Unwell or admitted]])
* #weather-road "Clima o vía cerrada"
* #weather-road insert English([[Weather or road closed]])
* #violence-fear "Violencia o temor en la zona"
* #violence-fear insert English([[Violence or fear in the area]])
* #language "No entendió las indicaciones o el idioma"
* #language insert English([[Language or instructions not understood]])
* #attended-elsewhere "Atendido en otro lugar"
* #attended-elsewhere insert English([[Attended elsewhere]])
* #improved "Ya no la necesita"
* #improved insert English([[No longer needed]])
* #died "Fallecimiento"
* #died insert English([[Died]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: NoShowReasonVS
Id: no-show-reason
Title: "Motivo de inasistencia / No-show reason"
Description: "Por qué el paciente no llegó a su cita."
* insert Shared
* include codes from system NoShowReasonCS
