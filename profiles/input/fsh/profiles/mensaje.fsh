// What the two facilities of a referral write to each other. Who may write to whom is the service's rule, not the profile's.

Profile: Mensaje
Parent: Communication
Id: mensaje
Title: "Mensaje sobre una referencia / Message on a referral"
Description: "Mensaje entre los dos establecimientos de una referencia. Se envía una vez y no se cambia; `received` lo anota el servicio cuando el otro lo lee."
* insert Shared
* basedOn 1..1 MS
* basedOn only Reference(ServiceRequest)
* basedOn ^short = "La referencia"
* partOf MS
* partOf ^short = "La tarea de la que trata"
* inResponseTo MS
* inResponseTo ^short = "El mensaje al que contesta"
* status MS
* category MS
* priority MS
* medium MS
* subject 1..1 MS
* subject only Reference(Patient)
* sent 1..1 MS
* received MS
* received ^short = "Cuándo lo leyó el establecimiento al que va; lo anota el servicio"
* recipient 1..2 MS
* recipient only Reference(Organization or Patient)
* recipient ^short = "El otro establecimiento; además, el paciente cuando también es para él"
* sender 1..1 MS
* sender only Reference(PractitionerRole or Organization)
* payload 1..* MS
* payload.content[x] only string or Reference
