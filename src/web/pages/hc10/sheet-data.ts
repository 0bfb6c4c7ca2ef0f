import type { Appointment, Composition, Resource } from '@medplum/fhirtypes';
import { codeSystemUrl, extensionUrl } from '../../../config/canonical.js';
import { readHc10Answer } from '../../../referral/hc10/hc10-answer.js';
import { hc10FieldsOf, readHc10Observations } from '../../../referral/hc10/hc10-observations.js';
import type { Hc10Values } from '../../../referral/hc10/hc10-fields.js';
import { isInterconsulta, motivesOf, readHc10Order } from '../../../referral/hc10/hc10-order.js';
import { filledValues } from '../../../referral/hc10/filled-values.js';
import { type FormPrint, isFormPrint } from '../../../referral/hc10/judgement-words.js';
import { paperCodeOf, paperPin, wholeBirthDate } from '../../../referral/paper-code.js';
import { moveCoding } from '../../../referral/vocabulary.js';
import { dateText, timeText } from '../../dates.js';
import { codingText, conceptText } from '../../resources/coded-text.js';
import { observationText } from '../../resources/observation-text.js';
import { plainUnits } from '../../resources/plain-units.js';
import { actorName } from '../referral/actor-name.js';
import type { ReferralView } from '../referral/referral-view.js';
import { allergiesText, type FacilityTexts, facilityTexts, personTexts, type SheetTexts } from './sheet-record.js';
import type { SheetTerms } from './sheet-terms.js';

export type SheetKind = 'referencia' | 'respuesta';

/** Everything that the printed sheet says. */
export interface SheetData {
  readonly kind: SheetKind;
  readonly interconsulta: boolean;
  /** Print of the paper that was filled: it decides what the receiver's questions are called. */
  readonly print: FormPrint;
  /** Texts of the fields as people read them; codes stay codes where the paper has boxes to tick. */
  readonly values: Hc10Values;
  readonly motives: readonly string[];
  /** Results and other things on record that go along, a line each. */
  readonly attached: readonly string[];
  readonly asked: readonly string[];
  readonly from: FacilityTexts;
  readonly to: FacilityTexts;
  readonly appointment?: Appointment & { readonly start: string };
  /** Code and PIN with which the patient follows the referral; the PIN only without a known birth date. */
  readonly paper?: { readonly code: string; readonly pin?: string };
}

/** A respuesta as the sheet needs it: its Composition and what else its document holds. */
export interface SheetAnswer {
  readonly composition: Composition;
  readonly resources: readonly Resource[];
}

const sidesTexts = (from: FacilityTexts, to: FacilityTexts): SheetTexts => ({
  origen: from.name,
  red: from.network,
  institucion: from.institution,
  gestor: from.gestor,
  'origen-tipo': from.type,
  destino: to.name,
  'destino-tipo': to.type,
  'destino-direccion': to.address,
});

/** Who made a move, and when. */
function trailTexts({ language }: SheetTerms, referral: ReferralView, move: string): SheetTexts {
  const wanted = moveCoding(move);
  const found = referral
    .all('Provenance')
    .filter(({ activity }) =>
      activity?.coding?.some(({ system, code }) => system === wanted.system && code === wanted.code),
    )
    .at(-1);
  return found
    ? { recibida: timeText(found.recorded, language), recibe: actorName(referral, found.agent[0]?.who) }
    : {};
}

function judgementTexts(terms: SheetTerms, { leg }: ReferralView): SheetTexts {
  const judged = (name: string): string | undefined => {
    const code = leg?.extension?.find(({ url }) => url === extensionUrl(name))?.valueCode;
    return code === undefined ? undefined : codingText(terms, { system: codeSystemUrl('judgement'), code });
  };
  return { oportuna: judged('oportuna'), justificada: judged('justificada') };
}

/** What goes along, a line each; what stands in a field of its own is left out. */
function attachedLines(terms: SheetTerms, referral: ReferralView): readonly string[] {
  const { language } = terms;
  return (referral.order.supportingInfo ?? []).flatMap((reference): string[] => {
    const found = referral.any(reference);
    switch (found?.resourceType) {
      case 'Observation': {
        if (hc10FieldsOf(found).length > 0) return [];
        const { name, value, at } = observationText(terms, found);
        return [`${name}: ${plainUnits(value)}${at === undefined ? '' : ` (${dateText(at, language)})`}`];
      }
      case 'DiagnosticReport':
        return [`${conceptText(terms, found.code)}: ${found.conclusion ?? ''}`];
      case 'MedicationRequest':
      case 'MedicationStatement':
        return [conceptText(terms, found.medicationCodeableConcept)];
      case 'Condition':
        return [conceptText(terms, found.code)];
      default:
        return [];
    }
  });
}

/** What only a referencia says: the diagnosis with its code, author, appointment, receipt. */
function orderTexts(terms: SheetTerms, referral: ReferralView, appointment: SheetData['appointment']): SheetTexts {
  const { language } = terms;
  const { order, leg } = referral;
  const diagnosis = referral.find('Condition', order.reasonReference?.[0]);
  const code = diagnosis?.code?.coding?.[0]?.code;
  const words = conceptText(terms, diagnosis?.code);
  const received = leg?.executionPeriod?.start;
  const service = conceptText(terms, order.performerType);
  return {
    diagnostico: code === undefined || words.includes(code) ? words : `${code} ${words}`,
    autor: actorName(referral, order.requester),
    escrita: order.authoredOn === undefined ? undefined : timeText(order.authoredOn, language),
    especialidad: service,
    ...(appointment
      ? {
          'cita-servicio': conceptText(terms, appointment.specialty?.[0]) || service,
          'cita-fecha': timeText(appointment.start, language),
        }
      : {}),
    ...(received === undefined
      ? {}
      : { ...trailTexts(terms, referral, 'receive'), recibida: timeText(received, language) }),
    ...judgementTexts(terms, referral),
  };
}

const answerTexts = (terms: SheetTerms, referral: ReferralView, { author, date }: Composition): SheetTexts => ({
  autor: actorName(referral, author[0]),
  escrita: timeText(date, terms.language),
  ...trailTexts(terms, referral, 'acknowledge'),
});

const bookedOf = (referral: ReferralView): SheetData['appointment'] =>
  referral
    .all('Appointment')
    .find((one): one is typeof one & { start: string } => one.status === 'booked' && one.start !== undefined);

/** Code to follow the referral, and the PIN for somebody without a birth date. */
function paperOf({ services }: SheetTerms, { order, patient }: ReferralView): Pick<SheetData, 'paper'> {
  const code = paperCodeOf(order);
  if (code === undefined) return {};
  const needsPin = patient && wholeBirthDate(patient) === undefined;
  return { paper: { code, ...(needsPin ? { pin: paperPin(services.fhir.paperSecret, code) } : {}) } };
}

/** Gathers what the sheet prints: the referral as it was sent, or the answer to it. */
export function sheetData(terms: SheetTerms, referral: ReferralView, answer?: SheetAnswer): SheetData {
  const { order, patient, sides, number } = referral;
  const observations = (order.supportingInfo ?? []).flatMap((one) => referral.find('Observation', one) ?? []);
  const origin = facilityTexts(terms, referral, sides.origin);
  const destination = facilityTexts(terms, referral, sides.destination);
  const [from, to] = answer ? [destination, origin] : [origin, destination];
  const appointment = bookedOf(referral);
  const written = answer
    ? readHc10Answer(answer.composition, answer.resources)
    : { values: { ...readHc10Observations(observations), ...readHc10Order(order) }, motives: motivesOf(order) };
  const shown = filledValues({
    numero: number,
    ...(patient ? personTexts(terms, patient) : {}),
    alergias: allergiesText(terms, referral),
    ...sidesTexts(from, to),
    ...(answer ? answerTexts(terms, referral, answer.composition) : orderTexts(terms, referral, appointment)),
  });
  const { impresion } = written.values;
  return {
    kind: answer ? 'respuesta' : 'referencia',
    interconsulta: isInterconsulta(order),
    print: isFormPrint(impresion) ? impresion : 'vigente',
    values: { ...written.values, ...shown },
    motives: written.motives,
    attached: answer ? [] : attachedLines(terms, referral),
    asked: answer
      ? []
      : referral
          .all('ServiceRequest')
          .filter(({ id }) => id !== order.id)
          .map((one) => conceptText(terms, one.code)),
    from,
    to,
    ...(appointment && !answer ? { appointment } : {}),
    ...paperOf(terms, referral),
  };
}
