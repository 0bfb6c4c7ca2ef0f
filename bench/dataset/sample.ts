import type { Condition, Observation, Patient, Resource, Task } from '@medplum/fhirtypes';
import type { mongo } from 'mongoose';
import { SID } from '../../src/config/canonical.js';
import { normalizeText } from '../../src/fhir/search/normalize-text.js';
import { referenceKey } from '../../src/fhir/search/search-keys.js';
import type { StoredResource } from '../../src/store/envelope.js';
import type { Filter } from '../../src/store/write-plan.js';
import { bundleMaker, bundleTemplate } from './peers-bundle.js';

/** What the scenarios ask for, drawn at run time from the loaded data: records that one facility keeps or sees. */
export interface DataSample {
  readonly facility: string;
  /** `Type/id` of resources to read. */
  readonly reads: readonly string[];
  /** Observations of the facility, to update: id and FHIR text. */
  readonly updates: readonly { readonly id: string; readonly json: string }[];
  readonly create: { readonly type: string; readonly body: string; readonly doc: StoredResource };
  /** Text of a new transaction Bundle, by scenario. */
  nextBundle(name: string): string;
  /** `system|value` of patients. */
  readonly identifiers: readonly string[];
  /** First letters of surnames. */
  readonly prefixes: readonly string[];
  /** Ids of patients with ServiceRequests, whose record the facility may open. */
  readonly referred: readonly string[];
  /** Statuses of Tasks that the facility owns. */
  readonly statuses: readonly string[];
  /** `system|code` of Conditions. */
  readonly conditions: readonly string[];
  /** Ids of Observations that are given several versions before the measurement. */
  readonly changed: readonly string[];
}

/** Observations that a Bundle of 50 has beyond those of a Bundle of 12. */
export const MORE_OBSERVATIONS = 38;

const MOST = 500;
const PREFIX_LENGTH = 4;
const CHANGED = 20;

const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];
const parsed = <T extends Resource>({ json }: Pick<StoredResource, 'json'>): T => JSON.parse(json) as T;

function withoutIdentity(json: string): string {
  const { id: _id, meta: _meta, ...rest } = JSON.parse(json) as Observation;
  return JSON.stringify(rest);
}

/** A random part of what matches; by the index on `acc`, so that large sets are drawn from fast. */
const drawn = (db: mongo.Db, type: string, facility: string, filter: Filter = {}): Promise<StoredResource[]> =>
  db
    .collection<StoredResource>(type)
    .aggregate<StoredResource>([{ $match: { acc: facility, del: false, ...filter } }, { $sample: { size: MOST } }])
    .toArray();

const isOpen = (facility: string, { rel = [] }: Pick<StoredResource, 'rel'>): boolean =>
  rel.some(({ f, u }) => f === facility && (u === undefined || u.getTime() > Date.now()));

const identifierOf = (stored: StoredResource): string[] =>
  (parsed<Patient>(stored).identifier ?? []).flatMap(({ system, value }) =>
    system === SID.dni && value !== undefined ? [`${system}|${value}`] : [],
  );

const prefixOf = (stored: StoredResource): string[] => {
  const prefix = normalizeText(parsed<Patient>(stored).name?.[0]?.family ?? '').slice(0, PREFIX_LENGTH);
  return prefix.length === PREFIX_LENGTH ? [prefix] : [];
};

async function readable(db: mongo.Db, facility: string): Promise<string[]> {
  const types = ['Patient', 'Encounter', 'Condition', 'Observation', 'ServiceRequest'];
  const found = await Promise.all(types.map((type) => drawn(db, type, facility, { own: facility })));
  return found.flatMap((docs, index) => docs.map(({ _id }) => `${types[index]}/${_id}`));
}

async function referredTo(db: mongo.Db, facility: string): Promise<string[]> {
  const ids = distinct((await drawn(db, 'ServiceRequest', facility)).flatMap(({ pt }) => pt ?? []));
  const patients = await db
    .collection<StoredResource>('Patient')
    .find({ _id: { $in: ids }, acc: facility, del: false })
    .toArray();
  return patients.filter((patient) => isOpen(facility, patient)).map(({ _id }) => _id);
}

/**
 * Draws the sample among the records of one facility, so that its system may read and write them.
 * @throws Error when the facility keeps no Observation
 */
export async function drawSample(db: mongo.Db, facility: string): Promise<DataSample> {
  const owner = { 's.ref': referenceKey('owner', `Organization/${facility}`) };
  const [reads, observations, patients, referred, tasks, conditions] = await Promise.all([
    readable(db, facility),
    drawn(db, 'Observation', facility, { own: facility }),
    drawn(db, 'Patient', facility),
    referredTo(db, facility),
    drawn(db, 'Task', facility, owner),
    drawn(db, 'Condition', facility),
  ]);
  const [template] = observations;
  if (!template) throw new Error('the data set holds no Observation of the facility: take more patients');
  const bundles: Readonly<Record<string, () => string>> = {
    transaction: bundleMaker(bundleTemplate(facility)),
    'transaction-50': bundleMaker(bundleTemplate(facility, MORE_OBSERVATIONS)),
  };
  return {
    facility,
    reads,
    updates: observations.map(({ _id, json }) => ({ id: _id, json })),
    create: { type: 'Observation', body: withoutIdentity(template.json), doc: template },
    nextBundle(name) {
      const next = bundles[name];
      if (!next) throw new RangeError(`no Bundle for ${name}`);
      return next();
    },
    identifiers: distinct(patients.flatMap(identifierOf)),
    prefixes: distinct(patients.flatMap(prefixOf)),
    referred,
    statuses: distinct(tasks.map((task) => parsed<Task>(task).status)),
    conditions: distinct(
      conditions.flatMap((stored) => {
        const [coding] = parsed<Condition>(stored).code?.coding ?? [];
        return coding ? [`${coding.system ?? ''}|${coding.code ?? ''}`] : [];
      }),
    ),
    changed: observations.slice(-CHANGED).map(({ _id }) => _id),
  };
}
