/** Bodies are looked at (is this a referral?) before they are validated: nothing may be taken for granted there. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The objects of a list that may be anything; an empty list for what is no list. */
export const objectsIn = <T>(value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]).filter(isObject) : [];
