import type { VNode } from 'preact';
import { useSay } from '../language.js';
import type { Problem } from '../problems.js';
import { COMMON } from '../texts/common.js';
import { fieldId } from './field.js';

/** All that must be mended, on top of the page, with links to the fields; nothing when there are no problems. */
export function ErrorSummary({ problems }: { readonly problems: readonly Problem[] }): VNode | null {
  const say = useSay();
  if (problems.length === 0) return null;
  return (
    <div class="rr-summary" role="alert" tabIndex={-1} autoFocus>
      <h2 class="rr-summary__title">{say(COMMON.mistakesTitle)}</h2>
      <ul>
        {problems.map(({ text, field }) => (
          <li>{field === undefined ? text : <a href={`#${fieldId(field)}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
