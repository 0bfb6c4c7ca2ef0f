/** One index as MongoDB keeps it. Fields of `key` in the order of the index. */
export interface IndexSpec {
  /** Unique within its collection; queries may name it as a hint. */
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  /** TTL: seconds after the date in the (single) field. */
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
}

/** A collection and the indexes it must have beside `_id`. */
export interface CollectionSpec {
  readonly name: string;
  readonly indexes: readonly IndexSpec[];
}

/** All collections of the service and their indexes. */
export type Catalogue = readonly CollectionSpec[];

/**
 * Collections that hold no current FHIR resources. None has a unique index but `_id` (design.md 3.12):
 * what must exist once is a claim, whose `_id` is its hash.
 */
const SERVICE_COLLECTIONS: Catalogue = [
  {
    name: 'history',
    indexes: [
      { name: 'instance', key: { type: 1, id: 1, vid: 1 } },
      { name: 'changes', key: { lu: 1, _id: 1 } },
      // History of a type, newest first: of all, of what names a facility, of one patient's record.
      { name: 'type', key: { type: 1, lu: -1, _id: -1 } },
      { name: 'facility', key: { acc: 1, type: 1, lu: -1, _id: -1 } },
      {
        name: 'patient',
        key: { pt: 1, lu: -1, _id: -1 },
        partialFilterExpression: { pt: { $exists: true } },
      },
    ],
  },
  {
    name: 'audit',
    indexes: [
      { name: 'patient', key: { pt: 1, at: -1, _id: -1 } },
      { name: 'account', key: { who: 1, at: -1, _id: -1 } },
      { name: 'entity', key: { ent: 1, at: -1, _id: -1 } },
      { name: 'time', key: { at: 1, _id: 1 } },
      { name: 'number', key: { p: 1, n: 1 } },
    ],
  },
  { name: 'seals', indexes: [{ name: 'chain', key: { p: 1, seq: 1 } }] },
  {
    name: 'oidc',
    indexes: [
      { name: 'uid', key: { uid: 1 }, sparse: true },
      { name: 'grant', key: { grantId: 1 }, sparse: true },
      { name: 'user-code', key: { userCode: 1 }, sparse: true },
      { name: 'expiry', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    ],
  },
  {
    name: 'sessions',
    indexes: [
      { name: 'account', key: { account: 1 } },
      { name: 'expiry', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    ],
  },
  { name: 'questions', indexes: [{ name: 'state', key: { state: 1, askedAt: -1 } }] },
  {
    name: 'activations',
    indexes: [
      { name: 'code', key: { code: 1 } },
      { name: 'expiry', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    ],
  },
  { name: 'accounts', indexes: [{ name: 'patient', key: { patient: 1 }, sparse: true }] },
  // Locks of conditions. One in use cannot vanish from under its transaction: that has written it, which keeps others (this
  // index, too) from deleting it, and a new snapshot that no longer finds it writes it again under the same `_id`. A day is
  // longer than any transaction lives. Leases stand here as well; they have no `usedAt` and stay.
  { name: 'locks', indexes: [{ name: 'last-use', key: { usedAt: 1 }, expireAfterSeconds: 24 * 3_600 }] },
  {
    name: 'jobs',
    indexes: [
      { name: 'due', key: { state: 1, due: 1 } },
      { name: 'owner', key: { 'owner.sub': 1, state: 1 } },
      { name: 'expiry', key: { expires: 1 } },
    ],
  },
  // GridFS: the driver asks for these two by itself; the pieces of one file exist once.
  {
    name: 'job_files.files',
    indexes: [
      { name: 'filename_1_uploadDate_1', key: { filename: 1, uploadDate: 1 } },
      { name: 'job', key: { 'metadata.job': 1 } },
    ],
  },
  { name: 'job_files.chunks', indexes: [{ name: 'files_id_1_n_1', key: { files_id: 1, n: 1 }, unique: true }] },
  {
    name: 'import_lines',
    indexes: [
      { name: 'import', key: { file: 1, state: 1, line: 1 } },
      { name: 'ref', key: { ref: 1 }, sparse: true },
      { name: 'claim', key: { claims: 1 }, sparse: true },
    ],
  },
  // Claims of idempotency keys; the others have no `expiresAt` and stay.
  { name: 'claims', indexes: [{ name: 'expiry', key: { expiresAt: 1 }, sparse: true, expireAfterSeconds: 0 }] },
  // Notifications on their way. `lane` keeps what must stay in order; what is done goes by its `expires`.
  {
    name: 'deliveries',
    indexes: [
      { name: 'due', key: { kind: 1, state: 1, due: 1, seq: 1 } },
      { name: 'lane', key: { lane: 1, state: 1, seq: 1 } },
      { name: 'expiry', key: { expires: 1 }, sparse: true, expireAfterSeconds: 0 },
    ],
  },
  { name: 'attempts', indexes: [{ name: 'expiry', key: { expiresAt: 1 }, expireAfterSeconds: 0 }] },
  { name: 'proofs', indexes: [{ name: 'newest', key: { at: -1 } }] },
  ...[
    'imports',
    'deadlines',
    'keys',
    'settings',
    'catalogues',
    'statistics',
    'positions',
    'counters',
    'subscribers',
    'instances',
    'schema_migrations',
  ].map((name) => ({ name, indexes: [] })),
];

/**
 * The whole catalogue: the service's own collections and one per resource type, named like the type.
 * `resources` comes from the caller because search parameters decide those indexes and the store knows no FHIR.
 */
export const indexCatalogue = (resources: Catalogue): Catalogue => [...SERVICE_COLLECTIONS, ...resources];
