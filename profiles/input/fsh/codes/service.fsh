// What the service itself says: its errors, the moves of a referral, its operations in audit records. The rule sets ErrorCodes,
// MoveCodes and MoveOperationCodes come from src/error-table.ts and src/referral/moves.ts (scripts/profiles/table-codes.mjs).

CodeSystem: ErrorCS
Id: error
Title: "Error / Error"
Description: "Códigos estables de OperationOutcome.issue.details; `{nombre}` se llena en cada caso."
* insert Codes
* ^property[0].code = #status
* ^property[0].description = "Estado HTTP de la respuesta. / HTTP status of the answer."
* ^property[0].type = #integer
* insert ErrorCodes

CodeSystem: ReferralOperationCS
Id: referral-operation
Title: "Movimiento de la referencia / Move of a referral"
Description: "Movimientos de una referencia como Provenance.activity."
* insert Codes
* insert MoveCodes

CodeSystem: OperationCS
Id: operation
Title: "Operación / Operation"
Description: "AuditEvent.subtype: operaciones FHIR del servicio, con el signo `$` de su dirección, y trabajos que no tienen dirección FHIR."
* insert Codes
* #seed "Cargar datos de demostración o sintéticos"
* #seed insert English([[Load demonstration or synthetic data]])
* #import "Importar recursos de archivos NDJSON"
* #import insert English([[Import resources from NDJSON files]])
* #$export "Exportar en bloque"
* #$export insert English([[Export in bulk]])
* #$export-file "Recibir un archivo de una exportación"
* #$export-file insert English([[Fetch a file of an export]])
* #$export-cancel "Cancelar un trabajo asíncrono"
* #$export-cancel insert English([[Cancel an asynchronous job]])
* #$async "Pedir que un Bundle se procese después"
* #$async insert English([[Ask for a Bundle to be processed later]])
* #notification "Enviar un mensaje al paciente o a un establecimiento"
* #notification insert English([[Send a message to the patient or to a facility]])
* #statistics-build "Preparar una publicación de estadísticas"
* #statistics-build insert English([[Build a statistics release]])
* #statistics-review "Leer el informe de protección de una publicación"
* #statistics-review insert English([[Read the protection report of a release]])
* #statistics-approve "Aprobar una publicación de estadísticas"
* #statistics-approve insert English([[Approve a statistics release]])
* #statistics-publish "Publicar una publicación aprobada"
* #statistics-publish insert English([[Publish an approved release]])
* #statistics-question-release "Mostrar al público una pregunta"
* #statistics-question-release insert English([[Show a question to the public]])
* #statistics-question-answer "Responder una pregunta del público"
* #statistics-question-answer insert English([[Answer a question of the public]])
* #statistics-question-decline "Negar una petición del público"
* #statistics-question-decline insert English([[Decline a request of the public]])
* #statistics-question-remove "Quitar una pregunta del público"
* #statistics-question-remove insert English([[Remove a question of the public]])
* #escalate "Avisar de un plazo vencido"
* #escalate insert English([[Tell of an overdue term]])
* #referral-proof "Probar que ninguna referencia quedó huérfana"
* #referral-proof insert English([[Prove that no referral is an orphan]])
* #deadlines "Cargar una tabla de plazos"
* #deadlines insert English([[Load a table of deadlines]])
* #$validate "Validar un recurso" "Dice si es válido; no guarda nada."
* #$validate insert English([[Validate a resource]])
* #$everything "Leer todo el expediente de una persona"
* #$everything insert English([[Read the whole record of a person]])
* #$match "Buscar personas que pueden ser la misma"
* #$match insert English([[Search for people who may be the same]])
* #$activation-code "Dar a un paciente el código para abrir su cuenta"
* #$activation-code insert English([[Give a patient the code to open an account]])
* #$existing-studies "Buscar estudios vigentes de una persona"
* #$existing-studies insert English([[Search for studies of a person that are still valid]])
* #$timeline "Leer la línea de tiempo de una persona"
* #$timeline insert English([[Read the timeline of a person]])
* #$available-actions "Ver qué se puede hacer con una referencia"
* #$available-actions insert English([[See what can be done with a referral]])
* #$referral "Leer una referencia completa"
* #$referral insert English([[Read a whole referral]])
* #$hc10 "Imprimir la hoja HC-10 de una referencia"
* #$hc10 insert English([[Print the HC-10 sheet of a referral]])
* #$track "Consultar una referencia con su código de papel"
* #$track insert English([[Follow a referral by its paper code]])
* #$worklist "Ver una lista de trabajo de un establecimiento"
* #$worklist insert English([[See one worklist of a facility]])
* #$worklists "Ver las listas de trabajo de un establecimiento"
* #$worklists insert English([[See the worklists of a facility]])
* #$daily-register "Ver el registro diario de un establecimiento" "LN23:2019, anexo 8."
* #$daily-register insert English([[See the daily register of a facility]])
* #$agenda "Ver los cupos de un establecimiento"
* #$agenda insert English([[See the slots of a facility]])
* #$make-slots "Abrir los cupos de un servicio"
* #$make-slots insert English([[Open the slots of a service]])
* #$read-messages "Leer los mensajes de una referencia"
* #$read-messages insert English([[Read the messages of a referral]])
* #$unread-messages "Ver los mensajes que un establecimiento no ha leído"
* #$unread-messages insert English([[See the messages that a facility has not read]])
* #$read-receipts "Ver cuándo se abrió una referencia"
* #$read-receipts insert English([[See when a referral was opened]])
* #$service-facts "Ver lo que conviene saber de un servicio"
* #$service-facts insert English([[See what to know of a service]])
* #$suggest-destinations "Ver a dónde conviene referir"
* #$suggest-destinations insert English([[See where to refer to]])
* #$monthly-supervision "Ver la supervisión mensual" "LN23:2019, 7.2.12."
* #$monthly-supervision insert English([[See the monthly supervision]])
* #$complete-item "Anotar qué pasó con un punto del plan"
* #$complete-item insert English([[Note what became of a point of the plan]])
* #$complete-notice "Atender un aviso"
* #$complete-notice insert English([[See to a notice]])
* #$prevention-due "Ver qué prevención le falta a una persona"
* #$prevention-due insert English([[See the preventive care that a person lacks]])
* #$expand "Ver los códigos de un conjunto"
* #$expand insert English([[See the codes of a value set]])
* #$lookup "Ver qué dice un código"
* #$lookup insert English([[See what a code means]])
* #$validate-code "Ver si un código es válido"
* #$validate-code insert English([[See whether a code is valid]])
* #$translate "Traducir un código a otro sistema"
* #$translate insert English([[Translate a code to another system]])
* #$meta "Ver las etiquetas de un recurso"
* #$meta insert English([[See the tags of a resource]])
* #$meta-add "Agregar etiquetas a un recurso"
* #$meta-add insert English([[Add tags to a resource]])
* #$meta-delete "Quitar etiquetas de un recurso"
* #$meta-delete insert English([[Take tags from a resource]])
* #$document "Armar un documento con su contenido"
* #$document insert English([[Build a document with its content]])
* #$reindex "Rehacer los índices de búsqueda"
* #$reindex insert English([[Rebuild the search values]])
* #$reindex-status "Ver cuánto falta para rehacer los índices"
* #$reindex-status insert English([[See the progress of a rebuild of search values]])
* #$feed "Seguir los cambios en orden"
* #$feed insert English([[Follow the changes in order]])
* #$explain "Ver el plan de una búsqueda"
* #$explain insert English([[See the plan of a search]])
* #$status "Ver cómo está una suscripción"
* #$status insert English([[See how a subscription stands]])
* #$signing-key "Ver la clave con que se firman las notificaciones de una suscripción"
* #$signing-key insert English([[See the key by which the notifications of a subscription are signed]])
* insert MoveOperationCodes
