import type { Words } from '../words.js';

interface MeasureRow extends Words {
  /** What is counted. */
  readonly numerator: Words;
  /** What it is a part of when shown as a share. */
  readonly denominator: Words;
  /** What falls in, what stays out, at which moment. */
  readonly rule: Words;
  /** Measure that contains it: the difference of both is a count as well and is protected like one. */
  readonly partOf?: string;
}

const NONE: Words = { es: 'Ninguno: es un conteo.', en: 'None: it is a count.' };
const SENT: Words = { es: 'Referencias enviadas (sent).', en: 'Referrals sent (sent).' };
const ANSWERED: Words = { es: 'Referencias respondidas (answered).', en: 'Referrals answered (answered).' };

/**
 * What is counted, with numerator, denominator and counting rule (LN23:2019 section 7.2.12 asks for a monthly review
 * and names no indicators; SESAL's quality norm asks each indicator for these). Everything counts at the month and
 * the region of the origin from which the referral was sent; a referral counts once, however many legs it had.
 */
export const MEASURES = {
  sent: {
    es: 'Referencias enviadas',
    en: 'Referrals sent',
    numerator: {
      es: 'Referencias (HC-10) enviadas en el mes por establecimientos de la región.',
      en: 'Referrals (HC-10) sent in the month by facilities of the region.',
    },
    denominator: NONE,
    rule: {
      es: 'Cuenta la referencia en el momento del primer envío, también si después se anuló, rechazó o redirigió. La que se hizo después de una llegada de emergencia cuenta en el establecimiento que envió de palabra o, si la persona vino por su cuenta, en el que la recibió. No cuentan los borradores ni las registradas por error.',
      en: 'A referral counts when it is first sent, also when it was cancelled, rejected or redirected later. One made after an emergency arrival counts at the facility that sent the person by word or, when the person came by themselves, at the one that received them. Drafts and those entered in error do not count.',
    },
  },
  answered: {
    es: 'Referencias respondidas',
    en: 'Referrals answered',
    numerator: {
      es: 'De las enviadas en el mes, las que tienen respuesta del establecimiento receptor.',
      en: 'Of those sent in the month, those that have a respuesta of the receiving facility.',
    },
    denominator: SENT,
    rule: {
      es: 'Cuenta la respuesta dada hasta el cierre del mes (60 días después de su fin), en el mes de la referencia y no en el de la respuesta.',
      en: 'The respuesta counts when given before the month closes (60 days after its end), in the month of the referral and not in that of the respuesta.',
    },
    partOf: 'sent',
  },
  'answered-on-time': {
    es: 'Respondidas a tiempo',
    en: 'Answered on time',
    numerator: {
      es: 'De las respondidas, las que lo fueron dentro del plazo de respuesta de su prioridad.',
      en: 'Of those answered, those answered within the time for the answer of their priority.',
    },
    denominator: ANSWERED,
    rule: {
      es: 'El plazo corre desde la llegada del paciente o, si se respondió sin visita, desde el envío; los plazos son los del reloj «answer».',
      en: 'Time runs from the arrival of the patient or, when answered without a visit, from sending; the limits are those of the clock "answer".',
    },
    partOf: 'answered',
  },
  oportuna: {
    es: 'Juzgadas oportunas',
    en: 'Judged timely (oportuna)',
    numerator: {
      es: 'De las respondidas, las que el receptor juzgó oportunas (HC-10, «llenar solo por quien recibe»).',
      en: 'Of those answered, those the receiver judged oportuna (HC-10, filled by the receiver only).',
    },
    denominator: ANSWERED,
    rule: {
      es: 'Solo cuenta «sí»; «no» y «sin clasificar» quedan en la diferencia con las respondidas.',
      en: 'Only "yes" counts; "no" and "not classified" remain in the difference from those answered.',
    },
    partOf: 'answered',
  },
  justificada: {
    es: 'Juzgadas justificadas',
    en: 'Judged justified (justificada)',
    numerator: {
      es: 'De las respondidas, las que el receptor juzgó justificadas (HC-10, «llenar solo por quien recibe»).',
      en: 'Of those answered, those the receiver judged justificada (HC-10, filled by the receiver only).',
    },
    denominator: ANSWERED,
    rule: {
      es: 'Solo cuenta «sí»; «no» y «sin clasificar» quedan en la diferencia con las respondidas.',
      en: 'Only "yes" counts; "no" and "not classified" remain in the difference from those answered.',
    },
    partOf: 'answered',
  },
} as const satisfies Record<string, MeasureRow>;

export type Measure = keyof typeof MEASURES;

export const ALL_MEASURES = Object.keys(MEASURES) as readonly Measure[];

/** A measure's row, with the optional column readable. */
export const measureRow = (measure: Measure): MeasureRow => MEASURES[measure];
