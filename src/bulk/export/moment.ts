import type { FhirContext } from '../../fhir/fhir-context.js';
import { every } from '../../fhir/search/filter.js';
import { parseSearch } from '../../fhir/search/parse.js';
import { planSearch } from '../../fhir/search/plan.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { toStored } from '../../fhir/to-stored.js';
import type { FoundResource, HistoryEntry, StoredResource } from '../../store/envelope.js';
import type { Filter } from '../../store/write-plan.js';
import type { ExportTask } from './export-task.js';

/** One line of an export. */
export interface ShownRow {
  /** `deleted`: a Bundle that deletes it (export.html, manifest `deleted`). */
  readonly kind: 'output' | 'deleted';
  readonly text: string;
  /** Whose record it belongs to. */
  readonly patient?: string;
}

/** One type as it was at the moment of an export. */
export interface Shown {
  /** Rows that may have something to show: those that match as they are, and all that changed since. */
  filter(reach: Filter): Filter;
  show(rows: readonly FoundResource[]): Promise<readonly ShownRow[]>;
}

type MomentContext = Pick<FhirContext, 'store' | 'definitions' | 'hooks' | 'baseUrl'>;

/** Look-ups in the history that run at once. */
const AT_ONCE = 16;

function typeFilter({ definitions, baseUrl }: MomentContext, type: string, { filters }: ExportTask): Filter {
  const queries = filters[type] ?? [];
  const asked = queries.map((query) => {
    const parsed = parseSearch(definitions, type, [...new URLSearchParams(query)], { baseUrl });
    return planSearch(parsed, {}).filter;
  });
  return asked.length > 1 ? { $or: asked } : (asked[0] ?? {});
}

const patientOf = ({ pt }: Pick<FoundResource, 'pt'>): Pick<ShownRow, 'patient'> =>
  pt === undefined ? {} : { patient: pt };

const deletion = (type: string, row: FoundResource): ShownRow => ({
  ...patientOf(row),
  kind: 'deleted',
  text: JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url: `${type}/${row._id}` } }],
  }),
});

async function mapSome<A, B>(items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const done: B[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    done.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return done;
}

/**
 * Shows what was current at one moment although writing goes on. A version that is not younger than the moment is shown as it
 * stands; of what was changed later the history gives the version that was current then (design.md 3.4: every version is
 * there). Who may see it is judged by today's rule, as for every old version.
 */
export function momentOf(context: MomentContext, task: ExportTask): (type: string) => Shown {
  const at = new Date(task.at);
  const since = task.since === undefined ? undefined : new Date(task.since);
  const inTime = { lu: { $lte: at, ...(since ? { $gt: since } : {}) } };
  const isNews = ({ lu }: { readonly lu: Date }): boolean => since === undefined || lu > since;

  return (type) => {
    const asked = typeFilter(context, type, task);

    /** The versions at the moment of rows that were changed later. */
    const earlier = async (rows: readonly FoundResource[]): Promise<ShownRow[]> => {
      const versions = await mapSome(rows, async (row) => ({
        row,
        version: await context.store.walks.versionAt(type, row._id, at),
      }));
      const there = versions.flatMap(({ row, version }) => (version && isNews(version) ? [{ row, version }] : []));
      const current = there.filter(({ version }) => version.method !== 'DELETE');
      const matching = await matches(current);
      return [
        ...current
          .filter(({ row }) => matching.has(row._id))
          .map(({ row, version }): ShownRow => ({ ...patientOf(row), kind: 'output', text: version.json })),
        ...there
          .filter(({ version }) => since !== undefined && version.method === 'DELETE')
          .map(({ row }) => deletion(type, row)),
      ];
    };
    const matches = async (
      versions: readonly { readonly row: FoundResource; readonly version: HistoryEntry }[],
    ): Promise<ReadonlySet<string>> => {
      if (Object.keys(asked).length === 0) return new Set(versions.map(({ row }) => row._id));
      const documents = versions.map(({ row, version }): StoredResource => {
        const resource = { ...resourceOf(version), id: row._id };
        return toStored(context, resource, { previous: row });
      });
      return context.store.walks.matching(documents, asked);
    };

    return {
      filter(reach) {
        const alternatives = [
          every([inTime, { del: false }, asked]),
          ...(since ? [{ ...inTime, del: true }] : []),
          { lu: { $gt: at } },
        ];
        return every([reach, { $or: alternatives }]);
      },
      async show(rows) {
        const standing = rows
          .filter(({ lu }) => lu <= at)
          .map((row): ShownRow =>
            row.del ? deletion(type, row) : { ...patientOf(row), kind: 'output', text: row.json },
          );
        return [...standing, ...(await earlier(rows.filter(({ lu }) => lu > at)))];
      },
    };
  };
}
