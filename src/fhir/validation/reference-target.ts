import type { Finding } from '../../errors.js';
import type { Definitions } from '../definitions/definitions.js';

/** Code system of all resource types of R4. */
export const RESOURCE_TYPES = 'http://hl7.org/fhir/resource-types';
/** `Type/id` with an optional version, alone or at the end of an address: https://hl7.org/fhir/R4/references.html#literal */
const LITERAL =
  /^(?:https?:\/\/[^\s?#]+\/)?([A-Z][A-Za-z]{1,63})\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const OTHER =
  /^(?:#[A-Za-z0-9\-.]{0,64}|urn:uuid:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+|https?:\/\/[^\s]+)$/;

/**
 * Checks the form of a reference and the type it names against the types its element allows.
 * @param reference a FHIR Reference as parsed
 * @param targets allowed resource types; absent means any
 * @param path FHIRPath of the Reference
 */
export function checkReference(
  reference: Readonly<Record<string, unknown>>,
  targets: ReadonlySet<string> | undefined,
  path: string,
  definitions: Definitions,
): Finding | undefined {
  const literal = reference['reference'];
  const named = reference['type'];
  let type = typeof named === 'string' ? named : undefined;
  if (typeof literal === 'string') {
    const expression = `${path}.reference`;
    const match = LITERAL.exec(literal);
    const known = match?.[1] !== undefined && definitions.display(RESOURCE_TYPES, match[1]) !== undefined;
    if (!known && !OTHER.test(literal)) {
      return { code: 'reference-malformed', params: { reference: literal }, expression };
    }
    if (known) type = match[1];
  }
  if (!targets || !type || targets.has(type) || definitions.display(RESOURCE_TYPES, type) === undefined)
    return undefined;
  return {
    code: 'reference-target',
    params: { reference: typeof literal === 'string' ? literal : type, allowed: [...targets].join(', ') },
    expression: path,
  };
}
