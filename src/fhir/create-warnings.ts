import type { OperationOutcome } from '@medplum/fhirtypes';
import { type Finding, toOperationOutcome } from '../errors.js';
import { logger } from '../logger.js';
import type { AuditDraft } from '../store/audit-record.js';
import { auditDraft } from './audit-draft.js';
import type { FhirRequest } from './exchange.js';
import type { CreatedResource, CreateWarning, FhirContext } from './fhir-context.js';
import type { WriteBuilder } from './write-builder.js';

/**
 * Warnings about what is created, or was by the same request before. One that cannot be found out stops nothing.
 * @param audit keeps what they tell of the record, as read
 */
export async function warningsAbout(
  context: FhirContext,
  request: FhirRequest,
  created: readonly CreatedResource[],
  audit: (draft: AuditDraft) => void,
): Promise<readonly CreateWarning[]> {
  let warnings: readonly CreateWarning[] = [];
  try {
    warnings = await context.hooks.warnOnCreate(context, request, created);
  } catch (error) {
    logger.warn({ err: error, request: request.id }, 'warnings of a write could not be found out');
  }
  for (const patient of new Set(warnings.map((warning) => warning.patient))) {
    const ent = warnings.filter((warning) => warning.patient === patient).map(({ link }) => link.reference);
    audit(auditDraft(request, { act: 'R', sub: 'read', pt: [patient], ent: [...new Set(ent)] }));
  }
  return warnings;
}

/** Warnings about all that a builder creates, before it commits; they are audited in the same transaction. */
export function createWarnings(builder: WriteBuilder): Promise<readonly CreateWarning[]> {
  const created = builder.writes.flatMap((write) => {
    const resource = write.method === 'create' ? builder.resourceOf(write) : undefined;
    const { pt } = write.doc;
    return resource ? [{ resource, ...(pt === undefined ? {} : { patient: pt }) }] : [];
  });
  return warningsAbout(builder.context, builder.request, created, (draft) => builder.audit(draft));
}

/**
 * The warnings as an OperationOutcome; undefined when there are none.
 * @param options `about`: only the warnings about this `Type/id`; `notes`: what validation has to say, first
 */
export function warningOutcome(
  warnings: readonly CreateWarning[],
  { about, notes = [] }: { readonly about?: string; readonly notes?: readonly Finding[] } = {},
): OperationOutcome | undefined {
  const told = warnings.filter((warning) => about === undefined || warning.about === about);
  const findings = [...notes, ...told.map(({ finding }) => finding)];
  return findings.length > 0 ? toOperationOutcome(findings) : undefined;
}

/** `Link` header (RFC 8288) of the warnings; empty when there are none. */
export function warningLinks(warnings: readonly CreateWarning[], baseUrl: string): Record<string, string> {
  const links = warnings.map(({ link }) => `<${baseUrl}/${link.reference}>; rel="${link.rel}"`);
  return links.length > 0 ? { Link: [...new Set(links)].join(', ') } : {};
}
