import type { Communication } from '@medplum/fhirtypes';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { readInput } from '../../fhir/operations/read-input.js';
import { pageLinks, searchsetText } from '../../fhir/search/searchset.js';
import { resourceOf } from '../../fhir/stored-resource.js';
import { ownFacility } from '../facility-scope.js';
import { unreadFilter } from '../messages/message.js';
import { operationUrl } from '../move-operation.js';
import { visible } from '../worklist-includes.js';

/** Messages of one answer: newest first; `total` tells whether there are more. */
export const MOST_UNREAD = 100;
/** Order of the index `unread` of Communication. */
export const UNREAD_ORDER = { 'k.sent': -1, _id: -1 } as const;

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { store } = context;
  readInput(request, []);
  const { id } = await ownFacility(context, request, '$unread-messages');
  const filter = unreadFilter(id);
  const [rows, total] = await Promise.all([
    store.find('Communication', filter, { limit: MOST_UNREAD, sort: UNREAD_ORDER, hint: 'unread' }),
    store.count('Communication', filter),
  ]);
  const messages = rows.map((stored) => resourceOf<Communication>(stored));
  const seen = (type: string, references: readonly (string | undefined)[]) =>
    visible(store, request.caller, type, references);
  const [orders, patients] = await Promise.all([
    seen(
      'ServiceRequest',
      messages.flatMap(({ basedOn = [] }) => basedOn.map(({ reference }) => reference)),
    ),
    seen(
      'Patient',
      messages.map(({ subject }) => subject?.reference),
    ),
  ]);
  const found = [
    ...rows.map((stored) => ({ type: 'Communication', stored, mode: 'match' as const })),
    ...orders.map((stored) => ({ type: 'ServiceRequest', stored, mode: 'include' as const })),
    ...patients.map((stored) => ({ type: 'Patient', stored, mode: 'include' as const })),
  ];
  await store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$unread-messages',
      pt: [...new Set(found.flatMap(({ stored: { pt } }) => pt ?? []))],
      ent: [`Organization/${id}`, ...found.map(({ type, stored }) => `${type}/${stored._id}`)],
    }),
  );
  const entries = found.map(({ type, stored, mode }) => ({
    fullUrl: `${context.baseUrl}/${type}/${stored._id}`,
    json: stored.json,
    mode,
  }));
  const links = pageLinks(`${context.baseUrl}/Organization/${id}/$unread-messages`);
  return { status: 200, headers: {}, body: searchsetText({ links, total, entries }) };
}

/**
 * `GET Organization/{id}/$unread-messages`: messages on referrals that a facility has not read, newest first, with their
 * orders and patients as far as the caller sees them. Opening the list reads none of them: see `$read-messages`.
 */
export const unreadMessages: Operation = {
  name: 'unread-messages',
  definition: operationUrl('unread-messages'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose: 'Los mensajes sobre referencias que el establecimiento todavía no ha leído, los más nuevos primero.',
  handle,
};
