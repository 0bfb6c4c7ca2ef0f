import type { StampedPlan } from './stamped-plan.js';
import { VersionConflict, type WritePlan } from './write-plan.js';

/** How plans are carried out. */
export interface PlanRunner {
  /** One plan in a transaction of its own; rejects with what is wrong with it. */
  readonly alone: (plan: StampedPlan) => Promise<void>;
  /** All or none in one transaction. False: none, and each is to be tried alone. Rejects when that would be of no use. */
  readonly together: (plans: readonly StampedPlan[]) => Promise<boolean>;
}

interface Waiting {
  readonly stamped: StampedPlan;
  readonly size: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Plans of this process that change one thing, one after the other. */
interface Line {
  /** Ends with the last plan in line. */
  last: Promise<void>;
  /** Version that a plan of this line has committed. */
  version?: number;
}

/** Transactions at once: one is made up and written while the other waits for the disk. */
const LANES = 2;
/** Documents in one transaction at most: whoever rides along waits for all of it. */
const MOST_WRITES = 256;
/** A plan with more text goes alone, characters. */
const MOST_TEXT = 262_144;

const nameOf = (type: string, id: string): string => `${type}/${id}`;

/** Names of what a plan changes and others may want to change. Ids of new resources are nobody else's. */
function namesOf({ writes, claims = [], releases = [], guards = [], relations = [] }: WritePlan): readonly string[] {
  return [
    ...writes.flatMap(({ method, type, doc }) => (method === 'create' ? [] : [nameOf(type, doc._id)])),
    ...guards.map(({ type, id }) => nameOf(type, id)),
    ...relations.map(({ patient }) => nameOf('Patient', patient)),
    ...[...claims, ...releases].map(({ kind, value }) => `${kind} ${value}`),
  ];
}

/** Conditions and guards wait for other transactions, an import may wait for long: nobody should have to wait along. */
const mayJoin = ({ writes, absent = [], guards = [], support = [] }: WritePlan): boolean =>
  absent.length === 0 &&
  support.length === 0 &&
  guards.length === 0 &&
  writes.length < MOST_WRITES &&
  writes.reduce((sum, { doc }) => sum + doc.json.length, 0) <= MOST_TEXT;

/**
 * Group commit of writes: plans that arrive while transactions are running ride together in the next one. Under load the
 * number of statements and commits stays the same while each carries more; alone, nobody waits for company.
 * Each plan is all or nothing as before, and so is the transaction that carries it: when one of its plans cannot be
 * carried out, none is, and each is tried again by itself. Plans that change the same thing never ride together: the later
 * one waits for the earlier one to end, and then goes alone or is told at once that its version is not current any more.
 */
export class PlanGroup {
  readonly #runner: PlanRunner;
  #waiting: Waiting[] = [];
  #running = 0;
  #due = false;
  /** By name of what is changed. */
  readonly #lines = new Map<string, Line>();

  constructor(runner: PlanRunner) {
    this.#runner = runner;
  }

  /** Resolves when the plan is committed; rejects with what the runner says, or with VersionConflict. */
  add(stamped: StampedPlan): Promise<void> {
    const names = namesOf(stamped.plan);
    const rivals = names.flatMap((name) => this.#lines.get(name)?.last ?? []);
    const ended = this.#carryOut(stamped, rivals);
    if (names.length > 0) this.#standInLine(names, stamped.plan, ended);
    return ended;
  }

  #standInLine(names: readonly string[], { writes }: WritePlan, ended: Promise<void>): void {
    const settled = ended
      .then(
        () => {
          for (const { type, doc } of writes) {
            const line = this.#lines.get(nameOf(type, doc._id));
            if (line) line.version = doc.vid;
          }
        },
        () => undefined,
      )
      .then(() => {
        for (const name of names) if (this.#lines.get(name)?.last === settled) this.#lines.delete(name);
      });
    for (const name of names) {
      const line = this.#lines.get(name);
      if (line) line.last = settled;
      else this.#lines.set(name, { last: settled });
    }
  }

  async #carryOut(stamped: StampedPlan, rivals: readonly Promise<void>[]): Promise<void> {
    if (rivals.length === 0 && mayJoin(stamped.plan)) return this.#join(stamped);
    await Promise.all(rivals);
    this.#assertCurrent(stamped.plan);
    return this.#runner.alone(stamped);
  }

  /** What a plan before this one has committed need not be asked from the database. */
  #assertCurrent({ writes }: WritePlan): void {
    for (const { type, doc, replaces = 0 } of writes) {
      const version = this.#lines.get(nameOf(type, doc._id))?.version;
      if (version !== undefined && version > replaces) throw new VersionConflict(type, doc._id, version);
    }
  }

  #join(stamped: StampedPlan): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ stamped, size: stamped.plan.writes.length, done, failed });
      this.#start();
    });
  }

  /** Starts a transaction after all requests that have arrived by now had their turn. */
  #start(): void {
    if (this.#due || this.#running >= LANES || this.#waiting.length === 0) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      const batch = this.#next();
      this.#running += 1;
      void this.#run(batch).finally(() => {
        this.#running -= 1;
        this.#start();
      });
      this.#start();
    });
  }

  #next(): readonly Waiting[] {
    let size = 0;
    const end = this.#waiting.findIndex((one, index) => (size += one.size) > MOST_WRITES && index > 0);
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    try {
      if (await this.#runner.together(batch.map(({ stamped }) => stamped))) for (const { done } of batch) done();
      // Not awaited: one that has to wait for somebody must not keep the lane.
      else for (const { stamped, done, failed } of batch) void this.#runner.alone(stamped).then(done, failed);
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }
}
