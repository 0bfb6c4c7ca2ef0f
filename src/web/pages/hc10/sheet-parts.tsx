import type { VNode } from 'preact';
import { QrCode } from '../../components/qr-code.js';
import { TAKE_HOME } from '../../texts/hc10-sheet.js';
import type { BackPart, SheetBox, SheetPart, SheetSection } from './sheet.js';

/** Boxes to tick, those that hold ticked already. */
export function SheetBoxes({ label, boxes }: { readonly label?: string; readonly boxes: readonly SheetBox[] }): VNode {
  return (
    <p class="rr-hc10__cell rr-hc10__cell--wide">
      {label !== undefined && <b>{label}: </b>}
      {boxes.map(({ text, ticked }) => (
        <span class="rr-hc10__box">
          {ticked ? '☒' : '☐'} {text}
        </span>
      ))}
    </p>
  );
}

/** A named value, or a line for the pen where there is none. */
function Part({ part }: { readonly part: SheetPart }): VNode {
  if (part.kind === 'boxes') return <SheetBoxes {...part} />;
  return (
    <p class={part.wide ? 'rr-hc10__cell rr-hc10__cell--wide' : 'rr-hc10__cell'}>
      <b>{part.label}:</b> {part.value ?? <span class="rr-hc10__line" />}
    </p>
  );
}

/** Blocks of the paper form with their names. */
export function SheetSections({ sections }: { readonly sections: readonly SheetSection[] }): VNode {
  return (
    <>
      {sections.map(({ title, parts }) => (
        <section class="rr-hc10__block">
          <h2>{title}</h2>
          <div class="rr-hc10__cells">
            {parts.map((part) => (
              <Part part={part} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}

/** A part of the page for the patient. */
export function SheetBackPart({ part }: { readonly part: BackPart }): VNode {
  switch (part.kind) {
    case 'heading':
      return <h2>{part.text}</h2>;
    case 'text':
      return <p class="rr-hc10__said">{part.strong ? <strong>{part.text}</strong> : part.text}</p>;
    case 'items':
      return (
        <ul>
          {part.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      );
    case 'boxes':
      return <SheetBoxes {...part} />;
    case 'follow':
      return (
        <div class="rr-hc10__follow">
          <QrCode text={part.address} label={TAKE_HOME.qr} />
          <div>
            <p>{part.how}</p>
            <p class="rr-hc10__code">{part.code}</p>
            <p>{part.asks}</p>
          </div>
        </div>
      );
  }
}
