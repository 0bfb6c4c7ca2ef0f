/**
 * A date search value: the closed interval that a FHIR date covers, in UTC.
 * `p` is the parameter for intervals up to a day, `param~` for longer and open ones (src/fhir/search/date-keys.ts says why).
 */
export interface DateValue {
  readonly p: string;
  readonly lo: Date;
  readonly hi: Date;
  /** Part of a composite: system of the code that `p` names. */
  readonly t?: string;
}

/**
 * A number or quantity, as text that sorts like the number (src/fhir/ucum/decimal.ts).
 * `p` is the parameter for values as they were written, `param#unit` for those in the canonical unit; `p` of an interval
 * (Range, a comparator) ends in `~`, and only intervals have a `hi`.
 */
export interface NumberValue {
  readonly p: string;
  readonly lo: string;
  readonly hi?: string;
  /** As written: code and text of the unit; `system|code` of a unit that has no canonical one. */
  readonly u?: readonly string[];
  /** Part of a composite: system of the code that `p` names. */
  readonly t?: string;
}

/**
 * Search values of one resource: one array per kind of value, each value prefixed by its parameter (ADR 0003).
 * - `tok`: `param|system|code` (system may be empty) and `param~code` (any system); values of type `code` or `boolean`
 *   have the second form only; joined pairs `a+b~x&y`; `param^type-system|type-code|value` for `:of-type`
 * - `ref`: `param~Type/id`; `param~identifier|system|value` and `param~identifier~value` for logical references
 * - `str`: `param~text`, lower case, without accents, from each word on; the whole text is followed by U+0001 and itself;
 *   `param!text` pieces of long texts; `param:text~words` of codes, for `:text`
 * - `dat`: intervals
 * - `uri`: `param~uri`
 * - `num`: numbers and quantities
 *
 * A composite stands in the array of its second part, under `param$first~...`. A value that nothing can be asked of (a code in
 * words only) leaves `param~` or, in `dat` and `num`, `param!`: for `:missing`.
 */
export interface SearchValues {
  readonly tok: readonly string[];
  readonly ref: readonly string[];
  readonly str: readonly string[];
  readonly dat: readonly DateValue[];
  readonly uri: readonly string[];
  readonly num: readonly NumberValue[];
}

/** Work scalars of a Task that is a leg of a referral (design.md 3a.4), or of a message that waits for its reader. */
export interface Work {
  /** Organization id of the facility that must act now; none when the leg has ended or another one follows it. */
  readonly owner?: string;
  /** Organization id of the facility that sent the referral and follows it, as long as somebody must act. */
  readonly origin?: string;
  /** Organization id of the destination that waits for the origin's answer: past the term it may reject. */
  readonly awaits?: string;
  /** Code of the specialty (code system `specialty`) that attends it. */
  readonly specialty?: string;
  /** Business status code, for example `in-triage`; `notice` of a notice, `unread` of a message. */
  readonly state: string;
  readonly due?: Date;
  readonly priority: string;
  /** When the next level is told that it is overdue; only while somebody must act. */
  readonly escalates?: Date;
  /** Organization ids that were told that it is overdue. */
  readonly escalated?: readonly string[];
  /** First date: when the referral was first sent; a redirect and a new sending keep it. */
  readonly since?: Date;
  /** Waiting list only: when the whole waiting since the first date has lasted too long. */
  readonly until?: Date;
  /** Start of the appointment in force, while the person is awaited. */
  readonly start?: Date;
  /** Place in the queue among equal priorities: `0` moved forward by hand, `1` as it comes, `2` moved back. */
  readonly place?: '0' | '1' | '2';
  /** Last time that somebody moved it by hand in the queue, as long as the leg is open. */
  readonly moved?: Date;
  /** The origin has still to add its clinical part: the referral was made after an arrival without one. */
  readonly incomplete?: true;
}

/** Why a facility may open a patient's record: a stored fact (design.md 3.7). */
export interface PatientRelation {
  /** Organization id. */
  readonly f: string;
  readonly k: 'registered' | 'encounter' | 'referral' | 'general-practitioner';
  /** End of the relation; absent when it has none. */
  readonly u?: Date;
}

/** Stored form of the current version of a resource: envelope + search values + FHIR text (design.md 3.3). */
export interface StoredResource {
  /** FHIR id; server ids are `<bucket>-<uuid v7>`. */
  readonly _id: string;
  /** Bucket: four hex digits, shared by a patient and all of the patient's compartment (design.md 3.12). */
  readonly b: string;
  /** Version number, from 1. */
  readonly vid: number;
  /** meta.lastUpdated. */
  readonly lu: Date;
  readonly del: boolean;
  /** Patient id when the resource belongs to one patient's compartment (the Patient itself included). */
  readonly pt?: string;
  /** Custodian: Organization id of the facility that wrote it and may change it. */
  readonly own?: string;
  /**
   * Facilities that this resource names, as `<Organization id>`: what a facility sees across patients. A message names a
   * person that it goes to as `Patient/<id>`.
   */
  readonly acc: readonly string[];
  /** Security label codes of meta.security. */
  readonly lab: readonly string[];
  /** Patient only: relations of facilities to the patient. */
  readonly rel?: readonly PatientRelation[];
  /** Sort scalars by search parameter. */
  readonly k: Readonly<Record<string, string | Date>>;
  readonly w?: Work;
  readonly s: SearchValues;
  /** FHIR JSON text, exactly as served; empty for a deleted resource. */
  readonly json: string;
}

/** What a read gives: everything but the search values, which are half of a document and serve queries only. */
export type FoundResource = Omit<StoredResource, 's'> & {
  /** References, where they were asked for. */
  readonly s?: Pick<SearchValues, 'ref'>;
};

/** What a link of a search needs of a resource: its id and, where they were asked for, its references. */
export type FoundLink = Pick<FoundResource, '_id' | 's'>;

/** Search values, sort scalars or work scalars computed anew for one version; `w` given as undefined: it has none any more. */
export type RebuiltValues = Pick<StoredResource, '_id' | 'vid'> &
  Partial<Pick<StoredResource, 's' | 'k'>> & { readonly w?: Work | undefined };

/** The envelope alone. */
export type StoredHead = Omit<StoredResource, 'json' | 's' | 'k'>;

/** One version in the `history` collection; also the outbox row that consumers of changes follow. */
export interface HistoryEntry {
  /** `Type/id/version`. */
  readonly _id: string;
  readonly b: string;
  readonly type: string;
  readonly id: string;
  readonly vid: number;
  readonly lu: Date;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly pt?: string;
  readonly own?: string;
  readonly acc: readonly string[];
  readonly lab: readonly string[];
  /** Request that wrote it, the same for all writes of one transaction. */
  readonly req: string;
  readonly json: string;
}
