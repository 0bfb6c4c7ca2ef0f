import type { Words } from '../../words.js';

/**
 * `waiting` until the ministry has read it; `released`: public, without an answer yet; `answered` and `declined`: public with
 * the answer or the reason; `removed`: never public, its text erased (data of a person, abuse).
 */
export const QUESTION_STATES = ['waiting', 'released', 'answered', 'declined', 'removed'] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** What somebody may ask for. */
export const QUESTION_SUBJECTS = {
  'other-table': { es: 'Otra tabla', en: 'Another table' },
  figure: { es: 'Una cifra que no entiendo', en: 'A figure that I do not understand' },
  definition: { es: 'Cómo se cuenta', en: 'How it is counted' },
  other: { es: 'Otra cosa sobre los datos', en: 'Something else about the data' },
} as const satisfies Readonly<Record<string, Words>>;
export type QuestionSubject = keyof typeof QUESTION_SUBJECTS;

/** Lengths in characters. */
export const QUESTION_LENGTHS = { text: { min: 10, max: 1_000 }, organisation: 120, email: 200, reply: 2_000 } as const;

/** What a person writes into the public form. */
export interface AskedQuestion {
  readonly subject: string;
  readonly text: string;
  /** Neither is ever public. */
  readonly organisation: string;
  readonly email: string;
}

export type QuestionMistake = 'subject' | 'short' | 'long' | 'identity' | 'organisation' | 'email';

/** Thirteen digits, with the spaces or dashes that people put between them, are the number of a person. */
const IDENTITY = /(?<!\d)\d{4}[\s-]?\d{4}[\s-]?\d{5}(?!\d)/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is wrong with a question, by field; empty when it can be kept. */
export function questionMistakes(asked: AskedQuestion): Partial<Record<keyof AskedQuestion, QuestionMistake>> {
  const { text, organisation, email } = QUESTION_LENGTHS;
  const textMistake =
    asked.text.length < text.min
      ? 'short'
      : asked.text.length > text.max
        ? 'long'
        : IDENTITY.test(asked.text)
          ? 'identity'
          : undefined;
  return {
    ...(Object.hasOwn(QUESTION_SUBJECTS, asked.subject) ? {} : { subject: 'subject' }),
    ...(textMistake ? { text: textMistake } : {}),
    ...(asked.organisation.length > organisation ? { organisation: 'organisation' } : {}),
    ...(asked.email !== '' && (asked.email.length > email || !EMAIL.test(asked.email)) ? { email: 'email' } : {}),
  };
}
