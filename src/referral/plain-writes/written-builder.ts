import type { Resource } from '@medplum/fhirtypes';
import type { FhirRequest } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { type CreateOptions, WriteBuilder } from '../../fhir/write-builder.js';
import type { FoundResource } from '../../store/envelope.js';
import type { ResourceWrite } from '../../store/write-plan.js';
import { layOver } from './lay-over.js';

type Stored<T extends Resource> = T & { id: string };

/** The resource that a plain write brings to its move. */
export interface BroughtResource {
  readonly resource: Resource;
  /** Id for a new one; the server's own when absent. */
  readonly id?: string;
  /** Version that it replaces, which may be a deletion. */
  readonly replaces?: FoundResource;
}

/**
 * Collects what a move writes when the resource that it would write itself was brought by the caller: then the caller's
 * is written, with what the server sets (see `layOver`), under its own id. Handlers of moves need not know of it.
 */
export class WrittenBuilder extends WriteBuilder {
  readonly #brought: BroughtResource;
  /** What the move itself would write of a resource that is there already: on what, and what. */
  #server: { readonly base?: Resource; readonly given: Resource } | undefined;
  #made: Stored<Resource> | undefined;

  constructor(context: FhirContext, request: FhirRequest, brought: BroughtResource) {
    super(context, request);
    this.#brought = brought;
  }

  /** A Task is created by moves for other ends (a question, the next leg); it is never the one that was brought. */
  #stands(given: Resource): boolean {
    const { resourceType } = this.#brought.resource;
    return resourceType !== 'Task' && given.resourceType === resourceType && !this.#made;
  }

  override create<T extends Resource>(given: T, options: CreateOptions = {}): Stored<T> {
    if (!this.#stands(given)) return super.create(given, options);
    const { id, replaces, resource } = this.#brought;
    if (replaces) {
      this.#server = { given };
      return { ...given, id: replaces._id };
    }
    const made = super.create(
      layOver(resource as T, undefined, given),
      id === undefined ? options : { ...options, id },
    );
    this.#made = made;
    return made;
  }

  override update<T extends Resource>(before: FoundResource, given: T): Stored<T> {
    const { replaces, resource } = this.#brought;
    if (before._id !== replaces?._id || given.resourceType !== resource.resourceType)
      return super.update(before, given);
    this.#server = { base: resourceOf(before), given };
    return { ...given, id: before._id };
  }

  /** Writes what was brought, if the move has not done so. Returns the write. */
  settle(): ResourceWrite {
    const { id, replaces, resource } = this.#brought;
    const laid = this.#server ? layOver(resource, this.#server.base, this.#server.given) : resource;
    this.#made ??= replaces ? super.update(replaces, laid) : super.create(laid, id === undefined ? {} : { id });
    const { id: made } = this.#made;
    const write = this.writes.find(({ type, doc }) => type === resource.resourceType && doc._id === made);
    if (!write) throw new TypeError('what was brought is part of the plan');
    return write;
  }
}
