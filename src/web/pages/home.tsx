import type { VNode } from 'preact';
import { reachOf } from '../../access/policy/policy-table.js';
import type { Role } from '../../access/caller.js';
import { ALL_WORKLISTS, isWholeList, worklistRow } from '../../referral/worklists.js';
import type { Words } from '../../words.js';
import { LinkButton } from '../components/button.js';
import { EmptyState } from '../components/empty-state.js';
import { Notice } from '../components/notice.js';
import { Table } from '../components/table.js';
import { type Say, useSay } from '../language.js';
import type { PageContext } from '../page-context.js';
import { type Page, redirect, view } from '../page.js';
import { COMMON } from '../texts/common.js';
import { HOME } from '../texts/home.js';
import { loadCounts } from './worklists/counts-of.js';
import { inboxHref } from './worklists/inbox-address.js';
import { type Counts, listsOfRole } from './worklists/role-lists.js';
import { workplaceOf } from './worklists/workplace.js';

const waitingText = (say: Say, total: number): string => {
  if (total === 0) return say(HOME.noneWaiting);
  return total === 1 ? say(HOME.waitingOne) : say(HOME.waiting, { n: total });
};

/** What waits, by what the facility is in the referral. */
export function WorkSummary({ counts, role }: { readonly counts: Counts; readonly role: Role }): VNode {
  const say = useSay();
  const busy = ALL_WORKLISTS.filter((name) => (counts.get(name) ?? 0) > 0);
  const overdue = (counts.get('overdue') ?? 0) + (counts.get('overdue-origin') ?? 0);
  const { own } = listsOfRole(role);
  const total = busy.filter((name) => isWholeList(name)).reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  if (busy.length === 0)
    return (
      <EmptyState title={say(HOME.empty)}>
        <p>{say(HOME.emptyText)}</p>
      </EmptyState>
    );
  return (
    <>
      <Notice kind={overdue > 0 ? 'warn' : 'info'}>
        <p>{waitingText(say, total)}</p>
        {overdue > 0 && <p>{overdue === 1 ? say(HOME.overdueOne) : say(HOME.overdue, { n: overdue })}</p>}
      </Notice>
      {(['destination', 'origin'] as const).map((side) => {
        const here = busy.filter((name) => worklistRow(name).side === side);
        // What this role does itself stands first.
        const rows = [...here.filter((name) => own.includes(name)), ...here.filter((name) => !own.includes(name))];
        return (
          rows.length > 0 && (
            <Table
              caption={say(side === 'destination' ? HOME.asDestination : HOME.asOrigin)}
              columns={[{ name: say(HOME.list) }, { name: say(HOME.count), numeric: true }]}
              rows={rows.map((name) => [
                <a href={inboxHref({ list: name })}>{say(worklistRow(name))}</a>,
                counts.get(name),
              ])}
            />
          )
        );
      })}
    </>
  );
}

/** First things a role does, as buttons; the first is the main one. */
const ACTIONS: Readonly<Partial<Record<Role, readonly (readonly [Words, string])[]>>> = {
  clinician: [[HOME.newReferral, '/pacientes']],
  nurse: [[HOME.newReferral, '/pacientes']],
  specialist: [[HOME.newReferral, '/pacientes']],
  clerk: [[HOME.reception, '/recepcion']],
  uau: [[HOME.reception, '/recepcion']],
  triage: [[HOME.inbox, '/bandeja']],
  scheduler: [[HOME.inbox, '/bandeja']],
  manager: [[HOME.inbox, '/bandeja']],
  statistics: [[HOME.releases, '/publicaciones']],
  approver: [[HOME.releases, '/publicaciones']],
  national: [[HOME.releases, '/publicaciones']],
};

/** The big buttons of a role. */
export function Actions({ role }: { readonly role: Role }): VNode {
  return (
    <>
      {(ACTIONS[role] ?? []).map(([label, href]) => (
        <LinkButton label={label} href={href} kind="send" />
      ))}
    </>
  );
}

async function workOf(page: PageContext): Promise<VNode> {
  const { role } = page.signedIn();
  const { facility } = workplaceOf(page, null);
  const lists = facility !== undefined && reachOf(role, 'directory', '$worklists') !== undefined;
  return (
    <>
      <Actions role={role} />
      {lists ? (
        <WorkSummary counts={await loadCounts(page, facility)} role={role} />
      ) : ACTIONS[role] ? null : (
        <NoWork />
      )}
    </>
  );
}

/** Signed out: what this is and where to go. */
export function Landing({ version }: { readonly version: string }): VNode {
  const say = useSay();
  return (
    <>
      <p>{say(HOME.landingText)}</p>
      <h2>{say(HOME.patients)}</h2>
      <p>{say(HOME.patientsText)}</p>
      <p>
        <LinkButton label={HOME.followReferral} href="/seguir" kind="send" />
        <LinkButton label={HOME.openAccount} href="/activar" />
      </p>
      <p>
        {say(HOME.haveAccount)} <a href="/entrar">{say(COMMON.signIn)}</a>
      </p>
      <h2>{say(HOME.staff)}</h2>
      <p>{say(HOME.staffText)}</p>
      <p>
        <LinkButton label={COMMON.signIn} href="/entrar" kind="send" />
      </p>
      <h2>{say(HOME.data)}</h2>
      <p>
        <a href="/datos">{say(HOME.dataText)}</a>
      </p>
      <h2>{say(HOME.systems)}</h2>
      <p>{say(HOME.version, { version })}</p>
      <ul>
        <li>
          <a href="/fhir/metadata">{say(HOME.capabilities)}</a>
        </li>
        <li>
          <a href="/openapi.json">{say(HOME.openApi)}</a>
        </li>
        <li>
          <a href="/fhir/.well-known/smart-configuration">{say(HOME.smart)}</a>
        </li>
        <li>
          <a href="/readyz">{say(HOME.ready)}</a>
        </li>
      </ul>
    </>
  );
}

/** The first page: today's work of the post in use, or what this service is. */
export const home: Page = {
  method: 'GET',
  path: '/',
  audience: 'anyone',
  nav: COMMON.home,
  async handle(page) {
    if (!page.caller) return view(HOME.landing, <Landing version={page.services.fhir.version} />);
    if (page.caller.role === 'patient') return redirect('/mi');
    return view(HOME.title, await workOf(page));
  },
};

/** Posts without a facility have no lists of work. */
function NoWork(): VNode {
  const say = useSay();
  return <EmptyState title={say(HOME.empty)} />;
}
