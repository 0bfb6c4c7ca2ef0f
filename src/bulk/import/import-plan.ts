import { createHash, randomUUID } from 'node:crypto';
import type { AuditDraft } from '../../store/audit-record.js';
import type { PatientRelation, StoredResource } from '../../store/envelope.js';
import { changesRelation, longestRelations } from '../../store/patient-relations.js';
import type { ResourceWrite, SupportRow, WritePlan } from '../../store/write-plan.js';
import type { Candidate } from './candidate.js';
import type { ImportContext } from './import-context.js';

/**
 * A batch must be committed soon after its `lastUpdated`: exports wait for late writes, and no longer (`Store.mostWriteMs`).
 */
const WRITE_MS = 8_000;

/** What one audit record tells of a batch. */
export interface BatchTale {
  readonly file: string;
  readonly name: string;
  /** Lines of the file, for example `1-500`. */
  readonly lines: string;
  /** Person at the terminal. */
  readonly by: string;
}

/** The one audit record of a batch: which lines of which content became how many records (design.md 3.8). */
function batchAudit(requestId: string, accepted: readonly Candidate[], tale: BatchTale): AuditDraft {
  const hash = createHash('sha256');
  for (const { ref, doc } of accepted) hash.update(`${ref}\n${doc.json}\n`);
  return {
    act: 'C',
    sub: 'import',
    out: '0',
    who: 'import',
    rol: 'service',
    cli: 'import',
    pt: [],
    ent: [],
    req: requestId,
    pou: 'HSYSADMIN',
    det: { ...tale, records: String(accepted.length), sha256: hash.digest('hex') },
  };
}

function relationsByPatient(accepted: readonly Candidate[]): Map<string, PatientRelation[]> {
  const found = new Map<string, PatientRelation[]>();
  for (const { type, doc, relations } of accepted)
    if (type !== 'Patient' && doc.pt !== undefined && relations.length > 0)
      found.set(doc.pt, longestRelations([...(found.get(doc.pt) ?? []), ...relations]));
  return found;
}

const related = (doc: StoredResource, added: readonly PatientRelation[]): StoredResource => {
  const rel = longestRelations([...(doc.rel ?? []), ...added]);
  return { ...doc, rel, acc: [...new Set([...doc.acc, ...rel.map(({ f }) => f)])] };
};

/**
 * One transaction for a batch: records, claims, history, relations of facilities to patients, how far the import has come,
 * and its audit record. After a crash all of it is there, or nothing.
 */
export async function importPlan(
  { store }: Pick<ImportContext, 'store'>,
  accepted: readonly Candidate[],
  options: { readonly support: readonly SupportRow[]; readonly tale: BatchTale },
): Promise<WritePlan> {
  const requestId = randomUUID();
  const relations = relationsByPatient(accepted);
  const writes = accepted.map(({ type, doc }): ResourceWrite => {
    const added = type === 'Patient' ? relations.get(doc._id) : undefined;
    if (added) relations.delete(doc._id);
    return { method: 'create', type, doc: added ? related(doc, added) : doc };
  });
  const heads = new Map((await store.heads('Patient', [...relations.keys()])).map((head) => [head._id, head]));
  return {
    requestId,
    writes,
    claims: accepted.flatMap((candidate) => candidate.claims),
    relations: [...relations].flatMap(([patient, found]) =>
      found
        .filter((relation) => changesRelation(heads.get(patient)?.rel ?? [], relation))
        .map((relation) => ({ patient, relation })),
    ),
    support: options.support,
    audit: [batchAudit(requestId, accepted, options.tale)],
    timeoutMs: WRITE_MS,
  };
}
