import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { queryText } from '../../fhir/search/search-links.js';
import { kickOff } from '../jobs/kick-off.js';
import { exportParameters } from './export-parameters.js';
import type { ExportLevel, ExportTask } from './export-task.js';
import { exportTypes } from './export-types.js';

const GUIDE = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

interface Door {
  readonly level: ExportLevel;
  readonly at: Pick<Operation, 'level' | 'type' | 'judgedAs' | 'definition' | 'purpose'>;
}

const DOORS: readonly Door[] = [
  {
    level: 'system',
    at: {
      level: 'system',
      judgedAs: 'Patient',
      definition: `${GUIDE}/export`,
      purpose: 'Exporta en NDJSON, de forma asíncrona, todo lo que el sistema puede buscar.',
    },
  },
  {
    level: 'patient',
    at: {
      level: 'type',
      type: 'Patient',
      definition: `${GUIDE}/patient-export`,
      purpose: 'Exporta en NDJSON, de forma asíncrona, los expedientes de las personas que el sistema puede buscar.',
    },
  },
  {
    level: 'group',
    at: {
      level: 'instance',
      type: 'Group',
      definition: `${GUIDE}/group-export`,
      purpose: 'Exporta en NDJSON, de forma asíncrona, los expedientes de las personas de un grupo.',
    },
  },
];

const addressOf = (context: FhirContext, { type, resourceId, query }: FhirRequest): string => {
  const path = [type, resourceId, '$export'].filter((part) => part !== undefined).join('/');
  return `${context.baseUrl}/${path}${query.length > 0 ? `?${queryText(query)}` : ''}`;
};

/**
 * Kick-off of an export (Bulk Data Access STU 2, https://hl7.org/fhir/uv/bulkdata/export.html). `transactionTime` is now;
 * the job starts when no write with an older `lastUpdated` can be under way any more, so that nothing committed is missing.
 */
async function startExport(context: FhirContext, request: FhirRequest, level: ExportLevel): Promise<FhirResponse> {
  const { types: asked, filters, since } = exportParameters(context, request);
  const types = exportTypes(context.definitions, request.caller, level, asked);
  const group = level === 'group' ? await loadVisible(context, request, 'Group', request.resourceId ?? '') : undefined;
  const task: ExportTask = {
    caller: request.caller,
    level,
    types,
    filters,
    at: new Date().toISOString(),
    ...(group ? { group: { id: group._id, version: group.vid } } : {}),
    ...(since ? { since: since.toISOString() } : {}),
  };
  const address = addressOf(context, request);
  return kickOff(context, request, {
    kind: 'export',
    task: { ...task },
    waitMs: context.store.mostWriteMs,
    request: address,
    sub: '$export',
    q: address.slice(context.baseUrl.length + 1),
  });
}

/** `$export` of the system, of patients and of a Group, by GET and POST. */
export const exportOperations: readonly Operation[] = DOORS.flatMap(({ level, at }) =>
  (['GET', 'POST'] as const).map((method): Operation => ({
    name: 'export',
    method,
    affectsState: false,
    answersLater: true,
    ...at,
    handle: (context, request) => startExport(context, request, level),
  })),
);
