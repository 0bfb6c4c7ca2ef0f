const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Text of a FHIR narrative (XHTML), a line for each paragraph; marks are dropped, so it is safe wherever text is. */
export const narrativeLines = (div: string | undefined): readonly string[] =>
  (div ?? '')
    .replace(/<(?:br|\/p|\/li|\/h\d|\/tr|\/div)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/&#(\d{1,7});/g, (_entity, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
