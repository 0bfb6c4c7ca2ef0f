import type { Bundle } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { isWorklist, type WorklistName, worklistRow } from '../../../referral/worklists.js';
import { csvFile } from '../../../statistics/release/csv.js';
import { EmptyState } from '../../components/empty-state.js';
import { PrintSheet } from '../../components/print-sheet.js';
import { Table } from '../../components/table.js';
import type { PageContext } from '../../page-context.js';
import { file, type Page, redirect, view } from '../../page.js';
import { facilityNames } from '../../resources/facility-names.js';
import { pageLink } from '../../resources/in-bundle.js';
import { type ReferralRow, referralRows } from '../../resources/referral-rows.js';
import { SUPERVISION } from '../../texts/supervision.js';
import { INBOX } from '../../texts/worklists.js';
import { INBOX_QUERY, inboxHref } from './inbox-address.js';
import { columnNames, listCells, type ListScene } from './list-columns.js';
import { LIST_ROLES } from './role-lists.js';
import { workplaceOf } from './workplace.js';

/** Rows of one answer and of a whole list on paper. */
const ROWS = 200;
const MOST_ROWS = 2_000;

interface WholeList {
  readonly scene: ListScene;
  readonly rows: readonly ReferralRow[];
  /** True when the list has more than are printed. */
  readonly cut: boolean;
  /** Organization id, and that of a manager's choice. */
  readonly facility: string;
  readonly managed: string | undefined;
}

/** Reads all pages of the list that the address asks for; undefined when it asks for none. */
async function wholeList(page: PageContext): Promise<WholeList | undefined> {
  const list: string | undefined = page.query.get(INBOX_QUERY.list) ?? undefined;
  const { facility, choices } = workplaceOf(page, page.query.get(INBOX_QUERY.facility));
  if (!isWorklist(list) || facility === undefined) return undefined;
  const narrowing = new URLSearchParams({
    list,
    _count: String(ROWS),
    ...(page.query.get(INBOX_QUERY.service) ? { specialty: page.query.get(INBOX_QUERY.service) ?? '' } : {}),
    ...(page.query.get(INBOX_QUERY.origin) ? { origin: page.query.get(INBOX_QUERY.origin) ?? '' } : {}),
  });
  const rows: ReferralRow[] = [];
  let path: string | undefined = `Organization/${facility}/$worklist?${narrowing.toString()}`;
  while (path !== undefined && rows.length < MOST_ROWS) {
    const { resource }: { resource: Bundle } = await page.fhir<Bundle>('GET', path);
    rows.push(...referralRows(resource));
    path = pageLink(resource, 'next', page.services.fhir.baseUrl);
  }
  const names = await facilityNames(page, [
    `Organization/${facility}`,
    ...rows.flatMap(({ task }) => [task.owner?.reference, task.requester?.reference]),
  ]);
  const managed = choices.length > 0 ? facility : undefined;
  return { scene: { page, list, names, now: new Date() }, rows, cut: path !== undefined, facility, managed };
}

/** Addresses of the same list as a file and on paper. */
export function ListLinks({ page, list, query }: { page: PageContext; list: WorklistName; query: string }): VNode {
  const { say } = page;
  const address = `${INBOX_QUERY.list}=${list}${query}`;
  return (
    <p class="rr-links rr-noprint">
      <a href={`/bandeja/hoja?${address}`}>{say(SUPERVISION.listSheet)}</a>{' '}
      <a href={`/bandeja/csv?${address}`}>{say(SUPERVISION.listCsv)}</a>
    </p>
  );
}

/** `/bandeja/csv`: one list, whole, as a file; the columns of the sheet. */
export const listFile: Page = {
  method: 'GET',
  path: '/bandeja/csv',
  audience: LIST_ROLES,
  async handle(page) {
    const whole = await wholeList(page);
    if (!whole) return redirect('/bandeja');
    const { scene, rows } = whole;
    const names = columnNames(scene);
    const lines = rows.map((row) => {
      const cells = listCells(scene, row);
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
    });
    // The mark that tells spreadsheets the letters are UTF-8.
    return file('text/csv; charset=utf-8', `lista-${scene.list}.csv`, `\uFEFF${csvFile(names, lines)}`);
  },
};

/** `/bandeja/hoja`: one list, whole, for paper; the home visits with addresses and room to write. */
export const listSheet: Page = {
  method: 'GET',
  path: '/bandeja/hoja',
  audience: LIST_ROLES,
  async handle(page) {
    const whole = await wholeList(page);
    if (!whole) return redirect('/bandeja');
    const { scene, rows, cut, facility, managed } = whole;
    const { say } = page;
    const list = say(worklistRow(scene.list));
    const back = (
      <p class="rr-noprint">
        <a href={inboxHref({ list: scene.list, facility: managed })}>{say(SUPERVISION.toList)}</a>
      </p>
    );
    if (rows.length === 0)
      return view(
        SUPERVISION.sheetTitle,
        <>
          <EmptyState title={say(INBOX.empty, { list })} />
          {back}
        </>,
      );
    return view(
      SUPERVISION.sheetTitle,
      <div class="rr-wide">
        <p class="rr-noprint">{say(SUPERVISION.printHint)}</p>
        <PrintSheet by={page.signedIn().displayName}>
          <Table
            caption={say(SUPERVISION.sheetCaption, { list, n: rows.length, place: scene.names.get(facility) ?? '' })}
            columns={columnNames(scene).map((name) => ({ name }))}
            rows={rows.map((row) => listCells(scene, row))}
          />
          {cut && <p>{say(SUPERVISION.cut, { n: rows.length })}</p>}
        </PrintSheet>
        {back}
      </div>,
    );
  },
};
