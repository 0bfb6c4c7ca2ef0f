import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../src/config/paths.js';

/** Callers by whom the peers were measured. */
const PEERS_USERS = 8;

const measured = z.strictObject({
  rps: z.number(),
  p50: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
});

const row = z.strictObject({
  suite: z.string(),
  scenario: z.string(),
  label: z.string(),
  hapi: measured.optional(),
  medplum: measured.optional(),
  /** Successes a second that ours must reach, by callers. */
  aim: z.record(z.string(), z.number()).optional(),
  /** Rate of the best peer at other numbers of callers than 8. */
  bestPeerAt: z.record(z.string(), z.number()).optional(),
  /** Share of the bare handler's rate that ours must reach. */
  ratio: z.number().optional(),
});

const figure = z.strictObject({
  name: z.enum(['disk', 'memory', 'start']),
  label: z.string(),
  hapi: z.number(),
  medplum: z.number(),
  /** At most so much. */
  aim: z.number(),
});

const file = z.strictObject({ source: z.string(), rows: z.array(row), figures: z.array(figure) });

/** Peers' figures and aim of one scenario. */
export type Target = z.infer<typeof row>;

/** Peers' figures and aims (bench/targets.json), the only place where they are written. */
export const targets = file.parse(JSON.parse(readFileSync(join(packageRoot, 'bench', 'targets.json'), 'utf8')));

/** What stands beside a scenario; undefined for one that has neither peers nor aim. */
export const targetOf = (suite: string, scenario: string): Target | undefined =>
  targets.rows.find((known) => known.suite === suite && known.scenario === scenario);

/** Best peer of a scenario and its rate; undefined when none was measured with so many callers. */
export function bestPeer(target: Target | undefined, users: number): { name: string; rps: number } | undefined {
  const other = target?.bestPeerAt?.[String(users)];
  if (other !== undefined) return { name: 'best peer', rps: other };
  if (users !== PEERS_USERS) return undefined;
  const peers = [
    { name: 'HAPI', rps: target?.hapi?.rps },
    { name: 'Medplum', rps: target?.medplum?.rps },
  ].flatMap(({ name, rps }) => (rps === undefined ? [] : [{ name, rps }]));
  return peers.sort((a, b) => b.rps - a.rps)[0];
}
