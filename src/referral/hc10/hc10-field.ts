import type { Words } from '../../words.js';
import type { AnswerSectionCode } from '../answer-section.js';
import type { Measure } from './vital-signs.js';

/**
 * Blocks of form HC-10 in the order of the norm (LN23:2019 annex 2), what the old print has beside them, the handover of an
 * emergency (7.2.4), what a respuesta says beyond the sheet, and the attachments (annexes 3 to 7).
 */
export const HC10_BLOCKS = {
  kind: { es: 'Clase de hoja', en: 'Kind of sheet' },
  patient: { es: 'Datos del paciente', en: 'Patient' },
  companion: { es: 'Acompañante', en: 'Companion' },
  sender: { es: 'Establecimiento que refiere', en: 'Referring facility' },
  purpose: { es: 'Motivo del envío', en: 'Reason for sending' },
  clinical: {
    es: 'Signos y síntomas principales; resumen de datos clínicos',
    en: 'Signs, symptoms and clinical summary',
  },
  'vital-signs': { es: 'Signos vitales', en: 'Vital signs' },
  newborn: { es: 'Recién nacido (impresión anterior)', en: 'Newborn (old print)' },
  obstetric: { es: 'Datos gineco-obstétricos', en: 'Gynaecological and obstetric data' },
  exam: { es: 'Examen físico por regiones', en: 'Physical examination by region' },
  results: { es: 'Resultados de exámenes complementarios', en: 'Results of complementary examinations' },
  assessment: { es: 'Impresión diagnóstica, riesgo y recomendaciones', en: 'Diagnosis, risk and recommendations' },
  destination: { es: 'Establecimiento al que se refiere', en: 'Facility referred to' },
  contact: { es: 'Contacto previo', en: 'Prior contact' },
  author: { es: 'Quien refiere', en: 'Author' },
  appointment: { es: 'Cita', en: 'Appointment' },
  receipt: { es: 'Recepción', en: 'Receipt' },
  receiver: { es: 'Para llenar solo por quien recibe', en: 'Only for the receiver' },
  transport: { es: 'Traslado', en: 'Transport' },
  handover: { es: 'Entrega de emergencia', en: 'Emergency handover' },
  treatment: { es: 'Tratamiento dado', en: 'Treatment given' },
  answer: { es: 'Lo que la respuesta agrega', en: 'What the answer adds' },
  back: { es: 'Reverso, para el paciente', en: 'Back page, for the patient' },
  'annex-3': { es: 'Anexo 3. Enviado por agente comunitario', en: 'Annex 3. Sent by a community agent' },
  'annex-4': { es: 'Anexo 4. Emergencia obstétrica y puerperal', en: 'Annex 4. Obstetric and puerperal emergency' },
  'annex-5': {
    es: 'Anexos 5 y 6. Embarazada o puérpera enviada por la comunidad',
    en: 'Annexes 5 and 6. Pregnant or puerperal woman sent by the community',
  },
  'annex-7': { es: 'Anexo 7. Niño o niña menor de cinco años', en: 'Annex 7. Child under five' },
} as const satisfies Record<string, Words>;
export type Hc10Block = keyof typeof HC10_BLOCKS;
export const ALL_HC10_BLOCKS = Object.keys(HC10_BLOCKS) as readonly Hc10Block[];

/** An observation that holds others as its components, as the blood pressure has two. */
export interface Hc10Panel {
  readonly code: string;
  readonly display: string;
}

/** Where the value of a field stands in FHIR. Everything is written and read by it. */
export type Hc10Place =
  /** An element of the order or of the answer (or of what they refer to) that its builder writes by hand. */
  | { readonly in: 'element'; readonly path: string }
  /** Facts of the record, the directory or the workflow: shown and printed, not typed on the form. */
  | { readonly in: 'record'; readonly path: string }
  /** An extension of the order or of the answer, or a part of one; `nth` tells repeated ones apart. */
  | {
      readonly in: 'extension';
      readonly id: string;
      readonly value: 'string' | 'code' | 'text' | 'boolean' | 'dateTime';
      readonly part?: string;
      readonly nth?: number;
    }
  /** An observation of the visit, or a component of one. */
  | {
      readonly in: 'observation';
      readonly code: string;
      readonly display: string;
      readonly value: 'Quantity' | 'string' | 'integer' | 'dateTime' | 'boolean' | 'CodeableConcept';
      readonly category: 'vital-signs' | 'exam' | 'social-history' | 'survey';
      readonly measure?: Measure;
      readonly of?: Hc10Panel;
      /** Code system of the guide that `code` and the panel's code are of; LOINC when absent. */
      readonly system?: string;
    }
  /** Words of a section of the respuesta. */
  | { readonly in: 'section'; readonly code: AnswerSectionCode };

/** When a field must be filled in. An emergency is priority `stat`. */
export type Hc10Need = 'always' | 'emergency' | 'no-emergency' | 'urgent';

/** One field of form HC-10. */
export interface Hc10FieldRow extends Words {
  readonly block: Hc10Block;
  /** Place in a referencia; in a respuesta for the block `answer`. */
  readonly at: Hc10Place;
  /** Place in a respuesta where it is another one; null where a respuesta has no such field. */
  readonly answer?: Hc10Place | null;
  /** What may be written: lines and texts, one or several codes of a code system, a number, a day, a moment, yes or no. */
  readonly kind: 'line' | 'text' | 'code' | 'codes' | 'number' | 'day' | 'moment' | 'yes-no' | 'shown';
  readonly need?: Hc10Need;
  /** Code system of the guide. */
  readonly system?: string;
  /** Plausible numbers, both included. */
  readonly range?: readonly [number, number];
}
