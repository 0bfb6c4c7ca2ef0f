import type { JWK } from 'jose';
import type { DemoData, DemoPerson } from './demo-data.js';
import { Directory } from './directory.js';
import { FacilitySystem } from './facility-system.js';
import type { Report } from './report.js';
import { discover } from './sign-in.js';

/** Private keys of the demonstration systems, by account name such as `system.uaps1`. */
export type DemoKeys = (account: string) => Promise<JWK>;

/** A person of the demonstration as registered. */
export interface Registered {
  readonly person: DemoPerson;
  readonly id: string;
  readonly name: string;
}

/** Everything that the parts of the demonstration share. */
export interface Stage {
  readonly data: DemoData;
  readonly directory: Directory;
  readonly report: Report;
  /** Registered people by key. */
  readonly people: Map<string, Registered>;
  /** The system of a facility. */
  readonly system: (alias: string) => FacilitySystem;
}

/** Aliases of all facilities that take part, origins first. */
export function facilitiesOf({ people, cases }: DemoData): readonly string[] {
  const origins = [...people.map(({ at }) => at), ...cases.map(({ from }) => from)];
  const onward = cases.flatMap(({ steps }) => steps.flatMap((step) => (step.move === 'redirect' ? [step.to] : [])));
  return [...new Set([...origins, ...cases.map(({ to }) => to), ...onward])];
}

/**
 * Prepares the systems of all facilities at a service.
 * @throws StartupError when the service cannot be found or a key is missing
 */
export async function setStage(url: string, keys: DemoKeys, data: DemoData, report: Report): Promise<Stage> {
  const address = await discover(url);
  const systems = new Map<string, FacilitySystem>();
  for (const alias of facilitiesOf(data)) {
    const account = `system.${alias}`;
    systems.set(alias, new FacilitySystem({ account, key: await keys(account) }, address));
  }
  const system = (alias: string): FacilitySystem => {
    const found = systems.get(alias);
    if (!found) throw new RangeError(`no system for ${alias}`);
    return found;
  };
  return { data, directory: new Directory(system(facilitiesOf(data)[0] ?? '')), report, people: new Map(), system };
}
