import type { Words } from '../../../words.js';
import { type Language, sayIn } from '../../language.js';

/** Both languages of a text with its `{name}` places filled: titles are told in the language of the page later. */
export function fillWords(
  words: Words,
  valuesIn: (language: Language) => Readonly<Record<string, string | number>>,
): Words {
  const filled = (language: Language): string => sayIn(language)(words, valuesIn(language));
  return { es: filled('es'), en: filled('en') };
}
