/** XHTML of a narrative (FHIR R4 narrative.html): one paragraph for each line that is not empty. */
export const narrativeDiv = (text: string): string =>
  `<div xmlns="http://www.w3.org/1999/xhtml">${linesOf(text)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')}</div>`;

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Text of the entities that XHTML narratives use; numbers beyond Unicode stay as they are. */
const unescaped = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const point = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

/** Elements that end a line of text. */
const LINE_END = /<\/(?:p|li|div|tr|h\d)>|<br\s*\/?>/gi;

/** Lines of text of a narrative, without its markup; none for an absent one. */
export function narrativeLines(div: string | undefined): string[] {
  const lines = (div ?? '')
    .replace(/\s+/g, ' ')
    .replace(LINE_END, '\n')
    .replace(/<[^>]*>/g, ' ');
  return linesOf(lines).map((line) => unescaped(line.replace(/ +/g, ' ')));
}
