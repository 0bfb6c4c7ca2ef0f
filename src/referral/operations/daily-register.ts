import type { Parameters } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import { SID } from '../../config/canonical.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import type { Operation } from '../../fhir/operation.js';
import { localTarget } from '../../fhir/references.js';
import { ownFacility } from '../facility-scope.js';
import { dayOf, type LocalDay, localDay } from '../local-day.js';
import { operationUrl } from '../move-operation.js';
import { registerColumns } from '../register-columns.js';
import { registerLegs } from '../register-legs.js';
import { registerSources } from '../register-sources.js';

function dayAsked(request: FhirRequest): LocalDay {
  for (const [name] of request.query)
    if (name !== 'date') throw fault('parameter-unknown', { parameter: name, type: 'Organization/$daily-register' });
  const date = request.query[0]?.[1];
  if (date === undefined) return dayOf(new Date());
  const day = localDay(date);
  if (!day) throw fault('parameter-value', { parameter: 'date', value: date, reason: 'YYYY-MM-DD' });
  return day;
}

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const facility = await ownFacility(context, request, '$daily-register');
  const day = dayAsked(request);
  const lines = await registerLegs(context.store, facility.id, day);
  const sources = await registerSources(context.store, lines);
  const patients = lines.flatMap(({ leg }) => localTarget(leg.for?.reference ?? '')?.id ?? []);
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'R',
      sub: '$daily-register',
      pt: [...new Set(patients)],
      ent: [`Organization/${facility.id}`, ...lines.map(({ leg }) => `Task/${leg.id}`)],
      q: `date=${day.date}`,
    }),
  );
  const rups = facility.identifier?.find(({ system }) => system === SID.rups)?.value;
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'facility', valueString: facility.name ?? '' },
      ...(rups === undefined ? [] : [{ name: 'rups', valueString: rups }]),
      { name: 'date', valueDate: day.date },
      ...lines.map((line, index) =>
        registerColumns(context.definitions, facility.id, index + 1, line, sources[index] ?? {}),
      ),
    ],
  };
  return resourceAnswer(200, parameters);
}

/**
 * `GET Organization/{id}/$daily-register?date=YYYY-MM-DD`: the daily register of annex 8 (LN23:2019): referrals and
 * answers sent and received on a day of Honduras (today when absent), one `row` each.
 */
export const dailyRegister: Operation = {
  name: 'daily-register',
  definition: operationUrl('daily-register'),
  level: 'instance',
  type: 'Organization',
  method: 'GET',
  affectsState: false,
  purpose: 'Registro diario de referencias y respuestas enviadas y recibidas (LN23:2019, anexo 8).',
  handle,
};
