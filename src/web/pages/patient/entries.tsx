import type { ComponentChildren, VNode } from 'preact';
import { dateText } from '../../dates.js';
import { useLanguage } from '../../language.js';

/** One thing of the own record. */
export interface Entry {
  readonly what: ComponentChildren;
  /** FHIR date or dateTime. */
  readonly at?: string | undefined;
  readonly place?: string | undefined;
  readonly more?: ComponentChildren;
}

/** Things of the own record below each other: what, then when and where. */
export function Entries({ entries }: { readonly entries: readonly Entry[] }): VNode {
  const language = useLanguage();
  return (
    <ul class="rr-entries">
      {entries.map(({ what, at, place, more }) => (
        <li>
          <strong>{what}</strong>
          {more}
          <span class="rr-soft">
            {[at === undefined ? undefined : dateText(at, language), place].filter((part) => part).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Newest first; what has no date comes last. */
export const newestFirst = <T extends Pick<Entry, 'at'>>(entries: readonly T[]): readonly T[] =>
  [...entries].sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
