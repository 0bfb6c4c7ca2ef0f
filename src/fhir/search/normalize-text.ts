const MARKS = /\p{Diacritic}/gu;
const BLANKS = /[\s\p{Cc}]+/gu;

/**
 * Text as it is compared in searches: lower case, without accents (`ñ` is `n`: keyboards differ and clerks
 * leave tildes out), blanks and control characters folded to one space.
 * Source: FHIR R4 search, string: "case-insensitive ... accents and other diacritical marks ignored".
 */
export const normalizeText = (text: string): string =>
  text.normalize('NFD').replace(MARKS, '').replace(BLANKS, ' ').trim().toLowerCase();
