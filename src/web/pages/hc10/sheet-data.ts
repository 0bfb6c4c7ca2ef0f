import type { Appointment } from '@medplum/fhirtypes';
import { deniesAllergies } from '../../../config/no-known-allergies.js';
import { allergiesInForce } from '../../../config/standing-facts.js';
import { paperCodeOf, paperPin, wholeBirthDate } from '../../../referral/paper-code.js';
import { filledValues } from '../../../referral/hc10/filled-values.js';
import { hc10FieldsOf, readHc10Observations } from '../../../referral/hc10/hc10-observations.js';
import { type Hc10Field, type Hc10Values } from '../../../referral/hc10/hc10-fields.js';
import { motivesOf, readHc10Order } from '../../../referral/hc10/hc10-order.js';
import { dateText, timeText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { conceptText } from '../../resources/coded-text.js';
import { observationText } from '../../resources/observation-text.js';
import { plainUnits } from '../../resources/plain-units.js';
import { addressText, phonesOf } from '../../resources/person-details.js';
import { ageText, dniText, nameOrUnknown, sexText } from '../../resources/person.js';
import { SID } from '../../../config/canonical.js';
import { SHEET } from '../../texts/hc10-sheet.js';
import { actorName } from '../referral/actor-name.js';
import type { ReferralView } from '../referral/referral-view.js';

/** Everything that the printed sheet says. */
export interface SheetData {
  /** Texts of the fields as people read them; codes stay codes where the paper has boxes to tick. */
  readonly values: Hc10Values;
  readonly motives: readonly string[];
  /** Results and other things on record that go along, a line each. */
  readonly attached: readonly string[];
  readonly asked: readonly string[];
  readonly appointment?: Appointment & { readonly start: string };
  /** Code and PIN with which the patient follows the referral; the PIN only without a known birth date. */
  readonly paper?: { readonly code: string; readonly pin?: string };
}

const identifier = ({ patient }: ReferralView, system: string): string | undefined =>
  patient?.identifier?.find((one) => one.system === system)?.value;

function allergiesText(page: PageContext, referral: ReferralView): string {
  const found = allergiesInForce(referral.all('AllergyIntolerance'));
  const named = found.filter((one) => !deniesAllergies(one));
  if (named.length > 0) return named.map(({ code }) => conceptText(page, code)).join(', ');
  return found[0] ? conceptText(page, found[0].code) : page.say(SHEET.allergiesUnknown);
}

/** Facts of the record and the directory. */
function recordValues(page: PageContext, referral: ReferralView): Hc10Values {
  const { say, language } = page;
  const { patient, order, sides } = referral;
  const origin = referral.find('Organization', `Organization/${sides.origin ?? ''}`);
  const network = origin?.partOf && referral.any(origin.partOf);
  const diagnosis = referral.find('Condition', order.reasonReference?.[0]);
  const code = diagnosis?.code?.coding?.[0]?.code;
  const words = conceptText(page, diagnosis?.code);
  const dni = identifier(referral, SID.dni);
  const texts: Partial<Record<Hc10Field, string | undefined>> = {
    ...(patient
      ? {
          nombre: nameOrUnknown(patient, say),
          sexo: sexText(patient, language),
          edad: ageText(patient, say),
          direccion: addressText(patient),
          telefono: phonesOf(patient).join(', '),
        }
      : {}),
    expediente: identifier(referral, SID.expediente),
    identidad: dni === undefined ? identifier(referral, SID.pasaporte) : dniText(dni),
    alergias: allergiesText(page, referral),
    origen: referral.facilityName(sides.origin),
    red: network?.resourceType === 'Organization' ? network.name : undefined,
    destino: referral.facilityName(sides.destination),
    diagnostico: code === undefined ? words : `${code} ${words}`,
    autor: actorName(referral, order.requester),
    escrita: order.authoredOn === undefined ? undefined : timeText(order.authoredOn, language),
    especialidad: conceptText(page, order.performerType),
  };
  return filledValues(texts);
}

/** What goes along, a line each; what stands in a field of its own is left out. */
function attachedLines(page: PageContext, referral: ReferralView): readonly string[] {
  const { language } = page;
  return (referral.order.supportingInfo ?? []).flatMap((reference): string[] => {
    const found = referral.any(reference);
    switch (found?.resourceType) {
      case 'Observation': {
        if (hc10FieldsOf(found).length > 0) return [];
        const { name, value, at } = observationText(page, found);
        return [`${name}: ${plainUnits(value)}${at === undefined ? '' : ` (${dateText(at, language)})`}`];
      }
      case 'DiagnosticReport':
        return [`${conceptText(page, found.code)}: ${found.conclusion ?? ''}`];
      case 'MedicationRequest':
      case 'MedicationStatement':
        return [conceptText(page, found.medicationCodeableConcept)];
      case 'Condition':
        return [conceptText(page, found.code)];
      default:
        return [];
    }
  });
}

/** Gathers what the sheet prints, from the referral as it was sent. */
export function sheetData(page: PageContext, referral: ReferralView): SheetData {
  const { order, patient } = referral;
  const observations = (order.supportingInfo ?? []).flatMap((one) => referral.find('Observation', one) ?? []);
  const code = paperCodeOf(order);
  const pin =
    code !== undefined && patient && wholeBirthDate(patient) === undefined
      ? { pin: paperPin(page.services.fhir.paperSecret, code) }
      : {};
  const appointment = referral
    .all('Appointment')
    .find((one): one is typeof one & { start: string } => one.status === 'booked' && one.start !== undefined);
  return {
    values: { ...readHc10Observations(observations), ...readHc10Order(order), ...recordValues(page, referral) },
    motives: motivesOf(order),
    attached: attachedLines(page, referral),
    asked: referral
      .all('ServiceRequest')
      .filter(({ id }) => id !== order.id)
      .map((one) => conceptText(page, one.code)),
    ...(appointment ? { appointment } : {}),
    ...(code === undefined ? {} : { paper: { code, ...pin } }),
  };
}
