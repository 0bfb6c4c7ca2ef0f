// Every reason a referral or its task may end or pause with: one value set over the coded lists.
ValueSet: StatusReasonVS
Id: status-reason
Title: "Motivo de estado / Status reason"
Description: "Motivos de rechazo, redirección, egreso, cancelación y datos que faltan."
* insert Shared
* include codes from system RejectReasonCS
* include codes from system RedirectReasonCS
* include codes from system ExitCauseCS
* include codes from system CancelReasonCS
* include codes from system InformationItemCS
