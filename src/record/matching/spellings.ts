/** One spelling for another of the same sound, where it stands. */
const SWAPS: readonly (readonly [from: RegExp, to: string])[] = [
  [/b/g, 'v'],
  [/v/g, 'b'],
  [/y/g, 'i'],
  [/i/g, 'y'],
  [/ll/g, 'y'],
  [/(?<!lh?)y(?!h?l)/g, 'll'],
  [/s/g, 'z'],
  [/z/g, 's'],
  [/[sz](?=[ei])/g, 'c'],
  [/c(?=[ei])/g, 's'],
  [/c(?!ll|[eihy])/g, 'k'],
  [/k(?!ll|[eihy])/g, 'c'],
  [/qu(?=[ei])/g, 'k'],
  [/k(?=[ei])/g, 'qu'],
  [/g(?=[ei])/g, 'j'],
  [/j(?=[ei])/g, 'g'],
  [/^h/g, ''],
  [/^(?=[aeiou])/g, 'h'],
];

/** Every text that one swap at one place makes. */
function* swapped(word: string): Generator<string> {
  for (const [from, to] of SWAPS)
    for (const match of word.matchAll(from))
      yield word.slice(0, match.index) + to + word.slice(match.index + match[0].length);
}

/**
 * Ways in which a word of a name may be written, itself first, then with one and with two swaps: the search index knows
 * spellings, not sounds.
 * @param word lower case, without accents
 * @param most number of spellings
 */
export function spellings(word: string, most: number): readonly string[] {
  const found = new Set([word]);
  let last = [word];
  for (let round = 0; round < 2; round += 1) {
    const next = new Set(last.flatMap((one) => [...swapped(one)]).filter((one) => !found.has(one)));
    for (const one of next) if (found.size < most) found.add(one);
    last = [...next];
  }
  return [...found];
}
