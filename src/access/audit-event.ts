import type { AuditEvent, AuditEventAgent, AuditEventEntity, CodeableConcept, Coding } from '@medplum/fhirtypes';
import { codeSystemUrl } from '../config/canonical.js';
import type { AuditRecord } from '../store/audit-record.js';
import { isRole } from './caller.js';
import { dicom, DICOM_EVENTS } from './dicom-events.js';

const EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const INTERACTION = 'http://hl7.org/fhir/restful-interaction';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const ENTITY_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const SOURCE_TYPE = 'http://terminology.hl7.org/CodeSystem/security-source-type';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
/** IHE BALP 3:5.7: kinds of entity that DICOM and FHIR have no code for. */
const BALP_ENTITY = 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType';

const REST: Coding = { system: EVENT_TYPE, code: 'rest', display: 'RESTful Operation' };

const SOURCE_ROLE = dicom('110153', 'Source Role ID');
const DESTINATION_ROLE = dicom('110152', 'Destination Role ID');

/** Work of the service on no FHIR address: the seed, an import, the steps of a statistics release. */
const OWN_WORK = /^(?:seed|import|notification|statistics-[a-z-]+)$/;

const concept = (coding: Coding): CodeableConcept => ({ coding: [coding] });

function eventKind({ sub }: AuditRecord): Required<Pick<AuditEvent, 'type' | 'subtype'>> {
  const known = DICOM_EVENTS[sub];
  if (known) return { type: known.type, subtype: [known.subtype] };
  const own = { system: codeSystemUrl('operation'), code: sub };
  if (OWN_WORK.test(sub)) return { type: dicom('110100', 'Application Activity'), subtype: [own] };
  if (!sub.startsWith('$')) return { type: REST, subtype: [{ system: INTERACTION, code: sub }] };
  return { type: REST, subtype: [{ system: INTERACTION, code: 'operation' }, own] };
}

/** The person or account that asked: the only agent with `requestor` true. */
function user(record: AuditRecord, name: string | undefined): AuditEventAgent {
  const account = { identifier: { value: record.who } };
  return {
    type: concept({ system: PARTICIPATION, code: 'IRCP', display: 'information recipient' }),
    // A sign-in that failed may be nobody's.
    ...(isRole(record.rol) ? { role: [concept({ system: codeSystemUrl('workflow-role'), code: record.rol })] } : {}),
    who: record.for ? { reference: `PractitionerRole/${record.for}` } : account,
    ...(record.for ? { altId: record.who } : {}),
    ...(name === undefined ? {} : { name }),
    requestor: true,
    purposeOfUse: [concept({ system: ACT_REASON, code: record.pou })],
  };
}

/** What a record does not say of itself. */
export interface AuditEventBase {
  /** FHIR base address of this service. */
  readonly source: string;
  /** What people call the one who asked. */
  readonly name?: string | undefined;
}

function agents(record: AuditRecord, { source, name }: AuditEventBase): AuditEventAgent[] {
  // Data flow from the server to the client only when a resource is read by its id (BALP Read; Query is the reverse).
  const fetched = record.act === 'R' && !record.sub.startsWith('search');
  const client: AuditEventAgent = {
    type: concept(fetched ? DESTINATION_ROLE : SOURCE_ROLE),
    who: { identifier: { value: record.cli } },
    requestor: false,
    ...(record.ip ? { network: { address: record.ip, type: '2' } } : {}),
  };
  const server: AuditEventAgent = {
    type: concept(fetched ? SOURCE_ROLE : DESTINATION_ROLE),
    who: { identifier: { value: source } },
    requestor: false,
  };
  const facility: AuditEventAgent = {
    type: concept({ system: PARTICIPATION, code: 'RESP', display: 'responsible party' }),
    who: { reference: `Organization/${record.fac}` },
    requestor: false,
  };
  return [user(record, name), client, server, ...(record.fac ? [facility] : [])];
}

const patientEntity = (id: string): AuditEventEntity => ({
  what: { reference: `Patient/${id}` },
  type: { system: ENTITY_TYPE, code: '1', display: 'Person' },
  role: { system: ENTITY_ROLE, code: '1', display: 'Patient' },
});

const dataEntity = (reference: string): AuditEventEntity => ({
  what: { reference },
  type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
  role: { system: ENTITY_ROLE, code: '4', display: 'Domain Resource' },
});

const queryEntity = (query: string): AuditEventEntity => ({
  type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
  role: { system: ENTITY_ROLE, code: '24', display: 'Query' },
  query: Buffer.from(query).toString('base64'),
});

/** The request by its X-Request-Id, with what else is known of it (BALP entity `transaction`). */
const requestEntity = ({ req, det = {} }: AuditRecord): AuditEventEntity => ({
  what: { identifier: { value: req } },
  type: { system: BALP_ENTITY, code: 'XrequestId' },
  ...(Object.keys(det).length > 0
    ? { detail: Object.entries(det).map(([type, valueString]) => ({ type, valueString })) }
    : {}),
});

/**
 * FHIR AuditEvent of an audit record, in the shape of IHE BALP (Basic Audit Log Patterns 1.1): who asked by which
 * client for whom, the patients, the data, the query text (base64) and the request. From and to state of a move and
 * other details are `entity.detail` of the request.
 */
export function toAuditEvent(record: AuditRecord, base: AuditEventBase): AuditEvent {
  const patients = new Set(record.pt.map((id) => `Patient/${id}`));
  const data = record.ent.filter((reference) => !patients.has(reference));
  return {
    resourceType: 'AuditEvent',
    id: record._id,
    meta: { versionId: '1', lastUpdated: record.at.toISOString() },
    ...eventKind(record),
    action: record.act,
    recorded: record.at.toISOString(),
    outcome: record.out,
    purposeOfEvent: [concept({ system: ACT_REASON, code: record.pou })],
    agent: agents(record, base),
    source: {
      observer: { identifier: { value: base.source } },
      type: [{ system: SOURCE_TYPE, code: '4', display: 'Application Server' }],
    },
    entity: [
      ...record.pt.map(patientEntity),
      ...data.map(dataEntity),
      ...(record.q ? [queryEntity(record.q)] : []),
      requestEntity(record),
    ],
  };
}
