import type { Parameters, ParametersParameter } from '@medplum/fhirtypes';
import { CODE_SYSTEMS } from '../../config/code-systems.js';
import { operationUrl } from '../../config/canonical.js';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { type ExistingResult, existingResults } from '../duplicate-studies.js';
import type { Study } from '../catalogue/studies.js';

/** Codes that one request may ask for: more than a form has. */
const MOST_CODES = 100;

/** LOINC codes of `code=A,B`; the system may stand before each. */
function codesOf({ query }: FhirRequest): readonly string[] {
  const other = query.find(([name]) => name !== 'code');
  if (other) throw fault('parameter-unknown', { parameter: other[0], type: 'Patient/$existing-studies' });
  const codes = query.flatMap(([, value]) => value.split(',')).map((value) => value.replace(/^.*\|/, ''));
  if (codes.length === 0 || codes.length > MOST_CODES)
    throw fault('operation-parameter', { parameter: 'code', reason: `1..${MOST_CODES}` });
  return codes;
}

const coding = ({ code, display }: Study): { system: string; code: string; display: string } => ({
  system: CODE_SYSTEMS.loinc,
  code,
  display,
});

const studyParameter = ({ asked, found, ...one }: ExistingResult): ParametersParameter => ({
  name: 'study',
  part: [
    { name: 'asked', valueCoding: coding(asked) },
    { name: 'found', valueCoding: coding(found) },
    { name: 'date', valueDateTime: one.date },
    ...(one.place === undefined ? [] : [{ name: 'place', valueString: one.place }]),
    ...(one.result === '' ? [] : [{ name: 'result', valueString: one.result }]),
    { name: 'valid-days', valueInteger: one.validDays },
    { name: 'reference', valueReference: { reference: one.reference } },
  ],
});

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const codes = codesOf(request);
  const patient = await loadVisible(context, request, 'Patient', request.resourceId ?? '');
  const found = await existingResults(context, request.caller, patient._id, codes);
  await context.store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: '$existing-studies',
      pt: [patient._id],
      ent: found.map(({ reference }) => reference),
      q: `code=${codes.join(',')}`,
    }),
  );
  const parameters: Parameters = { resourceType: 'Parameters', parameter: found.map(studyParameter) };
  return resourceAnswer(200, parameters);
}

/** `GET Patient/{id}/$existing-studies?code=718-7,2160-0`: results that still stand for studies about to be asked for. */
export const existingStudies: Operation = {
  name: 'existing-studies',
  definition: operationUrl('Patient-existing-studies'),
  level: 'instance',
  type: 'Patient',
  method: 'GET',
  affectsState: false,
  purpose: 'Resultados vigentes de estudios que se piensa pedir: fecha, lugar y resultado.',
  handle,
};
