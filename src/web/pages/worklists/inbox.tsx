import type { Bundle } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { deadlinesAt } from '../../../referral/deadlines/deadline-book.js';
import { isWorklist, worklistIndex, type WorklistName, worklistRow } from '../../../referral/worklists.js';
import type { Words } from '../../../words.js';
import { EmptyState } from '../../components/empty-state.js';
import { Fold } from '../../components/fold.js';
import { Pager } from '../../components/pager.js';
import { Tabs } from '../../components/tabs.js';
import { hourText } from '../../dates.js';
import type { PageContext } from '../../page-context.js';
import { type Page, redirect, view } from '../../page.js';
import { facilityNames } from '../../resources/facility-names.js';
import { pageLink } from '../../resources/in-bundle.js';
import { placesIn } from '../../resources/queue-place.js';
import { referralRows } from '../../resources/referral-rows.js';
import { noticeRows } from '../../resources/notice-rows.js';
import { DRAFTS } from '../../texts/notices.js';
import { LIST_GUIDE } from '../../texts/worklist-guide.js';
import { INBOX } from '../../texts/worklists.js';
import { EMERGENCY } from '../../texts/emergency.js';
import { LinkButton } from '../../components/button.js';
import { DraftTable } from './draft-table.js';
import { NoticeTable } from './notice-table.js';
import { chooseFacility } from './choose-facility.js';
import { loadWaiting } from './counts-of.js';
import { EMERGENCY_PATH } from './emergency-page.js';
import { type InboxAddress, INBOX_QUERY, inboxHref } from './inbox-address.js';
import { type Counts, LIST_ROLES, type ShownLists, shownLists } from './role-lists.js';
import { ListLinks } from './list-sheet.js';
import { UnreadLink } from './unread-link.js';
import { originChoices, WorklistFilter } from './worklist-filter.js';
import { WorklistTable } from './worklist-table.js';
import { type Workplace, workplaceOf } from './workplace.js';

const ROWS = 25;
/** What a list is ordered by. */
const CAPTIONS = {
  queue: INBOX.caption,
  waiting: INBOX.caption,
  sent: INBOX.caption,
  escalated: INBOX.caption,
  awaited: INBOX.caption,
  incomplete: INBOX.caption,
  agenda: INBOX.captionToday,
  moved: INBOX.captionMoved,
  drafts: DRAFTS.caption,
} as const satisfies Record<ReturnType<typeof worklistIndex>, Words>;

const listPath = (
  facility: string,
  list: WorklistName,
  { service, origin, cursor }: InboxAddress,
  author: string | undefined,
): string => {
  const query = new URLSearchParams({
    list,
    _count: String(ROWS),
    ...(service ? { specialty: service } : {}),
    ...(origin ? { origin } : {}),
    ...(author ? { author } : {}),
    ...(cursor ? { _cursor: cursor } : {}),
  });
  return `Organization/${facility}/$worklist?${query.toString()}`;
};

function tabs(page: PageContext, lists: ShownLists, counts: Counts, facility: string | undefined): VNode {
  const link = (list: WorklistName) => ({
    href: inboxHref({ list, facility }),
    text: page.say(worklistRow(list)),
    count: counts.get(list) ?? 0,
    current: list === lists.chosen,
  });
  const others = lists.others.map(link);
  return (
    <>
      <Tabs label={page.say(INBOX.lists)} links={lists.own.map(link)} />
      {others.length > 0 && (
        <Fold title={INBOX.otherLists} open={others.some(({ current }) => current)}>
          <Tabs label={page.say(INBOX.otherLists)} links={others} />
        </Fold>
      )}
    </>
  );
}

interface Shown {
  readonly page: PageContext;
  readonly address: InboxAddress & { readonly list: WorklistName };
  readonly facility: string;
  readonly bundle: Bundle;
}

/** What narrows a list, for the addresses of the same list elsewhere. */
const listQuery = ({ service, origin, facility }: InboxAddress): string => {
  const query = new URLSearchParams(
    Object.entries({
      [INBOX_QUERY.service]: service,
      [INBOX_QUERY.origin]: origin,
      [INBOX_QUERY.facility]: facility,
    }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return query === '' ? '' : `&${query}`;
};

/** The chosen list: what it is, its rows, and when it was read. */
async function listBody({ page, address, facility, bundle }: Shown): Promise<VNode> {
  const { say, language } = page;
  const { list } = address;
  const { side } = worklistRow(list);
  const now = new Date();
  const time = hourText(now, language);
  const { holds } = worklistRow(list);
  const rows = referralRows(bundle);
  const notices = noticeRows(bundle);
  const other = side === 'origin' ? 'owner' : 'requester';
  const names = await facilityNames(
    page,
    rows.map(({ task }) => task[other]?.reference),
  );
  const next = pageLink(bundle, 'next', page.services.fhir.baseUrl);
  const cursor = next === undefined ? undefined : (new URLSearchParams(next.split('?')[1]).get('_cursor') ?? undefined);
  const total = bundle.total ?? 0;
  const filtered = Boolean(address.service ?? address.origin ?? address.mine);
  const reload = <a href={inboxHref(address)}>{say(INBOX.reload)}</a>;
  return (
    <>
      <h2>{say(worklistRow(list))}</h2>
      <p>{say(LIST_GUIDE[list])}</p>
      {worklistRow(list).queue && <p class="rr-quiet">{say(INBOX.placeWhy)}</p>}
      {holds === 'drafts' && page.signedIn().practitionerRole !== undefined && (
        <p>
          <a href={inboxHref({ ...address, cursor: undefined, mine: address.mine ? undefined : 'si' })}>
            {say(address.mine ? DRAFTS.all : DRAFTS.onlyMine)}
          </a>
        </p>
      )}
      {holds === undefined && (total > 0 || filtered) && (
        <WorklistFilter
          page={page}
          address={address}
          side={side}
          origins={side === 'destination' ? await originChoices(page, facility, names) : []}
        />
      )}
      {total === 0 ? (
        <EmptyState title={say(filtered ? INBOX.emptyFiltered : INBOX.empty, { list: say(worklistRow(list)) })}>
          <p>
            {say(INBOX.emptyChecked, { time })} {reload}
          </p>
        </EmptyState>
      ) : (
        <>
          <p>
            {say(INBOX.checked, { time })} {reload}
          </p>
          {holds === 'drafts' && (
            <DraftTable
              page={page}
              bundle={bundle}
              deadlines={await deadlinesAt(page.services.fhir.store, now)}
              total={total}
              now={now}
            />
          )}
          {notices.length > 0 && (
            <NoticeTable page={page} rows={notices} total={holds === 'notices' ? total : notices.length} now={now} />
          )}
          {rows.length > 0 && (
            <WorklistTable
              page={page}
              caption={say(total === 1 ? INBOX.captionOne : CAPTIONS[worklistIndex(list)], { n: total })}
              side={side}
              rows={rows}
              names={names}
              places={placesIn(bundle)}
              now={now}
            />
          )}
          {holds === undefined && <ListLinks page={page} list={list} query={listQuery(address)} />}
        </>
      )}
      {address.cursor !== undefined && (
        <p class="rr-pager">
          <a href={inboxHref({ ...address, cursor: undefined })}>{say(INBOX.first)}</a>
        </p>
      )}
      <Pager next={cursor === undefined ? undefined : inboxHref({ ...address, cursor })} />
    </>
  );
}

const asked = (page: PageContext, key: keyof InboxAddress): string | undefined =>
  page.query.get(INBOX_QUERY[key]) || undefined;

/** Lists of one facility, in the address of the request; a page link that is no longer good leads to the start. */
async function show(page: PageContext, workplace: Workplace & { readonly facility: string }) {
  const { facility, choices } = workplace;
  const { counts, unread } = await loadWaiting(page, facility);
  const list = asked(page, 'list');
  const lists = shownLists(page.signedIn().role, counts, isWorklist(list) ? list : undefined);
  const managed = choices.length > 0 ? facility : undefined;
  const address = {
    list: lists.chosen,
    service: asked(page, 'service'),
    origin: asked(page, 'origin'),
    facility: managed,
    mine: worklistRow(lists.chosen).holds === 'drafts' ? asked(page, 'mine') : undefined,
    cursor: asked(page, 'cursor'),
  };
  const author = address.mine ? page.signedIn().practitionerRole : undefined;
  const answer = await page.tryFhir<Bundle>('GET', listPath(facility, lists.chosen, address, author));
  if (!answer.ok) {
    if (answer.error.code === 'cursor-invalid') return redirect(inboxHref({ ...address, cursor: undefined }));
    throw answer.error;
  }
  return view(
    INBOX.title,
    <>
      {await chooseFacility(page, workplace, '/bandeja')}
      <UnreadLink count={unread} facility={managed} />
      {page.signedIn().role === 'triage' && (
        <p>
          <LinkButton label={EMERGENCY.title} href={EMERGENCY_PATH} />
        </p>
      )}
      {tabs(page, lists, counts, managed)}
      {await listBody({ page, address, facility, bundle: answer.resource })}
    </>,
  );
}

/** `/bandeja`: the lists of work of the person's facility, the chosen one open. */
export const inbox: Page = {
  method: 'GET',
  path: '/bandeja',
  audience: LIST_ROLES,
  nav: INBOX.title,
  async handle(page) {
    const workplace = workplaceOf(page, asked(page, 'facility') ?? null);
    const { facility } = workplace;
    if (facility === undefined) return view(INBOX.title, (await chooseFacility(page, workplace, '/bandeja')) ?? <></>);
    return show(page, { ...workplace, facility });
  },
};
