import { setTimeout as sleep } from 'node:timers/promises';
import type { Resource } from '@medplum/fhirtypes';
import type { Manifest } from '../../../src/bulk/export/manifest.js';
import type { Job } from '../../../src/store/job.js';
import type { Answer, TestService } from '../../support/service.js';

const LATER = { prefer: 'respond-async' };

/** Path below the base at which a job is followed. */
export const jobPath = (service: TestService, answer: Answer<unknown>): string => {
  const location = answer.headers.get('content-location');
  if (!location?.startsWith(`${service.base}/`)) throw new Error(`no job: ${answer.status} ${answer.text}`);
  return location.slice(service.base.length + 1);
};

/** Asks for something to be done later; `prefer` given otherwise is kept. */
export const askLater = (
  service: TestService,
  account: string,
  path: string,
  options: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> =>
  service.call(account, options.method ?? 'GET', path, {
    headers: { ...LATER, ...options.headers },
    ...(options.body === undefined ? {} : { body: options.body }),
  });

/** Nothing is being written in a test while an export waits for late writes: it need not wait. */
export async function startNow(service: TestService, job: string): Promise<void> {
  const id = job.split('/').at(-1) ?? '';
  await service.db.collection<Job>('jobs').updateOne({ _id: id, state: 'waiting' }, { $set: { due: new Date(0) } });
}

/** Polls a job until it is not running any more. */
export async function ended<T>(service: TestService, account: string, job: string): Promise<Answer<T>> {
  for (;;) {
    const answer = await service.call<T>(account, 'GET', job);
    if (answer.status !== 202) return answer;
    await sleep(100);
  }
}

export interface Exported {
  readonly manifest: Manifest;
  /** Lines of all files of a type. */
  lines<T extends Resource = Resource & { id: string }>(type: string, list?: 'output' | 'deleted'): Promise<T[]>;
  ids(type: string): Promise<string[]>;
}

/** Exports and waits for the end. */
export async function exported(
  service: TestService,
  account: string,
  path: string,
  options: { method?: string; body?: unknown; meanwhile?: () => Promise<void> } = {},
): Promise<Exported> {
  const job = jobPath(service, await askLater(service, account, path, options));
  await options.meanwhile?.();
  await startNow(service, job);
  const { status, body, text } = await ended<Manifest>(service, account, job);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  const authorization = `Bearer ${await service.token(account)}`;
  const lines = async <T extends Resource = Resource & { id: string }>(
    type: string,
    list: 'output' | 'deleted' = 'output',
  ): Promise<T[]> => {
    const files = body[list].filter((file) => file.type === type);
    const texts = await Promise.all(
      files.map(async ({ url, count }) => {
        const answer = await fetch(url, { headers: { authorization } });
        const text = await answer.text();
        if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${text}`);
        const found = text.split('\n').filter((line) => line !== '');
        if (found.length !== count) throw new Error(`${url}: ${found.length} lines, not ${count}`);
        return found;
      }),
    );
    return texts.flat().map((line) => JSON.parse(line) as T);
  };
  return {
    manifest: body,
    lines,
    ids: async (type) => (await lines(type)).map(({ id }) => id).sort(),
  };
}
