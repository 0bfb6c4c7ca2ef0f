import type { Words } from '../../words.js';
import type { Measure } from './vital-signs.js';

/** Blocks of form HC-10 in the order of the norm (LN23:2019 annex 2); the last three are for emergencies (7.2.4). */
export const HC10_BLOCKS = {
  patient: { es: 'Datos del paciente', en: 'Patient' },
  companion: { es: 'Acompañante', en: 'Companion' },
  sender: { es: 'Establecimiento que refiere', en: 'Referring facility' },
  purpose: { es: 'Motivo del envío', en: 'Reason for sending' },
  clinical: {
    es: 'Signos y síntomas principales; resumen de datos clínicos',
    en: 'Signs, symptoms and clinical summary',
  },
  'vital-signs': { es: 'Signos vitales', en: 'Vital signs' },
  obstetric: { es: 'Datos gineco-obstétricos', en: 'Gynaecological and obstetric data' },
  exam: { es: 'Examen físico por regiones', en: 'Physical examination by region' },
  results: { es: 'Resultados de exámenes complementarios', en: 'Results of complementary examinations' },
  assessment: { es: 'Impresión diagnóstica, riesgo y recomendaciones', en: 'Diagnosis, risk and recommendations' },
  destination: { es: 'Establecimiento al que se refiere', en: 'Facility referred to' },
  contact: { es: 'Contacto previo', en: 'Prior contact' },
  author: { es: 'Quien refiere', en: 'Author' },
  transport: { es: 'Traslado', en: 'Transport' },
  handover: { es: 'Entrega de emergencia', en: 'Emergency handover' },
  treatment: { es: 'Tratamiento dado', en: 'Treatment given' },
} as const satisfies Record<string, Words>;
export type Hc10Block = keyof typeof HC10_BLOCKS;

/** An observation that is a part of another, as the blood pressure has two. */
export interface Hc10Panel {
  readonly code: string;
  readonly display: string;
}

/** Where the value of a field stands in FHIR. Everything is written and read by it. */
export type Hc10Place =
  /** An element of the order (or of what it refers to) that its builder writes by hand. */
  | { readonly in: 'element'; readonly path: string }
  /** Facts of the record or the directory: shown and printed, not typed. */
  | { readonly in: 'record'; readonly path: string }
  /** An extension of the order, or a part of one; `nth` tells repeated ones apart. */
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
      readonly value: 'Quantity' | 'string' | 'integer' | 'dateTime';
      readonly category: 'vital-signs' | 'exam' | 'social-history';
      readonly measure?: Measure;
      readonly of?: Hc10Panel;
    };

/** When a field must be filled in. An emergency is priority `stat`. */
export type Hc10Need = 'always' | 'emergency' | 'no-emergency' | 'urgent';

/** One field of form HC-10. */
export interface Hc10FieldRow extends Words {
  readonly block: Hc10Block;
  readonly at: Hc10Place;
  /** What may be written: lines and texts, one or several codes of a code system, a number, a day, a moment, yes or no. */
  readonly kind: 'line' | 'text' | 'code' | 'codes' | 'number' | 'day' | 'moment' | 'yes-no' | 'shown';
  readonly need?: Hc10Need;
  /** Code system of the guide. */
  readonly system?: string;
  /** Plausible numbers, both included. */
  readonly range?: readonly [number, number];
}
