/** Namespace of FHIR elements in XML (https://hl7.org/fhir/R4/xml.html). */
export const FHIR_NAMESPACE = 'http://hl7.org/fhir';
/** Namespace of the narrative. */
export const XHTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';

/** Primitive types begin with a small letter; their value is the attribute `value`. */
export const isPrimitive = (type: string): boolean => /^[a-z]/.test(type);

/**
 * Members that stand as attributes of an element: `id` of every one, `url` of an extension (R4 xml.html).
 * @param holder type of the element; empty for a resource, which has no attributes
 */
export const isAttribute = (member: string, holder: string): boolean =>
  (member === 'id' && holder !== '') || (member === 'url' && holder === 'Extension');
