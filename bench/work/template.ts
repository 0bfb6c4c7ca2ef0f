import type { StoredResource } from '../../src/store/envelope.js';
import { newBucket, newId } from '../../src/store/ids.js';
import type { Claim } from '../../src/store/write-plan.js';

/** A stored document after whose shape new ones are made. */
export interface Template {
  readonly type: string;
  readonly doc: StoredResource;
  /** Values that it claims; each copy claims others. */
  readonly claims: readonly Claim[];
}

/** A document to insert. */
export interface FreshDocument {
  readonly type: string;
  readonly doc: StoredResource;
}

const ID = /[0-9a-f]{4}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** One new document, first version, of the template's patient. */
export function copyOne({ type, doc }: Template): FreshDocument {
  return { type, doc: { ...doc, _id: newId(doc.b), vid: 1, lu: new Date() } };
}

/**
 * A new person with all records, linked as the templates are: new ids, in a bucket of their own, also in the search values,
 * so that the indexes get keys as different as those of real records. The text stays that of the template.
 */
export function copyPerson(templates: readonly Template[]): { documents: FreshDocument[]; claims: Claim[] } {
  const bucket = newBucket();
  const ids = new Map(templates.map(({ doc }) => [doc._id, newId(bucket)]));
  const renew = (text: string): string => text.replace(ID, (id) => ids.get(id) ?? id);
  const lu = new Date();
  const documents = templates.map(({ type, doc }) => {
    const s = { ...doc.s, tok: doc.s.tok.map(renew), ref: doc.s.ref.map(renew) };
    const pt = doc.pt === undefined ? {} : { pt: renew(doc.pt) };
    return { type, doc: { ...doc, _id: renew(doc._id), b: bucket, vid: 1, lu, ...pt, s } };
  });
  const claims = templates.flatMap((template) =>
    template.claims.map((claim) => ({ ...claim, value: newId(bucket), ref: renew(claim.ref) })),
  );
  return { documents, claims };
}
