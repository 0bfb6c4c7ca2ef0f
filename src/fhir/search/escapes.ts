/** Splits at a separator that is not escaped; escapes stay in the parts. */
export function splitEscaped(text: string, separator: ',' | '|' | '$'): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/**
 * Takes the escapes out of one part: `\,` `\$` `\|` `\\` (FHIR R4 search, escaping).
 * Undefined when a backslash stands before anything else, where it has no meaning.
 */
export function unescapeValue(text: string): string | undefined {
  if (!text.includes('\\')) return text;
  let plain = '';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
      if (at === text.length || !',$|\\'.includes(text.charAt(at))) return undefined;
    }
    plain += text.charAt(at);
  }
  return plain;
}

/** Writes a value so that it reads back as itself. */
export const escapeValue = (text: string): string => text.replace(/[,$|\\]/g, '\\$&');
