import type { AuditEvent, Bundle } from '@medplum/fhirtypes';
import { ROLES } from '../../../access/caller.js';
import type { PageContext } from '../../page-context.js';
import { facilityNames } from '../../resources/facility-names.js';
import { inBundle, pageLink } from '../../resources/in-bundle.js';

/** Uses of the record on one page. */
const PER_PAGE = 50;
/** Everybody but the person: own looks fill the list and tell nothing. */
const OTHERS = ROLES.filter((role) => role !== 'patient').join(',');

/** One use of the record, with names. */
export interface AccessEvent {
  readonly event: AuditEvent;
  /** What people call the one who asked; undefined when nobody knows. */
  readonly name?: string | undefined;
  readonly facility?: string | undefined;
}

export interface AccessPage {
  readonly events: readonly AccessEvent[];
  /** Cursor of the next page. */
  readonly next?: string;
}

const requestor = ({ agent }: AuditEvent) => agent.find((one) => one.requestor);
const responsible = ({ agent }: AuditEvent): string | undefined =>
  agent.find(({ who }) => who?.reference?.startsWith('Organization/'))?.who?.reference;

/** Names of the people behind PractitionerRoles: systems name whom they act for. */
async function postNames(page: PageContext, events: readonly AuditEvent[]): Promise<ReadonlyMap<string, string>> {
  const posts = new Set(
    events.flatMap((event) => {
      const { who, name } = requestor(event) ?? {};
      return name === undefined && who?.reference?.startsWith('PractitionerRole/') ? [who.reference] : [];
    }),
  );
  if (posts.size === 0) return new Map();
  const ids = [...posts].map((reference) => reference.slice('PractitionerRole/'.length)).join(',');
  const { resource } = await page.fhir<Bundle>('GET', `PractitionerRole?_id=${ids}&_count=${PER_PAGE}`);
  return new Map(
    inBundle(resource, 'PractitionerRole').map(({ id, practitioner }) => [
      `PractitionerRole/${id}`,
      practitioner?.display ?? '',
    ]),
  );
}

/** One page of the uses of the own record, newest first, by the AuditEvent search as the policy lets the person see it. */
export async function accessEvents(
  page: PageContext,
  { own, cursor }: { readonly own: boolean; readonly cursor: string | null },
): Promise<AccessPage> {
  const query = new URLSearchParams({
    patient: page.signedIn().patient ?? '',
    ...(own ? {} : { 'agent-role': OTHERS }),
    _count: String(PER_PAGE),
    ...(cursor === null ? {} : { _cursor: cursor }),
  });
  const { resource } = await page.fhir<Bundle>('GET', `AuditEvent?${query.toString()}`);
  const events = inBundle(resource, 'AuditEvent');
  const [posts, facilities] = await Promise.all([
    postNames(page, events),
    facilityNames(page, events.map(responsible)),
  ]);
  const link = pageLink(resource, 'next', page.services.fhir.baseUrl);
  const next = link === undefined ? null : new URLSearchParams(link.split('?')[1]).get('_cursor');
  return {
    events: events.map((event) => {
      const agent = requestor(event);
      return {
        event,
        name: agent?.name ?? posts.get(agent?.who?.reference ?? ''),
        facility: facilities.get(responsible(event)?.slice('Organization/'.length) ?? ''),
      };
    }),
    ...(next === null ? {} : { next }),
  };
}
