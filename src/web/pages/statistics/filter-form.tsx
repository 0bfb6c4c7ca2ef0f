import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { type Choice, Select } from '../../components/select.js';
import type { Words } from '../../../words.js';
import { OPEN_DATA } from '../../texts/statistics-public.js';

/** One choice of what a page shows; it stands in the address, so that a view can be sent to somebody. */
export interface FilterField {
  readonly name: string;
  readonly label: Words;
  readonly value: string;
  readonly choices: readonly Choice[];
}

/** Choices of a page, as a form that is sent by GET: it changes nothing and needs no token. */
export function FilterForm({
  action,
  fields,
}: {
  readonly action: string;
  readonly fields: readonly FilterField[];
}): VNode {
  return (
    <form class="rr-form rr-filter" method="get" action={action}>
      {fields.map((field) => (
        <Select {...field} />
      ))}
      <Button label={OPEN_DATA.change} kind="plain" />
    </form>
  );
}
