import type { Bundle, Organization } from '@medplum/fhirtypes';
import type { VNode } from 'preact';
import type { Side } from '../../../referral/parties.js';
import { Button } from '../../components/button.js';
import { Fold } from '../../components/fold.js';
import { QueryForm } from '../../components/query-form.js';
import { type Choice, Select } from '../../components/select.js';
import { useSay } from '../../language.js';
import type { PageContext } from '../../page-context.js';
import { codeChoices } from '../../resources/code-choices.js';
import { inBundle } from '../../resources/in-bundle.js';
import { INBOX } from '../../texts/worklists.js';
import { type InboxAddress, INBOX_QUERY, inboxHref } from './inbox-address.js';

/** A network has some forty facilities. */
const MOST_FACILITIES = 200;

/**
 * Facilities that may have sent here: those of the facility's own network, and those of the rows shown.
 * @param seen names by Organization id
 */
export async function originChoices(
  page: PageContext,
  facility: string,
  seen: ReadonlyMap<string, string>,
): Promise<readonly Choice[]> {
  const { resource: own } = await page.fhir<Organization>('GET', `Organization/${facility}`);
  const network = own.partOf?.reference;
  const found = network
    ? inBundle(
        (await page.fhir<Bundle>('GET', `Organization?partof=${network}&_count=${MOST_FACILITIES}`)).resource,
        'Organization',
      )
    : [];
  const names = new Map([...found.map(({ id, name }) => [id, name ?? id] as const), ...seen]);
  names.delete(facility);
  return [...names]
    .map(([value, text]) => ({ value, text }))
    .sort((a, b) => a.text.localeCompare(b.text, page.language));
}

/** Choice of a service, and on the side of the destination of an origin; folded until one is in force. */
export function WorklistFilter({
  page,
  address,
  side,
  origins,
}: {
  readonly page: PageContext;
  readonly address: InboxAddress;
  readonly side: Side;
  readonly origins: readonly Choice[];
}): VNode {
  const say = useSay();
  const services = codeChoices(page, 'specialty');
  const { service = '', origin = '', list, facility } = address;
  const inForce = [services.find(({ value }) => value === service), origins.find(({ value }) => value === origin)]
    .flatMap((choice) => (choice ? [choice.text] : []))
    .join(', ');
  const kept = { [INBOX_QUERY.list]: list, [INBOX_QUERY.facility]: facility };
  return (
    <>
      {inForce !== '' && (
        <p>
          {say(INBOX.filtered, { what: inForce })} <a href={inboxHref({ list, facility })}>{say(INBOX.unfilter)}</a>
        </p>
      )}
      <Fold title={side === 'origin' ? INBOX.filterService : INBOX.filter}>
        <QueryForm action="/bandeja" kept={kept}>
          <Select name={INBOX_QUERY.service} label={INBOX.service} value={service} choices={services} />
          {side === 'destination' && (
            <Select name={INBOX_QUERY.origin} label={INBOX.origin} value={origin} choices={origins} />
          )}
          <Button label={INBOX.show} kind="plain" />
        </QueryForm>
      </Fold>
    </>
  );
}
