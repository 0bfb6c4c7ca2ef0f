import type { Bundle, BundleEntry, Reference, Resource } from '@medplum/fhirtypes';
import { v5 as uuid } from 'uuid';

/** Namespace of the links inside Bundles (RFC 9562, version 5). */
const NAMESPACE = '5b7a3f0e-6c3e-4e0c-9a54-0d4c1f9a2b11';

/** Collects the entries of a transaction Bundle; each gets a link that others may use. */
export class BundleEntries {
  readonly #entries: BundleEntry[] = [];

  /** @param key what the Bundle is about: the same key gives the same links */
  constructor(readonly key: string) {}

  get bundle(): Bundle {
    return { resourceType: 'Bundle', type: 'transaction', entry: [...this.#entries] };
  }

  add<T extends Resource>(resource: T): Reference<T> & { reference: string } {
    const fullUrl = `urn:uuid:${uuid(`${this.key}|${this.#entries.length}`, NAMESPACE)}`;
    this.#entries.push({ fullUrl, resource, request: { method: 'POST', url: resource.resourceType } });
    return { reference: fullUrl };
  }
}
