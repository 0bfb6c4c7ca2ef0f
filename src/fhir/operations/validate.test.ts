import { describe, expect, it } from 'vitest';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Caller } from '../../access/caller.js';
import { loadDefinitions } from '../definitions/load-definitions.js';
import type { AuditDraft } from '../../store/audit-record.js';
import type { FhirContext } from '../fhir-context.js';
import { createValidator } from '../validation/create-validator.js';
import { validateOperations } from './validate.js';

const definitions = loadDefinitions();
const records: AuditDraft[] = [];
const record = (draft: AuditDraft): Promise<void> => {
  records.push(draft);
  return Promise.resolve();
};
/** One patient, whom the caller has nothing to do with. */
const heads = (type: string, ids: readonly string[]): Promise<object[]> =>
  Promise.resolve(type === 'Patient' && ids.includes('hidden') ? [{ _id: 'hidden', pt: 'hidden', acc: ['h2'] }] : []);
const context = {
  definitions,
  validator: createValidator(definitions),
  baseUrl: 'http://rr.test/fhir',
  store: { auditor: { record }, heads },
} as unknown as FhirContext;
const caller: Caller = {
  sub: 'x',
  clientId: 'x',
  role: 'clinician',
  actsAs: ['clinician'],
  facilities: [],
  scope: '',
  purpose: 'TREAT',
  displayName: 'x',
};
const patient = { resourceType: 'Patient', gender: 'male' };
const parameters = (...parameter: object[]): object => ({ resourceType: 'Parameters', parameter });

/** Codes and severities of the answer's issues, or the code of the error thrown. */
async function ask(body: object | undefined, query: [string, string][] = [], resourceId?: string): Promise<string[]> {
  const level = resourceId === undefined ? 'type' : 'instance';
  const operation = validateOperations(['Patient']).find((one) => one.level === level);
  try {
    const answer = await operation?.handle(context, {
      method: 'POST',
      id: 'r',
      caller,
      type: 'Patient',
      query,
      ...(body ? { body: body as Resource } : {}),
      ...(resourceId === undefined ? {} : { resourceId }),
    });
    expect(answer?.status).toBe(200);
    const outcome = JSON.parse(answer?.body ?? '{}') as OperationOutcome;
    expect(context.validator.validate(outcome)).toEqual([]);
    return (outcome.issue ?? []).map(({ severity, details }) => `${severity} ${details?.coding?.[0]?.code}`);
  } catch (error) {
    return [(error as { code: string }).code];
  }
}

describe('$validate', () => {
  it.each(['create', 'update'])(
    'with mode %s knows a hidden patient as little as one that is not there, and is on record',
    async (mode) => {
      const linking = (reference: string): object => ({
        ...patient,
        id: 'x',
        link: [{ type: 'seealso', other: { reference } }],
      });
      const subject = (id: string): object => ({ ...patient, id });
      const before = records.length;
      const answers = await Promise.all(
        ['hidden', 'nobody'].map((id) => ask(linking(`Patient/${id}`), [['mode', mode]], 'x')),
      );
      expect(answers).toEqual([['error reference-not-found'], ['error reference-not-found']]);
      expect(await ask(subject('hidden'), [['mode', mode]], 'hidden')).toEqual(['information ok']);
      expect(records.slice(before)).toMatchObject([
        { act: 'E', sub: '$validate', ent: ['Patient/x'] },
        { act: 'E', sub: '$validate', ent: ['Patient/x'] },
        { pt: ['hidden'], ent: ['Patient/hidden'] },
      ]);
    },
  );

  it.each<[string, object | undefined, [string, string][], string | undefined, string[]]>([
    ['a good resource', patient, [], undefined, ['information ok']],
    [
      'a bad resource',
      { ...patient, gender: 'x', foo: 1 },
      [],
      undefined,
      ['error element-unknown', 'error code-invalid'],
    ],
    [
      'a good resource in Parameters',
      parameters({ name: 'resource', resource: patient }),
      [],
      undefined,
      ['information ok'],
    ],
    [
      'a bad resource in Parameters',
      parameters({ name: 'resource', resource: { ...patient, gender: 'x' } }),
      [],
      undefined,
      ['error code-invalid'],
    ],
    [
      'a profile in Parameters',
      parameters({ name: 'resource', resource: patient }, { name: 'profile', valueUri: 'http://x.org/p' }),
      [],
      undefined,
      ['error profile-unknown'],
    ],
    ['a profile in the URL', patient, [['profile', 'http://x.org/p']], undefined, ['error profile-unknown']],
    ['another type', { resourceType: 'Organization', name: 'x' }, [], undefined, ['error type-mismatch']],
    ['an update of this resource', { ...patient, id: 'a' }, [['mode', 'update']], 'a', ['information ok']],
    ['an update of another', { ...patient, id: 'b' }, [['mode', 'update']], 'a', ['error id-mismatch']],
    ['a deletion', parameters({ name: 'mode', valueCode: 'delete' }), [], undefined, ['information ok']],
    ['an unknown mode', patient, [['mode', 'x']], undefined, ['operation-parameter']],
    ['nothing', undefined, [], undefined, ['operation-parameter']],
    ['Parameters without a resource', parameters(), [], undefined, ['operation-parameter']],
  ])('%s', async (_case, body, query, id, expected) => {
    expect(await ask(body, query, id)).toEqual(expected);
  });
});
