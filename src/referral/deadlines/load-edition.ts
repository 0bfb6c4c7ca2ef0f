import { randomUUID } from 'node:crypto';
import { findAccount } from '../../access/accounts.js';
import type { Role } from '../../access/caller.js';
import { fault } from '../../errors.js';
import type { Store } from '../../store/store.js';
import { ClaimTaken } from '../../store/write-plan.js';
import { dateIn } from '../local-day.js';
import { type DeadlineBook, deadlineBook, forgetDeadlines } from './deadline-book.js';
import type { Edition, EditionContent } from './edition.js';
import { SHIPPED_EDITION } from './shipped-edition.js';

/** Who decides on deadlines: the national office of the ministry. */
export const DEADLINE_ROLES: ReadonlySet<Role> = new Set<Role>(['national']);

/** Writes the shipped edition into a database that has none; several processes may do so at once. */
export async function ensureShippedEdition(store: Store): Promise<void> {
  const { number, ...edition } = SHIPPED_EDITION;
  const write = { upsert: true, writeConcern: { w: 'majority' } } as const;
  await store
    .support<{ _id: string }>('deadlines')
    .updateOne({ _id: String(number) }, { $setOnInsert: { number, ...edition } }, write)
    .catch((error: unknown) => {
      // Another process has just inserted it.
      if ((error as { code?: unknown }).code !== 11_000) throw error;
    });
  forgetDeadlines(store);
}

/** The number that the next edition gets. */
export const nextNumber = ({ editions }: DeadlineBook): number => Math.max(...editions.map(({ number }) => number)) + 1;

export interface EditionLoad {
  readonly content: EditionContent;
  /** Account of who loads it. */
  readonly account: string;
  /** By which client: the command line unless said. */
  readonly client?: string;
  readonly now: Date;
}

/** Role of an account that may load editions. Throws ServiceError 404 for an unknown or disabled account, 403 for another role. */
export async function assertDecides(store: Store, name: string): Promise<Role> {
  const account = await findAccount(store, name);
  if (!account?.enabled) throw fault('not-found', { type: 'account', id: name });
  if (!DEADLINE_ROLES.has(account.role))
    throw fault('role-forbidden', { role: account.role, interaction: 'load', type: 'deadlines' });
  return account.role;
}

/** What has begun is not rewritten. Throws ServiceError 422 for an edition that is valid from a past day. */
export function assertNotPast({ validFrom }: EditionContent, now: Date): void {
  const today = dateIn(now);
  if (validFrom >= today) return;
  throw fault(
    'rule-broken',
    {
      es: `Rige desde ${validFrom}, que ya pasó; puede regir desde ${today}. Los plazos que corren no se cambian.`,
      en: `It is valid from ${validFrom}, which has passed; ${today} is the earliest. Terms that run are not changed.`,
    },
    'validFrom',
  );
}

/**
 * Writes a table that was checked (`checkEdition`) as the next edition, with its audit record, in one transaction.
 * Terms that are running keep the edition under which they started.
 * @throws ServiceError 403, 404 (`assertDecides`), 422 (`assertNotPast`), 409 `duplicate` when somebody else has just loaded one
 */
export async function loadEdition(
  store: Store,
  { content, account, client = 'cli', now }: EditionLoad,
): Promise<Edition> {
  const role = await assertDecides(store, account);
  assertNotPast(content, now);
  await ensureShippedEdition(store);
  const edition: Edition = { ...content, number: nextNumber(await deadlineBook(store)), by: account, at: now };
  const id = String(edition.number);
  const write = store.write({
    writes: [],
    // Two of one number: the second is refused.
    claims: [{ kind: 'deadlines', value: id, ref: `deadlines/${id}` }],
    support: [{ collection: 'deadlines', row: { _id: id, ...edition } }],
    audit: [
      {
        act: 'C',
        sub: 'deadlines',
        out: '0',
        who: account,
        rol: role,
        cli: client,
        pt: [],
        ent: [],
        req: randomUUID(),
        pou: 'HSYSADMIN',
        det: {
          edition: id,
          from: content.validFrom,
          approved: content.approvedBy,
          terms: String(content.terms.length),
        },
      },
    ],
    requestId: randomUUID(),
  });
  await write.catch((error: unknown) => {
    if (error instanceof ClaimTaken) throw fault('duplicate', { kind: 'deadlines' });
    throw error;
  });
  forgetDeadlines(store);
  return edition;
}
