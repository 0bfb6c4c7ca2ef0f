// What the expediente records in codes of others (LOINC, IPS), named in Spanish, and the vaccines of the national schedule.

ValueSet: SignoVitalVS
Id: signo-vital
Title: "Signos vitales / Vital signs"
Description: "Signos vitales del formulario HC-10 (LN23:2019, anexo 2) y otras medidas usuales, en LOINC."
* insert Shared
* $loinc#85354-9 "Presión arterial"
* $loinc#85354-9 insert English([[Blood pressure]])
* $loinc#8867-4 "Frecuencia cardíaca"
* $loinc#8867-4 insert English([[Heart rate]])
* $loinc#9279-1 "Frecuencia respiratoria"
* $loinc#9279-1 insert English([[Respiratory rate]])
* $loinc#8310-5 "Temperatura corporal"
* $loinc#8310-5 insert English([[Body temperature]])
* $loinc#2708-6 "Saturación de oxígeno"
* $loinc#2708-6 insert English([[Oxygen saturation]])
* $loinc#59408-5 "Saturación de oxígeno por oxímetro"
* $loinc#59408-5 insert English([[Oxygen saturation by pulse oximetry]])
* $loinc#29463-7 "Peso corporal"
* $loinc#29463-7 insert English([[Body weight]])
* $loinc#8302-2 "Talla"
* $loinc#8302-2 insert English([[Body height]])
* $loinc#8306-3 "Talla acostado"
* $loinc#8306-3 insert English([[Body length lying]])
* $loinc#9843-4 "Perímetro cefálico"
* $loinc#9843-4 insert English([[Head circumference]])
* $loinc#39156-5 "Índice de masa corporal"
* $loinc#39156-5 insert English([[Body mass index]])

ValueSet: LaboratorioVS
Id: laboratorio
Title: "Exámenes de laboratorio / Laboratory tests"
Description: "Exámenes de laboratorio usuales en LOINC; las unidades y la vigencia de cada uno están en seed/loinc-lab.json."
* insert Shared
* $loinc#718-7 "Hemoglobina"
* $loinc#718-7 insert English([[Haemoglobin]])
* $loinc#4544-3 "Hematocrito"
* $loinc#4544-3 insert English([[Haematocrit]])
* $loinc#6690-2 "Leucocitos"
* $loinc#6690-2 insert English([[White blood cells]])
* $loinc#777-3 "Plaquetas"
* $loinc#777-3 insert English([[Platelets]])
* $loinc#58410-2 "Hemograma completo"
* $loinc#58410-2 insert English([[Complete blood count]])
* $loinc#4537-7 "Velocidad de eritrosedimentación"
* $loinc#4537-7 insert English([[Erythrocyte sedimentation rate]])
* $loinc#2345-7 "Glucosa en suero"
* $loinc#2345-7 insert English([[Glucose in serum]])
* $loinc#1558-6 "Glucosa en ayunas"
* $loinc#1558-6 insert English([[Fasting glucose]])
* $loinc#4548-4 "Hemoglobina glicosilada (HbA1c)"
* $loinc#4548-4 insert English([[Glycated haemoglobin (HbA1c)]])
* $loinc#2093-3 "Colesterol total"
* $loinc#2093-3 insert English([[Total cholesterol]])
* $loinc#2571-8 "Triglicéridos"
* $loinc#2571-8 insert English([[Triglycerides]])
* $loinc#2085-9 "Colesterol HDL"
* $loinc#2085-9 insert English([[HDL cholesterol]])
* $loinc#3084-1 "Ácido úrico"
* $loinc#3084-1 insert English([[Uric acid]])
* $loinc#3094-0 "Nitrógeno ureico (BUN)"
* $loinc#3094-0 insert English([[Urea nitrogen (BUN)]])
* $loinc#2160-0 "Creatinina"
* $loinc#2160-0 insert English([[Creatinine]])
* $loinc#1920-8 "Aspartato aminotransferasa (AST)"
* $loinc#1920-8 insert English([[Aspartate aminotransferase (AST)]])
* $loinc#1742-6 "Alanina aminotransferasa (ALT)"
* $loinc#1742-6 insert English([[Alanine aminotransferase (ALT)]])
* $loinc#1988-5 "Proteína C reactiva"
* $loinc#1988-5 insert English([[C-reactive protein]])
* $loinc#5370-2 "Antiestreptolisina O (ASO)"
* $loinc#5370-2 insert English([[Antistreptolysin O (ASO)]])
* $loinc#11572-5 "Factor reumatoide"
* $loinc#11572-5 insert English([[Rheumatoid factor]])
* $loinc#20507-0 "RPR (sífilis)"
* $loinc#20507-0 insert English([[RPR (syphilis)]])
* $loinc#68961-2 "Prueba rápida de VIH"
* $loinc#68961-2 insert English([[HIV rapid test]])
* $loinc#2106-3 "Prueba de embarazo en orina"
* $loinc#2106-3 insert English([[Urine pregnancy test]])
* $loinc#882-1 "Grupo sanguíneo ABO y Rh"
* $loinc#882-1 insert English([[ABO and Rh blood group]])
* $loinc#24356-8 "Examen general de orina"
* $loinc#24356-8 insert English([[Urinalysis]])
* $loinc#20454-5 "Proteína en orina por tira"
* $loinc#20454-5 insert English([[Urine protein by strip]])
* $loinc#10704-5 "Examen de heces (parásitos)"
* $loinc#10704-5 insert English([[Stool examination (parasites)]])
* $loinc#11545-1 "Baciloscopia de esputo (BAAR)"
* $loinc#11545-1 insert English([[Sputum smear (acid-fast bacilli)]])
* $loinc#664-3 "Tinción de Gram"
* $loinc#664-3 insert English([[Gram stain]])
* $loinc#32700-7 "Gota gruesa (malaria)"
* $loinc#32700-7 insert English([[Thick blood film (malaria)]])

ValueSet: AlergiaNegadaVS
Id: alergia-negada
Title: "Alergias negadas / Absent allergies"
Description: "Lo que se anota cuando se preguntó y no hay alergias conocidas, o no se pudo preguntar (códigos del IPS). Sin registro: no se ha preguntado."
* insert Shared
* $absent-unknown#no-known-allergies "Sin alergias conocidas"
* $absent-unknown#no-known-allergies insert English([[No known allergies]])
* $absent-unknown#no-known-medication-allergies "Sin alergias conocidas a medicamentos"
* $absent-unknown#no-known-medication-allergies insert English([[No known medication allergies]])
* $absent-unknown#no-known-food-allergies "Sin alergias conocidas a alimentos"
* $absent-unknown#no-known-food-allergies insert English([[No known food allergies]])
* $absent-unknown#no-known-environmental-allergies "Sin alergias conocidas al ambiente"
* $absent-unknown#no-known-environmental-allergies insert English([[No known environmental allergies]])
* $absent-unknown#no-allergy-info "No se pudo preguntar por alergias"
* $absent-unknown#no-allergy-info insert English([[No information about allergies]])

CodeSystem: VacunaCS
Id: vacuna
Title: "Vacuna / Vaccine"
Description: "Vacunas del esquema nacional (PAI); las dosis y sus edades son datos con versión, en seed/vaccines.json."
* insert Codes
* #bcg "BCG"
* #bcg insert English([[BCG]])
* #hepatitis-b-rn "Hepatitis B del recién nacido"
* #hepatitis-b-rn insert English([[Hepatitis B for newborns]])
* #ipv "Polio inactivada (IPV)"
* #ipv insert English([[Inactivated polio (IPV)]])
* #opv "Polio oral bivalente (OPV)"
* #opv insert English([[Bivalent oral polio (OPV)]])
* #pentavalente "Pentavalente (DPT, hepatitis B, Hib)"
* #pentavalente insert English([[Pentavalent (DTP, hepatitis B, Hib)]])
* #rotavirus "Rotavirus"
* #rotavirus insert English([[Rotavirus]])
* #neumococo "Neumococo conjugada"
* #neumococo insert English([[Pneumococcal conjugate]])
* #srp "Sarampión, rubéola y parotiditis (SRP)"
* #srp insert English([[Measles, rubella and mumps (MMR)]])
* #hepatitis-a "Hepatitis A pediátrica"
* #hepatitis-a insert English([[Paediatric hepatitis A]])
* #dpt "DPT (refuerzo)"
* #dpt insert English([[DTP (booster)]])
* #td "Tétanos y difteria del adulto (Td)"
* #td insert English([[Adult tetanus and diphtheria (Td)]])
* #vph "Virus del papiloma humano"
* #vph insert English([[Human papillomavirus]])
* #influenza "Influenza estacional"
* #influenza insert English([[Seasonal influenza]])
* #covid-19 "COVID-19, ARNm"
* #covid-19 insert English([[COVID-19, mRNA]])

ValueSet: VacunaVS
Id: vacuna
Title: "Vacuna / Vaccine"
Description: "Vacunas del esquema nacional (PAI)."
* insert Shared
* include codes from system VacunaCS
