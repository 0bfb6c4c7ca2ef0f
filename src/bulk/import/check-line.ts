import type { Resource } from '@medplum/fhirtypes';
import { fault, type Finding, isRefusal, isServiceError, ServiceError } from '../../errors.js';
import { claimsOf } from '../../fhir/claims.js';
import { custodianOf } from '../../fhir/custodian-of.js';
import { parseFhirJson, toPlain } from '../../fhir/exact-json.js';
import { supports } from '../../fhir/interaction-table.js';
import { patientOf } from '../../fhir/patient-of.js';
import { type FoundReference, localTarget, referencesOf, withLocalReferences } from '../../fhir/references.js';
import { stampVersion } from '../../fhir/stamp-version.js';
import { toStored } from '../../fhir/to-stored.js';
import { assertFits } from '../../store/assert-fits.js';
import { bucketOf, catalogueId } from '../../store/ids.js';
import type { Candidate, LinePlace, Reject } from './candidate.js';
import type { ImportContext } from './import-context.js';
import { MOST_LINE_BYTES, type SourceLine } from './source-lines.js';

export interface LineOptions {
  /** Organization id of the custodian of what names none. */
  readonly custodian?: string;
  /** `meta.lastUpdated` of what is made. */
  readonly at: Date;
}

/** https://hl7.org/fhir/R4/datatypes.html#id */
const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

function textOf({ bytes }: SourceLine): string {
  if (bytes === undefined) throw fault('resource-too-large', { limit: MOST_LINE_BYTES });
  try {
    return utf8.decode(bytes);
  } catch {
    throw fault('body-unreadable', { reason: 'UTF-8' });
  }
}

function resourceIn(text: string): Resource {
  const { resource } = parseFhirJson(text);
  if (resource === null || typeof resource !== 'object' || Array.isArray(resource))
    throw fault('body-unreadable', { reason: 'object' });
  return resource as Resource;
}

function assertServed({ definitions }: ImportContext, resourceType: unknown): void {
  const type = typeof resourceType === 'string' ? resourceType : '-';
  if (!definitions.isResourceType(type)) throw fault('type-unknown', { type }, 'resourceType');
  if (!supports(type, 'create')) throw fault('interaction-unsupported', { interaction: 'import', type });
}

/** The id it came with, or one that is the same at every reading of the file, in the bucket of its patient. */
function idOf({ definitions, baseUrl }: ImportContext, resource: Resource, { file, line }: LinePlace): string {
  const { id } = resource;
  if (id !== undefined) {
    if (typeof id === 'string' && ID.test(id)) return id;
    throw fault('id-invalid', { value: id.slice(0, 80) }, `${resource.resourceType}.id`);
  }
  const patient = patientOf(definitions, resource, baseUrl);
  return catalogueId('import', `${file}|${line}`, patient === undefined ? undefined : bucketOf(patient));
}

function targetsOf({ definitions, baseUrl }: ImportContext, resource: Resource): Map<string, FoundReference> {
  const targets = new Map<string, FoundReference>();
  for (const found of referencesOf(resource)) {
    const target = localTarget(found.reference, baseUrl);
    if (!target || !definitions.isResourceType(target.type)) continue;
    const name = `${target.type}/${target.id}`;
    if (!targets.has(name)) targets.set(name, found);
  }
  return targets;
}

function candidateOf(context: ImportContext, place: LinePlace, text: string, options: LineOptions): Candidate {
  const given = resourceIn(text);
  assertServed(context, given.resourceType);
  const id = idOf(context, given, place);
  // Looking through a resource for references costs as much as storing it: few lines name this service at all.
  const local = text.includes(context.baseUrl) ? withLocalReferences(given, context.baseUrl) : given;
  const resource = stampVersion(local, { id, version: 1, at: options.at });
  const errors = context.validator.validate(toPlain(resource)).filter(isRefusal);
  if (errors.length > 0) throw new ServiceError(errors);
  const own = custodianOf(resource) ?? options.custodian;
  const doc = toStored(context, resource, own === undefined ? {} : { own });
  assertFits({ writes: [{ method: 'create', type: resource.resourceType, doc }] });
  return {
    ...place,
    text,
    type: resource.resourceType,
    ref: `${resource.resourceType}/${id}`,
    resource,
    doc,
    claims: claimsOf(resource, own),
    targets: targetsOf(context, resource),
    relations: context.hooks.relationsOf(toPlain(resource)),
  };
}

/** What can be told of a line that was refused. */
function nameOf(text: string): { type?: string; id?: string } {
  const type = /"resourceType"\s*:\s*"([A-Za-z]{1,64})"/.exec(text)?.[1];
  const id = /"id"\s*:\s*"([A-Za-z0-9\-.]{1,64})"/.exec(text)?.[1];
  return { ...(type === undefined ? {} : { type }), ...(id === undefined ? {} : { id }) };
}

/**
 * Reads one line: JSON, structure, bindings, profiles, as a create over HTTP would be judged. What it refers to and what else
 * claims its numbers is looked at later, for many lines at once.
 * @returns what would be stored, or why nothing can be; never throws for bad data
 */
export function checkLine(
  context: ImportContext,
  file: string,
  source: SourceLine,
  options: LineOptions,
): Candidate | Reject {
  const place = { file, line: source.line };
  let text = '';
  try {
    text = textOf(source);
    return candidateOf(context, place, text, options);
  } catch (error) {
    if (!isServiceError(error)) throw error;
    const findings: readonly Finding[] = error.findings;
    return { ...place, ...nameOf(text.slice(0, 10_000)), findings };
  }
}

/** The same line with another `meta.lastUpdated`: it had to wait. */
export function restamped(context: ImportContext, candidate: Candidate, at: Date): Candidate {
  const { own } = candidate.doc;
  const resource = stampVersion(candidate.resource, { id: candidate.doc._id, version: 1, at });
  return { ...candidate, resource, doc: toStored(context, resource, own === undefined ? {} : { own }) };
}
