import type { Parameters } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { reachOf } from '../../access/policy/policy-table.js';
import { ALL_WORKLISTS, type WorklistName, worklistRow } from '../../referral/worklists.js';
import { LinkButton } from '../components/button.js';
import { EmptyState } from '../components/empty-state.js';
import { Notice } from '../components/notice.js';
import { Table } from '../components/table.js';
import { useSay } from '../language.js';
import type { PageContext } from '../page-context.js';
import { type Page, view } from '../page.js';
import { COMMON } from '../texts/common.js';
import { HOME } from '../texts/home.js';

/** How much waits in each list of the facility. */
type Counts = ReadonlyMap<WorklistName, number>;

const isList = (name: string | undefined): name is WorklistName => ALL_WORKLISTS.some((list) => list === name);

/** Counts out of the answer of `$worklists` (design.md 4b). */
export function countsOf({ parameter = [] }: Parameters): Counts {
  return new Map(
    parameter.flatMap(({ part = [] }) => {
      const name = part.find((one) => one.name === 'name')?.valueCode;
      const count = part.find((one) => one.name === 'count')?.valueInteger;
      return isList(name) && count !== undefined ? [[name, count] as const] : [];
    }),
  );
}

/** What waits, by what the facility is in the referral. */
export function WorkSummary({ counts }: { readonly counts: Counts }): VNode {
  const say = useSay();
  const busy = ALL_WORKLISTS.filter((name) => (counts.get(name) ?? 0) > 0);
  const overdue = (counts.get('overdue') ?? 0) + (counts.get('overdue-origin') ?? 0);
  // Lists cut by time repeat what others count.
  const total = busy
    .filter((name) => worklistRow(name).slice === undefined)
    .reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  if (busy.length === 0)
    return (
      <EmptyState title={say(HOME.empty)}>
        <p>{say(HOME.emptyText)}</p>
      </EmptyState>
    );
  return (
    <>
      <Notice kind={overdue > 0 ? 'warn' : 'info'}>
        <p>{total === 1 ? say(HOME.waitingOne) : say(HOME.waiting, { n: total })}</p>
        {overdue > 0 && <p>{say(HOME.overdue, { n: overdue })}</p>}
      </Notice>
      {(['destination', 'origin'] as const).map((side) => {
        const rows = busy.filter((name) => worklistRow(name).side === side);
        return (
          rows.length > 0 && (
            <Table
              caption={say(side === 'destination' ? HOME.asDestination : HOME.asOrigin)}
              columns={[{ name: say(HOME.list) }, { name: say(HOME.count), numeric: true }]}
              rows={rows.map((name) => [say(worklistRow(name)), counts.get(name)])}
            />
          )
        );
      })}
    </>
  );
}

async function workOf(page: PageContext): Promise<VNode | undefined> {
  const { role, facility } = page.signedIn();
  if (facility === undefined || reachOf(role, 'directory', '$worklists') === undefined) return undefined;
  const { resource } = await page.fhir<Parameters>('GET', `Organization/${facility}/$worklists`);
  return <WorkSummary counts={countsOf(resource)} />;
}

/** Signed out: what this is and where to go. */
export function Landing({ version }: { readonly version: string }): VNode {
  const say = useSay();
  return (
    <>
      <p>{say(HOME.landingText)}</p>
      <h2>{say(HOME.staff)}</h2>
      <p>{say(HOME.staffText)}</p>
      <p>
        <LinkButton label={COMMON.signIn} href="/entrar" kind="send" />
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
    return view(HOME.title, (await workOf(page)) ?? <NoWork />);
  },
};

/** Posts without a facility have no lists of work. */
function NoWork(): VNode {
  const say = useSay();
  return <EmptyState title={say(HOME.empty)} />;
}
