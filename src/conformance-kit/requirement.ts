import type { Words } from '../words.js';

/** Levels that a partner reaches one after the other: each includes those before it. */
export const LEVELS = ['L1', 'L2', 'L3'] as const;
export type Level = (typeof LEVELS)[number];

export const isLevel = (text: string | undefined): text is Level => LEVELS.some((level) => level === text);

/** What a level is about. */
export const LEVEL_WORDS: Readonly<Record<Level, Words>> = {
  L1: { es: 'enviar y anular', en: 'send and revoke' },
  L2: { es: 'estado e información', en: 'status and information' },
  L3: { es: 'citas, mensajes y respuesta', en: 'appointments, messages and answer' },
};

/** `not-seen`: nothing happened by which it could be told. */
export type Verdict = 'met' | 'not-met' | 'not-seen';

/** One thing that is asked of a partner. */
export interface Requirement {
  /** Stable, for reports: level and a short name. */
  readonly id: string;
  readonly level: Level;
  readonly words: Words;
  /** Where the rule stands. */
  readonly source: string;
}

/** How a requirement came out. */
export interface Graded extends Requirement {
  readonly verdict: Verdict;
  /** Why, when it is not met; what was seen, when it is. */
  readonly why?: Words;
}

/** Something that is not as asked; the words say what. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
  constructor(readonly words: Words) {
    super(words.en);
  }
}

export const unmet = (es: string, en: string): Unmet => new Unmet({ es, en });
