import type { SearchParameterDefinition } from '../definitions/definitions.js';

/** A search parameter of definitions and the element that it looks at. */
export interface ConformanceParameter extends SearchParameterDefinition {
  readonly element: 'id' | 'url' | 'name' | 'title' | 'version' | 'status';
}

const row = (
  element: ConformanceParameter['element'],
  type: ConformanceParameter['type'],
  description: string,
  code: string = element,
): ConformanceParameter => ({
  code,
  element,
  type,
  description,
  expression: '',
  targets: [],
  url: `http://hl7.org/fhir/SearchParameter/${code === '_id' ? 'Resource-id' : `conformance-${code}`}`,
});

/** Search parameters of every definition (https://hl7.org/fhir/R4/searchparameter-registry.html, "conformance"). */
export const CONFORMANCE_PARAMETERS: readonly ConformanceParameter[] = [
  row('id', 'token', 'Logical id of this artifact', '_id'),
  row('name', 'string', 'Computationally friendly name'),
  row('status', 'token', 'The current status'),
  row('title', 'string', 'The human-friendly name'),
  row('url', 'uri', 'The uri that identifies it'),
  row('version', 'token', 'The business version'),
];
