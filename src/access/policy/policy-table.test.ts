import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/paths.js';
import { serviceOperations } from '../../context.js';
import { loadDefinitions } from '../../fhir/definitions/load-definitions.js';
import { servedInteractions } from '../../fhir/served-interactions.js';
import { ROLES } from '../caller.js';
import { policyPage } from './policy-page.js';
import { POLICY, type PolicyInteraction, type Reach, reachOf } from './policy-table.js';
import { groupOf, TYPE_GROUPS, type TypeGroup } from './type-groups.js';

const definitions = loadDefinitions();
const operations = serviceOperations(definitions.resourceTypes);
const served = servedInteractions({ definitions, operations });
const groups = Object.keys(TYPE_GROUPS) as TypeGroup[];

describe('groups of resource types', () => {
  it('hold every served type exactly once, and nothing else', () => {
    const grouped = groups.flatMap((group) => [...TYPE_GROUPS[group]] as string[]);
    const published = new Set(definitions.published.map(({ resourceType }) => resourceType));
    expect([...grouped].sort()).toEqual([...definitions.resourceTypes, ...published, 'OperationDefinition'].sort());
  });

  it.each(['Paciente', '__proto__', 'constructor', ''])('do not know %p', (type) => {
    expect(groupOf(type)).toBeUndefined();
  });
});

describe('the policy table', () => {
  it('is asked about something: routes and operations are there', () => {
    const interactions = new Set(served.map(({ interaction }) => interaction));
    expect(interactions).toEqual(new Set(POLICY.flatMap((row) => row.interactions)));
    expect(served.length).toBeGreaterThan(200);
  });

  it.each(served.map(({ type, interaction }) => [interaction, type] as const))(
    'has a row for %s on %s',
    (interaction, type) => {
      const group = groupOf(type);
      expect(ROLES.filter((role) => group && reachOf(role, group, interaction))).not.toEqual([]);
    },
  );

  it('refuses what has no row', () => {
    expect(reachOf('clinician', 'directory', 'create')).toBeUndefined();
    expect(reachOf('clerk', 'clinical', 'read')).toBeUndefined();
    expect(reachOf('clinician', 'person', '$fly' as PolicyInteraction)).toBeUndefined();
    expect(reachOf('nobody' as (typeof ROLES)[number], 'directory', 'read')).toBeUndefined();
  });

  it('names known roles, groups and reaches only, and no row twice', () => {
    for (const { roles, groups: named, interactions, reach } of POLICY) {
      expect(ROLES).toEqual(expect.arrayContaining([...roles]));
      expect(groups).toEqual(expect.arrayContaining([...named]));
      expect(['all', 'facility', 'self'] satisfies Reach[]).toContain(reach);
      for (const list of [roles, named, interactions]) expect(new Set(list).size).toBe(list.length);
    }
  });

  it('gives a cell one reach: no row contradicts another', () => {
    const reaches = new Map<string, Set<Reach>>();
    for (const { roles, groups: named, interactions, reach } of POLICY)
      for (const role of roles)
        for (const group of named)
          for (const interaction of interactions) {
            const cell = `${role} ${group} ${interaction}`;
            reaches.set(cell, (reaches.get(cell) ?? new Set()).add(reach));
          }
    expect([...reaches].filter(([, found]) => found.size > 1).map(([cell]) => cell)).toEqual([]);
  });

  it.each(ROLES.filter((role) => role !== 'conformance' && role !== 'service'))(
    'lets %s change no evidence, and reach no patient data without a relation',
    (role) => {
      for (const interaction of ['create', 'update', 'delete'] as const) {
        expect(reachOf(role, 'audit', interaction)).toBeUndefined();
        expect(reachOf(role, 'provenance', interaction)).toBeUndefined();
      }
      for (const group of ['person', 'workflow', 'visit', 'clinical', 'provenance'] as const)
        for (const interaction of [
          'read',
          'vread',
          'history-instance',
          'search-type',
          'create',
          'update',
          'delete',
        ] as const)
          expect(reachOf(role, group, interaction)).not.toBe('all');
    },
  );

  it.each(['statistics', 'approver', 'national', 'privacy', 'administrator'] as const)(
    'keeps patient data from %s',
    (role) => {
      for (const group of ['person', 'workflow', 'visit', 'clinical'] as const)
        for (const { interaction } of served.filter(({ interaction: one }) => one !== '$validate'))
          expect(reachOf(role, group, interaction)).toBeUndefined();
    },
  );
});

describe('docs/reference/access-policy.md', () => {
  const page = policyPage(served);

  it('is what npm run docs writes', () => {
    expect(readFileSync(join(packageRoot, 'docs/reference/access-policy.md'), 'utf8')).toBe(page);
  });

  it('shows every role and every reach of the table', () => {
    for (const role of ROLES) expect(page).toContain(`| \`${role}\` |`);
    expect(page).toMatch(/\| `clinician` \| estab\. \|/);
    expect(page).toMatch(/\| `patient` \| propio \| propio \|/);
    expect(page).toMatch(/\| `clerk` \| – \|/);
    expect(page).not.toContain('undefined');
  });
});
