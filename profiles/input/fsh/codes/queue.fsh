// The waiting list: codes come from src/referral/queue.ts (scripts/profiles/table-codes.mjs).

CodeSystem: QueueMoveCS
Id: queue-move
Title: "Movimiento en la fila / Move in the queue"
Description: "A dónde pasa a mano una referencia en la lista de espera, entre las de su misma prioridad clínica."
* insert Codes
* insert QueueMoveCodes

ValueSet: QueueMoveVS
Id: queue-move
Title: "Movimiento en la fila / Move in the queue"
Description: "A dónde pasa a mano una referencia en la lista de espera, entre las de su misma prioridad clínica."
* insert Shared
* include codes from system QueueMoveCS
