import type { OperationOutcomeIssue } from '@medplum/fhirtypes';

export interface ErrorDefinition {
  /** HTTP status (design.md 3a.6). */
  readonly status: number;
  /** FHIR issue type (R4 value set issue-type, required binding). */
  readonly issue: OperationOutcomeIssue['code'];
  /** Text for people; `{name}` is replaced from the finding's parameters. */
  readonly es: string;
  readonly en: string;
}

/**
 * Every error of the service, once: stable code -> status, issue type, Spanish and English text. The code system `error` of the
 * guide is made of it (`npm run profiles`).
 */
// One line a row, however long: the table is read by its columns.
// prettier-ignore
export const ERRORS = {
  // 401, 403
  'token-missing': { status: 401, issue: 'login', es: 'Falta el token de acceso.', en: 'The access token is missing.' },
  'token-invalid': { status: 401, issue: 'login', es: 'El token de acceso no es válido: {reason}.', en: 'The access token is not valid: {reason}.' },
  'role-forbidden': { status: 403, issue: 'forbidden', es: 'Su función ({role}) no puede hacer «{interaction}» en {type}.', en: 'Your role ({role}) may not do "{interaction}" on {type}.' },
  'scope-forbidden': { status: 403, issue: 'forbidden', es: 'El token no incluye el permiso {scope}.', en: 'The token does not include the scope {scope}.' },
  'custodian-only': { status: 403, issue: 'forbidden', es: 'Solo el establecimiento que registró {type}/{id} puede cambiarlo.', en: 'Only the facility that recorded {type}/{id} may change it.' },
  'label-kept': { status: 403, issue: 'forbidden', es: 'Las etiquetas de seguridad no se cambian con esta operación.', en: 'Security labels are not changed by this operation.' },
  'facility-foreign': { status: 403, issue: 'forbidden', es: 'No puede registrar en nombre de otro establecimiento ({element}).', en: 'You may not record on behalf of another facility ({element}).' },
  'patient-change': { status: 422, issue: 'business-rule', es: 'Un registro no puede pasar de un paciente a otro.', en: 'A record cannot move from one patient to another.' },
  // 404, 410, 405
  'route-unknown': { status: 404, issue: 'not-found', es: 'La dirección {path} no existe.', en: 'There is nothing at {path}.' },
  'not-found': { status: 404, issue: 'not-found', es: 'No se encontró {type}/{id}.', en: '{type}/{id} was not found.' },
  'paper-code-unknown': { status: 404, issue: 'not-found', es: 'No encontramos esa referencia. Revise el código de su hoja y la fecha de nacimiento.', en: 'We did not find that referral. Check the code on your sheet and the birth date.' },
  'match-none': { status: 404, issue: 'not-found', es: 'La condición no encuentra ningún {type}.', en: 'The condition finds no {type}.' },
  'job-unknown': { status: 404, issue: 'not-found', es: 'El trabajo {id} no existe, caducó o se canceló.', en: 'Job {id} does not exist, has expired or was cancelled.' },
  'version-not-found': { status: 404, issue: 'not-found', es: 'No se encontró la versión {version} de {type}/{id}.', en: 'Version {version} of {type}/{id} was not found.' },
  'terminology-unknown': { status: 404, issue: 'not-found', es: 'Aquí no se conoce {type} {name}.', en: '{type} {name} is not known here.' },
  'code-unknown': { status: 404, issue: 'not-found', es: 'El código «{code}» no existe en {system}.', en: 'Code "{code}" does not exist in {system}.' },
  deleted: { status: 410, issue: 'deleted', es: '{type}/{id} fue borrado.', en: '{type}/{id} was deleted.' },
  'method-not-allowed': { status: 405, issue: 'not-supported', es: 'El método {method} no se admite en {path}.', en: 'Method {method} is not supported on {path}.' },
  // 400
  'body-unreadable': { status: 400, issue: 'structure', es: 'El cuerpo no es JSON o XML válido: {reason}.', en: 'The body is not valid JSON or XML: {reason}.' },
  'body-missing': { status: 400, issue: 'required', es: 'Falta el cuerpo de la petición.', en: 'The request needs a body.' },
  'body-too-deep': { status: 400, issue: 'structure', es: 'El cuerpo tiene más de {limit} niveles de anidamiento.', en: 'The body nests deeper than {limit} levels.' },
  'type-unknown': { status: 404, issue: 'not-supported', es: 'El tipo de recurso {type} no se admite.', en: 'Resource type {type} is not supported.' },
  'type-mismatch': { status: 400, issue: 'invalid', es: 'El recurso es {actual} y la dirección pide {expected}.', en: 'The resource is a {actual} but the URL says {expected}.' },
  'id-mismatch': { status: 400, issue: 'invalid', es: 'El id del cuerpo no es el de la dirección.', en: 'The id in the body is not the id of the URL.' },
  'interaction-unsupported': { status: 405, issue: 'not-supported', es: '«{interaction}» no se admite en {type}.', en: '"{interaction}" is not supported on {type}.' },
  'operation-unknown': { status: 404, issue: 'not-supported', es: 'La operación ${operation} no existe en {type}.', en: 'There is no operation ${operation} on {type}.' },
  'parameter-unknown': { status: 400, issue: 'not-supported', es: 'El parámetro de búsqueda «{parameter}» no existe en {type}.', en: 'Search parameter "{parameter}" does not exist on {type}.' },
  'parameter-ignored': { status: 200, issue: 'not-supported', es: 'El parámetro de búsqueda «{parameter}» no existe en {type} y no se tomó en cuenta.', en: 'Search parameter "{parameter}" does not exist on {type} and was ignored.' },
  'modifier-unsupported': { status: 400, issue: 'not-supported', es: 'El modificador «{modifier}» no se admite en «{parameter}».', en: 'Modifier "{modifier}" is not supported on "{parameter}".' },
  'parameter-value': { status: 400, issue: 'value', es: 'El valor «{value}» de «{parameter}» no es válido: {reason}.', en: 'Value "{value}" of "{parameter}" is not valid: {reason}.' },
  'include-unknown': { status: 400, issue: 'not-supported', es: '«{parameter}={include}» no existe en una búsqueda de {type}.', en: '"{parameter}={include}" does not exist in a search for {type}.' },
  'sort-unsupported': { status: 400, issue: 'not-supported', es: 'No se puede ordenar {type} por «{key}»; se admite: {allowed}.', en: '{type} cannot be sorted by "{key}"; supported: {allowed}.' },
  'cursor-invalid': { status: 400, issue: 'value', es: 'El enlace de página no es válido para esta búsqueda o persona.', en: 'The page link is not valid for this search or caller.' },
  'too-costly': { status: 400, issue: 'too-costly', es: 'La búsqueda es demasiado amplia: {advice}.', en: 'The search is too broad: {advice}.' },
  'header-invalid': { status: 400, issue: 'value', es: 'La cabecera {header} no es válida: {value}.', en: 'Header {header} is not valid: {value}.' },
  'bundle-invalid': { status: 400, issue: 'invalid', es: 'El Bundle no se puede procesar: {reason}.', en: 'The Bundle cannot be processed: {reason}.' },
  'operation-parameter': { status: 400, issue: 'invalid', es: 'Parámetro de la operación no válido: {parameter}: {reason}.', en: 'Invalid operation parameter: {parameter}: {reason}.' },
  'patch-malformed': { status: 400, issue: 'structure', es: 'El parche no es válido en {part}: {reason}.', en: 'The patch is not valid at {part}: {reason}.' },
  'condition-empty': { status: 400, issue: 'required', es: 'La condición no nombra ningún criterio de búsqueda.', en: 'The condition names no search criterion.' },
  'id-refused': { status: 400, issue: 'value', es: 'Aquí el servidor da el id: quite «{id}» del cuerpo.', en: 'The server gives the id here: leave "{id}" out of the body.' },
  // 406, 413, 415
  'format-unsupported': { status: 406, issue: 'not-supported', es: 'Se responde en application/fhir+json o application/fhir+xml (se pidió {format}).', en: 'Answers come in application/fhir+json or application/fhir+xml (asked for {format}).' },
  'body-too-large': { status: 413, issue: 'too-long', es: 'El cuerpo pasa del máximo de {limit} bytes.', en: 'The body is over the limit of {limit} bytes.' },
  'resource-too-large': { status: 413, issue: 'too-long', es: 'El recurso, con sus valores de búsqueda, pasa del máximo de {limit} bytes.', en: 'The resource with its search values is over the limit of {limit} bytes.' },
  'content-type-unsupported': { status: 415, issue: 'not-supported', es: 'Envíe application/fhir+json o application/fhir+xml (se recibió {contentType}).', en: 'Send application/fhir+json or application/fhir+xml (got {contentType}).' },
  'search-body': { status: 415, issue: 'not-supported', es: 'Los parámetros de _search van en la dirección o en un cuerpo application/x-www-form-urlencoded (se recibió {contentType}).', en: 'Parameters of _search stand in the URL or in a body of type application/x-www-form-urlencoded (got {contentType}).' },
  // 428, 412, 409
  'if-match-required': { status: 428, issue: 'conflict', es: 'Este movimiento exige la cabecera If-Match con la versión que usted vio.', en: 'This move needs an If-Match header with the version you saw.' },
  'version-conflict': { status: 412, issue: 'conflict', es: 'Alguien cambió {type}/{id} mientras tanto: la versión actual es {current}.', en: '{type}/{id} was changed meanwhile: the current version is {current}.' },
  'reference-unmatched': { status: 412, issue: 'not-found', es: 'La referencia condicional «{reference}» no encuentra ningún recurso.', en: 'The conditional reference "{reference}" finds no resource.' },
  'reference-ambiguous': { status: 412, issue: 'multiple-matches', es: 'La referencia condicional «{reference}» encuentra más de un recurso.', en: 'The conditional reference "{reference}" finds more than one resource.' },
  'match-multiple': { status: 412, issue: 'multiple-matches', es: 'La condición encuentra más de un recurso.', en: 'The condition matches more than one resource.' },
  duplicate: { status: 409, issue: 'duplicate', es: 'Ya existe un registro con este {kind}.', en: 'A record with this {kind} already exists.' },
  'import-duplicate': { status: 409, issue: 'duplicate', es: 'Ya existe un registro con este {kind}: {holder}.', en: 'A record with this {kind} already exists: {holder}.' },
  'answer-lost': { status: 409, issue: 'incomplete', es: 'La transacción se llevó a cabo, pero su respuesta se perdió al detenerse el servicio: {written}.', en: 'The transaction was carried out, but its answer was lost when the service stopped: {written}.' },
  'slot-taken': { status: 409, issue: 'conflict', es: 'Ese cupo ya no está libre o cambió mientras tanto. Elija otro.', en: 'That slot is not free any more or changed meanwhile. Choose another.' },
  'write-conflict': { status: 409, issue: 'conflict', es: 'Otra escritura ocupa el mismo recurso; intente de nuevo.', en: 'Another write holds the same resource; try again.' },
  'release-state': { status: 409, issue: 'conflict', es: 'La publicación {release} está en el estado «{state}».', en: 'Release {release} is in state "{state}".' },
  'month-open': { status: 422, issue: 'business-rule', es: 'El mes {month} no está cerrado: cierra el {date}.', en: 'Month {month} is not closed: it closes on {date}.' },
  'second-person': { status: 422, issue: 'business-rule', es: 'Quien preparó la publicación {release} no puede aprobarla.', en: 'Who built release {release} may not approve it.' },
  'release-refused': { status: 422, issue: 'business-rule', es: 'La auditoría rechaza la publicación {release}: {rule}.', en: 'The audit refuses release {release}: {rule}.' },
  'still-referenced': { status: 409, issue: 'conflict', es: 'Otros recursos dependen de {type}/{id}.', en: 'Other resources depend on {type}/{id}.' },
  // 422: validation and rules
  structure: { status: 422, issue: 'structure', es: 'Estructura no válida: {reason}', en: 'Invalid structure: {reason}' },
  'element-unknown': { status: 422, issue: 'structure', es: 'El elemento «{element}» no existe aquí.', en: 'Element "{element}" does not exist here.' },
  'element-required': { status: 422, issue: 'required', es: 'Falta el elemento obligatorio «{element}».', en: 'Required element "{element}" is missing.' },
  'element-empty': { status: 422, issue: 'value', es: 'El elemento «{element}» está vacío.', en: 'Element "{element}" is empty.' },
  'json-type': { status: 422, issue: 'structure', es: 'El valor de «{element}» debe ser {expected} en JSON.', en: 'The value of "{element}" must be {expected} in JSON.' },
  'value-null': { status: 422, issue: 'structure', es: 'El elemento «{element}» no puede ser null.', en: 'Element "{element}" may not be null.' },
  'value-format': { status: 422, issue: 'value', es: 'El valor de «{element}» no tiene el formato de {type}.', en: 'The value of "{element}" does not have the format of {type}.' },
  'value-fixed': { status: 422, issue: 'value', es: 'El valor de «{element}» no es el que fija el perfil.', en: 'The value of "{element}" is not the one that the profile fixes.' },
  cardinality: { status: 422, issue: 'structure', es: 'El elemento «{element}» debe estar {range} veces y está {count}.', en: 'Element "{element}" must be there {range} times and is there {count}.' },
  'extension-value': { status: 422, issue: 'structure', es: 'La extensión {url} lleva {allowed}.', en: 'Extension {url} takes {allowed}.' },
  'modifier-unknown': { status: 422, issue: 'extension', es: 'La extensión {url} cambia el sentido de lo que la lleva y aquí no se conoce.', en: 'Extension {url} changes the meaning of what carries it and is not known here.' },
  'profile-type': { status: 422, issue: 'invalid', es: 'El perfil {profile} es de {expected}, no de {actual}.', en: 'Profile {profile} is about {expected}, not {actual}.' },
  'code-invalid': { status: 422, issue: 'code-invalid', es: 'El código «{value}» no está en el conjunto {valueSet}.', en: 'Code "{value}" is not in the value set {valueSet}.' },
  'expansion-impossible': { status: 422, issue: 'not-supported', es: 'El conjunto {valueSet} no se puede enumerar: {reason}.', en: 'Value set {valueSet} cannot be enumerated: {reason}.' },
  'id-invalid': { status: 422, issue: 'value', es: 'El id «{value}» no es válido.', en: 'Id "{value}" is not valid.' },
  'key-unsafe': { status: 422, issue: 'security', es: 'La clave «{key}» no se admite.', en: 'Key "{key}" is not accepted.' },
  'narrative-invalid': { status: 422, issue: 'security', es: 'El texto narrativo contiene algo no permitido: {reason}.', en: 'The narrative holds something that is not allowed: {reason}.' },
  'choice-multiple': { status: 422, issue: 'structure', es: 'Solo se admite una forma de «{element}».', en: 'Only one form of "{element}" is allowed.' },
  'reference-target': { status: 422, issue: 'value', es: 'La referencia «{reference}» no puede apuntar a ese tipo; se admite: {allowed}.', en: 'Reference "{reference}" may not point to that type; allowed: {allowed}.' },
  'reference-malformed': { status: 422, issue: 'value', es: 'La referencia «{reference}» no tiene la forma Tipo/id.', en: 'Reference "{reference}" is not of the form Type/id.' },
  'reference-not-found': { status: 422, issue: 'not-found', es: 'No se encontró el recurso referido «{reference}».', en: 'The referenced resource "{reference}" was not found.' },
  invariant: { status: 422, issue: 'invariant', es: 'No se cumple la regla {key}: {text}', en: 'Constraint {key} failed: {text}' },
  'profile-unknown': { status: 422, issue: 'not-found', es: 'El perfil {profile} no existe aquí.', en: 'Profile {profile} is not known here.' },
  'patch-failed': { status: 422, issue: 'processing', es: 'El parche no se puede aplicar en {part}: {reason}.', en: 'The patch cannot be applied at {part}: {reason}.' },
  'patch-test-failed': { status: 422, issue: 'conflict', es: 'La comprobación {part} del parche no se cumple.', en: 'Test {part} of the patch does not hold.' },
  'patch-protected': { status: 422, issue: 'business-rule', es: 'Un parche no puede cambiar «{element}»: lo da el servidor.', en: 'A patch may not change "{element}": the server gives it.' },
  'idempotency-key-reused': { status: 422, issue: 'conflict', es: 'Esta Idempotency-Key ya se usó con otra petición.', en: 'This Idempotency-Key was used with another request.' },
  'rule-broken': { status: 422, issue: 'business-rule', es: '{es}', en: '{en}' },
  'date-past': { status: 422, issue: 'business-rule', es: '«{field}» ya pasó: {es}.', en: '"{field}" has passed: {en}.' },
  'date-too-far': { status: 422, issue: 'business-rule', es: '«{field}» está demasiado lejos: {es} a más tardar (el límite es de {days} días).', en: '"{field}" is too far away: {en} at the latest (the limit is {days} days).' },
  'subscription-limit': { status: 422, issue: 'business-rule', es: 'El establecimiento ya tiene {limit} suscripciones activas, que es el máximo: apague una primero.', en: 'The facility has {limit} active Subscriptions, which is the most: turn one off first.' },
  'field-missing': { status: 422, issue: 'required', es: 'Para «{operation}» falta «{field}».', en: '"{operation}" needs "{field}".' },
  'move-not-allowed': { status: 422, issue: 'business-rule', es: 'En el estado «{state}» no se puede «{operation}». Ahora se puede: {allowed}.', en: '"{operation}" is not possible in state "{state}". Possible now: {allowed}.' },
  'too-early': { status: 422, issue: 'business-rule', es: '«{operation}» se puede desde {from}: antes la persona todavía puede llegar.', en: '"{operation}" is possible from {from} on: before that the person may still come.' },
  'redirect-returns': { status: 422, issue: 'business-rule', es: '{place} ya tuvo esta referencia y la pasó a otro. Elija otro destino, o llame antes de devolverla.', en: '{place} had this referral already and passed it on. Choose another destination, or call before giving it back.' },
  'move-role': { status: 403, issue: 'forbidden', es: 'Su función ({role}) no hace el movimiento «{operation}».', en: 'Your role ({role}) does not do the move "{operation}".' },
  'use-operation': { status: 422, issue: 'business-rule', es: 'El estado de una referencia cambia solo con operaciones. Ahora se puede: {allowed}.', en: 'The state of a referral changes by operations only. Possible now: {allowed}.' },
  'write-unexplained': { status: 422, issue: 'business-rule', es: '«{operation}» no cambia «{element}»; una escritura que es un movimiento cambia solo lo que el movimiento lleva.', en: '"{operation}" does not change "{element}"; a write that is a move changes only what the move carries.' },
  'move-in-transaction': { status: 422, issue: 'not-supported', es: 'Esta escritura es un movimiento de una referencia y no va dentro de una transacción: envíela sola o en un Bundle de tipo batch.', en: 'This write is a move of a referral and does not go inside a transaction: send it alone or in a Bundle of type batch.' },
  // 429, 5xx
  'too-many': { status: 429, issue: 'throttled', es: 'Demasiadas peticiones; espere {seconds} segundos.', en: 'Too many requests; wait {seconds} seconds.' },
  unavailable: { status: 503, issue: 'transient', es: 'No se puede garantizar esta operación ahora; intente de nuevo en {seconds} segundos.', en: 'This cannot be guaranteed right now; try again in {seconds} seconds.' },
  timeout: { status: 503, issue: 'timeout', es: 'La base de datos no respondió a tiempo.', en: 'The database did not answer in time.' },
  internal: { status: 500, issue: 'exception', es: 'Error interno; su número es {request}.', en: 'Internal error; its number is {request}.' },
  // warnings and informational issues
  'same-day-visit': { status: 200, issue: 'business-rule', es: 'La persona tiene otra cita ese día: {start} a {end}, en {place}. Confirme que puede ir a las dos.', en: 'The person has another appointment on that day: {start} to {end}, at {place}. Make sure that both are possible.' },
  'patient-away': { status: 200, issue: 'business-rule', es: 'Está anotado que la persona no puede venir antes del {es}. Confirme con ella la cita.', en: 'It is noted that the person cannot come before {en}. Confirm the appointment with the person.' },
  'handover-incomplete': { status: 200, issue: 'required', es: 'La referencia salió. De la entrega de emergencia falta: {es}. Llame al destino y dígalo.', en: 'The referral was sent. The emergency handover lacks: {en}. Call the destination and tell them.' },
  'practitioner-busy': { status: 200, issue: 'business-rule', es: '{who} ya tiene otra visita a esa hora: {start} a {end}. Confirme que puede atender las dos.', en: '{who} already has another visit at that time: {start} to {end}. Make sure that both are possible.' },
  'duplicate-study': { status: 200, issue: 'duplicate', es: 'Ya existe {study} del {date}, {place}: {result}. Sirve {days} días desde esa fecha ({reference}).', en: 'There is already {study} of {date}, {place}: {result}. It stands for {days} days from that date ({reference}).' },
  'include-cut': { status: 200, issue: 'too-costly', es: 'Esta página no incluye todo lo pedido con _include y _revinclude: se incluyen {limit} recursos como máximo. Pida menos filas con _count.', en: 'This page does not include all that _include and _revinclude asked for: at most {limit} resources are included. Ask for fewer rows with _count.' },
  ok: { status: 200, issue: 'informational', es: 'Correcto.', en: 'All OK.' },
} as const satisfies Record<string, ErrorDefinition>;
