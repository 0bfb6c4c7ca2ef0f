import { CODE_SYSTEMS } from '../../config/code-systems.js';
import type { Concept } from '../definitions/terminology.js';
import type { FhirContext } from '../fhir-context.js';

type Codes = ReadonlyMap<string, Concept>;

/** The ministry's CIE-10 table, as `rr cie10 import` stores it. */
interface Cie10Code {
  readonly _id: string;
  readonly code: string;
  readonly text: string;
  readonly valid: boolean;
  readonly edition: string;
}

/** More codes than any edition has. */
const MOST_CODES = 40_000;
/** Prefix of their ids: `cie10|A00.9`. */
const CIE10_IDS = { $gt: 'cie10|', $lt: 'cie10}' };

interface Edition {
  readonly edition: string;
  readonly codes: Promise<Codes>;
}
const editions = new WeakMap<FhirContext['store'], Edition>();

/** The table in the order of its codes, read once an edition; undefined while none was imported. */
async function cie10({ store }: Pick<FhirContext, 'store'>): Promise<Codes | undefined> {
  const collection = store.support<Cie10Code & { _id: string }>('catalogues');
  const first = await collection.findOne({ _id: CIE10_IDS }, { projection: { edition: 1 }, maxTimeMS: 2_000 });
  if (!first) return undefined;
  const known = editions.get(store);
  if (known?.edition === first.edition) return known.codes;
  const codes = collection
    .find(
      { _id: CIE10_IDS },
      { projection: { code: 1, text: 1, valid: 1 }, sort: { _id: 1 }, limit: MOST_CODES, maxTimeMS: 10_000 },
    )
    .toArray()
    .then(
      (rows): Codes =>
        new Map(rows.map(({ code, text, valid }) => [code, { display: text, ...(valid ? {} : { inactive: true }) }])),
    );
  editions.set(store, { edition: first.edition, codes });
  // What could not be read is read again by who asks next.
  codes.catch(() => editions.delete(store));
  return codes;
}

/** Codes of a code system that this service holds: of R4, of the guide, the imported CIE-10; undefined for any other. */
export async function knownSystem(
  context: Pick<FhirContext, 'definitions' | 'store'>,
  system: string,
): Promise<Codes | undefined> {
  const held = context.definitions.terminology.concepts(system);
  return held ?? (system === CODE_SYSTEMS.icd10 ? cie10(context) : undefined);
}
