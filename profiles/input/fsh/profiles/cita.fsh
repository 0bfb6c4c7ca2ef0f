// An appointment given for a referral. That a booked one has start and end is R4 already (app-3).

Invariant: hn-cit-1
Description: "Una cita cancelada dice el motivo. / A cancelled appointment says why."
Severity: #error
Expression: "status != 'cancelled' or cancelationReason.exists()"

Profile: Cita
Parent: Appointment
Id: cita
Title: "Cita / Appointment"
Description: "Cita de una referencia, con los intentos de contacto y el motivo de inasistencia."
* insert Shared
* obeys hn-cit-1
* extension contains
    ContactAttempt named contactAttempt 0..* MS and
    NoShowReason named noShowReason 0..1 MS
* extension[noShowReason].value[x] 1..1
* identifier MS
* status MS
* cancelationReason MS
* cancelationReason from CancelReasonVS (extensible)
* serviceType MS
* specialty MS
* specialty from SpecialtyVS (extensible)
* reasonReference MS
* start MS
* end MS
* slot MS
* created MS
* comment MS
* patientInstruction MS
* basedOn 1..* MS
* basedOn only Reference(ServiceRequest)
* participant 1..* MS
* requestedPeriod MS
