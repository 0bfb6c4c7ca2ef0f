import { DICOM_EVENTS } from '../../access/dicom-events.js';
import { fault } from '../../errors.js';
import type { AuditRecord } from '../../store/audit-record.js';
import type { SortSpec } from '../../store/store.js';
import type { Filter } from '../../store/write-plan.js';
import { instantFilter } from './date-filter.js';
import { among, every } from './filter.js';
import type { Criterion, SearchQuery, TokenValue } from './search-query.js';

type Field = keyof AuditRecord;

const nothing: Filter = { _id: { $in: [] } };

/** Ids of the references to one type; those to other types match nothing. */
const idsOf = (targets: readonly string[], type: string): string[] =>
  targets.flatMap((target) => (target.startsWith(`${type}/`) ? [target.slice(type.length + 1)] : []));

const oneOf = (filters: readonly Filter[]): Filter => (filters.length === 0 ? nothing : { $or: filters });

const someOf = (field: Field, values: readonly string[]): Filter[] =>
  values.length === 0 ? [] : [among(field, values)];

const codes =
  (field: Field) =>
  (values: readonly TokenValue[]): Filter =>
    among(
      field,
      values.flatMap(({ code }) => (code === undefined ? [] : [code])),
    );

/** A version of a resource is a use of the resource: `Type/id` and every `Type/id/_history/n`. */
const entity = (target: string): Filter[] => [
  { ent: target },
  { ent: { $elemMatch: { $gte: `${target}/_history/`, $lt: `${target}/_history0` } } },
];

const isOperation: Filter = { sub: { $gte: '$', $lt: '%' } };

/** What is recorded under a code that AuditEvent.subtype shows: several events may share one of DICOM. */
function recordedAs(code: string): readonly string[] {
  const events = Object.entries(DICOM_EVENTS).flatMap(([sub, shown]) => (shown.subtype.code === code ? [sub] : []));
  return events.length > 0 ? events : [code];
}

function subtype(values: readonly TokenValue[]): Filter {
  return oneOf(
    values.map(({ code }): Filter => {
      if (code === 'operation') return isOperation;
      return among('sub', recordedAs(code ?? ''));
    }),
  );
}

interface AuditParameter {
  readonly token?: (values: readonly TokenValue[]) => Filter;
  readonly reference?: (targets: readonly string[]) => Filter;
}

/** Search parameters of AuditEvent that are answered from audit records: parameter -> record fields. */
const PARAMETERS: Readonly<Record<string, AuditParameter>> = {
  date: {},
  patient: { reference: (targets) => among('pt', idsOf(targets, 'Patient')) },
  agent: {
    reference: (targets) =>
      oneOf([...someOf('for', idsOf(targets, 'PractitionerRole')), ...someOf('fac', idsOf(targets, 'Organization'))]),
  },
  entity: {
    reference: (targets) => oneOf([...targets.flatMap(entity), ...someOf('pt', idsOf(targets, 'Patient'))]),
  },
  'agent-role': { token: codes('rol') },
  action: { token: codes('act') },
  outcome: { token: codes('out') },
  subtype: { token: subtype },
};

/** Codes of the search parameters of AuditEvent, for the CapabilityStatement. */
export const AUDIT_PARAMETERS: readonly string[] = ['_id', '_lastUpdated', ...Object.keys(PARAMETERS)];

function criterionFilter(criterion: Criterion): Filter {
  if (criterion.kind === 'id') return among('_id', criterion.ids);
  const param = 'param' in criterion ? criterion.param : '_lastUpdated';
  const row = PARAMETERS[param];
  if (criterion.kind === 'lastUpdated' || (row && criterion.kind === 'date')) {
    const [first, ...more] = criterion.values.map((value) => instantFilter('at', value));
    return more.length > 0 ? { $or: [first, ...more] } : { ...first };
  }
  if (row?.token && criterion.kind === 'token') return row.token(criterion.values);
  if (row?.reference && criterion.kind === 'reference') return row.reference(criterion.targets);
  throw fault('parameter-unknown', { parameter: param, type: 'AuditEvent' });
}

/**
 * Filter on audit records of an AuditEvent search. Throws 400 `parameter-unknown` for a parameter of R4 that records
 * do not answer.
 */
export const auditEventFilter = ({ criteria }: Pick<SearchQuery, 'criteria'>): Filter =>
  every(criteria.map(criterionFilter));

/** Order of an AuditEvent search: everything but `_id` is the time of the event, newest first unless asked otherwise. */
export function auditEventSort({ sort }: Pick<SearchQuery, 'sort'>): SortSpec {
  const [first] = sort;
  if (first?.key.param === '_id') return { _id: first.direction };
  const direction = first?.direction ?? -1;
  return { at: direction, _id: direction };
}
