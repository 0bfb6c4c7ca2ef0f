import type { OperationDefinition, Resource, SearchParameter } from '@medplum/fhirtypes';
import { isConformanceType, TYPE_GROUPS } from '../../access/policy/type-groups.js';
import type { FhirContext } from '../fhir-context.js';
import { CONFORMANCE_PARAMETERS } from './parameters.js';
import { operationDefinitions } from './operation-definitions.js';

/** A definition as it is found: every one has an id and a canonical URL. */
export interface Published {
  readonly id: string;
  readonly url: string;
  readonly name?: string;
  readonly title?: string;
  readonly version?: string;
  readonly status: string;
  readonly resource: Resource;
}

type Canonical = Resource & Partial<Omit<Published, 'resource'>>;

/** R4's own definitions were trimmed to what the service needs (scripts/build-definitions.mjs). */
const SUBSETTED = {
  tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' }],
};
const R4_VERSION = '4.0.1';

const idOf = ({ id, url = '' }: Canonical): string =>
  (id ?? url.slice(url.lastIndexOf('/') + 1)).replace(/[^A-Za-z0-9\-.]/g, '-').slice(0, 64);

/** One per URL: the rows of a search parameter, one a type, are put together again. */
function searchParameters(rows: readonly SearchParameter[]): SearchParameter[] {
  const byUrl = new Map<string, SearchParameter>();
  for (const row of rows) {
    const known = byUrl.get(row.url);
    const merged = known && {
      base: [...known.base, ...row.base],
      expression: [...new Set([known.expression ?? '', row.expression ?? ''])].join(' | '),
    };
    byUrl.set(row.url, { ...row, name: row.code, status: 'active', ...merged });
  }
  return [...byUrl.values()];
}

function publish(resource: Canonical, taken: ReadonlySet<string>): Published {
  const own = idOf(resource);
  const id = taken.has(own) ? `r4-${own}`.slice(0, 64) : own;
  const { url = '', name, title, status = 'active' } = resource;
  const trimmed = url.startsWith('http://hl7.org/fhir/') || url.startsWith('http://terminology.hl7.org/');
  const version = resource.version ?? (trimmed ? R4_VERSION : undefined);
  const { resourceType, id: _id, meta: _meta, ...rest } = resource;
  const whole = {
    resourceType,
    id,
    ...(trimmed ? { meta: SUBSETTED } : {}),
    ...rest,
    status,
    ...(version === undefined ? {} : { version }),
  } as unknown as Resource;
  return {
    id,
    url,
    status,
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
    ...(version === undefined ? {} : { version }),
    resource: whole,
  };
}

/** The parameters by which definitions themselves are searched. */
const ownParameters = (): SearchParameter[] =>
  CONFORMANCE_PARAMETERS.filter(({ element }) => element !== 'id').map(({ code, element, type, description, url }) => ({
    resourceType: 'SearchParameter',
    url,
    name: code,
    status: 'active',
    description,
    code,
    base: [...TYPE_GROUPS.conformance],
    type,
    expression: TYPE_GROUPS.conformance.map((name) => `${name}.${element}`).join(' | '),
  }));

type Source = Pick<FhirContext, 'definitions' | 'operations'>;
const built = new WeakMap<Source['definitions'], ReadonlyMap<string, readonly Published[]>>();

function build({ definitions, operations }: Source): ReadonlyMap<string, readonly Published[]> {
  const isParameter = (one: Resource): one is SearchParameter => one.resourceType === 'SearchParameter';
  const all: readonly Canonical[] = [
    // The guide's first: its ids stay as they are.
    ...[...definitions.published].reverse().filter((one) => !isParameter(one)),
    ...searchParameters([...definitions.published.filter(isParameter), ...ownParameters()]),
    ...operationDefinitions(operations),
  ] as readonly (Canonical & OperationDefinition)[];
  const byType = new Map<string, Map<string, Published>>();
  for (const resource of all.filter(({ resourceType }) => isConformanceType(resourceType))) {
    const rows = byType.get(resource.resourceType) ?? new Map<string, Published>();
    byType.set(resource.resourceType, rows);
    const published = publish(resource, new Set(rows.keys()));
    rows.set(published.id, published);
  }
  return new Map([...byType].map(([type, rows]) => [type, [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1))]));
}

/** Definitions of one type that this service publishes, in the order of their ids; built on first use. */
export function publishedOf(context: Source, type: string): readonly Published[] {
  const known = built.get(context.definitions) ?? build(context);
  built.set(context.definitions, known);
  return known.get(type) ?? [];
}

/** A definition by its canonical URL, `|version` allowed; undefined when it is unknown or of another version. */
export function publishedByUrl(context: Source, type: string, canonical: string): Published | undefined {
  const [url, version] = canonical.split('|', 2);
  return publishedOf(context, type).find(
    (one) => one.url === url && (version === undefined || version === one.version),
  );
}
