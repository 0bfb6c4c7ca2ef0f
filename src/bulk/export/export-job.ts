import type { FhirContext } from '../../fhir/fhir-context.js';
import type { JobPart } from '../../store/job.js';
import type { CurrentRights } from '../jobs/current-rights.js';
import type { JobHandler } from '../jobs/job-runner.js';
import { auditExported } from './audit-exported.js';
import type { ExportPosition, ExportTask } from './export-task.js';
import { type ExportStep, ExportWalks } from './export-walks.js';

/** Text that is gathered before it becomes part of a file and the position is saved, characters. */
const PART_TEXT = 4_000_000;
/** A step is saved at least this often, ms. */
const SAVE_MS = 5_000;

/** Lines gathered since the last save, by the file they belong to. */
class Gathered {
  readonly #lines = new Map<string, string[]>();
  readonly #patients = new Set<string>();
  #size = 0;
  #since = performance.now();

  add({ type, shown }: ExportStep): void {
    for (const { kind, text, patient } of shown) {
      if (patient !== undefined) this.#patients.add(patient);
      const name = kind === 'deleted' ? 'deleted/Bundle' : `output/${type}`;
      const lines = this.#lines.get(name) ?? [];
      lines.push(text);
      this.#lines.set(name, lines);
      this.#size += text.length;
    }
  }

  get isDue(): boolean {
    return this.#size >= PART_TEXT || performance.now() - this.#since > SAVE_MS;
  }

  /** What was gathered, and of whom; begins anew. */
  take(): {
    readonly files: readonly (readonly [name: string, lines: readonly string[]])[];
    readonly patients: readonly string[];
  } {
    const taken = { files: [...this.#lines], patients: [...this.#patients] };
    this.#lines.clear();
    this.#patients.clear();
    this.#size = 0;
    this.#since = performance.now();
    return taken;
  }
}

const START: ExportPosition = { walk: 0 };

/**
 * Carries out an export. Lines become parts of files, and each step says how far the walk had come when its parts were
 * complete: after a crash the next process goes on from there, and parts that no step names belong to no file. Rights are
 * looked at before each step; whose data a part holds is on record before there is the part.
 */
export const exportJob =
  (context: Pick<FhirContext, 'store' | 'definitions' | 'hooks' | 'baseUrl'>, rights: CurrentRights): JobHandler =>
  async ({ job, signal, save }) => {
    const { files } = context.store.jobs;
    const task = job.task as unknown as ExportTask;
    let { caller } = task;
    let walks: ExportWalks | undefined;
    /** The walks within what the caller may see now. */
    const currentWalks = async (): Promise<ExportWalks> => {
      const now = await rights(job, task.caller);
      if (walks && now.facilities.join() === caller.facilities.join()) return walks;
      caller = now;
      walks = new ExportWalks(context, { ...task, caller });
      return walks;
    };
    const gathered = new Gathered();
    let count = job.parts.reduce((sum, part) => sum + part.count, 0);
    let position = (job.position as unknown as ExportPosition | undefined) ?? START;
    const saveGathered = async (type: string): Promise<void> => {
      const parts: JobPart[] = [];
      const taken = gathered.take();
      await auditExported(context, caller, job._id, taken.patients);
      for (const [name, lines] of taken.files) {
        const id = await files.write(job._id, name, `${lines.join('\n')}\n`);
        parts.push({ id, name, count: lines.length });
        count += lines.length;
      }
      await save({ position: { ...position }, parts, progress: `${type}: ${count}` });
    };
    for (;;) {
      signal.throwIfAborted();
      const step = await (await currentWalks()).step(position);
      if (step) gathered.add(step);
      position = step?.next ?? position;
      if (!step || gathered.isDue) await saveGathered(step?.type ?? '-');
      if (!step) return;
    }
  };
