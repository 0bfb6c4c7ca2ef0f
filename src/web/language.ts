import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from '../words.js';

export type Language = 'es' | 'en';

/**
 * Texts of a part of the pages, Spanish first (`usted`). Each part has its own file in `texts/`:
 * `export const HOME = { title: { es: 'Inicio', en: 'Home' } } as const satisfies Texts;`
 */
export type Texts = Readonly<Record<string, Words>>;

/** Text of the page's language; `{name}` places are filled from `values`. */
export type Say = (words: Words, values?: Readonly<Record<string, string | number>>) => string;

export const sayIn =
  (language: Language): Say =>
  (words, values = {}) =>
    words[language].replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));

/** What every component may need of the page around it. */
export interface Frame {
  readonly language: Language;
  /** Makes a token for one form. */
  readonly csrf: () => string;
}

export const FrameContext = createContext<Frame>({
  language: 'es',
  csrf: () => {
    throw new Error('a form needs a page around it');
  },
});

/** Inside components: the page's language. */
export const useLanguage = (): Language => useContext(FrameContext).language;
/** Inside components: texts in the page's language. */
export const useSay = (): Say => sayIn(useLanguage());

/** Language of a request: asked for (`?lang=`), remembered, or the browser's first; Spanish when in doubt. */
export function languageOf(
  asked: string | null,
  remembered: string | undefined,
  accepted: string | undefined,
): Language {
  for (const one of [asked, remembered]) if (one === 'es' || one === 'en') return one;
  return /^\s*en\b/i.test(accepted ?? '') ? 'en' : 'es';
}
