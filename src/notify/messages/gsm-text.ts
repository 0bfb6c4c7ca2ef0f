/**
 * Basic alphabet of short messages (3GPP TS 23.038, 6.2.1) without the Greek letters. One character outside of it turns the
 * whole message into UCS-2, 70 characters a segment.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅå_ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const LETTERS: ReadonlySet<string> = new Set(BASIC);
/** What text processors write instead of plain signs. */
const SIGNS: Readonly<Record<string, string>> = {
  '«': '"',
  '»': '"',
  '“': '"',
  '”': '"',
  '’': "'",
  '–': '-',
  '—': '-',
};
/** Characters of one message alone, and of each part of a longer one (TS 23.040, 9.2.3.24.1). */
const ALONE = 160;
const PART = 153;

function inAlphabet(letter: string): string {
  if (LETTERS.has(letter)) return letter;
  const plain = SIGNS[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  return Array.from(plain).every((one) => LETTERS.has(one)) ? plain : '';
}

/** A text in the basic alphabet: "envió" becomes "envio", "mañana" and "é" stay. What has no likeness is left out. */
export const gsmText = (text: string): string => Array.from(text.normalize('NFC'), inAlphabet).join('');

/** Parts in which a text of the basic alphabet is sent and paid for. */
export const smsSegments = (text: string): number => (text.length <= ALONE ? 1 : Math.ceil(text.length / PART));
