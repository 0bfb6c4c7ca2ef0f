import { codeSystemUrl } from '../config/canonical.js';
import { fault } from '../errors.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import { badValue } from '../fhir/search/parse-values.js';
import { ALL_WORKLISTS, isWorklist, type WorklistName, type WorklistNarrowing, worklistRow } from './worklists.js';

/** A request for a list that was understood completely. */
export interface WorklistQuery {
  readonly list: WorklistName;
  /** Rows of a page; 0 asks for the number only. */
  readonly count: number;
  readonly narrowing: WorklistNarrowing;
  readonly cursor?: string;
  /** The parameters as given, without the cursor: for links, for the audit, and to bind cursors. */
  readonly parameters: readonly (readonly [string, string])[];
}

const DEFAULT_COUNT = 25;
/** Each row brings its order and its patient along. */
const MOST_ROWS = 200;
const ID = /^(?:Organization\/)?([A-Za-z0-9\-.]{1,64})$/;
const AUTHOR = /^(?:PractitionerRole\/)?([A-Za-z0-9\-.]{1,64})$/;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Asked = Mutable<Omit<WorklistQuery, 'list' | 'narrowing'>> & {
  list?: WorklistName;
  narrowing: Mutable<WorklistNarrowing>;
};
type Reader = (asked: Asked, value: string, definitions: FhirContext['definitions']) => void;

const READERS: Readonly<Record<string, Reader>> = {
  list: (asked, value) => {
    const allowed = ALL_WORKLISTS.join(', ');
    if (!isWorklist(value)) throw badValue('list', value, { es: `se admite ${allowed}`, en: `allowed: ${allowed}` });
    asked.list = value;
  },
  _count: (asked, value) => {
    const count = /^\d{1,4}$/.test(value) ? Number(value) : undefined;
    if (count === undefined || count > MOST_ROWS)
      throw badValue('_count', value, { es: `de 0 a ${MOST_ROWS}`, en: `from 0 to ${MOST_ROWS}` });
    asked.count = count;
  },
  _cursor: (asked, value) => {
    asked.cursor = value;
  },
  specialty: (asked, value, definitions) => {
    const system = codeSystemUrl('specialty');
    const code = value.startsWith(`${system}|`) ? value.slice(system.length + 1) : value;
    if (definitions.display(system, code) === undefined)
      throw badValue('specialty', value, { es: `no está en ${system}`, en: `it is not in ${system}` });
    asked.narrowing.specialty = code;
  },
  origin: (asked, value) => {
    const id = ID.exec(value)?.[1];
    if (id === undefined) throw badValue('origin', value, { es: 'Organization/id', en: 'Organization/id' });
    asked.narrowing.origin = id;
  },
  author: (asked, value) => {
    const id = AUTHOR.exec(value)?.[1];
    if (id === undefined) throw badValue('author', value, { es: 'PractitionerRole/id', en: 'PractitionerRole/id' });
    asked.narrowing.author = id;
  },
};

/** Decided from the request by the HTTP layer. */
const ELSEWHERE: ReadonlySet<string> = new Set(['_format', '_pretty']);

/**
 * Reads the query of `$worklist`.
 * @throws ServiceError 400 `parameter-unknown`, `parameter-value` (also for a parameter given twice, and without `list`)
 */
export function parseWorklistQuery(
  definitions: FhirContext['definitions'],
  query: readonly (readonly [string, string])[],
): WorklistQuery {
  const asked: Asked = {
    count: DEFAULT_COUNT,
    narrowing: {},
    parameters: query.filter(([name]) => name !== '_cursor'),
  };
  const seen = new Set<string>();
  for (const [name, value] of query) {
    if (ELSEWHERE.has(name)) continue;
    const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (!read) throw fault('parameter-unknown', { parameter: name, type: 'Organization/$worklist' });
    if (seen.has(name)) throw badValue(name, value, { es: 'está dos veces', en: 'it is given twice' });
    seen.add(name);
    read(asked, value, definitions);
  }
  const { list, ...rest } = asked;
  if (list === undefined) throw badValue('list', '', { es: 'falta', en: 'it is missing' });
  const { origin, specialty, author } = rest.narrowing;
  const drafts = worklistRow(list).holds === 'drafts';
  if (drafts ? (origin ?? specialty) !== undefined : author !== undefined)
    throw badValue(drafts ? (origin === undefined ? 'specialty' : 'origin') : 'author', list, {
      es: 'esta lista no se reduce así',
      en: 'this list is not narrowed so',
    });
  return { ...rest, list };
}
