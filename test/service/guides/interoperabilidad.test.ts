import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/config/paths.js';
import { startService, type TestService } from '../../support/service.js';
import { differences, expectedBody, guideCalls, messageOf, valueAt } from './http-blocks.js';

const GUIDE = 'docs/guides/interoperabilidad.md';
const guide = readFileSync(join(packageRoot, GUIDE), 'utf8');
const calls = guideCalls(guide);

/** Milliseconds. */
const UNITS = { m: 60_000, d: 86_400_000 } as const;

interface Answered {
  readonly body: unknown;
  readonly headers: Headers;
}

describe(GUIDE, () => {
  let service: TestService;
  const answers = new Map<string, Answered>();
  beforeAll(async () => {
    service = await startService();
  }, 60_000);
  afterAll(() => service.stop());

  /** Value of a `{{place}}` of the guide. */
  async function valueOf(place: string): Promise<string> {
    if (place === '$guid') return randomUUID();
    const [, amount = '0', unit = 'm'] = /^\$datetime iso8601(?: (\d+) ([md]))?$/.exec(place) ?? [];
    if (place.startsWith('$datetime')) return new Date(Date.now() + Number(amount) * UNITS[unit as 'm']).toISOString();
    const [, account] = /^token (\S+)$/.exec(place) ?? [];
    if (account !== undefined) return service.token(account);
    const [, name = '', part = '', path = ''] = /^(\w+)\.response\.(body|headers)\.(.+)$/.exec(place) ?? [];
    const answer = answers.get(name);
    const value = part === 'headers' ? answer?.headers.get(path) : valueAt(answer?.body, path);
    if (typeof value !== 'string') throw new Error(`{{${place}}} is not there`);
    return value;
  }

  async function filled(text: string): Promise<string> {
    const places = [...new Set([...text.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, place]) => place ?? ''))];
    let result = text;
    for (const place of places) result = result.replaceAll(`{{${place}}}`, await valueOf(place));
    return result;
  }

  it('has calls of every actor', () => {
    for (const account of ['system.uaps1', 'system.hosp1', 'manager.red1', 'patient.1'])
      expect(calls.some(({ request }) => request.includes(`{{token ${account}}}`))).toBe(true);
  });

  it.each(calls.map((call) => [`line ${call.line}: ${call.request.split('\n')[0] ?? ''}`, call] as const))(
    '%s',
    async (_name, { name, request, response }) => {
      const { first, headers, body } = messageOf(await filled(request));
      const [method = '', target = ''] = first.split(' ');
      const answer = await fetch(new URL(target, service.url), { method, headers, ...(body === '' ? {} : { body }) });
      const text = await answer.text();
      const given = text === '' ? undefined : (JSON.parse(text) as unknown);
      const expected = messageOf(response);
      expect(`${answer.status} ${answer.status === Number(expected.first.split(' ')[1]) ? '' : text}`.trim()).toBe(
        expected.first.split(' ')[1],
      );
      for (const [header, value] of Object.entries(expected.headers)) expect(answer.headers.get(header)).toBe(value);
      expect(differences(expectedBody(expected.body), given)).toEqual([]);
      if (name !== undefined) answers.set(name, { body: given, headers: answer.headers });
    },
  );
});
