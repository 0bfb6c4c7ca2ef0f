import type { Definitions } from '../definitions/definitions.js';
import { parseOwnJson } from '../exact-json.js';
import { createElementRules } from '../validation/element-rules.js';
import { createXmlWriter } from './json-to-xml.js';
import { createXmlReader } from './xml-to-json.js';

/** FHIR resources as XML (https://hl7.org/fhir/R4/xml.html). */
export interface FhirXml {
  /** XML of an answer of ours; throws 406 when it holds a resource type that is not described here. */
  write(json: string, pretty: boolean): string;
  /** JSON tree of a body (numbers exact); throws 400 or 422, see {@link createXmlReader}. */
  read(xml: string): Readonly<Record<string, unknown>>;
}

/** Mapping between FHIR XML and FHIR JSON, driven by the base definitions; each type is compiled on first use. */
export function createFhirXml(definitions: Definitions): FhirXml {
  const rules = createElementRules(definitions);
  // The base type itself, never a profile that is registered under a URL.
  const rulesOf: typeof rules = (type) => (definitions.structure(type) ? rules(type) : undefined);
  const writer = createXmlWriter(rulesOf);
  return { write: (json, pretty) => writer(parseOwnJson(json), pretty), read: createXmlReader(rulesOf) };
}
