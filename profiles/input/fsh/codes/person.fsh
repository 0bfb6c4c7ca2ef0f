CodeSystem: PuebloCS
Id: pueblo
Title: "Pueblo indígena o afrohondureño / People"
Description: "Los nueve pueblos que cuenta el informe AT2-R, por autoidentificación; nunca obligatorio."
* insert Codes
* #garifuna "Garífuna"
* #garifuna insert English([[Garifuna]])
* #negro-ingles "Negro de habla inglesa"
* #negro-ingles insert English([[English-speaking Black]])
* #tolupan "Tolupán"
* #tolupan insert English([[Tolupan]])
* #pech "Pech (Paya)"
* #pech insert English([[Pech]])
* #misquito "Misquito"
* #misquito insert English([[Miskito]])
* #nahoa "Nahoa"
* #nahoa insert English([[Nahoa]])
* #lenca "Lenca"
* #lenca insert English([[Lenca]])
* #tawahka "Tawahka (Sumo)"
* #tawahka insert English([[Tawahka]])
* #maya-chorti "Maya Chortí"
* #maya-chorti insert English([[Maya Ch'orti']])
* #other "Otro"
* #other insert English([[Other]])
* #none "Ninguno"
* #none insert English([[None]])
* #unknown "No declarado"
* #unknown insert English([[Not stated]])

ValueSet: PuebloVS
Id: pueblo
Title: "Pueblo indígena o afrohondureño / People"
Description: "Los nueve pueblos que cuenta el informe AT2-R, por autoidentificación; nunca obligatorio."
* insert Shared
* include codes from system PuebloCS

CodeSystem: IdentityKindCS
Id: identity-kind
Title: "Clase de identificación / Identity kind"
Description: "Cómo se identifica a la persona cuando se registra."
* insert Codes
* #dni "Con DNI" "Documento Nacional de Identificación de 13 dígitos."
* #dni insert English([[With DNI]])
* #pasaporte "Con pasaporte"
* #pasaporte insert English([[With passport]])
* #rn "Recién nacido (RN)" "Hasta 28 días, sin DNI; se enlaza con la madre si se conoce."
* #rn insert English([[Newborn]])
* #hijo-de "Hijo o hija de" "De 29 días a 17 años sin DNI; se enlaza con la madre si se conoce."
* #hijo-de insert English([[Child of]])
* #desconocido "Desconocido" "Persona que no se puede identificar."
* #desconocido insert English([[Unknown]])

ValueSet: IdentityKindVS
Id: identity-kind
Title: "Clase de identificación / Identity kind"
Description: "Cómo se identifica a la persona cuando se registra."
* insert Shared
* include codes from system IdentityKindCS

CodeSystem: DisabilityKindCS
Id: disability
Title: "Discapacidad / Disability"
Description: "Clase de discapacidad declarada."
* insert Codes
* #visual "Visual"
* #visual insert English([[Visual]])
* #hearing "Auditiva"
* #hearing insert English([[Hearing]])
* #speech "Del habla"
* #speech insert English([[Speech]])
* #physical "Física o motora"
* #physical insert English([[Physical]])
* #intellectual "Intelectual"
* #intellectual insert English([[Intellectual]])
* #psychosocial "Psicosocial"
* #psychosocial insert English([[Psychosocial]])
* #other "Otra"
* #other insert English([[Other]])

ValueSet: DisabilityKindVS
Id: disability
Title: "Discapacidad / Disability"
Description: "Clase de discapacidad declarada."
* insert Shared
* include codes from system DisabilityKindCS

CodeSystem: MigrantStatusCS
Id: migrant-status
Title: "Condición de movilidad / Migrant or displaced status"
Description: "Migrantes que cuenta el informe AT2-R y personas desplazadas."
* insert Codes
* #returned "Hondureño retornado"
* #returned insert English([[Returned Honduran]])
* #irregular "Migrante en situación irregular"
* #irregular insert English([[Irregular migrant]])
* #in-transit "Migrante en tránsito"
* #in-transit insert English([[Migrant in transit]])
* #displaced "Desplazado interno"
* #displaced insert English([[Internally displaced]])
* #refugee "Refugiado o solicitante de asilo"
* #refugee insert English([[Refugee or asylum seeker]])

ValueSet: MigrantStatusVS
Id: migrant-status
Title: "Condición de movilidad / Migrant or displaced status"
Description: "Migrantes que cuenta el informe AT2-R y personas desplazadas."
* insert Shared
* include codes from system MigrantStatusCS

CodeSystem: LiteracyCS
Id: literacy
Title: "Lectura y escritura / Literacy"
Description: "Si la persona puede leer lo que se le entrega."
* insert Codes
* #reads "Lee y escribe"
* #reads insert English([[Reads and writes]])
* #reads-with-help "Lee con ayuda"
* #reads-with-help insert English([[Reads with help]])
* #does-not-read "No lee"
* #does-not-read insert English([[Does not read]])

ValueSet: LiteracyVS
Id: literacy
Title: "Lectura y escritura / Literacy"
Description: "Si la persona puede leer lo que se le entrega."
* insert Shared
* include codes from system LiteracyCS
