import type { StoredResource } from './envelope.js';

/** Nobody reads the search values of a result; they are half of a document. */
export const WITHOUT_SEARCH = { projection: { s: 0 } } as const;

const ENVELOPE: Readonly<Record<Exclude<keyof StoredResource, '_id' | 's'>, 1>> = {
  b: 1,
  vid: 1,
  lu: 1,
  del: 1,
  pt: 1,
  own: 1,
  acc: 1,
  lab: 1,
  rel: 1,
  k: 1,
  w: 1,
  json: 1,
};

/** All of a result and, of its search values, the references: what includes follow. */
export const WITH_REFERENCES = { projection: { ...ENVELOPE, 's.ref': 1 } } as const;
