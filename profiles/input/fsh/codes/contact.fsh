CodeSystem: ContactMediumCS
Id: contact-medium
Title: "Medio de contacto / Contact medium"
Description: "Medio por el que se busca al paciente o al establecimiento (LN23:2019, sección 9)."
* insert Codes
* #phone "Teléfono"
* #phone insert English([[Phone]])
* #sms "Mensaje de texto"
* #sms insert English([[SMS]])
* #whatsapp "WhatsApp"
* #whatsapp insert English([[WhatsApp]])
* #email "Correo electrónico"
* #email insert English([[E-mail]])
* #radio "Radio"
* #radio insert English([[Radio]])
* #home-visit "Visita domiciliaria"
* #home-visit insert English([[Home visit]])
* #community-agent "Agente comunitario de salud"
* #community-agent insert English([[Community health agent]])
* #in-person "En persona"
* #in-person insert English([[In person]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: ContactMediumVS
Id: contact-medium
Title: "Medio de contacto / Contact medium"
Description: "Medio por el que se busca al paciente o al establecimiento (LN23:2019, sección 9)."
* insert Shared
* include codes from system ContactMediumCS

CodeSystem: NotReachedReasonCS
Id: not-reached-reason
Title: "Motivo de no contacto / Not-reached reason"
Description: "Por qué un intento de contacto no llegó a la persona."
* insert Codes
* #no-answer "No contesta"
* #no-answer insert English([[No answer]])
* #phone-off "Teléfono apagado o sin señal"
* #phone-off insert English([[Phone off or without signal]])
* #wrong-number "Número equivocado"
* #wrong-number insert English([[Wrong number]])
* #no-phone "No tiene teléfono"
* #no-phone insert English([[No phone]])
* #message-left "Se dejó recado"
* #message-left insert English([[Message left]])
* #not-at-home "No estaba en casa"
* #not-at-home insert English([[Not at home]])
* #address-not-found "Dirección no encontrada"
* #address-not-found insert English([[Address not found]])
* #moved "Cambió de domicilio"
* #moved insert English([[Moved]])
* #unsafe-area "Zona insegura o sin acceso"
* #unsafe-area insert English([[Unsafe or unreachable area]])
* #refused "No quiso atender"
* #refused insert English([[Refused]])
* #other "Otro"
* #other insert English([[Other]])

ValueSet: NotReachedReasonVS
Id: not-reached-reason
Title: "Motivo de no contacto / Not-reached reason"
Description: "Por qué un intento de contacto no llegó a la persona."
* insert Shared
* include codes from system NotReachedReasonCS
