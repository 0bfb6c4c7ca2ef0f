/** UTF-8 has no room for halves of surrogate pairs: they arrive as U+FFFD. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Texts without a character of the range of surrogates, which are nearly all, need no look at pairs. */
const SURROGATE = /[\ud800-\udfff]/;

const wellFormed = (text: string): string =>
  SURROGATE.test(text) && LONE_SURROGATE.test(text) ? Buffer.from(text).toString() : text;

function clean(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(clean);
  if (Object.prototype.toString.call(value) === '[object Date]') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, clean(item)]),
  );
}

/**
 * The value exactly as MongoDB gives it back, so that its hash can be taken before it is written:
 * without undefined fields, and with U+FFFD for halves of surrogate pairs (UTF-8 has no room for them).
 */
export const storable = <T extends object>(value: T): T => clean(value) as T;
