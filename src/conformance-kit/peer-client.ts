import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import { wasAnswered } from '../demo/refusal-text.js';
import { ANSWER_MS, noService } from '../demo/sign-in.js';

/** An answer, refusals included. */
export interface PeerAnswer<T = Resource> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Gives a token that is still good. */
export type TokenSource = () => Promise<string>;

interface CallOptions {
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Pages followed at most in one search. */
const MOST_PAGES = 50;

/** One side's system as an outside program: a FHIR client that takes a refusal as an answer. */
export class PeerClient {
  readonly #client: Client;

  /** @param base FHIR base URL */
  constructor(
    readonly base: string,
    readonly token: TokenSource,
  ) {
    this.#client = new Client({ baseUrl: base });
  }

  /** Throws StartupError when nothing answers. */
  async call<T = Resource>(
    method: string,
    path: string,
    { body, headers = {} }: CallOptions = {},
  ): Promise<PeerAnswer<T>> {
    this.#client.bearerToken = await this.token();
    const type = body ? { 'content-type': 'application/fhir+json' } : {};
    const request = {
      method: method as 'GET',
      options: {
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: { accept: 'application/fhir+json', ...type, ...headers },
      },
      ...(body ? { body } : {}),
    } as Parameters<Client['request']>[1];
    try {
      const answer = await this.#client.request(path, request);
      const { response } = Client.httpFor(answer);
      return { status: response?.status ?? 0, body: answer as T, headers: response?.headers ?? new Headers() };
    } catch (error) {
      if (!wasAnswered(error)) throw noService(this.base, error);
      const { response } = error as { response: { status: number; data: OperationOutcome; headers?: Headers } };
      return { status: response.status, body: response.data as T, headers: response.headers ?? new Headers() };
    }
  }

  /** All pages of a search; nothing when it is refused. */
  async search<T extends Resource>(type: string, parameters: Readonly<Record<string, string | number>>): Promise<T[]> {
    const query = new URLSearchParams(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
    const found: T[] = [];
    let next: string | undefined = `${type}?${query.toString()}`;
    for (let page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
      const { status, body }: PeerAnswer<Bundle<T>> = await this.call('GET', next);
      if (status !== 200) return found;
      found.push(
        ...(body.entry ?? []).flatMap(({ resource, search }) =>
          resource && search?.mode !== 'outcome' ? [resource] : [],
        ),
      );
      next = body.link?.find(({ relation }) => relation === 'next')?.url;
    }
    return found;
  }
}
