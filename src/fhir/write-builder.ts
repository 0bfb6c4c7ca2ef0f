import { isOwnOnly } from '../access/policy/named-only.js';
import type { Resource } from '@medplum/fhirtypes';
import { fault, type Finding, isRefusal, ServiceError, type Touched } from '../errors.js';
import type { AuditDraft } from '../store/audit-record.js';
import type { FoundResource } from '../store/envelope.js';
import { bucketOf, newBucket, newId } from '../store/ids.js';
import {
  type AbsenceCondition,
  type Claim,
  ClaimTaken,
  ConditionMatched,
  type ResourceWrite,
  VersionConflict,
  type VersionGuard,
} from '../store/write-plan.js';
import { aboutInstances, touchedByName } from './about-instance.js';
import { claims, claimsOf } from './claims.js';
import { toPlain } from './exact-json.js';
import type { FhirRequest } from './exchange.js';
import type { FhirContext } from './fhir-context.js';
import { idClaim, taken } from './id-claim.js';
import { HeadLoader } from './head-loader.js';
import { patientOf } from './patient-of.js';
import { type NewRelation, newRelations } from './new-relations.js';
import { missingReferences } from './reference-check.js';
import { withLocalReferences } from './references.js';
import { stampVersion } from './stamp-version.js';
import { resourceOf } from './stored-resource.js';
import { toStored, toTombstone } from './to-stored.js';

export interface CreateOptions {
  /** Id assigned beforehand (transactions). */
  readonly id?: string;
  /** Patient id, where the resource itself does not name the patient. */
  readonly patient?: string;
  /** Custodian facility; that of the caller when absent. */
  readonly own?: string;
}

const key = ({ kind, value }: Pick<Claim, 'kind' | 'value'>): string => `${kind} ${value}`;

/** Collects all that one request writes, checks it, and commits it as one plan: everything or nothing. */
export class WriteBuilder {
  /** Time of the write: meta.lastUpdated of everything in it. */
  readonly now = new Date();
  /** Look-ups shared by all checks of this write. */
  readonly heads: HeadLoader;
  readonly #writes: ResourceWrite[] = [];
  readonly #resources = new Map<string, Resource & { id: string }>();
  /** The same with JavaScript numbers. */
  readonly #plain = new Map<string, Resource>();
  /** `Type/id` of what this plan deletes. */
  readonly #gone = new Set<string>();
  /** Versions that this plan replaces, by `Type/id`. */
  readonly #replaced = new Map<string, FoundResource>();
  /** `Type/id` of what the rooms above added, beside what was asked for. */
  readonly #added = new Set<string>();
  #adding = false;
  readonly #claims: Claim[] = [];
  readonly #releases: Claim[] = [];
  /** Kinds of claims whose loss is for the caller to understand. */
  readonly #told = new Set<string>();
  readonly #absent: AbsenceCondition[] = [];
  readonly #guards: VersionGuard[] = [];
  readonly #audit: AuditDraft[] = [];
  readonly #notes = new Map<string, readonly Finding[]>();
  readonly #looked = new Map<string, Touched>();

  constructor(
    readonly context: FhirContext,
    readonly request: FhirRequest,
  ) {
    this.heads = new HeadLoader(context.store);
  }

  /** Writes so far, for policy checks and answers. */
  get writes(): readonly ResourceWrite[] {
    return this.#writes;
  }

  /** Throws 422 with all findings; returns the resource with JavaScript numbers. */
  #check(resource: Resource & { id: string }): Resource {
    const plain = toPlain(resource);
    const findings = this.context.validator.validate(plain);
    const errors = findings.filter(isRefusal);
    if (errors.length > 0) throw new ServiceError(errors);
    const name = `${resource.resourceType}/${resource.id}`;
    this.#notes.set(name, findings);
    this.#plain.set(name, plain);
    return plain;
  }

  /** Warnings and hints of validation: of all that is written, or of one `Type/id`. */
  notes(about?: string): readonly Finding[] {
    return about === undefined ? [...this.#notes.values()].flat() : (this.#notes.get(about) ?? []);
  }

  #stamp<T extends Resource>(resource: T, id: string, version: number): T & { id: string } {
    return stampVersion(resource, { id, version, at: this.now });
  }

  /**
   * Adds a new resource: gives it an id in the patient's bucket and `meta`, validates it, notes its claims.
   * Throws ServiceError 422 with all findings.
   */
  create<T extends Resource>(given: T, options: CreateOptions = {}): T & { id: string } {
    const { definitions, baseUrl } = this.context;
    const resource = withLocalReferences(given, baseUrl);
    const patient = options.patient ?? patientOf(definitions, resource, baseUrl);
    const id = options.id ?? newId(patient === undefined ? newBucket() : bucketOf(patient));
    const created = this.#stamp(resource, id, 1);
    const plain = this.#check(created);
    const own = options.own ?? this.request.caller.facility;
    const facts = { ...(own === undefined ? {} : { own }), ...(options.patient ? { patient: options.patient } : {}) };
    const { sub: account } = this.request.caller;
    const doc = toStored(this.context, created, { ...facts, account, plain });
    this.#add({ method: 'create', type: resource.resourceType, doc }, created);
    this.#claim([...claimsOf(created, own), ...idClaim(resource.resourceType, doc)]);
    return created;
  }

  /** Adds the next version of a resource, which may have been deleted. Throws ServiceError 422 with all findings. */
  update<T extends Resource>(before: FoundResource, resource: T): T & { id: string } {
    const updated = this.#stamp(withLocalReferences(resource, this.context.baseUrl), before._id, before.vid + 1);
    const plain = this.#check(updated);
    const doc = toStored(this.context, updated, { previous: before, plain });
    this.#add({ method: 'update', type: resource.resourceType, doc, replaces: before.vid }, updated);
    this.#replaced.set(`${resource.resourceType}/${before._id}`, before);
    if (claims(resource.resourceType)) this.#moveClaims(before, updated);
    return updated;
  }

  /** Two resources of one plan may not claim the same value either. */
  #claim(wanted: readonly Claim[]): void {
    const twice = wanted.find((claim) => this.#claims.some((one) => key(one) === key(claim)));
    if (twice) throw fault('duplicate', { kind: twice.kind });
    this.#claims.push(...wanted);
  }

  /** Claims what the new version adds and frees what it no longer has. */
  #moveClaims(before: FoundResource, updated: Resource & { id: string }): void {
    // What was deleted holds nothing any more.
    const held = before.del ? [] : claimsOf({ ...resourceOf(before), id: before._id }, before.own);
    const wanted = claimsOf(updated, before.own);
    const [heldKeys, wantedKeys] = [new Set(held.map(key)), new Set(wanted.map(key))];
    this.#claim(wanted.filter((claim) => !heldKeys.has(key(claim))));
    this.#releases.push(...held.filter((claim) => !wantedKeys.has(key(claim))));
  }

  /** Adds a deletion. */
  remove(type: string, before: FoundResource): void {
    const doc = toTombstone(before, this.now);
    this.#assertOnce(`${type}/${before._id}`);
    this.#gone.add(`${type}/${before._id}`);
    this.#replaced.set(`${type}/${before._id}`, before);
    this.#writes.push({ method: 'delete', type, doc, replaces: before.vid });
    if (claims(type)) this.#releases.push(...claimsOf({ ...resourceOf(before), id: before._id }));
  }

  /** A claim beside those of the resources; taken, it is told by ClaimTaken. */
  claim(claim: Claim): void {
    this.#claim([claim]);
    this.#told.add(claim.kind);
  }

  /** A resource that was read for a decision and must not change before the commit. */
  guard(type: string, before: FoundResource): void {
    this.#guards.push({ type, id: before._id, vid: before.vid });
  }

  /** Nothing may match this condition when the write commits. */
  absent(condition: AbsenceCondition): void {
    // Inside one transaction neither would see what the other makes.
    if (this.#absent.some(({ key: known }) => known === condition.key))
      throw fault('bundle-invalid', { reason: `ifNoneExist ${condition.key} × 2` });
    this.#absent.push(condition);
  }

  /** Notes an instance that was looked at for this plan: a refusal of the plan tells something of it. */
  lookedAt(touched: Touched): void {
    this.#looked.set(touched.name, touched);
  }

  /** What was looked at so far. */
  get looked(): readonly Touched[] {
    return [...this.#looked.values()];
  }

  /** What acts later for the account that wrote it keeps the scope of its token: the record says so. */
  audit(draft: AuditDraft): void {
    const acts = this.#writes.some(({ type }) => isOwnOnly(type));
    this.#audit.push(acts ? { ...draft, det: { ...draft.det, scope: this.request.caller.scope } } : draft);
  }

  #add(write: ResourceWrite, resource: Resource & { id: string }): void {
    const name = `${write.type}/${write.doc._id}`;
    this.#assertOnce(name);
    this.#resources.set(name, resource);
    this.#writes.push(write);
    if (this.#adding) this.#added.add(name);
  }

  /** Throws 400 when this plan writes or deletes `Type/id` already (R4 http.html 3.1.0.11.2: identities may not overlap). */
  #assertOnce(name: string): void {
    if (this.#resources.has(name) || this.#gone.has(name))
      throw fault('bundle-invalid', { reason: `${name} is written twice` });
  }

  /** Resource of a write of this plan; undefined for a deletion. */
  resourceOf({ type, doc }: ResourceWrite): (Resource & { id: string }) | undefined {
    return this.#resources.get(`${type}/${doc._id}`);
  }

  /** Version that a write of this plan replaces, or a deletion ends. */
  replaced({ type, doc }: ResourceWrite): FoundResource | undefined {
    return this.#replaced.get(`${type}/${doc._id}`);
  }

  /** True when this plan writes `Type/id`. */
  has(reference: string): boolean {
    return this.#resources.has(reference);
  }

  /** References to resources of this server that do not exist or that the caller may not see, as 422 findings. */
  async missing(): Promise<readonly Finding[]> {
    const findings = await missingReferences(
      this.context,
      this.heads,
      this.request.caller,
      [...this.#resources.values()],
      {
        has: (name) => this.has(name),
        deletes: (name) => this.#gone.has(name),
        relates: (patient) => this.#related().has(patient),
      },
    );
    if (this.context.references !== 'warn') return findings;
    this.#notes.set(
      'references',
      findings.map((finding) => ({ ...finding, severity: 'warning' })),
    );
    return [];
  }

  /** Patients to whom this write itself gives the caller's facility a relation, as an Encounter there does. */
  #related(): ReadonlySet<string> {
    const { facility } = this.request.caller;
    if (facility === undefined) return new Set();
    const relating = this.#writes.filter(({ type, doc }) => {
      const plain = this.#plain.get(`${type}/${doc._id}`);
      return plain && this.context.hooks.relationsOf(plain).some(({ f }) => f === facility);
    });
    return new Set(relating.flatMap(({ doc }) => doc.pt ?? []));
  }

  /** Relations that this write gives to facilities and that the patients' envelopes do not say yet. */
  #relations(): Promise<readonly NewRelation[]> {
    const plain = (write: ResourceWrite): Resource | undefined => this.#plain.get(`${write.type}/${write.doc._id}`);
    return newRelations(this.#writes, plain, this.context.hooks, this.heads);
  }

  /** The refusal, which tells that there is a holder: its record names who that is. */
  async #taken(claim: Claim): Promise<unknown> {
    const holder = await this.context.store.claimHolder(claim.kind, claim.value);
    return aboutInstances(taken(claim), holder ? [touchedByName(holder.ref)] : []);
  }

  /**
   * Commits everything in one transaction, with what the rooms above add to it. Throws ServiceError 412 `version-conflict`,
   * 409 `duplicate`, 503, or ConditionMatched for an absence condition and when something that was added changed meanwhile:
   * then all of it is to be decided again.
   */
  async commit(): Promise<void> {
    this.#adding = true;
    await this.context.hooks.beforeCommit(this);
    try {
      await this.context.store.write({
        writes: this.#writes,
        claims: this.#claims,
        releases: this.#releases,
        absent: this.#absent,
        guards: this.#guards,
        relations: await this.#relations(),
        audit: this.#audit,
        requestId: this.request.id,
      });
    } catch (error) {
      if (error instanceof VersionConflict) {
        const { type, id, current } = error;
        if (this.#added.has(`${type}/${id}`)) throw new ConditionMatched(`${type}/${id}`, [id]);
        // The patient was deleted between the look-up and the write.
        if (current === undefined) throw fault('reference-not-found', { reference: `${type}/${id}` });
        throw fault('version-conflict', { type, id, current }, 'http.if-match');
      }
      if (error instanceof ClaimTaken && !this.#told.has(error.claim.kind)) throw await this.#taken(error.claim);
      throw error;
    }
  }
}
