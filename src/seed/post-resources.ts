import type { Organization, Practitioner, PractitionerRole, Reference } from '@medplum/fhirtypes';
import { demoPractitionerRoleId, type DemoAccount } from '../access/accounts.js';
import type { Role } from '../access/caller.js';
import { codeSystemUrl, profileUrl, SID } from '../config/canonical.js';
import { catalogueId } from '../store/ids.js';
import { catalogue } from './catalogue.js';
import { facilityReference, postName } from './catalogue-ids.js';
import type { Facility } from './catalogue-schema.js';
import { CATALOGUE_DATE, demonstrationMeta } from './demonstration-meta.js';
import { organizationByAlias } from './find-facility.js';

/** Posts of health personnel that the demonstration fills, and what the person in it is called. */
const POSTS: Partial<Record<Role, string>> = {
  clinician: 'Médico general',
  nurse: 'Enfermería',
  clerk: 'Admisión',
  uau: 'Unidad de Atención al Usuario',
  triage: 'Triaje',
  scheduler: 'Agenda de citas',
  specialist: 'Médico especialista',
  manager: 'Gestor de red',
};

/** Posts that every facility of a level has in synthetic histories. */
const USUAL_POSTS: Record<Facility['level'], readonly Role[]> = { 1: ['clinician'], 2: ['triage', 'specialist'] };

interface Post {
  /** Account-like name, for example `triage.hosp1`. */
  readonly name: string;
  readonly role: Role;
  readonly organization: Reference<Organization>;
  readonly displayName: string;
}

/** Reference to the person in a post of a facility, for the histories. */
export const postReference = (role: Role, facility: Facility): Reference<PractitionerRole> & { reference: string } => ({
  reference: `PractitionerRole/${demoPractitionerRoleId(postName(role, facility))}`,
  display: `${POSTS[role] ?? role}, ${facility.name} (demostración)`,
});

const usualPosts = (): Post[] =>
  catalogue.facilities.flatMap((facility) =>
    USUAL_POSTS[facility.level].map((role) => ({
      name: postName(role, facility),
      role,
      organization: facilityReference(facility),
      displayName: `${POSTS[role] ?? role}, ${facility.name} (demostración)`,
    })),
  );

/** Posts of the demonstration accounts: those of people, and those a facility's system may act in. */
function accountPosts(accounts: readonly DemoAccount[]): Post[] {
  return accounts.flatMap(({ name, kind, role, facility: alias, actsAs, displayName }) => {
    const target = alias === undefined ? undefined : organizationByAlias(alias);
    if (!target) return [];
    const organization = { reference: `Organization/${target.id}` };
    if (kind === 'person') return POSTS[role] ? [{ name, role, organization, displayName }] : [];
    return (actsAs ?? []).flatMap((acted) =>
      POSTS[acted]
        ? [{ name: `${acted}.${alias}`, role: acted, organization, displayName: `${POSTS[acted]}, ${displayName}` }]
        : [],
    );
  });
}

function postResources({ name, role, organization, displayName }: Post): (Practitioner | PractitionerRole)[] {
  const practitioner = catalogueId('Practitioner', `account|${name}`);
  const identifier = [{ system: SID.account, value: name }];
  return [
    {
      resourceType: 'Practitioner',
      id: practitioner,
      meta: demonstrationMeta(CATALOGUE_DATE),
      identifier,
      active: true,
      // Posts have no invented people: the name says which post it is.
      name: [{ use: 'official', text: displayName, family: 'Demostración', given: [POSTS[role] ?? role] }],
    },
    {
      resourceType: 'PractitionerRole',
      id: demoPractitionerRoleId(name),
      meta: demonstrationMeta(CATALOGUE_DATE, profileUrl('puesto')),
      identifier,
      active: true,
      practitioner: { reference: `Practitioner/${practitioner}`, display: displayName },
      organization,
      code: [{ coding: [{ system: codeSystemUrl('workflow-role'), code: role }], text: POSTS[role] ?? role }],
    },
  ];
}

/** Practitioner and PractitionerRole of every post, those of the demonstration accounts first; each post once. */
export function demonstrationPosts(accounts: readonly DemoAccount[]): (Practitioner | PractitionerRole)[] {
  const posts = [...accountPosts(accounts), ...usualPosts()];
  const people = new Set(accounts.filter(({ kind }) => kind === 'person').map(({ name }) => name));
  // An account of a person names the post better than the system of its facility.
  posts.sort((a, b) => Number(people.has(b.name)) - Number(people.has(a.name)));
  const distinct = new Map<string, Post>();
  for (const post of posts) if (!distinct.has(post.name)) distinct.set(post.name, post);
  return [...distinct.values()].flatMap(postResources);
}
