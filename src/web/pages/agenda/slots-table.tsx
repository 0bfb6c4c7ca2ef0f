import type { VNode } from 'preact';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { hourText } from '../../dates.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { nameOrUnknown } from '../../resources/person.js';
import type { SlotRow } from '../../resources/slot-rows.js';
import { AGENDA } from '../../texts/agenda.js';
import { inboxHref } from '../worklists/inbox-address.js';

export interface SlotsTableProps {
  readonly page: Pick<PageContext, 'language'>;
  readonly caption: string;
  readonly rows: readonly SlotRow[];
  readonly now: Date;
}

/** Referral for which a slot is taken. */
const referralOf = ({ appointment }: SlotRow): string | undefined =>
  appointment?.basedOn?.[0]?.reference?.replace(/^ServiceRequest\//, '');

/** How a slot stands: free with a way to give it, or taken and by whom. */
function State({ row, now }: { readonly row: SlotRow; readonly now: Date }): VNode {
  const say = useSay();
  const referral = referralOf(row);
  if (row.free && new Date(row.start) <= now) return <Tag label={AGENDA.past} tone="quiet" />;
  if (row.free)
    return (
      <>
        <Tag label={row.freed ? AGENDA.freed : AGENDA.free} tone={row.freed ? 'soon' : 'calm'} />{' '}
        <a href={inboxHref({ list: 'to-book', service: row.specialty })}>{say(AGENDA.give)}</a>
      </>
    );
  return (
    <>
      <Tag label={AGENDA.busy} tone="quiet" />{' '}
      {row.patient && referral !== undefined && (
        <a href={`/referencias/${referral}`}>{nameOrUnknown(row.patient, say)}</a>
      )}
    </>
  );
}

/** Slots in the order of time. */
export function SlotsTable({ page, caption, rows, now }: SlotsTableProps): VNode {
  const say = useSay();
  return (
    <Table
      caption={caption}
      columns={[
        { name: say(AGENDA.hour) },
        { name: say(AGENDA.service) },
        { name: say(AGENDA.place) },
        { name: say(AGENDA.state) },
      ]}
      rows={rows.map((row) => [
        `${hourText(row.start, page.language)}–${hourText(row.end, page.language)}`,
        row.service,
        row.place,
        <State row={row} now={now} />,
      ])}
    />
  );
}
