import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { parseArgs, promisify } from 'node:util';
import type { Organization } from '@medplum/fhirtypes';
import type { JWK } from 'jose';
import { SID } from '../config/canonical.js';
import type { Environment } from '../config/env.js';
import type { ClientSide } from '../conformance-kit/client-requirements.js';
import { type Grade, gradeLines, reaches } from '../conformance-kit/grade.js';
import { gradeClient } from '../conformance-kit/grade-client.js';
import { gradeEndpoint } from '../conformance-kit/grade-endpoint.js';
import { observe } from '../conformance-kit/observation.js';
import { PeerClient, type TokenSource } from '../conformance-kit/peer-client.js';
import { isLevel } from '../conformance-kit/requirement.js';
import { keyTokens } from '../conformance-kit/token-source.js';
import { discover, type ServiceAddress } from '../demo/sign-in.js';
import { type Command, UsageError } from './command.js';
import { withDemoKeys } from './demo-keys.js';

const OPTIONS = {
  url: { type: 'string' },
  level: { type: 'string', default: 'L3' },
  'token-command': { type: 'string' },
  'client-id': { type: 'string' },
  key: { type: 'string' },
  from: { type: 'string', default: 'uaps1' },
  to: { type: 'string', default: 'hosp1' },
  watch: { type: 'string' },
  minutes: { type: 'string', default: '60' },
  placer: { type: 'string' },
  side: { type: 'string', default: 'origin' },
  json: { type: 'boolean', default: false },
} as const;

const read = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS }).values;
type Options = ReturnType<typeof read>;

const run = promisify(execFile);

/** Account (a demonstration system) or side (for a command) -> tokens. */
type Tokens = (account: string, side: string) => Promise<TokenSource>;

const isSide = (text: string): text is ClientSide => text === 'origin' || text === 'destination';

/** Tokens as the options say: of a command, of one key for both sides, else of the demonstration's systems. */
async function withTokens<T>(
  env: Environment,
  options: Options,
  address: ServiceAddress,
  work: (tokens: Tokens) => Promise<T>,
): Promise<T> {
  const { 'token-command': command, 'client-id': account, key: file } = options;
  if ((account === undefined) !== (file === undefined))
    throw new UsageError({ es: '--client-id y --key van juntos.', en: '--client-id and --key go together.' });
  if (command !== undefined)
    return work((_account, side) =>
      Promise.resolve(async () => (await run('/bin/sh', ['-c', `${command} "$1"`, 'sh', side])).stdout.trim()),
    );
  if (account !== undefined && file !== undefined) {
    const key = JSON.parse(await readFile(file, 'utf8')) as JWK;
    const tokens = keyTokens({ account, key }, address);
    return work(() => Promise.resolve(tokens));
  }
  return withDemoKeys(env, (keys) =>
    work(async (name) => keyTokens({ account: name, key: await keys(name) }, address)),
  );
}

async function organizationOf(peer: PeerClient, named: string): Promise<string> {
  const id = named.replace(/^Organization\//, '');
  const [found] = await peer.search<Organization>('Organization', { identifier: `${SID.account}|${id}` });
  return found?.id ?? id;
}

async function watch(options: Options, { fhirBase }: ServiceAddress, tokens: Tokens): Promise<Grade> {
  const { minutes, placer, side, watch: named = '' } = options;
  const back = Number(minutes);
  if (!isSide(side) || !(back > 0))
    throw new UsageError({
      es: '--side origin|destination; --minutes un número.',
      en: '--side origin|destination; --minutes a number.',
    });
  const peer = new PeerClient(fhirBase, await tokens('conformance', 'watch'));
  const since = new Date(Date.now() - back * 60_000).toISOString();
  const organization = await organizationOf(peer, named);
  return gradeClient(await observe(peer, { organization, since, ...(placer === undefined ? {} : { placer }) }), side);
}

async function play({ from, to }: Options, { fhirBase }: ServiceAddress, tokens: Tokens): Promise<Grade> {
  return gradeEndpoint({
    from,
    to,
    origin: new PeerClient(fhirBase, await tokens(`system.${from}`, 'origin')),
    destination: new PeerClient(fhirBase, await tokens(`system.${to}`, 'destination')),
  });
}

/**
 * `conformance --url BASE`: plays both sides against an endpoint and grades it; with `--watch ORGANIZATION` it grades the
 * client of a facility by what it did in the last minutes. Exit code 0 when the level asked for is reached, 1 when not.
 */
export const conformance: Command = async ({ args, env, out }) => {
  const options = read(args);
  const { url, level, json } = options;
  if (url === undefined || !isLevel(level))
    throw new UsageError({
      es: 'Falta --url, o --level no es L1, L2 ni L3.',
      en: '--url is missing, or --level is not L1, L2 or L3.',
    });
  const address = await discover(url);
  const grade = await withTokens(env, options, address, (tokens) =>
    options.watch === undefined ? play(options, address, tokens) : watch(options, address, tokens),
  );
  if (json) out(JSON.stringify({ url, asked: level, ...grade }, null, 2));
  else for (const line of gradeLines(grade)) out(line);
  return reaches(grade, level) ? 0 : 1;
};
