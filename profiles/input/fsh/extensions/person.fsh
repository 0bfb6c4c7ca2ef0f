// What the registration of a person records beyond core Patient. Nothing here is ever required:
// newborn, unknown and undocumented people lack most of it.

Extension: IdentityKind
Id: identity-kind
Title: "Clase de identificación / Identity kind"
Description: "Cómo se identificó a la persona al registrarla."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only code
* value[x] from IdentityKindVS (required)

Extension: Mother
Id: mother
Title: "Madre / Mother"
Description: "Madre de un recién nacido (RN) o de un menor sin DNI («hijo de»), si se conoce."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only Reference(Patient or RelatedPerson)

Extension: TwinOrder
Id: twin-order
Title: "Orden gemelar / Twin order"
Description: "Orden de nacimiento en un parto múltiple: 1, 2, 3..."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only positiveInt

Extension: EstimatedAge
Id: estimated-age
Title: "Edad estimada / Estimated age"
Description: "Edad que se calcula cuando no se conoce la fecha de nacimiento, con el día en que se estimó."
Context: Patient
* insert Shared
* extension contains
    age 1..1 and
    date 0..1
* extension[age] ^short = "Edad (años, meses o días en UCUM: a, mo, d)"
* extension[age].value[x] 1..1
* extension[age].value[x] only Age
* extension[date] ^short = "Día en que se estimó"
* extension[date].value[x] 1..1
* extension[date].value[x] only date

Extension: Pueblo
Id: pueblo
Title: "Pueblo / People"
Description: "Pueblo indígena o afrohondureño por autoidentificación."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from PuebloVS (required)

Extension: Disability
Id: disability
Title: "Discapacidad / Disability"
Description: "Discapacidad declarada; se repite por cada clase."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only CodeableConcept
* value[x] from DisabilityKindVS (required)

Extension: MigrantStatus
Id: migrant-status
Title: "Condición de movilidad / Migrant status"
Description: "Persona migrante, retornada, desplazada o refugiada."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only code
* value[x] from MigrantStatusVS (required)

Extension: Literacy
Id: literacy
Title: "Lectura y escritura / Literacy"
Description: "Si la persona puede leer lo que se le entrega."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only code
* value[x] from LiteracyVS (required)

Extension: HardToReach
Id: hard-to-reach
Title: "Lugar de difícil acceso / Hard-to-reach place"
Description: "Vive en un lugar de difícil acceso; el detalle va en la dirección."
Context: Patient
* insert Shared
* value[x] 1..1
* value[x] only boolean

Extension: ContactForMessages
Id: contact-for-messages
Title: "Contacto para mensajes / Contact for messages"
Description: "La persona pidió que los mensajes de sus referencias lleguen también a este contacto; sin ella no se le escribe."
Context: Patient.contact
* insert Shared
* value[x] 1..1
* value[x] only boolean
