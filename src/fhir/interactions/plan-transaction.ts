import type { Bundle, Resource } from '@medplum/fhirtypes';
import { authorize } from '../../access/policy/authorize.js';
import { minimalDemographics } from '../../access/policy/minimal-demographics.js';
import { canSee } from '../../access/policy/visibility.js';
import { fault, isServiceError, ServiceError } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { bucketOf, newBucket, newId } from '../../store/ids.js';
import type { FhirRequest } from '../exchange.js';
import { assertUnreferenced } from '../assert-unreferenced.js';
import type { FhirContext } from '../fhir-context.js';
import { supports } from '../interaction-table.js';
import { loadVisible } from '../load-visible.js';
import { patientReferenceOf } from '../patient-of.js';
import { localTarget, withReferences } from '../references.js';
import { resourceOf } from '../stored-resource.js';
import type { WriteBuilder } from '../write-builder.js';
import { withDefaults } from '../write-defaults.js';
import { type RequestedEntry, requestedEntries } from './bundle-entry.js';
import { findCondition } from './find-condition.js';
import { assertVersion, expectedVersion } from './update.js';

/** What became of one entry, before the commit. */
export interface PlannedEntry {
  readonly entry: RequestedEntry;
  readonly fullUrl?: string;
  readonly outcome: 'created' | 'updated' | 'deleted' | 'existing' | 'read';
  readonly type: string;
  readonly id: string;
  /** The resource as written (absent for deletions and reads). */
  readonly resource?: Resource & { id: string };
  /** Patient whose record a conditional create found. */
  readonly patient?: string;
  /** Version replaced. */
  readonly before?: FoundResource;
}

export interface PlanOptions {
  /** Changes a resource after its links are resolved, before it is checked (used by `$submit`). */
  readonly transform?: (resource: Resource, fullUrl: string | undefined) => Resource;
  /** Leaves writes of governed resources to the caller (used by `$submit`, which is the move itself). */
  readonly skipGuard?: boolean;
}

interface Assigned {
  readonly entry: RequestedEntry;
  readonly type: string;
  readonly id: string;
  readonly existing?: FoundResource;
}

function entryFault(error: unknown, index: number): unknown {
  if (!isServiceError(error)) return error;
  const at = `Bundle.entry[${index}]`;
  return new ServiceError(
    error.findings.map((finding) => ({
      ...finding,
      expression: finding.expression ? `${at}.resource.${finding.expression.replace(/^[A-Z]\w*\./, '')}` : at,
    })),
    { cause: error },
  );
}

/** Runs the work of one entry so that its errors say which entry it was. */
async function inEntry<T>(index: number, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw entryFault(error, index);
  }
}

const INTERACTION = { POST: 'create', PUT: 'update', DELETE: 'delete' } as const;

/** Place that an entry writes to: `Type` for POST, else `Type/id`. Throws 400 for anything longer or shorter. */
function placeOf({ method, path }: RequestedEntry): { type: string; id?: string } {
  const [type = '', id, ...rest] = path.split('/').filter((segment) => segment !== '');
  if (rest.length > 0 || type.startsWith('$') || (method === 'POST') !== (id === undefined))
    throw fault('bundle-invalid', { reason: `${method} ${path}` });
  return { type, ...(id === undefined ? {} : { id }) };
}

class TransactionPlanner {
  readonly #links = new Map<string, string>();
  /** `Type/id` of everything that this Bundle deletes. */
  #gone: readonly string[] = [];

  constructor(
    readonly context: FhirContext,
    readonly request: FhirRequest,
    readonly builder: WriteBuilder,
    readonly options: PlanOptions,
  ) {}

  async #assign(entry: RequestedEntry, isPatientUrn: (urn: string) => boolean): Promise<Assigned> {
    const { definitions, baseUrl } = this.context;
    const { type, id } = placeOf(entry);
    if (!definitions.isResourceType(type)) throw fault('type-unknown', { type });
    if (entry.method !== 'GET') {
      const interaction = INTERACTION[entry.method];
      if (!supports(type, interaction)) throw fault('interaction-unsupported', { interaction, type });
      authorize(this.request.caller, interaction, type);
    }
    if (id !== undefined) return { entry, type, id };
    if (entry.resource?.resourceType !== type)
      throw fault('type-mismatch', { actual: entry.resource?.resourceType ?? '-', expected: type });
    if (entry.ifNoneExist !== undefined) {
      const { condition, found } = await findCondition(this.context, this.request, type, entry.ifNoneExist);
      if (found) return { entry, type, id: found._id, existing: found };
      this.builder.absent(condition);
    }
    const reference = patientReferenceOf(definitions, entry.resource, isPatientUrn, baseUrl);
    const patient = reference === undefined ? undefined : (this.#links.get(reference) ?? reference);
    const patientId = patient === undefined ? undefined : localTarget(patient, baseUrl)?.id;
    return { entry, type, id: newId(patientId === undefined ? newBucket() : bucketOf(patientId)) };
  }

  #link({ entry, type, id }: Assigned): void {
    if (entry.fullUrl === undefined) return;
    if (this.#links.has(entry.fullUrl))
      throw fault('bundle-invalid', { reason: `fullUrl ${entry.fullUrl}` }, `Bundle.entry[${entry.index}].fullUrl`);
    this.#links.set(entry.fullUrl, `${type}/${id}`);
  }

  /** Patients first: the others take their bucket. */
  async assignAll(entries: readonly RequestedEntry[]): Promise<readonly Assigned[]> {
    const writes = entries.filter(({ method }) => method !== 'GET');
    const patients = writes.filter(({ path }) => path.split('/')[0] === 'Patient');
    const patientUrns = new Set(patients.map(({ fullUrl }) => fullUrl));
    this.#gone = writes.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : []));
    const assigned: Assigned[] = [];
    for (const entry of [...patients, ...writes.filter((write) => !patients.includes(write))]) {
      const one = await inEntry(entry.index, () => this.#assign(entry, (urn) => patientUrns.has(urn)));
      this.#link(one);
      assigned.push(one);
    }
    return entries.flatMap((entry) => assigned.find((one) => one.entry === entry) ?? []);
  }

  #resolved(resource: Resource, fullUrl: string | undefined): Resource {
    const linked = withReferences(resource, (reference) => {
      const target = this.#links.get(reference);
      // The entries of a stored document refer to each other.
      if (target === undefined && reference.startsWith('urn:') && resource.resourceType !== 'Bundle')
        throw fault('bundle-invalid', { reason: `${reference} is no fullUrl of this Bundle` });
      return target;
    });
    const attached = withReferences(linked, (url) => this.#links.get(url), 'url');
    const filled = withDefaults(this.request.caller, attached);
    return this.options.transform ? this.options.transform(filled, fullUrl) : filled;
  }

  async #guard(
    interaction: 'create' | 'update' | 'delete',
    type: string,
    after?: Resource,
    before?: FoundResource,
  ): Promise<void> {
    if (this.options.skipGuard) return;
    await this.context.hooks.guardWrite({
      interaction,
      type,
      ...(after ? { after } : {}),
      ...(before ? { before: { stored: before, resource: resourceOf(before) } } : {}),
      request: this.request,
    });
  }

  async plan({ entry, type, id, existing }: Assigned): Promise<PlannedEntry> {
    const base = { entry, type, id, ...(entry.fullUrl === undefined ? {} : { fullUrl: entry.fullUrl }) };
    if (existing) {
      // Only a Patient asked for by full identifier may lie beyond the caller's reach.
      const visible = await canSee(this.context.store, this.request.caller, type, existing);
      const shown = resourceOf(visible ? existing : minimalDemographics(existing));
      const patient = existing.pt === undefined ? {} : { patient: existing.pt };
      return { ...base, ...patient, outcome: 'existing', resource: { ...shown, id } };
    }
    if (entry.method === 'POST' && entry.resource) {
      const resource = this.#resolved(entry.resource, entry.fullUrl);
      await this.#guard('create', type, resource);
      return { ...base, outcome: 'created', resource: this.builder.create(resource, { id }) };
    }
    const before = await loadVisible(this.context, this.request, type, id);
    assertVersion(type, before, expectedVersion(entry.ifMatch === undefined ? {} : { ifMatch: entry.ifMatch }));
    if (entry.method === 'DELETE') {
      await this.#guard('delete', type, undefined, before);
      this.builder.remove(type, before);
      await assertUnreferenced(this.context, type, id, this.#gone);
      return { ...base, outcome: 'deleted', before };
    }
    if (entry.resource?.id !== id) throw fault('id-mismatch', {}, 'id');
    const resource = this.#resolved(entry.resource, entry.fullUrl);
    await this.#guard('update', type, resource, before);
    return { ...base, outcome: 'updated', resource: this.builder.update(before, resource), before };
  }
}

/**
 * Plans the writes of a transaction Bundle without committing: resolves `urn:uuid:` links between entries,
 * If-None-Exist and ifMatch, gives ids, adds every write to the builder. GET entries are left to the caller.
 * Throws 400 for a Bundle that cannot be processed, 404/410/412/422 with the path of the entry.
 */
export async function planTransaction(
  context: FhirContext,
  request: FhirRequest,
  bundle: Bundle,
  builder: WriteBuilder,
  options: PlanOptions = {},
): Promise<readonly PlannedEntry[]> {
  const planner = new TransactionPlanner(context, request, builder, options);
  const entries = requestedEntries(bundle, context.baseUrl);
  const planned: PlannedEntry[] = [];
  for (const assigned of await planner.assignAll(entries))
    planned.push(await inEntry(assigned.entry.index, () => planner.plan(assigned)));
  return planned;
}
