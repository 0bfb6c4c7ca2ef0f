// A service to which people are referred, as the directory of the network lists it (LN23:2019, 7.2.14).

Profile: Servicio
Parent: HealthcareService
Id: servicio
Title: "Servicio / Service"
Description: "Servicio de un establecimiento al que se refiere: especialidad, horario, contacto, si exige cita, si tiene cupo y qué pide."
* insert Shared
* extension contains
    Capacity named capacity 0..1 MS and
    Requirement named requirement 0..* MS and
    RequirementForm named requirementForm 0..* MS
* identifier MS
* active 1..1 MS
* providedBy 1..1 MS
* providedBy only Reference(Organization)
* providedBy ^short = "Establecimiento que lo presta"
* type MS
* specialty 1..* MS
* specialty from SpecialtyVS (extensible)
* location MS
* name 1..1 MS
* telecom MS
* appointmentRequired MS
* appointmentRequired ^short = "Si se atiende solo con cita; lo urgente se atiende siempre (LN23:2019, 7.2.2)"
* availableTime MS
* notAvailable MS
