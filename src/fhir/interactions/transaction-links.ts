import type { Resource } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { URI_ELEMENTS, withReferences } from '../references.js';
import type { RequestedEntry } from './bundle-entry.js';
import { isConditional } from './conditional-references.js';

/** Address of a resource on some server: what comes before `Type/id` is the root of its relative references. */
const RESTFUL = /^(https?:\/\/.+\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

/** What the entries of a transaction call each other, and what that is here (R4 http.html#trules, bundle.html#references). */
export class TransactionLinks {
  readonly #targets = new Map<string, string>();
  #conditional: ReadonlyMap<string, string> = new Map();

  /** Notes what an entry becomes. Throws 400 when its `fullUrl` stands twice. */
  add({ fullUrl, index }: RequestedEntry, target: string): void {
    if (fullUrl === undefined) return;
    if (this.#targets.has(fullUrl))
      throw fault('bundle-invalid', { reason: `fullUrl ${fullUrl}` }, `Bundle.entry[${index}].fullUrl`);
    this.#targets.set(fullUrl, target);
  }

  /** `Type/id` of what an entry of this `fullUrl` becomes. */
  get(fullUrl: string): string | undefined {
    return this.#targets.get(fullUrl);
  }

  /** What the conditional references mean, by their text. */
  mean(conditional: ReadonlyMap<string, string>): void {
    this.#conditional = conditional;
  }

  #target(reference: string, root: string | undefined): string | undefined {
    return (
      this.#targets.get(reference) ??
      this.#conditional.get(reference) ??
      (root === undefined ? undefined : this.#targets.get(`${root}${reference}`))
    );
  }

  #narrative(resource: Resource): Resource {
    const text: unknown = 'text' in resource ? resource.text?.div : undefined;
    if (typeof text !== 'string' || !text.includes('"urn:')) return resource;
    const div = text.replace(/"(urn:[^"]+)"/g, (whole, urn: string) => {
      const target = this.#targets.get(urn);
      return target === undefined ? whole : `"${target}"`;
    });
    return { ...resource, text: { ...(resource as { text: object }).text, div } } as Resource;
  }

  /**
   * The resource with its links to other entries replaced: in references, in elements that hold a uri, in its narrative.
   * Throws 400 for a `urn:` that names no entry and for a conditional reference that nobody has looked up.
   */
  resolve(resource: Resource, fullUrl: string | undefined): Resource {
    const root = RESTFUL.exec(fullUrl ?? '')?.[1];
    const linked = withReferences(resource, (reference) => {
      const target = this.#target(reference, root);
      // The entries of a stored document refer to each other.
      const open = (reference.startsWith('urn:') && resource.resourceType !== 'Bundle') || isConditional(reference);
      if (target === undefined && open)
        throw fault('bundle-invalid', { reason: `${reference} is no fullUrl of this Bundle` });
      return target;
    });
    return this.#narrative(withReferences(linked, (uri) => this.#targets.get(uri), URI_ELEMENTS));
  }
}
