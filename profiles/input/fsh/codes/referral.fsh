CodeSystem: ReferralStatusCS
Id: referral-status
Title: "Estado de la referencia / Referral status"
Description: "Estados finos de una referencia (Task.businessStatus); dicen quién debe actuar ahora. / Fine states of a referral."
* insert Codes
* #draft "Borrador" "Se escribe en el origen; nadie más la ve."
* #draft insert English([[Draft]])
* #sent "Enviada" "El destino debe confirmar que la recibió."
* #sent insert English([[Sent]])
* #in-triage "Recibida, en triaje" "El clínico de triaje del destino decide."
* #in-triage insert English([[Received, in triage]])
* #info-requested "Falta información" "El origen debe completar lo que el destino pidió."
* #info-requested insert English([[Information requested]])
* #accepted-waiting "Aceptada, en lista de espera" "El destino debe dar cita."
* #accepted-waiting insert English([[Accepted, on the waiting list]])
* #scheduled "Citada" "Hay cita con fecha y hora."
* #scheduled insert English([[Scheduled]])
* #in-transit "En traslado (emergencia)" "El paciente va en camino; el destino lo espera."
* #in-transit insert English([[In transit (emergency)]])
* #no-show "No se presentó" "El paciente no llegó a la cita; se le busca."
* #no-show insert English([[No-show]])
* #appointment-cancelled "Cita cancelada" "La cita se canceló; falta dar otra."
* #appointment-cancelled insert English([[Appointment cancelled]])
* #arrived "Presente" "El paciente llegó al destino."
* #arrived insert English([[Arrived]])
* #in-care "En atención" "El especialista lo atiende."
* #in-care insert English([[In care]])
* #interim-answer "Respuesta parcial" "Hay una respuesta preliminar; falta la final."
* #interim-answer insert English([[Interim answer]])
* #answered "Respondida" "La respuesta está escrita; el origen debe leerla."
* #answered insert English([[Answered]])
* #rejected "Rechazada" "El destino no la toma y dice el paso siguiente; decide el origen."
* #rejected insert English([[Rejected]])
* #redirected "Redirigida" "Este tramo terminó; otro establecimiento la tiene."
* #redirected insert English([[Redirected]])
* #cancel-requested "Anulación solicitada" "El origen pide anular; responde el destino."
* #cancel-requested insert English([[Cancellation requested]])
* #cancelled "Anulada" "El origen la anuló con motivo."
* #cancelled insert English([[Cancelled]])
* #left-list "Egresada de lista sin atención" "Salió de la lista con una causa de egreso."
* #left-list insert English([[Left the list without care]])
* #follow-up "Seguimiento en origen" "El origen cumple el plan de la respuesta."
* #follow-up insert English([[Follow-up at origin]])
* #closed "Cerrada" "El ciclo terminó con un desenlace."
* #closed insert English([[Closed]])
* #error "Registrada por error" "No debió existir; solo la ven los auditores."
* #error insert English([[Entered in error]])

ValueSet: ReferralStatusVS
Id: referral-status
Title: "Estado de la referencia / Referral status"
Description: "Estados finos de una referencia (Task.businessStatus); dicen quién debe actuar ahora. / Fine states of a referral."
* insert Shared
* include codes from system ReferralStatusCS

CodeSystem: ReferralCategoryCS
Id: referral-category
Title: "Clase de envío / Referral category"
Description: "LN23:2019 sección 5: la referencia transfiere la atención; la interconsulta pide opinión y no transfiere la responsabilidad."
* insert Codes
* #referencia "Referencia" "Envío de una persona con formulario HC-10 a otro establecimiento."
* #referencia insert English([[Referral]])
* #interconsulta "Interconsulta" "Consulta de opinión; la responsabilidad queda en el origen."
* #interconsulta insert English([[Advice request]])

ValueSet: ReferralCategoryVS
Id: referral-category
Title: "Clase de envío / Referral category"
Description: "LN23:2019 sección 5: la referencia transfiere la atención; la interconsulta pide opinión y no transfiere la responsabilidad."
* insert Shared
* include codes from system ReferralCategoryCS

CodeSystem: ReferralPurposeCS
Id: referral-purpose
Title: "Motivo del envío / Referral purpose"
Description: "Motivo del envío del formulario HC-10 (LN23:2019, anexo 2)."
* insert Codes
* #diagnostico "Diagnóstico"
* #diagnostico insert English([[Diagnosis]])
* #tratamiento "Tratamiento"
* #tratamiento insert English([[Treatment]])
* #seguimiento "Seguimiento"
* #seguimiento insert English([[Follow-up]])
* #rehabilitacion "Rehabilitación"
* #rehabilitacion insert English([[Rehabilitation]])

ValueSet: ReferralPurposeVS
Id: referral-purpose
Title: "Motivo del envío / Referral purpose"
Description: "Motivo del envío del formulario HC-10 (LN23:2019, anexo 2)."
* insert Shared
* include codes from system ReferralPurposeCS

CodeSystem: CareRequestedCS
Id: care-requested
Title: "Amerita atención en / Care requested"
Description: "«Amerita atención en» del formulario HC-10 (LN23:2019, anexo 2)."
* insert Codes
* #consulta-externa "Consulta externa"
* #consulta-externa insert English([[Outpatient clinic]])
* #emergencia "Emergencia"
* #emergencia insert English([[Emergency]])
* #hospitalizacion "Hospitalización"
* #hospitalizacion insert English([[Admission]])
* #otros "Otros"
* #otros insert English([[Other]])

ValueSet: CareRequestedVS
Id: care-requested
Title: "Amerita atención en / Care requested"
Description: "«Amerita atención en» del formulario HC-10 (LN23:2019, anexo 2)."
* insert Shared
* include codes from system CareRequestedCS

CodeSystem: RiskAssessmentCS
Id: risk
Title: "Evaluación de riesgo / Risk assessment"
Description: "Evaluación de riesgo del formulario HC-10 (LN23:2019, anexo 2)."
* insert Codes
* #con-riesgo "Con riesgo"
* #con-riesgo insert English([[At risk]])
* #sin-riesgo "Sin riesgo"
* #sin-riesgo insert English([[No risk]])

ValueSet: RiskAssessmentVS
Id: risk
Title: "Evaluación de riesgo / Risk assessment"
Description: "Evaluación de riesgo del formulario HC-10 (LN23:2019, anexo 2)."
* insert Shared
* include codes from system RiskAssessmentCS

CodeSystem: TransportKindCS
Id: transport
Title: "Medio de traslado / Transport"
Description: "Medio en que viaja la persona referida (LN23:2019, sección 10)."
* insert Codes
* #ambulance "Ambulancia del establecimiento o la red"
* #ambulance insert English([[Facility or network ambulance]])
* #ambulance-911 "Ambulancia del 911"
* #ambulance-911 insert English([[911 ambulance]])
* #institutional-vehicle "Vehículo institucional"
* #institutional-vehicle insert English([[Institutional vehicle]])
* #police-fire-red-cross "Bomberos, policía o Cruz Roja"
* #police-fire-red-cross insert English([[Fire brigade, police or Red Cross]])
* #private-vehicle "Vehículo particular"
* #private-vehicle insert English([[Private vehicle]])
* #public-transport "Transporte público"
* #public-transport insert English([[Public transport]])
* #boat "Lancha o embarcación"
* #boat insert English([[Boat]])
* #air "Avión o helicóptero"
* #air insert English([[Plane or helicopter]])
* #animal-or-foot "A pie, en hamaca o a caballo"
* #animal-or-foot insert English([[On foot, by hammock or on horseback]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: TransportKindVS
Id: transport
Title: "Medio de traslado / Transport"
Description: "Medio en que viaja la persona referida (LN23:2019, sección 10)."
* insert Shared
* include codes from system TransportKindCS

CodeSystem: CareModalityCS
Id: modality
Title: "Modalidad de atención / Care modality"
Description: "Cómo se atenderá la referencia aceptada."
* insert Codes
* #in-person "Presencial"
* #in-person insert English([[In person]])
* #telemedicine "Telemedicina" "Con el paciente, por video o teléfono."
* #telemedicine insert English([[Telemedicine]])
* #remote "Remota entre clínicos" "Sin el paciente presente."
* #remote insert English([[Remote between clinicians]])

ValueSet: CareModalityVS
Id: modality
Title: "Modalidad de atención / Care modality"
Description: "Cómo se atenderá la referencia aceptada."
* insert Shared
* include codes from system CareModalityCS

CodeSystem: ArrivalMannerCS
Id: arrival-manner
Title: "Cómo llegó sin referencia / How the person came without a referral"
Description: "Un establecimiento la envió de palabra, o vino por su cuenta."
* insert Codes
* #by-word "Enviada de palabra por un establecimiento"
* #by-word insert English([[Sent by word of a facility]])
* #self-presented "Vino por su cuenta"
* #self-presented insert English([[Came by themselves]])

ValueSet: ArrivalMannerVS
Id: arrival-manner
Title: "Cómo llegó sin referencia / How the person came without a referral"
Description: "Un establecimiento la envió de palabra, o vino por su cuenta."
* insert Shared
* include codes from system ArrivalMannerCS
