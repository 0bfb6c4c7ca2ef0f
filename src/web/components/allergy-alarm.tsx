import type { VNode } from 'preact';
import { useSay } from '../language.js';
import { PERSON } from '../texts/person.js';

/** What a person is allergic to, loud: the same box on every page, so that the eye finds it. */
export function AllergyAlarm({ texts }: { readonly texts: readonly string[] }): VNode {
  const say = useSay();
  return (
    <div class="rr-alarm">
      <h2 class="rr-alarm__title">{say(PERSON.allergyAlarm)}</h2>
      <ul>
        {texts.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </div>
  );
}
