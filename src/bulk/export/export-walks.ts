import type { Group } from '@medplum/fhirtypes';
import { isRelated } from '../../access/policy/related-patients.js';
import { searchScope } from '../../access/policy/visibility.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { localTarget } from '../../fhir/references.js';
import { every } from '../../fhir/search/filter.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import type { FoundResource } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import type { ExportPosition, ExportTask } from './export-task.js';
import { isOfPatients } from './export-types.js';
import { momentOf, type ShownRow, type Shown } from './moment.js';

type WalkContext = Pick<FhirContext, 'store' | 'definitions' | 'hooks' | 'baseUrl'>;

/** A step of an export: rows, and where it goes on; without a position it is at its end. */
export interface ExportStep {
  readonly type: string;
  readonly shown: readonly ShownRow[];
  readonly next?: ExportPosition;
}

/** Patients whose records are read together. */
const PATIENTS = 50;

const none = { patients: [], exactIdentifier: false } as const;

/** The walks of an export, one step after the other, from any position. */
export class ExportWalks {
  /** Types that are walked by themselves. */
  readonly #alone: readonly string[];
  /** Types that are read patient by patient. */
  readonly #records: readonly string[];
  readonly #moment: (type: string) => Shown;
  #members: readonly string[] | undefined;

  constructor(
    private readonly context: WalkContext,
    private readonly task: ExportTask,
  ) {
    const byPatient = task.level !== 'system';
    this.#records = byPatient ? task.types.filter(isOfPatients) : [];
    this.#alone = byPatient ? task.types.filter((type) => !isOfPatients(type)) : task.types;
    this.#moment = momentOf(context, task);
  }

  /** What comes next. Undefined when the walks are over. */
  async step(position: ExportPosition): Promise<ExportStep | undefined> {
    const type = this.#alone[position.walk];
    if (type !== undefined) return this.#typeStep(type, position);
    if (position.walk > this.#alone.length || this.#records.length === 0) return undefined;
    return position.page ? this.#recordStep(position, position.page) : this.#patientsStep(position);
  }

  async #reach(type: string, patients: readonly string[]): Promise<Filter> {
    return (await searchScope(this.context.store, this.task.caller, type, { ...none, patients })).filter;
  }

  async #typeStep(type: string, { walk, after }: ExportPosition): Promise<ExportStep> {
    const moment = this.#moment(type);
    const { rows, next } = await this.context.store.walks.step(type, moment.filter(await this.#reach(type, [])), after);
    const shown = await moment.show(rows);
    return { type, shown, next: next === undefined ? { walk: walk + 1 } : { walk, after: next } };
  }

  /** Finds the next patients: as many in a row as the caller sees in the same way. */
  async #patientsStep({ walk, after }: ExportPosition): Promise<ExportStep> {
    const reach = await this.#reach('Patient', []);
    const { rows, next } = this.task.group ? await this.#memberRows(after) : await this.#patientRows(reach, after);
    const related = (row: FoundResource): boolean => isRelated(this.task.caller, row);
    const [first] = rows;
    if (!first)
      return { type: 'Patient', shown: [], next: next === undefined ? { walk: walk + 1 } : { walk, after: next } };
    const kind = related(first);
    const end = rows.findIndex((row) => related(row) !== kind);
    const page = rows.slice(0, end < 0 ? PATIENTS : Math.min(end, PATIENTS));
    const patients = page.map(({ _id }) => _id);
    const last = page.length < rows.length ? page.at(-1)?._id : next;
    // The end of this walk is reached when its last page is.
    const behind = last ?? rows.at(-1)?._id ?? '';
    return { type: 'Patient', shown: [], next: { walk, after: behind, page: { patients, related: kind, type: 0 } } };
  }

  async #patientRows(
    reach: Filter,
    after: string | undefined,
  ): Promise<{ rows: readonly FoundResource[]; next?: string }> {
    return this.context.store.walks.step('Patient', every([reach, { del: false }]), after, PATIENTS);
  }

  /** Members of the Group that the caller's search would find. */
  async #memberRows(after: string | undefined): Promise<{ rows: readonly FoundResource[]; next?: string }> {
    const members = (await this.#memberIds()).filter((id) => after === undefined || id > after);
    const page = members.slice(0, PATIENTS);
    const reach = await this.#reach('Patient', []);
    const found = await this.context.store.find('Patient', every([{ _id: { $in: page } }, reach]), { limit: PATIENTS });
    const rows = [...found].sort((a, b) => (a._id < b._id ? -1 : 1));
    const next = members.length > page.length ? page.at(-1) : undefined;
    return { rows, ...(next === undefined ? {} : { next }) };
  }

  async #memberIds(): Promise<readonly string[]> {
    if (this.#members) return this.#members;
    const { id = '', version = 0 } = this.task.group ?? {};
    const stored = await this.context.store.readVersion('Group', id, version);
    const { member = [] } = stored ? resourceOf<Group>(stored) : {};
    const ids = member
      .filter(({ inactive }) => inactive !== true)
      .map(({ entity }) => localTarget(entity.reference ?? '', this.context.baseUrl))
      .flatMap((target) => (target?.type === 'Patient' ? [target.id] : []));
    this.#members = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
    return this.#members;
  }

  async #recordStep(position: ExportPosition, page: NonNullable<ExportPosition['page']>): Promise<ExportStep> {
    const type = this.#records[page.type];
    if (type === undefined)
      return { type: 'Patient', shown: [], next: { walk: position.walk, ...this.#behind(position) } };
    const moment = this.#moment(type);
    const reach = await this.#reach(type, page.related ? page.patients : []);
    const { walks } = this.context.store;
    const { rows, next } = await walks.ofPatients(type, page.patients, moment.filter(reach), page.after);
    const { after: _after, ...rest } = page;
    const following = next === undefined ? { ...rest, type: page.type + 1 } : { ...page, after: next };
    return { type, shown: await moment.show(rows), next: { ...position, page: following } };
  }

  #behind({ after }: ExportPosition): Pick<ExportPosition, 'after'> {
    return after === undefined ? {} : { after };
  }
}
