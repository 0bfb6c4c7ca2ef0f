import type { Bundle } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import { Table } from '../../components/table.js';
import { Tag } from '../../components/tag.js';
import { hourText, weekdayText } from '../../dates.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { nameOrUnknown } from '../../resources/person.js';
import { type ReferralRow, referralRows } from '../../resources/referral-rows.js';
import { loadSlots, type SlotRow } from '../../resources/slot-rows.js';
import { LOST_SLOTS } from '../../texts/lost-slots.js';
import { SLOT_QUERY } from '../referral/forms/slot-choices.js';
import { movesHere } from './next-step.js';

const MOST_ROWS = 20;
/** Slots offered to one person. */
const MOST_OFFERS = 3;

/** Address of the form that gives a slot to a referral. */
export const giveHref = (referral: string, slot: string): string =>
  `/referencias/${referral}/book?${new URLSearchParams({ [SLOT_QUERY]: slot }).toString()}`;

/** May the signed-in person give this referral an appointment now? */
const mayBook = (page: PageContext, row: ReferralRow): boolean => movesHere(page, row).includes('book');

/** First of the waiting list of each specialty: whom its next slot is for. */
async function nextOf(
  page: PageContext,
  facility: string,
  slots: readonly SlotRow[],
): Promise<ReadonlyMap<string, ReferralRow>> {
  const specialties = [...new Set(slots.flatMap(({ specialty }) => specialty ?? []))];
  const found = await Promise.all(
    specialties.map(async (specialty) => {
      const query = new URLSearchParams({ list: 'to-book', specialty, _count: '1' });
      const { resource } = await page.fhir<Bundle>('GET', `Organization/${facility}/$worklist?${query.toString()}`);
      const [row] = referralRows(resource);
      return row ? [[specialty, row] as const] : [];
    }),
  );
  return new Map(found.flat());
}

function Next({
  page,
  row,
  slot,
}: {
  readonly page: PageContext;
  readonly row: ReferralRow | undefined;
  readonly slot: SlotRow;
}): VNode {
  const say = useSay();
  if (!row) return <>{say(LOST_SLOTS.nobody)}</>;
  return (
    <>
      <a href={`/referencias/${row.referralId}`}>{row.patient ? nameOrUnknown(row.patient, say) : row.referralId}</a>
      {mayBook(page, row) && (
        <span class="rr-row__line">
          <a href={giveHref(row.referralId, slot.id)}>{say(LOST_SLOTS.give)}</a>
        </span>
      )}
    </>
  );
}

const when = ({ language }: PageContext, { start }: SlotRow): string =>
  `${weekdayText(start, language)}, ${hourText(start, language)}`;

/** Free slots of today and tomorrow of a facility, each with who is next in the queue for it. */
export async function lostSlots(page: PageContext, facility: string): Promise<VNode> {
  const { say } = page;
  const { rows, total } = await loadSlots(page, facility, { _count: String(MOST_ROWS) });
  const next = await nextOf(page, facility, rows);
  return (
    <>
      <h2>{say(LOST_SLOTS.title)}</h2>
      {rows.length === 0 ? (
        <p>{say(LOST_SLOTS.none)}</p>
      ) : (
        <>
          <p>{say(LOST_SLOTS.text)}</p>
          <Table
            caption={say(total === 1 ? LOST_SLOTS.captionOne : LOST_SLOTS.caption, { n: total })}
            columns={[
              { name: say(LOST_SLOTS.when) },
              { name: say(LOST_SLOTS.service) },
              { name: say(LOST_SLOTS.next) },
            ]}
            rows={rows.map((slot) => [
              <>
                {when(page, slot)} {slot.freed && <Tag label={LOST_SLOTS.freed} tone="soon" />}
              </>,
              [slot.service, slot.place].filter((text) => text !== '').join(', '),
              <Next page={page} row={next.get(slot.specialty ?? '')} slot={slot} />,
            ])}
          />
          {total > rows.length && <p>{say(LOST_SLOTS.cut, { n: rows.length, total })}</p>}
        </>
      )}
    </>
  );
}

/** Codes of the specialties of a referral: the one that attends it and the one that was asked for. */
const specialtiesOf = ({ task, order }: ReferralRow): ReadonlySet<string | undefined> =>
  new Set(
    [
      ...(task.output ?? []).map(({ valueCodeableConcept }) => valueCodeableConcept),
      order?.performerType,
      ...(task.performerType ?? []),
    ].flatMap((concept) => concept?.coding?.map(({ code }) => code) ?? []),
  );

/** Slots of today and tomorrow that suit people at the desk who wait for an appointment: by Task id. */
export async function offersFor(
  page: PageContext,
  facility: string,
  rows: readonly ReferralRow[],
): Promise<ReadonlyMap<string, readonly SlotRow[]>> {
  const waiting = rows.filter((row) => mayBook(page, row));
  if (waiting.length === 0) return new Map();
  const { rows: slots } = await loadSlots(page, facility);
  return new Map(
    waiting.map((row) => {
      const wanted = specialtiesOf(row);
      return [row.task.id, slots.filter(({ specialty }) => wanted.has(specialty)).slice(0, MOST_OFFERS)];
    }),
  );
}

/** Slots that a person at the desk could have. */
export function Offers({
  page,
  row,
  slots,
}: {
  readonly page: PageContext;
  readonly row: ReferralRow;
  readonly slots: readonly SlotRow[];
}): VNode | null {
  const say = useSay();
  if (slots.length === 0) return null;
  return (
    <>
      <p>{say(LOST_SLOTS.offer)}:</p>
      <ul>
        {slots.map((slot) => (
          <li>
            <a href={giveHref(row.referralId, slot.id)}>{when(page, slot)}</a> {slot.service}
          </li>
        ))}
      </ul>
    </>
  );
}
