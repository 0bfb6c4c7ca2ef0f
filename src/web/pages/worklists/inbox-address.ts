import type { WorklistName } from '../../../referral/worklists.js';

/** What the address of the inbox says; empty parts are left out. */
export interface InboxAddress {
  readonly list?: WorklistName | undefined;
  /** Specialty code. */
  readonly service?: string | undefined;
  /** Organization id. */
  readonly origin?: string | undefined;
  /** Organization id, for managers. */
  readonly facility?: string | undefined;
  /** Drafts only: those of the reader alone. */
  readonly mine?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Names of the parameters in the address. */
export const INBOX_QUERY = {
  list: 'lista',
  service: 'servicio',
  origin: 'origen',
  facility: 'establecimiento',
  mine: 'mios',
  cursor: 'pagina',
} as const satisfies Record<keyof InboxAddress, string>;

/** Address of the inbox, for links. */
export function inboxHref(address: InboxAddress): string {
  const query = new URLSearchParams(
    Object.entries(INBOX_QUERY).flatMap(([key, name]) => {
      const value = address[key as keyof InboxAddress];
      return value === undefined || value === '' ? [] : [[name, value] as [string, string]];
    }),
  ).toString();
  return query === '' ? '/bandeja' : `/bandeja?${query}`;
}
