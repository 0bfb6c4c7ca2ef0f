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

CodeSystem: UnavailableReasonCS
Id: unavailable-reason
Title: "Por qué no puede venir / Why not available"
Description: "Por qué un paciente que espera no puede o no quiere venir durante un tiempo. Sin datos clínicos."
* insert Codes
* #travel "Está de viaje"
* #travel insert English([[Travelling]])
* #work "Trabajo o cosecha"
* #work insert English([[Work or harvest]])
* #family "Cuida a un familiar"
* #family insert English([[Caring for a relative]])
* #illness "Enfermedad o recuperación"
* #illness insert English([[Illness or recovery]])
* #childbirth "Parto o posparto"
* #childbirth insert English([[Childbirth or after it]])
* #no-transport "No tiene cómo llegar"
* #no-transport insert English([[No means of transport]])
* #other "Otra razón"
* #other insert English([[Another reason]])

ValueSet: UnavailableReasonVS
Id: unavailable-reason
Title: "Por qué no puede venir / Why not available"
Description: "Por qué un paciente que espera no puede o no quiere venir durante un tiempo. Sin datos clínicos."
* insert Shared
* include codes from system UnavailableReasonCS
