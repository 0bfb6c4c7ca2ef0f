// Appointments and the waiting list: what base R4 has no element for.

Extension: AppointmentStart
Id: appointment-start
Title: "Inicio de la cita vigente / Start of the appointment in force"
Description: "Cuándo empieza la cita vigente del tramo: la lista de un día sale de aquí."
Context: Task
* insert Shared
* value[x] 1..1
* value[x] only dateTime

Extension: SlotFreed
Id: slot-freed
Title: "Cupo liberado / Slot set free"
Description: "Cuándo quedó libre otra vez un cupo que ya tenía cita («cupo perdido», LN23:2019 8.3.3)."
Context: Slot
* insert Shared
* value[x] 1..1
* value[x] only dateTime

Extension: QueueMove
Id: queue-move
Title: "Movimiento a mano en la fila / Move by hand in the queue"
Description: "Cada vez que citas movió la referencia en la lista de espera: cuándo, a dónde, por qué y quién. Vale el último."
Context: Task
* insert Shared
* extension contains
    time 1..1 and
    direction 1..1 and
    reason 1..1 and
    who 1..1
* extension[time] ^short = "Día y hora"
* extension[time].value[x] 1..1
* extension[time].value[x] only dateTime
* extension[direction] ^short = "A dónde"
* extension[direction].value[x] 1..1
* extension[direction].value[x] only code
* extension[direction].value[x] from QueueMoveVS (required)
* extension[reason] ^short = "Por qué, sin datos clínicos"
* extension[reason].value[x] 1..1
* extension[reason].value[x] only string
* extension[who] ^short = "Quién"
* extension[who].value[x] 1..1
* extension[who].value[x] only Reference(PractitionerRole or Organization)

Extension: QueuePlace
Id: queue-place
Title: "Lugar en la fila / Place in the queue"
Description: "Lugar de una fila de la lista de espera y de qué sale, en el orden en que cuenta: prioridad clínica, movimiento a mano, si ya se pasó de la espera total y primera fecha."
Context: Bundle.entry.search
* insert Shared
* extension contains
    position 1..1 and
    priority 1..1 and
    moved 0..1 and
    overrun 0..1 and
    until 0..1 and
    since 0..1
* extension[position] ^short = "Lugar, desde 1"
* extension[position].value[x] 1..1
* extension[position].value[x] only positiveInt
* extension[priority] ^short = "Prioridad clínica"
* extension[priority].value[x] 1..1
* extension[priority].value[x] only code
* extension[priority].value[x] from http://hl7.org/fhir/ValueSet/request-priority (required)
* extension[moved] ^short = "Movimiento a mano, si lo hay"
* extension[moved].value[x] 1..1
* extension[moved].value[x] only code
* extension[moved].value[x] from QueueMoveVS (required)
* extension[overrun] ^short = "Ya se pasó de lo que puede durar toda la espera"
* extension[overrun].value[x] 1..1
* extension[overrun].value[x] only boolean
* extension[until] ^short = "Hasta cuándo puede durar toda la espera, desde la primera fecha"
* extension[until].value[x] 1..1
* extension[until].value[x] only dateTime
* extension[since] ^short = "Primera fecha: redirigir o volver a enviar no la cambia"
* extension[since].value[x] 1..1
* extension[since].value[x] only dateTime
