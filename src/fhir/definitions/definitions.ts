import type { Resource, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import type { Terminology } from './terminology.js';

/** A search parameter as it applies to one resource type, from the R4 definitions. */
export interface SearchParameterDefinition {
  readonly code: string;
  readonly type: SearchParameter['type'];
  /** FHIRPath for this resource type only (the other branches of the union are cut off). */
  readonly expression: string;
  /** Allowed reference targets that this server supports. */
  readonly targets: readonly string[];
  readonly url: string;
  readonly description: string;
  /** Parts of a composite, each with a FHIRPath relative to what `expression` gives; absent on others. */
  readonly components?: readonly SearchComponent[];
}

/** One part of a composite search parameter. */
export interface SearchComponent {
  /** URL of the parameter whose values it takes. */
  readonly definition: string;
  readonly expression: string;
}

/** A value set of a required binding, fully enumerated. */
export interface RequiredBinding {
  /** Dotted path without indices, for example `Patient.gender`, `Patient.contact.gender`. */
  readonly path: string;
  readonly valueSet: string;
  /** `system|code` and, for elements of type code, `|code`. */
  readonly codes: ReadonlySet<string>;
}

/** What the trimmed R4 definitions (profiles/base/*.ndjson) and the national guide say, loaded once. */
export interface Definitions {
  /** Supported resource types, in the order of the CapabilityStatement. */
  readonly resourceTypes: readonly string[];
  isResourceType(type: string): boolean;
  /** All base StructureDefinitions: data types, resource types, and the types that resources may contain. */
  readonly base: readonly StructureDefinition[];
  /** Base StructureDefinition of a resource or data type. */
  structure(type: string): StructureDefinition | undefined;
  /** Profile or extension of the national guide by canonical URL. */
  profile(url: string): StructureDefinition | undefined;
  /** Profiles of the national guide, extensions apart. */
  readonly profiles: readonly StructureDefinition[];
  readonly extensions: readonly StructureDefinition[];
  /** Search parameters of a type by code, the common ones (`_id`, `_lastUpdated`, ...) included; only kinds the server supports. */
  searchParameters(type: string): ReadonlyMap<string, SearchParameterDefinition>;
  /** Required bindings of a base type or, by its URL, of a profile of the guide. */
  requiredBindings(type: string): readonly RequiredBinding[];
  /**
   * Elements of a type that put a resource into a patient's compartment, as codes of search parameters,
   * from the R4 CompartmentDefinition, for example `subject`.
   */
  patientCompartment(type: string): readonly string[];
  /** Display of a code in a code system of the guide or of R4, in a language when it has a designation for it. */
  display(system: string, code: string, language?: string): string | undefined;
  /** Codes of such a code system in its own order; none when it is unknown. */
  codes(system: string): readonly string[];
  /**
   * A code and all below or above it in the hierarchy of a code system of the guide or of R4. Undefined when the system
   * is unknown or has no hierarchy, or the code is not one of its codes.
   */
  relatedCodes(system: string, code: string, direction: 'above' | 'below'): readonly string[] | undefined;
  readonly terminology: Terminology;
  /** Every definition as it was read, those of R4 trimmed: what `src/fhir/conformance` publishes. */
  readonly published: readonly Resource[];
  /** Codes of a value set as `system|code`; undefined when it is unknown or cannot be enumerated. */
  valueSetCodes(valueSet: string): ReadonlySet<string> | undefined;
}
