import type { Resource } from '@medplum/fhirtypes';
import mongoose, { type Connection } from 'mongoose';
import type { Caller } from '../../../src/access/caller.js';
import { loadDefinitions } from '../../../src/fhir/definitions/load-definitions.js';
import type { FhirContext, FhirHooks } from '../../../src/fhir/fhir-context.js';
import type { FhirRequest } from '../../../src/fhir/exchange.js';
import { withLocalReferences } from '../../../src/fhir/references.js';
import { searchIndexes } from '../../../src/fhir/search/indexes.js';
import { searchType } from '../../../src/fhir/search/search-type.js';
import { toStored } from '../../../src/fhir/to-stored.js';
import { createValidator } from '../../../src/fhir/validation/create-validator.js';
import { recordedProgress } from '../../../src/progress.js';
import type { AuditDraft, AuditRecord } from '../../../src/store/audit-record.js';
import type { Auditor } from '../../../src/store/auditor.js';
import { ensureIndexes } from '../../../src/store/ensure-indexes.js';
import { indexCatalogue } from '../../../src/store/index-catalogue.js';
import { openStore } from '../../../src/store/mongo-store.js';
import { databaseUri } from '../../support/database.js';
import { claimDatabase, releaseDatabase } from '../../support/database-pool.js';

/** Remembers what it is told: these tests are about searches, the auditor has tests of its own. */
class RememberingAuditor implements Auditor {
  readonly process = 'test';
  readonly drafts: AuditDraft[] = [];
  record(draft: AuditDraft): Promise<void> {
    this.drafts.push(draft);
    return Promise.resolve();
  }
  stamp(drafts: readonly AuditDraft[]): AuditRecord[] {
    return drafts.map((draft, n) => ({ ...draft, _id: `a${n}`, p: this.process, n, at: new Date() }));
  }
  committed(): void {
    // Nothing is sealed here.
  }
  aborted(): void {
    // Nothing is sealed here.
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

const hooks: FhirHooks = {
  guardWrite: () => Promise.resolve(),
  moveByWrite: () => Promise.resolve(undefined),
  meansMove: () => Promise.resolve(false),
  warnOnCreate: () => Promise.resolve([]),
  beforeCommit: () => Promise.resolve(),
  checkWrite: () => Promise.resolve(),
  workOf: () => undefined,
  relationsOf: () => [],
};

/** A searchset as a client reads it. */
export interface Searchset {
  readonly resourceType: string;
  readonly total?: number;
  readonly link: readonly { readonly relation: string; readonly url: string }[];
  readonly entry?: readonly {
    readonly fullUrl: string;
    readonly resource: Resource & { id: string };
    readonly search: { readonly mode: 'match' | 'include' | 'outcome' };
  }[];
}

export const everything: Caller = {
  sub: 'conformance',
  clientId: 'conformance',
  role: 'conformance',
  actsAs: ['conformance'],
  facilities: [],
  scope: 'system/*.cruds',
  purpose: 'TREAT',
  displayName: 'Conformance',
};

export interface SearchFixture {
  readonly context: FhirContext;
  readonly connection: Connection;
  readonly audits: readonly AuditDraft[];
  /** Stores resources as a create would; `lastUpdated` grows by a second for each. */
  load(resources: readonly (Resource & { id: string })[], own?: string): Promise<void>;
  search(path: string, caller?: Caller): Promise<Searchset>;
  ids(path: string, caller?: Caller): Promise<string[]>;
  close(): Promise<void>;
}

const linkOf = (bundle: Searchset, wanted: string): string | undefined =>
  bundle.link.find(({ relation }) => relation === wanted)?.url.replace(/^.*\/fhir\//, '');

/** Query part of a link, as clients use it: some read nothing else of it. */
export const nextOf = (bundle: Searchset): string | undefined => linkOf(bundle, 'next');
export const previousOf = (bundle: Searchset): string | undefined => linkOf(bundle, 'previous');

/** `Type/id` of the entries of one mode, sorted. */
export const shownAs = (bundle: Searchset, mode: 'match' | 'include'): string[] =>
  (bundle.entry ?? [])
    .filter(({ search }) => search.mode === mode)
    .map(({ resource }) => `${resource.resourceType}/${resource.id}`)
    .sort();

/** Search on a database of its own with all indexes. */
export async function openSearchFixture(): Promise<SearchFixture> {
  const connection = await mongoose.createConnection(databaseUri(claimDatabase()), { autoIndex: false }).asPromise();
  const definitions = loadDefinitions();
  const catalogue = definitions.resourceTypes.map((type) => ({
    name: type,
    indexes: searchIndexes(definitions, type),
  }));
  await ensureIndexes(connection.db as never, indexCatalogue(catalogue), recordedProgress());
  const auditor = new RememberingAuditor();
  const context: FhirContext = {
    store: openStore(connection, auditor),
    definitions,
    validator: createValidator(definitions, { demandedProfiles: () => [] }),
    hooks,
    operations: [],
    baseUrl: 'http://rr.test/fhir',
    cursorSecret: 'secret of the tests',
    paperSecret: 'secret of the tests',
    version: '0',
  };
  let clock = Date.parse('2026-01-01T00:00:00Z');

  const search = async (path: string, caller: Caller = everything): Promise<Searchset> => {
    const [type = '', query = ''] = path.split('?');
    const request: FhirRequest = { method: 'GET', id: 'r1', caller, type, query: [...new URLSearchParams(query)] };
    const { body = '' } = await searchType(context, request);
    return JSON.parse(body) as Searchset;
  };
  return {
    context,
    connection,
    audits: auditor.drafts,
    search,
    async load(resources, own) {
      const byType = group(resources);
      for (const [type, members] of byType) {
        const documents = members.map((resource) => {
          clock += 1_000;
          const meta = { ...resource.meta, versionId: '1', lastUpdated: new Date(clock).toISOString() };
          return toStored(
            context,
            withLocalReferences({ ...resource, meta }, context.baseUrl),
            own === undefined ? {} : { own },
          );
        });
        await context.store.load(type, documents, 'load');
      }
    },
    async ids(path, caller) {
      return ((await search(path, caller)).entry ?? []).map(({ resource }) => resource.id);
    },
    async close() {
      await releaseDatabase(connection.db as never);
      await connection.close();
    },
  };
}

function group(resources: readonly (Resource & { id: string })[]): Map<string, (Resource & { id: string })[]> {
  const groups = new Map<string, (Resource & { id: string })[]>();
  for (const resource of resources) {
    const members = groups.get(resource.resourceType) ?? [];
    members.push(resource);
    groups.set(resource.resourceType, members);
  }
  return groups;
}
