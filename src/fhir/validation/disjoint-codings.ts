type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Codes of a CodeableConcept; undefined when it is not made of codings with a code each. */
function codesOf(concept: unknown): readonly string[] | undefined {
  const codings = isObject(concept) ? concept['coding'] : undefined;
  if (!Array.isArray(codings)) return undefined;
  const codes = (codings as unknown[]).map((coding) => (isObject(coding) ? coding['code'] : undefined));
  return codes.every((code) => typeof code === 'string' && code !== '') ? (codes as string[]) : undefined;
}

/** FHIRPath of obs-7 (https://hl7.org/fhir/R4/observation.html#invs). */
export const OBS_7 = 'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()';

/**
 * obs-7: an Observation with a value has no component under its own code. Codings with different codes are different,
 * whatever else they hold: so most blood pressures need no evaluation.
 * @param observation an Observation as JSON
 * @returns true when it certainly holds; undefined: evaluate it
 */
export function hasDisjointCodings(observation: unknown): true | undefined {
  if (!isObject(observation) || !Array.isArray(observation['component'])) return undefined;
  const own = codesOf(observation['code']);
  if (!own) return undefined;
  for (const component of observation['component'] as unknown[]) {
    const codes = isObject(component) ? codesOf(component['code']) : undefined;
    if (!codes || codes.some((code) => own.includes(code))) return undefined;
  }
  return true;
}
