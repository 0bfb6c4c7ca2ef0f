import type { ComponentChildren, VNode } from 'preact';
import { timeText } from '../dates.js';
import { useLanguage } from '../language.js';

export interface TimelineEntry {
  /** FHIR date, dateTime or instant. */
  readonly at: string;
  readonly title: string;
  /** Who and where. */
  readonly by?: string;
  readonly children?: ComponentChildren;
}

/** What happened, in the order given. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): VNode {
  const language = useLanguage();
  return (
    <ol class="rr-timeline">
      {entries.map(({ at, title, by, children }) => (
        <li class="rr-timeline__entry">
          <time class="rr-timeline__time" dateTime={at}>
            {timeText(at, language)}
          </time>
          <strong class="rr-timeline__title">{title}</strong>
          {by !== undefined && <span class="rr-timeline__by">{by}</span>}
          {children}
        </li>
      ))}
    </ol>
  );
}
