import type { VNode } from 'preact';
import { useLanguage, useSay } from '../../language.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';
import { type Figure, figureText, HIDDEN } from './figures.js';

/** A figure in a table; what the letter means stands below the tables and, for those who point at it, here. */
export function FigureCell({ figure }: { readonly figure: Figure }): VNode {
  const say = useSay();
  const language = useLanguage();
  return figure === null ? <abbr title={say(OPEN_DATA.hidden)}>{HIDDEN}</abbr> : <>{figureText(figure, language)}</>;
}
