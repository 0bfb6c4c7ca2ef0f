import type { Parameters, Patient } from '@medplum/fhirtypes';
import { type Guardian, IDENTIFIED_BY, type IdentifiedBy, issueActivation } from '../../access/activation.js';
import { wholeBirthDate } from '../../access/sheet-proof.js';
import { pinOf } from '../../access/short-code.js';
import { operationUrl } from '../../config/canonical.js';
import { fault } from '../../errors.js';
import { resourceAnswer } from '../../fhir/answer.js';
import { auditDraft } from '../../fhir/audit-draft.js';
import type { FhirRequest, FhirResponse } from '../../fhir/exchange.js';
import type { FhirContext } from '../../fhir/fhir-context.js';
import { loadVisible } from '../../fhir/load-visible.js';
import type { Operation } from '../../fhir/operation.js';
import { resourceOf } from '../../fhir/stored-resource.js';

const OPERATION = '$activation-code';
/** Longest name or relationship that is kept, characters. */
const LONGEST = 100;

const isIdentifiedBy = (code: string | undefined): code is IdentifiedBy => IDENTIFIED_BY.some((one) => one === code);

/** Text of an input; undefined when it is absent, empty or of another kind. */
function textIn({ body }: FhirRequest, name: string): string | undefined {
  const parameters: unknown = body?.resourceType === 'Parameters' ? body.parameter : undefined;
  if (!Array.isArray(parameters)) return undefined;
  const found = (parameters as readonly (Record<string, unknown> | null)[]).find((one) => one?.['name'] === name);
  const value = found?.['valueString'] ?? found?.['valueCode'];
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, LONGEST) : undefined;
}

/** How the person was identified, and the guardian if one stood there. Throws 422 for what is missing. */
function readInputs(request: FhirRequest): { readonly identifiedBy: IdentifiedBy; readonly guardian?: Guardian } {
  const identifiedBy = textIn(request, 'identifiedBy');
  if (!isIdentifiedBy(identifiedBy))
    throw fault('field-missing', { operation: OPERATION, field: `identifiedBy (${IDENTIFIED_BY.join(' | ')})` });
  if (identifiedBy !== 'guardian') return { identifiedBy };
  const [name, relationship] = [textIn(request, 'guardianName'), textIn(request, 'guardianRelationship')];
  if (name === undefined || relationship === undefined)
    throw fault('field-missing', { operation: OPERATION, field: 'guardianName, guardianRelationship' });
  return { identifiedBy, guardian: { name, relationship } };
}

const nameOf = ({ name = [] }: Patient): string => {
  const best = name.find(({ use }) => use === 'official') ?? name[0];
  return best?.text ?? [...(best?.given ?? []), best?.family ?? ''].join(' ').trim();
};

async function handle(context: FhirContext, request: FhirRequest): Promise<FhirResponse> {
  const { store, paperSecret } = context;
  const stored = await loadVisible(context, request, 'Patient', request.resourceId ?? '');
  const inputs = readInputs(request);
  const patient = resourceOf<Patient>(stored);
  const whole = wholeBirthDate(patient);
  // The record first: a code that was printed must never be missing in it.
  await store.auditor.record(
    auditDraft(request, {
      act: 'E',
      sub: OPERATION,
      pt: [stored._id],
      ent: [`Patient/${stored._id}`],
      det: { identified: inputs.identifiedBy },
    }),
  );
  const { code, expires } = await issueActivation(store, paperSecret, {
    patient: stored._id,
    displayName: nameOf(patient),
    ...(whole === undefined ? {} : { birthDate: whole }),
    ...inputs,
    issuedBy: request.caller.sub,
  });
  const parameters: Parameters = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'code', valueString: code },
      { name: 'expires', valueInstant: expires.toISOString() },
      ...(whole === undefined ? [{ name: 'pin', valueString: pinOf(paperSecret, code) }] : []),
    ],
  };
  return resourceAnswer(200, parameters);
}

/**
 * `POST Patient/{id}/$activation-code`: a one-time code with which the person (or the guardian), identified in front of
 * whoever asks, opens an account in the pages. A new code voids the one before. No resource changes.
 */
export const activationCode: Operation = {
  name: 'activation-code',
  definition: operationUrl('Patient-activation-code'),
  level: 'instance',
  type: 'Patient',
  method: 'POST',
  affectsState: false,
  purpose: 'Código de un solo uso para que la persona, ya identificada en el establecimiento, abra su cuenta.',
  handle,
};
