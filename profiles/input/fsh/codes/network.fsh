CodeSystem: FacilityTypeCS
Id: facility-type
Title: "Tipo de establecimiento / Facility type"
Description: "Los siete tipos de LN23:2019, anexo 1; `level` es el nivel de atención."
* insert Codes
* ^property[0].code = #level
* ^property[0].description = "Nivel de atención, 1 o 2. / Level of care."
* ^property[0].type = #integer
* #uaps "Unidad de Atención Primaria en Salud (UAPS)"
* #uaps insert English([[Primary care unit]])
* #uaps ^property[0].code = #level
* #uaps ^property[0].valueInteger = 1
* #cis "Centro Integral de Salud (CIS)"
* #cis insert English([[Comprehensive health centre]])
* #cis ^property[0].code = #level
* #cis ^property[0].valueInteger = 1
* #policlinico "Policlínico"
* #policlinico insert English([[Polyclinic]])
* #policlinico ^property[0].code = #level
* #policlinico ^property[0].valueInteger = 1
* #hospital-basico "Hospital básico"
* #hospital-basico insert English([[Basic hospital]])
* #hospital-basico ^property[0].code = #level
* #hospital-basico ^property[0].valueInteger = 2
* #hospital-general "Hospital general"
* #hospital-general insert English([[General hospital]])
* #hospital-general ^property[0].code = #level
* #hospital-general ^property[0].valueInteger = 2
* #hospital-especialidades "Hospital de especialidades"
* #hospital-especialidades insert English([[Specialty hospital]])
* #hospital-especialidades ^property[0].code = #level
* #hospital-especialidades ^property[0].valueInteger = 2
* #instituto "Instituto"
* #instituto insert English([[Institute]])
* #instituto ^property[0].code = #level
* #instituto ^property[0].valueInteger = 2

ValueSet: FacilityTypeVS
Id: facility-type
Title: "Tipo de establecimiento / Facility type"
Description: "Los siete tipos de LN23:2019, anexo 1; `level` es el nivel de atención."
* insert Shared
* include codes from system FacilityTypeCS

CodeSystem: GestorCS
Id: gestor
Title: "Gestor / Managing arrangement"
Description: "Quién gestiona el establecimiento (formulario HC-10)."
* insert Codes
* #centralizado "Centralizado" "Lo gestiona la Secretaría de Salud."
* #centralizado insert English([[Centralised]])
* #descentralizado "Descentralizado" "Lo gestiona una fundación, mancomunidad u ONG por convenio."
* #descentralizado insert English([[Decentralised]])

ValueSet: GestorVS
Id: gestor
Title: "Gestor / Managing arrangement"
Description: "Quién gestiona el establecimiento (formulario HC-10)."
* insert Shared
* include codes from system GestorCS

CodeSystem: InstitutionCS
Id: institution
Title: "Institución / Institution"
Description: "Institución a la que pertenece el establecimiento (formulario HC-10)."
* insert Codes
* #sesal "Secretaría de Salud (SESAL)"
* #sesal insert English([[Ministry of Health]])
* #ihss "Instituto Hondureño de Seguridad Social (IHSS)"
* #ihss insert English([[Social security institute]])
* #militar "Militar"
* #militar insert English([[Military]])
* #privado "Privado"
* #privado insert English([[Private]])
* #ong "Organización no gubernamental"
* #ong insert English([[Non-governmental organisation]])
* #otro "Otro"
* #otro insert English([[Other]])

ValueSet: InstitutionVS
Id: institution
Title: "Institución / Institution"
Description: "Institución a la que pertenece el establecimiento (formulario HC-10)."
* insert Shared
* include codes from system InstitutionCS

CodeSystem: SpecialtyCS
Id: specialty
Title: "Especialidad o servicio / Specialty or service"
Description: "Especialidades y servicios a los que se refiere; lista de demostración, por confirmar con la Secretaría de Salud."
* insert Codes
* #medicina-general "Medicina general"
* #medicina-general insert English([[General medicine]])
* #medicina-familiar "Medicina familiar"
* #medicina-familiar insert English([[Family medicine]])
* #medicina-interna "Medicina interna"
* #medicina-interna insert English([[Internal medicine]])
* #pediatria "Pediatría"
* #pediatria insert English([[Paediatrics]])
* #ginecologia "Ginecología"
* #ginecologia insert English([[Gynaecology]])
* #obstetricia "Obstetricia"
* #obstetricia insert English([[Obstetrics]])
* #alto-riesgo-obstetrico "Alto riesgo obstétrico"
* #alto-riesgo-obstetrico insert English([[High-risk obstetrics]])
* #cirugia-general "Cirugía general"
* #cirugia-general insert English([[General surgery]])
* #emergencia "Emergencia"
* #emergencia insert English([[Emergency]])
* #ortopedia "Ortopedia y traumatología"
* #ortopedia insert English([[Orthopaedics and trauma]])
* #anestesiologia "Anestesiología"
* #anestesiologia insert English([[Anaesthesiology]])
* #cardiologia "Cardiología"
* #cardiologia insert English([[Cardiology]])
* #dermatologia "Dermatología"
* #dermatologia insert English([[Dermatology]])
* #endocrinologia "Endocrinología"
* #endocrinologia insert English([[Endocrinology]])
* #gastroenterologia "Gastroenterología"
* #gastroenterologia insert English([[Gastroenterology]])
* #geriatria "Geriatría"
* #geriatria insert English([[Geriatrics]])
* #hematologia "Hematología"
* #hematologia insert English([[Haematology]])
* #infectologia "Infectología"
* #infectologia insert English([[Infectious diseases]])
* #nefrologia "Nefrología"
* #nefrologia insert English([[Nephrology]])
* #neumologia "Neumología"
* #neumologia insert English([[Pulmonology]])
* #neurologia "Neurología"
* #neurologia insert English([[Neurology]])
* #neurocirugia "Neurocirugía"
* #neurocirugia insert English([[Neurosurgery]])
* #oftalmologia "Oftalmología"
* #oftalmologia insert English([[Ophthalmology]])
* #oncologia "Oncología"
* #oncologia insert English([[Oncology]])
* #otorrinolaringologia "Otorrinolaringología"
* #otorrinolaringologia insert English([[Ear, nose and throat]])
* #reumatologia "Reumatología"
* #reumatologia insert English([[Rheumatology]])
* #urologia "Urología"
* #urologia insert English([[Urology]])
* #cirugia-pediatrica "Cirugía pediátrica"
* #cirugia-pediatrica insert English([[Paediatric surgery]])
* #cirugia-plastica "Cirugía plástica y quemados"
* #cirugia-plastica insert English([[Plastic surgery and burns]])
* #cirugia-maxilofacial "Cirugía maxilofacial"
* #cirugia-maxilofacial insert English([[Maxillofacial surgery]])
* #neonatologia "Neonatología"
* #neonatologia insert English([[Neonatology]])
* #psiquiatria "Psiquiatría"
* #psiquiatria insert English([[Psychiatry]])
* #psicologia "Psicología"
* #psicologia insert English([[Psychology]])
* #rehabilitacion "Medicina física y rehabilitación"
* #rehabilitacion insert English([[Physical medicine and rehabilitation]])
* #nutricion "Nutrición"
* #nutricion insert English([[Nutrition]])
* #odontologia "Odontología"
* #odontologia insert English([[Dentistry]])
* #cuidados-paliativos "Cuidados paliativos"
* #cuidados-paliativos insert English([[Palliative care]])
* #imagen "Diagnóstico por imagen"
* #imagen insert English([[Diagnostic imaging]])
* #laboratorio "Laboratorio clínico"
* #laboratorio insert English([[Clinical laboratory]])
* #patologia "Patología"
* #patologia insert English([[Pathology]])
* #salud-publica "Salud pública y vacunación"
* #salud-publica insert English([[Public health and vaccination]])

ValueSet: SpecialtyVS
Id: specialty
Title: "Especialidad o servicio / Specialty or service"
Description: "Especialidades y servicios a los que se refiere; lista de demostración, por confirmar con la Secretaría de Salud."
* insert Shared
* include codes from system SpecialtyCS

CodeSystem: SanitaryRegionCS
Id: sanitary-region
Title: "Región sanitaria / Sanitary region"
Description: "Las 20 regiones sanitarias; de 1 a 18 coinciden con los departamentos 01 a 18."
* insert Codes
* #1 "Atlántida"
* #1 insert English([[Atlántida region]])
* #2 "Colón"
* #2 insert English([[Colón region]])
* #3 "Comayagua"
* #3 insert English([[Comayagua region]])
* #4 "Copán"
* #4 insert English([[Copán region]])
* #5 "Cortés"
* #5 insert English([[Cortés region]])
* #6 "Choluteca"
* #6 insert English([[Choluteca region]])
* #7 "El Paraíso"
* #7 insert English([[El Paraíso region]])
* #8 "Francisco Morazán"
* #8 insert English([[Francisco Morazán region]])
* #9 "Gracias a Dios"
* #9 insert English([[Gracias a Dios region]])
* #10 "Intibucá"
* #10 insert English([[Intibucá region]])
* #11 "Islas de la Bahía"
* #11 insert English([[Islas de la Bahía region]])
* #12 "La Paz"
* #12 insert English([[La Paz region]])
* #13 "Lempira"
* #13 insert English([[Lempira region]])
* #14 "Ocotepeque"
* #14 insert English([[Ocotepeque region]])
* #15 "Olancho"
* #15 insert English([[Olancho region]])
* #16 "Santa Bárbara"
* #16 insert English([[Santa Bárbara region]])
* #17 "Valle"
* #17 insert English([[Valle region]])
* #18 "Yoro"
* #18 insert English([[Yoro region]])
* #19 "Metropolitana del Distrito Central"
* #19 insert English([[Metropolitan region, Distrito Central]])
* #20 "Metropolitana de San Pedro Sula"
* #20 insert English([[Metropolitan region, San Pedro Sula]])

ValueSet: SanitaryRegionVS
Id: sanitary-region
Title: "Región sanitaria / Sanitary region"
Description: "Las 20 regiones sanitarias; de 1 a 18 coinciden con los departamentos 01 a 18."
* insert Shared
* include codes from system SanitaryRegionCS

CodeSystem: WorkflowRoleCS
Id: workflow-role
Title: "Función en el proceso / Workflow role"
Description: "Funciones de las personas y sistemas en el proceso (PractitionerRole.code)."
* insert Codes
* #clinician "Médico en el origen"
* #clinician insert English([[Clinician at the origin]])
* #nurse "Enfermería o auxiliar"
* #nurse insert English([[Nurse or auxiliary]])
* #community-agent "Agente comunitario de salud"
* #community-agent insert English([[Community health agent]])
* #clerk "Admisión"
* #clerk insert English([[Admission clerk]])
* #uau "Unidad de atención al usuario (UAU)"
* #uau insert English([[User attention unit]])
* #triage "Triaje"
* #triage insert English([[Triage]])
* #scheduler "Agenda de citas"
* #scheduler insert English([[Scheduler]])
* #specialist "Especialista o médico tratante"
* #specialist insert English([[Specialist or treating clinician]])
* #manager "Gestor de red o región"
* #manager insert English([[Network or region manager]])
* #patient "Paciente o responsable"
* #patient insert English([[Patient or guardian]])
* #paper-code "Quien tiene la hoja de una referencia"
* #paper-code insert English([[Holder of the sheet of a referral]])
* #statistics "Estadística"
* #statistics insert English([[Statistics]])
* #approver "Aprobación de publicaciones"
* #approver insert English([[Release approver]])
* #national "Oficina nacional"
* #national insert English([[National office]])
* #privacy "Oficial de privacidad"
* #privacy insert English([[Privacy officer]])
* #administrator "Administración del sistema"
* #administrator insert English([[Administrator]])
* #system "Sistema de un establecimiento"
* #system insert English([[Facility system]])
* #conformance "Prueba de conformidad"
* #conformance insert English([[Conformance testing]])
* #service "El propio servicio"
* #service insert English([[The service itself]])

ValueSet: WorkflowRoleVS
Id: workflow-role
Title: "Función en el proceso / Workflow role"
Description: "Funciones de las personas y sistemas en el proceso (PractitionerRole.code)."
* insert Shared
* include codes from system WorkflowRoleCS
