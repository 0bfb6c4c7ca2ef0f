// Codes of form HC-10 and of its attachments (LN23:2019 annexes 2 to 7). The items come from src/referral/hc10/annex-fields.ts
// (scripts/profiles/table-codes.mjs).

CodeSystem: FormPrintCS
Id: form-print
Title: "Impresión del formulario / Print of the form"
Description: "Impresión de la HC-10 en papel: la vigente, o la anterior, que dice «pertinente» y «adecuada»."
* insert Codes
* #vigente "Vigente" "HC-10 de LN23:2019."
* #vigente insert English([[Current]])
* #anterior "Anterior" "Dice pertinente y adecuada; tiene recién nacido y promotor."
* #anterior insert English([[Old]])

ValueSet: FormPrintVS
Id: form-print
Title: "Impresión del formulario / Print of the form"
Description: "Impresión de la HC-10 en papel: la vigente, o la anterior, que dice «pertinente» y «adecuada»."
* insert Shared
* include codes from system FormPrintCS

CodeSystem: AuthorCategoryCS
Id: author-category
Title: "Quien llena el formulario / Author of the form"
Description: "Categoría de quien llena la HC-10 (LN23:2019, anexo 2; promotor en la impresión anterior)."
* insert Codes
* #medico-general "Médico general"
* #medico-general insert English([[General doctor]])
* #especialista "Especialista"
* #especialista insert English([[Specialist]])
* #enfermera "Enfermera"
* #enfermera insert English([[Nurse]])
* #auxiliar "Auxiliar de enfermería"
* #auxiliar insert English([[Auxiliary nurse]])
* #promotor "Promotor"
* #promotor insert English([[Health promoter]])
* #otro "Otro"
* #otro insert English([[Other]])

ValueSet: AuthorCategoryVS
Id: author-category
Title: "Quien llena el formulario / Author of the form"
Description: "Categoría de quien llena la HC-10 (LN23:2019, anexo 2; promotor en la impresión anterior)."
* insert Shared
* include codes from system AuthorCategoryCS

CodeSystem: CommunityAgentKindCS
Id: community-agent-kind
Title: "Agente comunitario / Community agent"
Description: "Quién de la comunidad envía a la persona (LN23:2019, anexo 3)."
* insert Codes
* #acs "Agente comunitario de salud"
* #acs insert English([[Community health agent]])
* #promotor "Promotor"
* #promotor insert English([[Health promoter]])
* #otro "Otro"
* #otro insert English([[Other]])

ValueSet: CommunityAgentKindVS
Id: community-agent-kind
Title: "Agente comunitario / Community agent"
Description: "Quién de la comunidad envía a la persona (LN23:2019, anexo 3)."
* insert Shared
* include codes from system CommunityAgentKindCS

CodeSystem: ObstetricStageCS
Id: obstetric-stage
Title: "Etapa obstétrica / Obstetric stage"
Description: "En qué etapa ocurre la emergencia (LN23:2019, anexo 4)."
* insert Codes
* #embarazo "Embarazo"
* #embarazo insert English([[Pregnancy]])
* #parto "Parto"
* #parto insert English([[Labour]])
* #puerperio "Puerperio"
* #puerperio insert English([[Puerperium]])

ValueSet: ObstetricStageVS
Id: obstetric-stage
Title: "Etapa obstétrica / Obstetric stage"
Description: "En qué etapa ocurre la emergencia (LN23:2019, anexo 4)."
* insert Shared
* include codes from system ObstetricStageCS

CodeSystem: RhFactorCS
Id: rh-factor
Title: "Factor Rh / Rh factor"
Description: "Factor Rh, como lo pide el anexo 4 de LN23:2019."
* insert Codes
* #positivo "Positivo"
* #positivo insert English([[Positive]])
* #negativo "Negativo"
* #negativo insert English([[Negative]])
* #desconocido "No se sabe"
* #desconocido insert English([[Not known]])

ValueSet: RhFactorVS
Id: rh-factor
Title: "Factor Rh / Rh factor"
Description: "Factor Rh, como lo pide el anexo 4 de LN23:2019."
* insert Shared
* include codes from system RhFactorCS

CodeSystem: PregnancyDangerSignCS
Id: pregnancy-danger-sign
Title: "Señal de peligro en el embarazo / Danger sign in pregnancy"
Description: "Señales de peligro de los pictogramas (LN23:2019, anexo 6); lista por confirmar con la Secretaría de Salud."
* insert Codes
* #sangrado "Sangrado por la vagina"
* #sangrado insert English([[Vaginal bleeding]])
* #convulsiones "Ataques o convulsiones"
* #convulsiones insert English([[Fits or convulsions]])
* #dolor-cabeza "Dolor de cabeza fuerte"
* #dolor-cabeza insert English([[Severe headache]])
* #vision-borrosa "Ve borroso o ve luces"
* #vision-borrosa insert English([[Blurred vision or flashes]])
* #hinchazon "Hinchazón de cara, manos o pies"
* #hinchazon insert English([[Swollen face, hands or feet]])
* #fiebre "Fiebre"
* #fiebre insert English([[Fever]])
* #salida-liquido "Sale líquido por la vagina"
* #salida-liquido insert English([[Fluid from the vagina]])
* #bebe-no-se-mueve "El bebé no se mueve o se mueve poco"
* #bebe-no-se-mueve insert English([[The baby moves little or not at all]])
* #dolor-vientre "Dolor fuerte de vientre"
* #dolor-vientre insert English([[Severe pain of the belly]])
* #parto-largo "Parto de más de 12 horas"
* #parto-largo insert English([[Labour of more than 12 hours]])
* #placenta-retenida "No sale la placenta"
* #placenta-retenida insert English([[The placenta does not come out]])
* #mal-olor "Sangrado o flujo con mal olor después del parto"
* #mal-olor insert English([[Foul bleeding or discharge after birth]])

ValueSet: PregnancyDangerSignVS
Id: pregnancy-danger-sign
Title: "Señal de peligro en el embarazo / Danger sign in pregnancy"
Description: "Señales de peligro de los pictogramas (LN23:2019, anexo 6); lista por confirmar con la Secretaría de Salud."
* insert Shared
* include codes from system PregnancyDangerSignCS

CodeSystem: ChildDangerSignCS
Id: child-danger-sign
Title: "Señal de peligro en la niñez / Danger sign in a child"
Description: "Señales de peligro de los pictogramas (LN23:2019, anexo 7); lista por confirmar con la Secretaría de Salud."
* insert Codes
* #no-mama "No puede mamar o beber"
* #no-mama insert English([[Cannot suckle or drink]])
* #vomita-todo "Vomita todo"
* #vomita-todo insert English([[Vomits everything]])
* #convulsiones "Ataques o convulsiones"
* #convulsiones insert English([[Fits or convulsions]])
* #dormido "Muy dormido o no despierta"
* #dormido insert English([[Very sleepy or does not wake]])
* #respira-rapido "Respira rápido o con dificultad"
* #respira-rapido insert English([[Breathes fast or with difficulty]])
* #se-hunden-costillas "Se le hunden las costillas al respirar"
* #se-hunden-costillas insert English([[Ribs draw in when breathing]])
* #fiebre "Fiebre"
* #fiebre insert English([[Fever]])
* #diarrea-sangre "Diarrea con sangre o que no para"
* #diarrea-sangre insert English([[Bloody or lasting diarrhoea]])
* #ojos-hundidos "Ojos hundidos, mucha sed"
* #ojos-hundidos insert English([[Sunken eyes, very thirsty]])
* #muy-delgado "Muy delgado o hinchado"
* #muy-delgado insert English([[Very thin or swollen]])
* #ombligo "Ombligo rojo o con pus"
* #ombligo insert English([[Red or pus-filled navel]])
* #piel-amarilla "Piel amarilla"
* #piel-amarilla insert English([[Yellow skin]])

ValueSet: ChildDangerSignVS
Id: child-danger-sign
Title: "Señal de peligro en la niñez / Danger sign in a child"
Description: "Señales de peligro de los pictogramas (LN23:2019, anexo 7); lista por confirmar con la Secretaría de Salud."
* insert Shared
* include codes from system ChildDangerSignCS

CodeSystem: Hc10ItemCS
Id: hc10-item
Title: "Partes de los adjuntos de la HC-10 / Items of the attachments of HC-10"
Description: "Adjuntos de la HC-10 (LN23:2019, anexos 3 a 7) y cada una de sus preguntas."
* insert Codes
* insert Hc10ItemCodes

ValueSet: Hc10ItemVS
Id: hc10-item
Title: "Partes de los adjuntos de la HC-10 / Items of the attachments of HC-10"
Description: "Adjuntos de la HC-10 (LN23:2019, anexos 3 a 7) y cada una de sus preguntas."
* insert Shared
* include codes from system Hc10ItemCS
