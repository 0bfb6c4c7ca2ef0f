import type { VNode } from 'preact';
import type { Sheet } from './sheet.js';
import { SheetBackPart, SheetSections } from './sheet-parts.js';

/** The sheet as a page for paper: the form, what the patient takes home, the attachments. */
export function SheetView({ sheet }: { readonly sheet: Sheet }): VNode {
  return (
    <>
      <p class="rr-hc10__head">
        <span>{sheet.form}</span>
        {sheet.marks.map(({ text, ticked }) => (
          <span>
            {ticked ? '☒' : '☐'} {text}
          </span>
        ))}
        <b>{sheet.number}</b>
      </p>
      {sheet.notice !== undefined && (
        <p class="rr-hc10__head">
          <b>{sheet.notice}</b>
        </p>
      )}
      <SheetSections sections={sheet.front} />
      <section class="rr-hc10__back">
        {sheet.back.map((part) => (
          <SheetBackPart part={part} />
        ))}
      </section>
      {sheet.attached.length > 0 && (
        <div class="rr-hc10__attached">
          <p class="rr-hc10__head">
            <b>{sheet.number}</b>
          </p>
          <SheetSections sections={sheet.attached} />
        </div>
      )}
    </>
  );
}
