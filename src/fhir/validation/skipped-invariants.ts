import type { Organization, Resource } from '@medplum/fhirtypes';
import type { Finding } from '../../errors.js';

interface Invariant {
  readonly type: Resource['resourceType'];
  readonly key: string;
  readonly text: string;
  readonly holds: (resource: Resource) => boolean;
}

/** Invariants of R4 that Medplum's validator leaves out by name; `dom-3` is among the element checks. */
const INVARIANTS: readonly Invariant[] = [
  {
    type: 'Organization',
    key: 'org-1',
    text: 'The organization SHALL at least have a name or an identifier, and possibly more than one',
    holds: (resource) => {
      const { identifier, name } = resource as Organization;
      return name !== undefined || (identifier?.length ?? 0) > 0;
    },
  },
];

/** Findings of the invariants above for one resource. */
export const skippedInvariants = (resource: Resource): Finding[] =>
  INVARIANTS.filter(({ type, holds }) => type === resource.resourceType && !holds(resource)).map(
    ({ key, text, type }) => ({
      code: 'invariant',
      params: { key, text },
      expression: type,
    }),
  );
