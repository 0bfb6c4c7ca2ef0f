import type { Words } from '../../words.js';

/** Prints of form HC-10 in use (code system `form-print`). */
export type FormPrint = 'vigente' | 'anterior';
export type Judgement = 'oportuna' | 'justificada';

/**
 * What each print calls the two questions that only the receiver answers. The old print asks whether the referral was
 * "pertinente" (was it justified?) and "adecuada" (did it come in time and as it should?); to be confirmed with the ministry.
 */
export const JUDGEMENT_WORDS = {
  vigente: {
    oportuna: { es: 'Oportuna', en: 'Timely' },
    justificada: { es: 'Justificada', en: 'Justified' },
  },
  anterior: {
    oportuna: { es: 'Adecuada', en: 'Adequate' },
    justificada: { es: 'Pertinente', en: 'Pertinent' },
  },
} as const satisfies Record<FormPrint, Record<Judgement, Words>>;

export const isFormPrint = (code: string | undefined): code is FormPrint =>
  code !== undefined && Object.hasOwn(JUDGEMENT_WORDS, code);

/** Judgement that a word of either print names, in Spanish, whatever its case; undefined for any other word. */
export function judgementNamed(word: string): Judgement | undefined {
  const wanted = word.trim().toLocaleLowerCase('es');
  const named = Object.values(JUDGEMENT_WORDS).flatMap((words) => Object.entries(words) as [Judgement, Words][]);
  return named.find(([, { es }]) => es.toLocaleLowerCase('es') === wanted)?.[0];
}
