import type { VNode } from 'preact';
import { PrintSheet } from '../../components/print-sheet.js';
import { Table } from '../../components/table.js';
import { dateText, hourText, timeText } from '../../dates.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { dniText } from '../../resources/person.js';
import { REGISTER } from '../../texts/register.js';
import { sexOf } from './register-csv.js';
import type { RegisterRow } from './register-rows.js';

/** Head of the sheet: names and values, in the order of annex 8. */
export type RegisterHead = readonly (readonly [name: string, value: string])[];

/** The parts of a cell below each other; empty ones are left out. */
const lines = (...parts: readonly string[]): VNode => (
  <>
    {parts
      .filter((part) => part !== '')
      .map((part) => (
        <span class="rr-row__line">{part}</span>
      ))}
  </>
);

/** The register of a day, for screen and for a Letter sheet in landscape. */
export function RegisterSheet({
  page,
  head,
  rows,
  date,
}: {
  readonly page: PageContext;
  readonly head: RegisterHead;
  readonly rows: readonly RegisterRow[];
  /** `YYYY-MM-DD`. */
  readonly date: string;
}): VNode {
  const say = useSay();
  const { language } = page;
  const label = (name: keyof typeof REGISTER, value: string): string =>
    value === '' ? '' : `${say(REGISTER[name])}: ${value}`;
  return (
    <div class="rr-wide">
      <PrintSheet by={page.signedIn().displayName}>
        <p>
          {head.map(([name, value]) => (
            <span class="rr-row__line">
              <strong>{name}:</strong> {value}
            </span>
          ))}
        </p>
        <Table
          caption={say(rows.length === 1 ? REGISTER.captionOne : REGISTER.caption, {
            n: rows.length,
            date: dateText(date, language),
          })}
          columns={[
            { name: say(REGISTER.number) },
            { name: say(REGISTER.event) },
            { name: say(REGISTER.name) },
            { name: `${say(REGISTER.identity)}, ${say(REGISTER.record).toLowerCase()}` },
            { name: `${say(REGISTER.sex)}, ${say(REGISTER.age).toLowerCase()}` },
            { name: say(REGISTER.motive) },
            { name: say(REGISTER.diagnosis) },
            { name: say(REGISTER.other) },
            { name: say(REGISTER.visit) },
          ]}
          rows={rows.map((row) => [
            row.number,
            lines(say(row.event), hourText(row.at, language), row.referral),
            row.name,
            <span class="rr-row__whole">{lines(dniText(row.identity), label('record', row.record), row.phone)}</span>,
            [sexOf(row, language), row.age].filter((part) => part !== '').join(', '),
            row.motive,
            row.diagnosis,
            row.other,
            lines(row.visitService, row.visitDate === '' ? '' : timeText(row.visitDate, language)),
          ])}
        />
      </PrintSheet>
    </div>
  );
}
