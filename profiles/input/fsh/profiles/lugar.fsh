// Where care is given: the site of a facility, or a room or an ambulance of it. One site of a facility carries its RUPS code.

Profile: Lugar
Parent: Location
Id: lugar
Title: "Lugar de atención / Place of care"
Description: "Sitio concreto de un establecimiento: su sede, un consultorio, una sala, una ambulancia."
* insert Shared
* identifier MS
* identifier obeys hn-est-1
* status 1..1 MS
* name 1..1 MS
* mode 1..1 MS
* mode = #instance (exactly)
* mode ^short = "Un sitio concreto, no una clase de sitios"
* type MS
* telecom MS
* address MS
* address.district MS
* address.state MS
* position MS
* managingOrganization 1..1 MS
* managingOrganization only Reference(Organization)
* managingOrganization ^short = "Establecimiento que lo tiene a su cargo"
* partOf MS
* hoursOfOperation MS
