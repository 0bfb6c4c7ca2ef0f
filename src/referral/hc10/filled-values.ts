import type { Hc10Field, Hc10Values } from './hc10-fields.js';

/** The fields that say something: those without a value, or with an empty one, are left out. */
export const filledValues = (texts: Readonly<Partial<Record<Hc10Field, string | undefined>>>): Hc10Values =>
  Object.fromEntries((Object.entries(texts) as [Hc10Field, string | undefined][]).filter(([, text]) => Boolean(text)));
