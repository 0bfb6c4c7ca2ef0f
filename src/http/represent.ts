import { parseOwnJson, stringifyFhir } from '../fhir/exact-json.js';
import type { FhirXml } from '../fhir/xml/fhir-xml.js';
import type { Representation } from './representation.js';

/** FHIR media type with charset, as every JSON answer carries it. */
const FHIR_JSON = 'application/fhir+json; charset=utf-8';
const FHIR_XML = 'application/fhir+xml; charset=utf-8';

/** A body as it leaves. */
export interface RepresentedBody {
  readonly contentType: string;
  readonly text: string;
}

/**
 * The JSON text of an answer in the form that the client wants; plain JSON goes out as it is.
 * Throws 406 when the resource cannot be written as XML.
 */
export function represent(xml: FhirXml, json: string, { format, pretty }: Representation): RepresentedBody {
  if (format === 'xml') return { contentType: FHIR_XML, text: xml.write(json, pretty) };
  return { contentType: FHIR_JSON, text: pretty ? stringifyFhir(parseOwnJson(json), 2) : json };
}
