import type { Role } from '../caller.js';
import type { TypeGroup } from './type-groups.js';

/** How far a permission reaches (design.md 3.7, the two gates). */
export type Reach =
  /** Every instance. */
  | 'all'
  /** Patients with a relation to the caller's facilities; across patients, what names those facilities. */
  | 'facility'
  /** The caller's own compartment. */
  | 'self';

/** FHIR interaction codes, `$name` of reading operations, and `$move` for every operation that moves a referral. */
export type PolicyInteraction =
  | 'read'
  | 'vread'
  | 'history-instance'
  | 'history-type'
  | 'search-type'
  | 'create'
  | 'update'
  /** An update that creates, under an id that the client gives. */
  | 'update-create'
  | 'patch'
  | 'delete'
  | '$move'
  | '$available-actions'
  | '$referral'
  | '$hc10'
  | '$validate'
  | '$everything'
  | '$match'
  | '$timeline'
  | '$existing-studies'
  | '$worklists'
  | '$worklist'
  | '$daily-register'
  | '$agenda'
  | '$make-slots'
  | '$read-messages'
  | '$unread-messages'
  | '$read-receipts'
  | '$complete-item'
  | '$complete-notice'
  | '$monthly-supervision'
  | '$prevention-due'
  | '$service-facts'
  | '$suggest-destinations'
  | '$track'
  | '$activation-code'
  | '$export'
  | '$expand'
  | '$lookup'
  | '$validate-code'
  | '$translate'
  | '$meta'
  | '$meta-add'
  | '$meta-delete'
  | '$document'
  | '$reindex'
  | '$reindex-status'
  | '$explain'
  | '$feed'
  | '$status'
  | '$signing-key';

export interface PolicyRow {
  readonly roles: readonly Role[];
  readonly groups: readonly TypeGroup[];
  readonly interactions: readonly PolicyInteraction[];
  readonly reach: Reach;
}

const LOOK = ['read', 'vread', 'history-instance', 'history-type', 'search-type'] as const;
const WRITE = ['create', 'update', 'patch', 'delete'] as const;
const RECORD = ['$everything', '$timeline'] as const;
const TERMINOLOGY = ['$expand', '$lookup', '$validate-code', '$translate'] as const;
const TAGS = ['$meta-add', '$meta-delete'] as const;
/** For those who run the service: no patient data in the answers. */
const UPKEEP = ['$reindex', '$reindex-status', '$explain'] as const;
const CARE: readonly Role[] = ['clinician', 'nurse', 'triage', 'specialist', 'system'];
const DESK: readonly Role[] = ['clerk', 'uau', 'scheduler'];
const EVERY_ROLE: readonly Role[] = [
  ...CARE,
  ...DESK,
  'community-agent',
  'manager',
  'patient',
  'statistics',
  'approver',
  'national',
  'privacy',
  'administrator',
];
const ALL_GROUPS: readonly TypeGroup[] = [
  'directory',
  'person',
  'workflow',
  'visit',
  'clinical',
  'provenance',
  'audit',
  'subscription',
];

/**
 * Who may do what (design.md 3.7): role x resource group x interaction -> reach. What no row allows is refused.
 * Which party may make which move of a referral stands in the edges table of `src/referral`; `$move` only opens the door.
 */
export const POLICY: readonly PolicyRow[] = [
  {
    roles: ['conformance', 'service'],
    groups: ALL_GROUPS,
    interactions: [
      ...LOOK,
      ...WRITE,
      ...RECORD,
      '$match',
      '$move',
      '$available-actions',
      '$referral',
      '$hc10',
      '$existing-studies',
      '$validate',
      '$worklists',
      '$worklist',
      '$daily-register',
      '$agenda',
      '$make-slots',
      '$read-messages',
      '$unread-messages',
      '$read-receipts',
      '$complete-item',
      '$complete-notice',
      '$monthly-supervision',
      '$prevention-due',
      '$service-facts',
      '$suggest-destinations',
      '$track',
      '$activation-code',
      '$export',
      '$meta',
      ...TAGS,
      '$document',
      ...UPKEEP,
      '$status',
      '$signing-key',
      '$feed',
    ],
    reach: 'all',
  },
  // Systems keep their own ids; what moves a referral always has one of ours.
  {
    roles: ['conformance', 'service'],
    groups: ['directory', 'person', 'visit', 'clinical', 'subscription'],
    interactions: ['update-create'],
    reach: 'all',
  },
  { roles: ['administrator'], groups: ['directory'], interactions: ['update-create'], reach: 'all' },
  {
    roles: ['system'],
    groups: ['person', 'visit', 'clinical', 'subscription'],
    interactions: ['update-create'],
    reach: 'facility',
  },
  {
    roles: [...EVERY_ROLE, 'conformance', 'service'],
    groups: ['conformance'],
    interactions: ['read', 'search-type', ...TERMINOLOGY],
    reach: 'all',
  },
  { roles: EVERY_ROLE, groups: ['directory'], interactions: ['$meta'], reach: 'all' },
  { roles: ['administrator'], groups: ['directory'], interactions: [...TAGS, ...UPKEEP], reach: 'all' },
  { roles: EVERY_ROLE, groups: ['directory'], interactions: [...LOOK], reach: 'all' },
  { roles: EVERY_ROLE, groups: ALL_GROUPS, interactions: ['$validate'], reach: 'all' },
  { roles: ['administrator'], groups: ['directory'], interactions: [...WRITE], reach: 'all' },
  {
    roles: CARE,
    groups: ['person', 'workflow', 'visit', 'clinical'],
    interactions: [
      ...LOOK,
      ...WRITE,
      ...RECORD,
      '$move',
      '$available-actions',
      '$referral',
      '$hc10',
      '$meta',
      ...TAGS,
      '$document',
    ],
    reach: 'facility',
  },
  // In bulk to software only: what a search would give it, type by type.
  { roles: ['system'], groups: ['person'], interactions: ['$export'], reach: 'facility' },
  { roles: ['system'], groups: ['directory'], interactions: ['$feed'], reach: 'facility' },
  { roles: CARE, groups: ['person'], interactions: ['$existing-studies', '$prevention-due'], reach: 'facility' },
  { roles: [...CARE, ...DESK], groups: ['provenance'], interactions: [...LOOK], reach: 'facility' },
  {
    roles: DESK,
    groups: ['person', 'workflow', 'visit'],
    interactions: [...LOOK, 'create', 'update', 'patch', '$move', '$available-actions', '$referral', '$meta', ...TAGS],
    reach: 'facility',
  },
  { roles: [...CARE, ...DESK, 'community-agent'], groups: ['person'], interactions: ['$match'], reach: 'facility' },
  {
    roles: ['community-agent'],
    groups: ['person', 'workflow'],
    interactions: [...LOOK, 'create', '$move', '$available-actions', '$referral'],
    reach: 'facility',
  },
  {
    roles: ['manager'],
    groups: ['person', 'workflow', 'provenance'],
    interactions: [...LOOK, '$move', '$available-actions', '$referral'],
    reach: 'facility',
  },
  {
    roles: [...CARE, ...DESK, 'manager'],
    groups: ['directory'],
    interactions: ['$worklists', '$worklist', '$daily-register', '$agenda', '$unread-messages', '$monthly-supervision'],
    reach: 'facility',
  },
  // The agendas of their own facility; the rest of the directory is the administrator's.
  { roles: ['uau', 'scheduler', 'system'], groups: ['directory'], interactions: ['$make-slots'], reach: 'facility' },
  // The directory is for whoever refers; what was measured names no patient.
  {
    roles: [...CARE, ...DESK, 'community-agent', 'manager'],
    groups: ['directory'],
    interactions: ['$service-facts', '$suggest-destinations'],
    reach: 'all',
  },
  { roles: [...CARE, ...DESK, 'manager'], groups: ['workflow'], interactions: ['$read-receipts'], reach: 'facility' },
  {
    roles: [...CARE, ...DESK],
    groups: ['workflow'],
    interactions: ['$read-messages', '$complete-item', '$complete-notice'],
    reach: 'facility',
  },
  {
    roles: ['patient'],
    groups: ['person', 'workflow', 'visit', 'clinical', 'provenance'],
    interactions: [...LOOK, ...RECORD, '$available-actions', '$referral', '$meta', '$document'],
    reach: 'self',
  },
  // The own appointment only: which moves those are stands in the edges table (party PT, design.md 3a.5).
  { roles: ['patient'], groups: ['workflow'], interactions: ['$move'], reach: 'self' },
  // One referral, by its paper code or by the own account: state, next step, appointment; nothing clinical.
  { roles: ['patient', 'paper-code'], groups: ['workflow'], interactions: ['$track'], reach: 'self' },
  // At a facility that knows the person, with the person in front of whoever does it.
  {
    roles: ['clerk', 'uau', 'nurse', 'clinician'],
    groups: ['person'],
    interactions: ['$activation-code'],
    reach: 'facility',
  },
  // What is told is what the subscriber could search and read by itself, judged at every delivery (src/notify). Software
  // only: a Subscription holds the receiver's secrets (`channel.header`) and the key of its signatures.
  {
    roles: ['system'],
    groups: ['subscription'],
    interactions: [...LOOK, ...WRITE, '$meta', ...TAGS, '$status', '$signing-key'],
    reach: 'facility',
  },
  { roles: ['patient'], groups: ['audit'], interactions: ['read', 'search-type'], reach: 'self' },
  { roles: ['privacy'], groups: ['audit'], interactions: ['read', 'search-type'], reach: 'all' },
];

const KEYED: ReadonlyMap<string, Reach> = new Map(
  // Later rows do not narrow earlier ones: the first reach found for a cell stands.
  [...POLICY]
    .reverse()
    .flatMap(({ roles, groups, interactions, reach }) =>
      roles.flatMap((role) =>
        groups.flatMap((group) =>
          interactions.map((interaction) => [`${role} ${group} ${interaction}`, reach] as const),
        ),
      ),
    ),
);

/** Reach of one cell of the matrix; undefined when the role may never do this. */
export const reachOf = (role: Role, group: TypeGroup, interaction: PolicyInteraction): Reach | undefined =>
  KEYED.get(`${role} ${group} ${interaction}`);
