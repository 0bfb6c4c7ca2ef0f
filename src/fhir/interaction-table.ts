import { TYPE_GROUPS } from '../access/policy/type-groups.js';

/** REST interactions on a type or instance: codes of https://hl7.org/fhir/R4/valueset-type-restful-interaction.html */
export const INTERACTIONS = [
  'read',
  'vread',
  'create',
  'update',
  'patch',
  'delete',
  'history-instance',
  'history-type',
  'search-type',
] as const;
export type Interaction = (typeof INTERACTIONS)[number];

/** What only the service writes can be looked at, not written. */
const SEEN_ONLY: readonly Interaction[] = ['read', 'search-type'];
/** Evidence: written once, never changed or taken away (https://hl7.org/fhir/R4/provenance.html#boundaries). */
const EVIDENCE: readonly Interaction[] = ['read', 'vread', 'create', 'history-instance', 'history-type', 'search-type'];

/** Definitions come with the service. */
const DEFINITIONS = Object.fromEntries(TYPE_GROUPS.conformance.map((type) => [type, SEEN_ONLY]));

/** Types that support less than everything; searching Bundles and Binaries goes by their few parameters. */
const EXCEPTIONS: Readonly<Record<string, readonly Interaction[]>> = {
  ...DEFINITIONS,
  AuditEvent: SEEN_ONLY,
  Provenance: EVIDENCE,
  // a signed document is replaced by a new one, not edited
  Bundle: EVIDENCE,
};

/** Interactions that a served type supports. */
export const interactionsOf = (type: string): readonly Interaction[] => EXCEPTIONS[type] ?? INTERACTIONS;

/** True when a served type supports the interaction. */
export const supports = (type: string, interaction: Interaction): boolean => interactionsOf(type).includes(interaction);

/** Interactions on the whole system: codes of https://hl7.org/fhir/R4/valueset-system-restful-interaction.html */
export const SYSTEM_INTERACTIONS = ['transaction', 'batch', 'history-system', 'search-system'] as const;
export type SystemInteraction = (typeof SYSTEM_INTERACTIONS)[number];
