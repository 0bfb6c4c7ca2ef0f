import type { VNode } from 'preact';
import { Button } from '../../components/button.js';
import { QueryForm } from '../../components/query-form.js';
import { Select } from '../../components/select.js';
import type { PageContext } from '../../page-context.js';
import { facilityNames } from '../../resources/facility-names.js';
import { INBOX } from '../../texts/worklists.js';
import { INBOX_QUERY } from './inbox-address.js';
import type { Workplace } from './workplace.js';

/** Choice of the facility whose lists a manager wants to see; nothing for who works at one. */
export async function chooseFacility(
  page: PageContext,
  { facility, choices }: Workplace,
  action: string,
): Promise<VNode | undefined> {
  if (choices.length === 0) return undefined;
  const names = await facilityNames(page, choices);
  const options = [...names]
    .map(([value, text]) => ({ value, text }))
    .sort((a, b) => a.text.localeCompare(b.text, page.language));
  return (
    <QueryForm action={action}>
      <Select
        name={INBOX_QUERY.facility}
        label={INBOX.facility}
        {...(facility === undefined ? { hint: INBOX.facilityHint } : {})}
        value={facility ?? ''}
        choices={options}
      />
      <Button label={INBOX.seeFacility} kind="plain" />
    </QueryForm>
  );
}
