import { describe, expect, it } from 'vitest';
import { TYPE_GROUPS } from '../access/policy/type-groups.js';
import { capabilityStatement } from './capability-statement.js';
import { loadDefinitions } from './definitions/load-definitions.js';
import { INTERACTIONS, interactionsOf, supports } from './interaction-table.js';
import { validateOperations } from './operations/validate.js';
import { servedParameters } from './search/served-parameters.js';
import { createValidator } from './validation/create-validator.js';

const definitions = loadDefinitions();
const operations = [
  ...validateOperations(definitions.resourceTypes),
  {
    name: 'whole',
    definition: 'http://example.org/OperationDefinition/whole',
    level: 'system' as const,
    method: 'GET' as const,
    affectsState: false,
    purpose: 'x',
    handle: async () => ({ status: 200, headers: {} }),
  },
];
const statement = capabilityStatement({
  definitions,
  operations,
  baseUrl: 'https://x.hn/fhir',
  version: '1.2.3',
  topics: ['https://x.hn/topic'],
});
const rest = statement.rest?.[0];
const row = (type: string) => rest?.resource?.find((resource) => resource.type === type);

describe('capabilityStatement', () => {
  it('is valid R4', () => {
    expect(createValidator(definitions).validate(statement)).toEqual([]);
  });

  it('says what the definitions and the interaction table say', () => {
    expect(rest?.resource?.map(({ type }) => type)).toEqual([...definitions.resourceTypes, ...TYPE_GROUPS.conformance]);
    for (const type of [...definitions.resourceTypes, ...TYPE_GROUPS.conformance]) {
      expect(row(type)?.interaction?.map(({ code }) => code)).toEqual(interactionsOf(type));
      expect((row(type)?.searchParam ?? []).map(({ name }) => name)).toEqual([
        ...servedParameters(definitions, type).map(({ code }) => code),
      ]);
    }
    expect(rest?.interaction?.map(({ code }) => code)).toEqual([
      'transaction',
      'batch',
      'history-system',
      'search-system',
    ]);
  });

  it('promises of versions and conditional reads what is kept', () => {
    const said = (type: string): unknown[] => [row(type)?.versioning, row(type)?.conditionalRead];
    expect(said('Patient')).toEqual(['versioned', 'full-support']);
    expect(said('Provenance')).toEqual(['versioned', 'full-support']);
    expect(said('AuditEvent')).toEqual(['no-version', 'not-supported']);
    expect(said('ValueSet')).toEqual(['no-version', 'not-match']);
  });

  it('declares includes in both directions, not of audit records', () => {
    expect(row('Task')?.searchInclude).toContain('Task:focus');
    expect(row('ServiceRequest')?.searchRevInclude).toContain('Task:focus');
    expect(row('Practitioner')?.searchInclude).toBeUndefined();
    expect(row('AuditEvent')?.searchInclude).toBeUndefined();
    const names = rest?.resource?.flatMap(({ searchRevInclude = [] }) => searchRevInclude) ?? [];
    expect(names.filter((name) => name.startsWith('AuditEvent'))).toEqual([]);
  });

  it('names the topics of Subscriptions where the backport guide looks for them', () => {
    const url =
      'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/capabilitystatement-subscriptiontopic-canonical';
    expect(row('Subscription')?.extension).toEqual([{ url, valueCanonical: 'https://x.hn/topic' }]);
    expect(row('Task')?.extension).toBeUndefined();
  });

  it('names each operation once', () => {
    expect(row('Patient')?.operation?.map(({ name }) => name)).toEqual(['validate']);
    expect(rest?.operation?.map(({ name }) => name)).toEqual(['whole']);
  });

  it('says where tokens come from', () => {
    expect(JSON.stringify(rest?.security)).toContain('https://x.hn/oauth/token');
    expect(statement.implementation?.url).toBe('https://x.hn/fhir');
  });
});

describe('interaction table', () => {
  it('lets nobody write AuditEvent, nor change evidence', () => {
    expect(interactionsOf('AuditEvent')).toEqual(['read', 'search-type']);
    expect(supports('Provenance', 'create')).toBe(true);
    expect(supports('Provenance', 'update')).toBe(false);
    expect(interactionsOf('Patient')).toEqual(INTERACTIONS);
  });
});
