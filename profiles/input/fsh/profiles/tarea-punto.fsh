// One dated point of the answer's plan; child of the follow-up at the origin.

Invariant: hn-pun-1
Description: "Un punto que no se hizo dice por qué. / A point that was not done says why."
Severity: #error
Expression: "status != 'failed' or statusReason.text.exists()"

Profile: TareaPunto
Parent: Task
Id: tarea-punto
Title: "Punto del plan con fecha / Dated point of the plan"
Description: "Un punto de la respuesta que el origen cumple en una fecha; forma parte de la tarea de seguimiento."
* insert Shared
* obeys hn-pun-1
* basedOn 1..* MS
* basedOn ^short = "La referencia"
* partOf 1..1 MS
* partOf only Reference(Task)
* partOf ^short = "La tarea de seguimiento"
* status MS
* status ^short = "ready, después completed (hecho), failed (no se hizo) o cancelled (se cerró antes)"
* statusReason MS
* intent = #order (exactly)
* intent MS
* code 1..1 MS
* code = TaskCodeCS#follow-up-item
* description 1..1 MS
* description ^short = "Lo que se hace"
* focus 1..1 MS
* focus ^short = "La respuesta"
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* owner 1..1 MS
* owner only Reference(Organization)
* owner ^short = "Establecimiento de origen"
* restriction 1..1 MS
* restriction.period 1..1 MS
* restriction.period.end 1..1 MS
* restriction.period.end ^short = "Fecha en que toca"
* input MS
