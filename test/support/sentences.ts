/** Longest sentence for patients, words (ui-anchors 4.4). */
export const MOST_WORDS = 20;

/** Sentences of a text that are longer than a patient should have to read. */
export const longSentences = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?:])\s+/)
    .filter((sentence) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length > MOST_WORDS);
