import type { Bundle, Parameters, Resource } from '@medplum/fhirtypes';
import { Client, type FhirResource } from 'fhir-kit-client';
import { wasAnswered } from './refusal-text.js';
import { ANSWER_MS, type ClientIdentity, noService, type ServiceAddress, signIn } from './sign-in.js';

/** A token is renewed this long before it ends, milliseconds. */
const RENEWAL_MARGIN_MS = 60_000;

/** Answer of the service with what its headers say. */
export interface Answered<T> {
  readonly body: T;
  readonly status: number;
}

interface CallOptions {
  /** Body of a POST; a GET when absent. */
  readonly input?: Resource;
  /** Version of the referral, for If-Match. */
  readonly ifMatch?: string;
  /** Query of a GET. */
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * The information system of one facility, as an outside program is: a FHIR client with a key of its own. Its methods
 * throw the client's error for a refusal (see refusalText), StartupError when the service does not answer.
 */
export class FacilitySystem {
  readonly #client: Client;
  readonly #address: ServiceAddress;
  readonly #identity: ClientIdentity;
  #renewAt = 0;

  constructor(identity: ClientIdentity, address: ServiceAddress) {
    this.#identity = identity;
    this.#address = address;
    this.#client = new Client({ baseUrl: address.fhirBase });
  }

  async read<T extends Resource>(reference: string): Promise<T> {
    const [resourceType = '', id = ''] = reference.split('/');
    return (await this.#ask<T>((options) => this.#client.read({ resourceType, id, options }))).body;
  }

  /** First page of a search. */
  async search<T extends Resource>(
    resourceType: string,
    searchParams: Readonly<Record<string, string | number>>,
  ): Promise<T[]> {
    const { body } = await this.#ask<Bundle<T>>((options) =>
      this.#client.resourceSearch({ resourceType, searchParams, options }),
    );
    return (body.entry ?? []).flatMap(({ resource, search }) =>
      resource && search?.mode !== 'outcome' ? [resource] : [],
    );
  }

  /** Creates a resource unless one matches the condition (FHIR R4 conditional create): 201 created, 200 was there. */
  createOnce<T extends Resource>(resource: T, condition: string): Promise<Answered<T & { id: string }>> {
    return this.#ask((options) =>
      this.#client.create({
        resourceType: resource.resourceType,
        body: resource as unknown as FhirResource,
        options: { ...options, headers: { 'If-None-Exist': condition } },
      }),
    );
  }

  /**
   * Calls an operation.
   * @param target `Type` or `Type/id`
   */
  operation(name: string, target: string, { input, ifMatch, query }: CallOptions = {}): Promise<Answered<Parameters>> {
    const [resourceType = '', id] = target.split('/');
    const body = input ?? query;
    return this.#ask((options) =>
      this.#client.operation({
        name,
        resourceType,
        ...(id === undefined ? {} : { id }),
        method: input ? 'POST' : 'GET',
        ...(body ? { input: body as unknown as FhirResource } : {}),
        options: { ...options, headers: ifMatch === undefined ? {} : { 'If-Match': `W/"${ifMatch}"` } },
      }),
    );
  }

  async #ask<T>(request: (options: { signal: AbortSignal }) => Promise<FhirResource>): Promise<Answered<T>> {
    if (Date.now() >= this.#renewAt) {
      const { token, seconds } = await signIn(this.#identity, this.#address);
      this.#client.bearerToken = token;
      this.#renewAt = Date.now() + seconds * 1_000 - RENEWAL_MARGIN_MS;
    }
    const body = await request({ signal: AbortSignal.timeout(ANSWER_MS) }).catch((error: unknown) => {
      throw wasAnswered(error) ? error : noService(this.#address.fhirBase, error);
    });
    return { body: body as T, status: Client.httpFor(body).response?.status ?? 0 };
  }
}
