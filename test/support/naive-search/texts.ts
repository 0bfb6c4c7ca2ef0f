/** As strings are compared: no case, no accents, one blank. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** What of a text can be found by its beginning: the first 100 characters, from each of the first 12 words on. */
export function startsAtWord(text: string, asked: string): boolean {
  const words = fold(text).slice(0, 100).split(' ').slice(0, 12);
  const whole = fold(text).slice(0, 100);
  const starts = words.map((_, index) => (index === 0 ? whole : words.slice(index).join(' ')));
  return starts.some((start) => start.startsWith(fold(asked)));
}

/** Texts of a string, HumanName or Address. */
export function textsOfValue(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.entries(value as Record<string, unknown>)
    .filter(([key]) => !['use', 'type', 'period', 'id'].includes(key))
    .flatMap(([, part]) => (Array.isArray(part) ? (part as string[]) : typeof part === 'string' ? [part] : []));
}
