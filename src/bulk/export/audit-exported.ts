import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Caller } from '../../access/caller.js';

/** Patients in one record. */
const PATIENTS = 500;

/**
 * Puts on record whose data a part of an export holds, before there is the part: each of these people can see who took the
 * data along.
 * @param patients ids, each once
 */
export async function auditExported(
  { store }: Pick<FhirContext, 'store'>,
  caller: Caller,
  job: string,
  patients: readonly string[],
): Promise<void> {
  for (let start = 0; start < patients.length; start += PATIENTS)
    await store.auditor.record(
      auditDraft(
        { caller, id: job },
        { act: 'E', sub: '$export', pt: patients.slice(start, start + PATIENTS), det: { job } },
      ),
    );
}
