import { describe, expect, it } from 'vitest';
import { logger } from '../logger.js';
import type { AuditDraft } from '../store/audit-record.js';
import { warningLinks, warningOutcome, warningsAbout } from './create-warnings.js';
import type { FhirRequest } from './exchange.js';
import type { CreateWarning, FhirContext } from './fhir-context.js';

logger.level = 'fatal';

const warning = (about: string, reference: string): CreateWarning => ({
  about,
  patient: 'p',
  finding: { code: 'duplicate-study', severity: 'warning' },
  link: { rel: 'duplicate-study', reference },
});
const request = { id: 'r', caller: { sub: 'a', role: 'clinician', clientId: 'a', purpose: 'TREAT' } } as FhirRequest;
const contextOf = (warnOnCreate: FhirContext['hooks']['warnOnCreate']): FhirContext =>
  ({ hooks: { warnOnCreate } }) as FhirContext;

describe('warningsAbout', () => {
  it('audits once for each patient what the warnings tell of the record', async () => {
    const audits: AuditDraft[] = [];
    const given = [warning('S/1', 'Observation/1'), warning('S/2', 'Observation/1'), warning('S/2', 'Observation/2')];
    const found = await warningsAbout(
      contextOf(() => Promise.resolve(given)),
      request,
      [],
      (draft) => audits.push(draft),
    );
    expect(found).toEqual(given);
    expect(audits.map(({ act, pt, ent }) => ({ act, pt, ent }))).toEqual([
      { act: 'R', pt: ['p'], ent: ['Observation/1', 'Observation/2'] },
    ]);
  });

  it('stops nothing when the warnings cannot be found out', async () => {
    const broken = contextOf(() => Promise.reject(new Error('no database')));
    expect(await warningsAbout(broken, request, [], () => expect(true).toBe(false))).toEqual([]);
  });
});

describe('how warnings are told', () => {
  const both = [warning('S/1', 'Observation/1'), warning('S/2', 'Observation/2'), warning('S/2', 'Observation/2')];

  it('as an outcome, of all or of one', () => {
    expect(warningOutcome(both)?.issue.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning']);
    expect(warningOutcome(both, { about: 'S/1' })?.issue).toHaveLength(1);
    expect(warningOutcome([])).toBeUndefined();
  });

  it('as links, each once (RFC 8288)', () => {
    expect(warningLinks(both, 'https://a/fhir')).toEqual({
      Link: '<https://a/fhir/Observation/1>; rel="duplicate-study", <https://a/fhir/Observation/2>; rel="duplicate-study"',
    });
    expect(warningLinks([], 'https://a/fhir')).toEqual({});
  });
});
