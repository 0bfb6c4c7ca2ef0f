import type { Resource } from '@medplum/fhirtypes';
import { accountKey, addresseeKey, isNamedOnly, isOwnOnly } from '../access/policy/named-only.js';
import type { FoundResource, PatientRelation, StoredResource } from '../store/envelope.js';
import { bucketFor } from '../store/ids.js';
import { stringifyFhir, toPlain } from './exact-json.js';
import type { FhirContext } from './fhir-context.js';
import { patientOf } from './patient-of.js';
import { indexValues } from './search/index-values.js';

export interface ToStoredOptions {
  /** Custodian facility (Organization id). */
  readonly own?: string;
  /** Account that writes the first version. */
  readonly account?: string;
  /** Patient id, where the resource itself does not say it. */
  readonly patient?: string;
  /** The version that this one follows: custodian and relations are kept. */
  readonly previous?: Pick<FoundResource, 'own' | 'acc' | 'rel' | 'pt'> & Partial<Pick<FoundResource, 'b'>>;
  /** The resource with JavaScript numbers (`toPlain`), where it is at hand. */
  readonly plain?: Resource;
}

/** A reference as it is indexed, to an Organization of this server; identifiers and URLs may hold the same letters. */
const TO_ORGANIZATION = /^[\w-]+~Organization\/([A-Za-z0-9\-.]{1,64})$/;

const facilitiesNamed = (ref: readonly string[]): string[] =>
  ref.flatMap((key) => TO_ORGANIZATION.exec(key)?.[1] ?? []);

/** A person to or from whom a message goes; that it is about somebody does not address it to them. */
const TO_PERSON = /^(?:recipient|sender)~Patient\/([A-Za-z0-9\-.]{1,64})$/;

const addressees = (type: string, ref: readonly string[]): string[] =>
  isNamedOnly(type) ? ref.flatMap((key) => TO_PERSON.exec(key)?.slice(1).map(addresseeKey) ?? []) : [];

const merge = (kept: readonly PatientRelation[], added: readonly PatientRelation[]): PatientRelation[] => {
  const known = new Set(kept.map(({ f, k }) => `${f} ${k}`));
  return [...kept, ...added.filter(({ f, k }) => !known.has(`${f} ${k}`))];
};

/** Object with the members in FHIR's usual order: type, id, meta, then the rest as sent. */
function ordered<T extends Resource>(resource: T): T {
  const { resourceType, id, meta, ...rest } = resource;
  return { resourceType, id, meta, ...rest } as unknown as T;
}

/**
 * Stored form of one version: envelope, search values and text. The resource carries its id,
 * `meta.versionId` and `meta.lastUpdated` already, and is valid.
 */
export function toStored(
  context: Pick<FhirContext, 'definitions' | 'hooks'> & Partial<Pick<FhirContext, 'baseUrl'>>,
  resource: Resource & { id: string },
  options: ToStoredOptions = {},
): StoredResource {
  const plain = options.plain ?? toPlain(resource);
  const { s, k } = indexValues(context.definitions, resource);
  const pt = options.patient ?? patientOf(context.definitions, plain, context.baseUrl) ?? options.previous?.pt;
  const own = options.previous?.own ?? options.own;
  const relations = context.hooks.relationsOf(plain);
  const isPatient = resource.resourceType === 'Patient';
  const rel = isPatient ? merge(options.previous?.rel ?? [], relations) : undefined;
  const acc = new Set([
    ...(own === undefined ? [] : [own]),
    ...facilitiesNamed(s.ref),
    ...addressees(resource.resourceType, s.ref),
    ...relations.map(({ f }) => f),
    ...(isPatient ? (options.previous?.acc ?? []) : []),
  ]);
  const { account, previous } = options;
  const writer = previous?.acc ?? (account === undefined ? [] : [accountKey(account)]);
  const w = context.hooks.workOf(plain);
  return {
    _id: resource.id,
    b: options.previous?.b ?? bucketFor(resource.id, pt),
    vid: Number(resource.meta?.versionId ?? 1),
    lu: new Date(resource.meta?.lastUpdated ?? 0),
    del: false,
    ...(pt === undefined ? {} : { pt }),
    ...(own === undefined ? {} : { own }),
    acc: isOwnOnly(resource.resourceType) ? [...writer] : [...acc],
    lab: (resource.meta?.security ?? []).flatMap(({ code }) => (code === undefined ? [] : [code])),
    ...(rel ? { rel } : {}),
    k,
    ...(w ? { w } : {}),
    s,
    json: plain === resource ? JSON.stringify(ordered(resource)) : stringifyFhir(ordered(resource)),
  };
}

/** Stored form of a deletion: envelope without text and search values. */
export const toTombstone = (before: FoundResource, now: Date): StoredResource => {
  const { w: _work, ...kept } = before;
  return {
    ...kept,
    vid: before.vid + 1,
    lu: now,
    del: true,
    k: {},
    s: { tok: [], ref: [], str: [], dat: [], uri: [], num: [] },
    json: '',
  };
};
