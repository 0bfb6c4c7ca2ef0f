/** One text in both languages of the service; Spanish is the source (design.md 3.10). */
export interface Words {
  readonly es: string;
  readonly en: string;
}

/** Both languages on one line, Spanish first: what operators read in the terminal. */
export const bilingual = (words: Words): string => `${words.es} / ${words.en}`;
