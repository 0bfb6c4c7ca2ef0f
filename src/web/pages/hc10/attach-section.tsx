import type { VNode } from 'preact';
import { Choices } from '../../components/choices.js';
import { dateText } from '../../dates.js';
import type { FormFields } from '../../form-fields.js';
import { useLanguage, useSay } from '../../language.js';
import { HC10 } from '../../texts/hc10.js';
import type { Attachable, RecordForForm } from './record-for-form.js';

const GROUPS = ['results', 'signs', 'medicines', 'problems'] as const;
type Group = (typeof GROUPS)[number];

/** Names of the checkboxes, one a group so that each has its own heading. */
export const attachField = (group: Group): string => `adjuntar-${group}`;

/** References of the record that were marked, and only those that the form offered. */
export const markedAttachments = (record: RecordForForm, form: FormFields): readonly Attachable[] =>
  GROUPS.flatMap((group) => {
    const marked = new Set(form.all(attachField(group)));
    return (record[group] as readonly Attachable[]).filter(({ reference }) => marked.has(reference));
  });

/** What the form marks by itself. */
export const suggestedAttachments = (record: RecordForForm): readonly (readonly [string, string])[] =>
  GROUPS.flatMap((group) =>
    (record[group] as readonly Attachable[])
      .filter(({ suggested }) => suggested)
      .map(({ reference }) => [attachField(group), reference] as const),
  );

/** What the record holds, with dates, to be sent along. */
export function AttachSection({
  record,
  filled,
}: {
  readonly record: RecordForForm;
  readonly filled: FormFields;
}): VNode {
  const say = useSay();
  const language = useLanguage();
  const groups = GROUPS.filter((group) => record[group].length > 0);
  return (
    <>
      <h2>{say(HC10.attach)}</h2>
      <p>{say(groups.length > 0 ? HC10.attachHint : HC10.nothingToAttach)}</p>
      {groups.map((group) => (
        <Choices
          name={attachField(group)}
          label={HC10[group]}
          take="many"
          choices={(record[group] as readonly Attachable[]).map(({ reference, text, at }) => ({
            value: reference,
            text,
            ...(at === undefined ? {} : { hint: dateText(at, language) }),
          }))}
          chosen={filled.all(attachField(group))}
        />
      ))}
    </>
  );
}
