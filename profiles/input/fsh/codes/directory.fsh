CodeSystem: CapacityStatusCS
Id: capacity-status
Title: "Capacidad del servicio / Capacity status"
Description: "Lo que un servicio dice de su capacidad de recibir referencias."
* insert Codes
* #capacity "Con cupo"
* #capacity insert English([[Has capacity]])
* #waitlist "Con lista de espera"
* #waitlist insert English([[Waiting list]])
* #no-capacity "Sin cupo por ahora"
* #no-capacity insert English([[No capacity for now]])
* #assessment-needed "Depende de la valoración"
* #assessment-needed insert English([[Depends on assessment]])

ValueSet: CapacityStatusVS
Id: capacity-status
Title: "Capacidad del servicio / Capacity status"
Description: "Lo que un servicio dice de su capacidad de recibir referencias."
* insert Shared
* include codes from system CapacityStatusCS
