import type { Bundle, Resource } from '@medplum/fhirtypes';
import { authorize } from '../../access/policy/authorize.js';
import { minimalDemographics } from '../../access/policy/minimal-demographics.js';
import { canSee } from '../../access/policy/visibility.js';
import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { aboutInstances, touchedByName, touchedOf } from '../about-instance.js';
import type { FhirRequest } from '../exchange.js';
import { assertUnreferenced } from '../assert-unreferenced.js';
import type { FhirContext } from '../fhir-context.js';
import { loadForWrite, loadVisible, refuseRead } from '../load-visible.js';
import { patched } from '../patch/patched.js';
import { resourceOf } from '../stored-resource.js';
import type { WriteBuilder } from '../write-builder.js';
import { withDefaults } from '../write-defaults.js';
import { type Assigned, conditionOf, EntryAssigner } from './assign-entry.js';
import { type RequestedEntry, requestedEntries } from './bundle-entry.js';
import { resolveConditionalReferences } from './conditional-references.js';
import { entryPatch } from './entry-patch.js';
import { assertNoVersion, assertVersion } from './expected-version.js';
import { inEntry } from './in-entry.js';
import { TransactionLinks } from './transaction-links.js';
import { mayGiveId } from './update.js';

/** What became of one entry, before the commit. */
export interface PlannedEntry {
  readonly entry: RequestedEntry;
  readonly fullUrl?: string;
  /** `revived`: an update of what was deleted; `gone`: a deletion that finds nothing to delete. */
  readonly outcome: 'created' | 'updated' | 'revived' | 'deleted' | 'gone' | 'existing';
  readonly type: string;
  readonly id: string;
  /** The resource as written (absent for deletions). */
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

class TransactionPlanner {
  readonly #links = new TransactionLinks();
  /** `Type/id` of everything that this Bundle deletes. */
  #gone: readonly string[] = [];

  constructor(
    readonly context: FhirContext,
    readonly request: FhirRequest,
    readonly builder: WriteBuilder,
    readonly options: PlanOptions,
  ) {}

  /** Patients first: the others take their bucket. */
  async assignAll(entries: readonly RequestedEntry[]): Promise<readonly Assigned[]> {
    const writes = entries.filter(({ method }) => method !== 'GET');
    const patients = writes.filter(({ path }) => path.split('/')[0] === 'Patient');
    const patientUrns = new Set(patients.map(({ fullUrl }) => fullUrl));
    const assigner = new EntryAssigner(this.request, this.builder, this.#links, (urn) => patientUrns.has(urn));
    const assigned = new Map<RequestedEntry, Assigned>();
    const conditions = new Map<string, string>();
    for (const entry of [...patients, ...writes.filter((write) => !patients.includes(write))]) {
      const one = await inEntry(entry.index, () => assigner.assign(entry));
      const target = `${one.type}/${one.id}`;
      this.#links.add(entry, target);
      const condition = conditionOf(entry);
      if (condition !== undefined) conditions.set(condition, target);
      assigned.set(entry, one);
    }
    const meant = await resolveConditionalReferences(this.context, this.request, writes, conditions);
    for (const name of meant.values()) this.builder.lookedAt(touchedByName(name));
    this.#links.mean(meant);
    const inOrder = entries.flatMap((entry) => assigned.get(entry) ?? []);
    this.#gone = inOrder.flatMap(({ entry, type, id }) => (entry.method === 'DELETE' ? [`${type}/${id}`] : []));
    return inOrder;
  }

  #resolved(resource: Resource, fullUrl: string | undefined): Resource {
    const filled = withDefaults(this.request.caller, this.#links.resolve(resource, fullUrl));
    return this.options.transform ? this.options.transform(filled, fullUrl) : filled;
  }

  async #guard(
    interaction: 'create' | 'update' | 'delete',
    type: string,
    after?: Resource,
    before?: FoundResource,
  ): Promise<void> {
    if (this.options.skipGuard) return;
    const intent = {
      interaction,
      type,
      ...(after ? { after } : {}),
      ...(before ? { before: { stored: before, resource: resourceOf(before) } } : {}),
      request: this.request,
    };
    // A move is a plan of its own: it reads the newest state of its referral, which other entries may be about to change.
    if (await this.context.hooks.meansMove(this.context, intent)) throw fault('move-in-transaction');
    await this.context.hooks.guardWrite(intent);
  }

  async #existing({ entry, type, id }: Assigned, existing: FoundResource): Promise<PlannedEntry> {
    this.builder.lookedAt(touchedOf(type, existing));
    // Only a Patient asked for by full identifier may lie beyond the caller's reach.
    const visible = await canSee(this.context.store, this.request.caller, type, existing);
    const shown = resourceOf(visible ? existing : minimalDemographics(existing));
    const patient = existing.pt === undefined ? {} : { patient: existing.pt };
    return { entry, type, id, ...patient, outcome: 'existing', resource: { ...shown, id } };
  }

  async #created({ entry, type, id }: Assigned, given: Resource): Promise<PlannedEntry> {
    const resource = this.#resolved(given, entry.fullUrl);
    await this.#guard('create', type, resource);
    return { entry, type, id, outcome: 'created', resource: this.builder.create(resource, { id }) };
  }

  async #replaced({ entry, type, id }: Assigned, before: FoundResource, given: Resource): Promise<PlannedEntry> {
    this.builder.lookedAt(touchedOf(type, before));
    assertVersion(type, before, entry);
    const resource = this.#resolved(given, entry.fullUrl);
    if (before.del) authorize(this.request.caller, 'create', type);
    await this.#guard(before.del ? 'create' : 'update', type, resource, before.del ? undefined : before);
    const outcome = before.del ? 'revived' : 'updated';
    return { entry, type, id, outcome, resource: this.builder.update(before, resource), before };
  }

  async #put(assigned: Assigned, given: Resource): Promise<PlannedEntry> {
    const { entry, type, id, before: found } = assigned;
    const byId = found === undefined;
    if (given.id !== id && (byId || given.id !== undefined)) throw fault('id-mismatch', {}, 'id');
    const before = found ?? (await loadForWrite(this.context, this.request, type, id));
    if (before) return this.#replaced(assigned, before, given);
    if (!mayGiveId(this.request, type, id)) return refuseRead(this.context, this.request, 'read', { type, id });
    authorize(this.request.caller, 'create', type);
    assertNoVersion(entry, type, id);
    return this.#created(assigned, given);
  }

  async #deleted({ entry, type, id, before: found }: Assigned): Promise<PlannedEntry> {
    const gone: PlannedEntry = { entry, type, id, outcome: 'gone' };
    if (id === '') return gone;
    const before = found ?? (await loadForWrite(this.context, this.request, type, id));
    if (!before) return refuseRead(this.context, this.request, 'read', { type, id });
    this.builder.lookedAt(touchedOf(type, before));
    if (before.del) return gone;
    assertVersion(type, before, entry);
    await this.#guard('delete', type, undefined, before);
    this.builder.remove(type, before);
    await assertUnreferenced(this.context, type, id, this.#gone);
    return { entry, type, id, outcome: 'deleted', before };
  }

  async plan(assigned: Assigned): Promise<PlannedEntry> {
    const { entry, type, id, existing, creates } = assigned;
    if (existing) return this.#existing(assigned, existing);
    if (entry.method === 'DELETE') return this.#deleted(assigned);
    if (!entry.resource) throw fault('bundle-invalid', { reason: `${entry.method} ${entry.path}` });
    if (creates) return this.#created(assigned, entry.resource);
    if (entry.method === 'PUT') return this.#put(assigned, entry.resource);
    const before = assigned.before ?? (await loadVisible(this.context, this.request, type, id));
    this.builder.lookedAt(touchedOf(type, before));
    return this.#replaced(assigned, before, patched(before, entryPatch(entry)));
  }
}

const named = (one: PlannedEntry): PlannedEntry => ({
  ...one,
  ...(one.entry.fullUrl === undefined ? {} : { fullUrl: one.entry.fullUrl }),
});

/**
 * Plans the writes of a transaction Bundle without committing: resolves links between entries and conditional references,
 * the criteria of conditional entries, ifMatch; gives ids, adds every write to the builder. GET entries are left to the
 * caller. Two entries for one resource are refused: neither would see the other.
 * Throws 400 for a Bundle that cannot be processed, 404/409/410/412/422 with the path of the entry.
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
  try {
    for (const assigned of await planner.assignAll(entries))
      planned.push(named(await inEntry(assigned.entry.index, () => planner.plan(assigned))));
  } catch (error) {
    throw aboutInstances(error, builder.looked);
  }
  return planned;
}
