import type { ParametersParameter } from '@medplum/fhirtypes';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { ownFacility } from '../facility-scope.js';
import { unreadFilter } from '../messages/message.js';
import { dayOf } from '../local-day.js';
import { operationUrl } from '../move-operation.js';
import { ALL_WORKLISTS, worklistFilter, worklistRow, worklistType, worklistUrl } from '../worklists.js';

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const facility = await ownFacility(context, request, '$worklists');
  const now = new Date();
  const today = dayOf(now);
  const lists = await Promise.all(
    ALL_WORKLISTS.map(async (name): Promise<ParametersParameter> => {
      const { es, side } = worklistRow(name);
      const count = await context.store.count(worklistType(name), worklistFilter(name, facility.id, now, today));
      const url = worklistUrl(name, facility.id, context.baseUrl);
      return {
        name: 'list',
        part: [
          { name: 'name', valueCode: name },
          { name: 'display', valueString: es },
          { name: 'side', valueCode: side },
          { name: 'count', valueInteger: count },
          { name: 'url', valueUrl: url },
        ],
      };
    }),
  );
  const unread: ParametersParameter = {
    name: 'messages',
    part: [
      { name: 'count', valueInteger: await context.store.count('Communication', unreadFilter(facility.id)) },
      { name: 'url', valueUrl: `${context.baseUrl}/Organization/${facility.id}/$unread-messages` },
    ],
  };
  const audit = auditDraft(request, { act: 'R', sub: '$worklists', ent: [`Organization/${facility.id}`] });
  await context.store.auditor.record(audit);
  return resourceAnswer(200, { resourceType: 'Parameters', parameter: [...lists, unread] });
}

/** `GET Organization/{id}/$worklists`: how much work waits in each list of a facility and how many messages, in one call. */
export const worklists: Operation = {
  name: 'worklists',
  definition: operationUrl('worklists'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose: 'Cuántas referencias esperan en cada lista de trabajo del establecimiento, con la dirección de cada lista.',
  handle,
};
