import { authorize } from '../../access/policy/authorize.js';
import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { bucketOf, newBucket, newId } from '../../store/ids.js';
import { touchedOf } from '../about-instance.js';
import type { FhirRequest } from '../exchange.js';
import { supports } from '../interaction-table.js';
import { assertVisible } from '../load-visible.js';
import { patientReferenceOf } from '../patient-of.js';
import { localTarget } from '../references.js';
import type { WriteBuilder } from '../write-builder.js';
import type { RequestedEntry } from './bundle-entry.js';
import { assertNoneMatch, assertNoVersion } from './expected-version.js';
import { conditionKey, conditionPairs, findCondition } from './find-condition.js';
import type { TransactionLinks } from './transaction-links.js';
import { idForNew } from './update.js';

/** What an entry of a transaction is about, before anything is written. */
export interface Assigned {
  readonly entry: RequestedEntry;
  readonly type: string;
  /** Empty when there is nothing to be about: a conditional delete that found nothing. */
  readonly id: string;
  /** What If-None-Exist found: nothing is written. */
  readonly existing?: FoundResource;
  /** What the criteria of a conditional update, patch or delete found. */
  readonly before?: FoundResource;
  /** True when the entry makes a new resource under this id. */
  readonly creates?: true;
}

const INTERACTION = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const;

/** Place that an entry writes to: `Type` for POST and for criteria, else `Type/id`. Throws 400 for anything else. */
function placeOf({ method, path, query }: RequestedEntry): { type: string; id?: string } {
  const [type = '', id, ...rest] = path.split('/').filter((segment) => segment !== '');
  const byType = method === 'POST' || query.length > 0;
  if (rest.length > 0 || type.startsWith('$') || byType !== (id === undefined))
    throw fault('bundle-invalid', { reason: `${method} ${path}` });
  return { type, ...(id === undefined ? {} : { id }) };
}

/** Canonical condition of an entry that makes or finds one resource by it; undefined for other entries. */
export function conditionOf(entry: RequestedEntry): string | undefined {
  const [type = ''] = entry.path.split('/');
  if (entry.method === 'POST' && entry.ifNoneExist !== undefined)
    return conditionKey(type, conditionPairs(entry.ifNoneExist));
  return entry.method === 'PUT' && entry.query.length > 0 ? conditionKey(type, entry.query) : undefined;
}

/** Decides which resource each entry of a transaction is about. */
export class EntryAssigner {
  constructor(
    readonly request: FhirRequest,
    readonly builder: WriteBuilder,
    readonly links: TransactionLinks,
    /** True for the `fullUrl` of a Patient of the Bundle. */
    readonly isPatientUrn: (urn: string) => boolean,
  ) {}

  /** New id in the bucket of the patient whose record the resource belongs to. */
  #newId({ resource }: RequestedEntry): string {
    const { definitions, baseUrl } = this.builder.context;
    const reference = resource && patientReferenceOf(definitions, resource, this.isPatientUrn, baseUrl);
    const patient = reference === undefined ? undefined : (this.links.get(reference) ?? reference);
    const patientId = patient === undefined ? undefined : localTarget(patient, baseUrl)?.id;
    return newId(patientId === undefined ? newBucket() : bucketOf(patientId));
  }

  async #byCriteria(entry: RequestedEntry, type: string): Promise<Assigned> {
    const { request, builder } = this;
    const { condition, found } = await findCondition(builder.context, request, type, entry.query);
    if (found) {
      const before = await assertVisible(builder.context, request, 'read', { type, id: found._id }, found);
      builder.lookedAt(touchedOf(type, before));
      return { entry, type, id: before._id, before };
    }
    if (entry.method === 'DELETE') return { entry, type, id: '' };
    if (entry.method === 'PATCH' || !entry.resource) throw fault('match-none', { type });
    authorize(request.caller, 'create', type);
    assertNoVersion(entry, type);
    const { id = this.#newId(entry) } = await idForNew(builder.context, request, entry.resource);
    builder.absent(condition);
    return { entry, type, id, creates: true };
  }

  /**
   * Throws 400 for an entry that writes to no place, 403 for what the caller may never do, 404, 409 and 412 as the single
   * interactions do.
   */
  async assign(entry: RequestedEntry): Promise<Assigned> {
    const { request, builder } = this;
    const { type, id } = placeOf(entry);
    if (!builder.context.definitions.isResourceType(type)) throw fault('type-unknown', { type });
    if (entry.method === 'GET') throw fault('bundle-invalid', { reason: entry.path });
    const interaction = INTERACTION[entry.method];
    if (!supports(type, interaction)) throw fault('interaction-unsupported', { interaction, type });
    authorize(request.caller, interaction, type);
    const carries = entry.method === 'POST' || entry.method === 'PUT';
    if (carries && entry.resource?.resourceType !== type)
      throw fault('type-mismatch', { actual: entry.resource?.resourceType ?? '-', expected: type });
    if (id !== undefined) return { entry, type, id };
    if (entry.method !== 'POST') return this.#byCriteria(entry, type);
    assertNoneMatch(entry);
    if (entry.ifNoneExist !== undefined) {
      const { condition, found } = await findCondition(builder.context, request, type, entry.ifNoneExist);
      if (found) {
        builder.lookedAt(touchedOf(type, found));
        return { entry, type, id: found._id, existing: found };
      }
      builder.absent(condition);
    }
    return { entry, type, id: this.#newId(entry), creates: true };
  }
}
