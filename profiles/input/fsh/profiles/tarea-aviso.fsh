// What a facility must know of a referral and act on; it says what became of it with `$complete-notice` or a plain update.

Invariant: hn-avi-1
Description: "Un aviso es buscar a la persona, un fallecimiento, una referencia a otro establecimiento o su borrador. / A notice is of one of its kinds."
Severity: #error
Expression: "code.coding.where(code = 'find-person' or code = 'not-arrived' or code = 'death-notice' or code = 'onward-notice' or code = 'onward-draft').exists()"

Invariant: hn-avi-2
Description: "Un aviso atendido dice qué se hizo o qué se encontró. / A notice that was seen to says what was done or found."
Severity: #error
Expression: "status = 'completed' implies note.text.exists()"

Profile: TareaAviso
Parent: Task
Id: tarea-aviso
Title: "Aviso a un establecimiento / Notice to a facility"
Description: "Buscar a quien salió de la lista, un fallecimiento o una referencia a otro establecimiento; el establecimiento que lo recibe lo cierra."
* insert Shared
* obeys hn-avi-1 and hn-avi-2 and hn-cum-3
* basedOn 1..* MS
* basedOn ^short = "Las referencias de que trata"
* partOf MS
* partOf ^short = "Sus tramos"
* groupIdentifier MS
* status MS
* statusReason MS
* intent = #order (exactly)
* intent MS
* priority MS
* code 1..1 MS
* code from TaskCodeVS (required)
* description 1..1 MS
* description ^short = "Qué se pide, sin datos clínicos"
* focus 1..1 MS
* focus only Reference(ServiceRequest)
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* requester MS
* owner 1..1 MS
* owner only Reference(Organization)
* owner ^short = "Establecimiento que debe actuar"
* note MS
* note ^short = "Qué se hizo o qué se encontró"
* executionPeriod MS
* executionPeriod ^short = "Cuándo se atendió"
* restriction MS
* restriction.period MS
