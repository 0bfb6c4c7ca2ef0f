import type { Definitions } from '../definitions/definitions.js';
import { searchableParameters } from './parameters.js';

/** References of a type that includes follow: those to types that are served; audit records take no part. */
const referring = (definitions: Definitions, type: string): { name: string; targets: readonly string[] }[] =>
  type === 'AuditEvent'
    ? []
    : [...searchableParameters(definitions, type).values()]
        .filter(({ kind, targets }) => kind === 'reference' && targets.length > 0)
        .map(({ code, targets }) => ({ name: `${type}:${code}`, targets }));

/** What `_include` and `_revinclude` accept in a search on a type, for the CapabilityStatement: `Type:parameter`. */
export function declaredIncludes(
  definitions: Definitions,
  type: string,
): { readonly include: readonly string[]; readonly revinclude: readonly string[] } {
  return {
    include: referring(definitions, type).map(({ name }) => name),
    revinclude:
      type === 'AuditEvent'
        ? []
        : definitions.resourceTypes
            .flatMap((source) => referring(definitions, source))
            .flatMap(({ name, targets }) => (targets.includes(type) ? [name] : [])),
  };
}
