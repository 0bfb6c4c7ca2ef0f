import type { Definitions, SearchParameterDefinition } from '../definitions/definitions.js';
import { isConformanceType } from '../../access/policy/type-groups.js';
import { CONFORMANCE_PARAMETERS } from '../conformance/parameters.js';
import { AUDIT_PARAMETERS } from './audit-event-filter.js';

/**
 * Search parameters that a type is really searched by, for the CapabilityStatement and OpenAPI: those of the R4
 * definitions; of AuditEvent only those that the compact audit records answer; of definitions those of every definition.
 */
export function servedParameters(definitions: Definitions, type: string): readonly SearchParameterDefinition[] {
  if (isConformanceType(type)) return CONFORMANCE_PARAMETERS;
  const all = [...definitions.searchParameters(type).values()];
  return type === 'AuditEvent' ? all.filter(({ code }) => AUDIT_PARAMETERS.includes(code)) : all;
}
