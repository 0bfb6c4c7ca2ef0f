import type { Auditor } from '../store/auditor.js';
import type { Store } from '../store/store.js';
import { type Account, findPasswordHash, savePasswordHash } from './accounts.js';
import { currentAssignments } from './assignments.js';
import type { AccountLookup } from './authenticate.js';
import { DEMO_PASSWORD } from './demo-password.js';
import { hashPassword, verifyPassword } from './password-hash.js';
import { PASSWORD_LENGTH } from './password-rules.js';
import { PAGES_CLIENT_ID } from './pages-client.js';
import { ROLE_PROFILES } from './role-profile.js';
import type { Sessions } from './sessions.js';
import { createSignInLimits } from './sign-in-limits.js';

/** One try to prove who one is. */
export interface SignInTry {
  readonly name: string;
  readonly password: string;
  /** Address of the client, as `trust proxy` lets it be seen. */
  readonly ip: string;
  readonly requestId: string;
}

export type SignInResult =
  | { readonly account: Account }
  /** Wrong name or password, disabled, a system: all look the same. */
  | { readonly refused: 'wrong' }
  /** The password was right and no post of the account is valid today. */
  | { readonly refused: 'no-assignment' }
  /** Too many wrong tries. */
  | { readonly refused: 'wait'; readonly seconds: number };

export interface SignIn {
  /**
   * Checks name and password. Each try is audited before the answer; without audit there is no sign-in.
   * @throws ServiceError 503 when accounts or audit cannot be reached or too many hash at once
   */
  check(attempt: SignInTry): Promise<SignInResult>;
  /** Gives an account a new password and ends every session and token of it. */
  changePassword(
    account: string,
    password: string,
    about: { readonly requestId: string; readonly ip: string },
  ): Promise<void>;
  /** Audits the end of a session by its owner. */
  signedOut(account: Account['name'], about: { readonly requestId: string; readonly ip: string }): Promise<void>;
}

export interface SignInOptions {
  readonly store: Store;
  readonly auditor: Pick<Auditor, 'record'>;
  readonly lookup: AccountLookup;
  readonly sessions: Pick<Sessions, 'closeAll'>;
  readonly production: boolean;
}

/** People type their name with capitals and spaces around it. */
const accountName = (typed: string): string => typed.slice(0, 100).trim().toLowerCase();

/** Sign-in of people with name and password (NIST SP 800-63B 5.1.1; OWASP ASVS 6.2, 6.3). */
export function createSignIn({ store, auditor, lookup, sessions, production }: SignInOptions): SignIn {
  const limits = createSignInLimits(store);

  const audit = async (
    act: 'sign-in' | 'sign-out' | 'change-password',
    name: string,
    about: { readonly requestId: string; readonly ip: string },
    refused?: string,
  ): Promise<void> => {
    const account = await lookup(name);
    await auditor.record({
      act: 'E',
      sub: act,
      out: refused === undefined ? '0' : '4',
      // What does not name an account may be a password typed into the wrong field.
      who: account?.name ?? 'unknown',
      rol: account?.role ?? 'unknown',
      ...(account?.facility === undefined ? {} : { fac: account.facility }),
      cli: PAGES_CLIENT_ID,
      pt: [],
      ent: [],
      req: about.requestId,
      ip: about.ip,
      pou: account ? ROLE_PROFILES[account.role].purpose : 'TREAT',
      ...(refused === undefined ? {} : { det: { refused } }),
    });
  };

  /** The same work and the same answer, whatever is wrong. */
  const prove = async (name: string, password: string): Promise<Account | undefined> => {
    const [account, known] = await Promise.all([lookup(name), findPasswordHash(store, name)]);
    const may = account?.enabled === true && account.kind === 'person' && !(production && password === DEMO_PASSWORD);
    const right = await verifyPassword(may ? known : undefined, password.slice(0, PASSWORD_LENGTH.max * 4));
    return right ? account : undefined;
  };

  return {
    async check(attempt) {
      const name = accountName(attempt.name);
      const seconds = await limits.begin(name, attempt.ip);
      if (seconds > 0) {
        await audit('sign-in', name, attempt, 'wait');
        return { refused: 'wait', seconds };
      }
      const account = await prove(name, attempt.password);
      if (!account) {
        await audit('sign-in', name, attempt, 'wrong');
        return { refused: 'wrong' };
      }
      await limits.succeeded(name, attempt.ip);
      if (currentAssignments(account).length === 0) {
        await audit('sign-in', name, attempt, 'no-assignment');
        return { refused: 'no-assignment' };
      }
      await audit('sign-in', name, attempt);
      return { account };
    },

    async changePassword(account, password, about) {
      await savePasswordHash(store, account, await hashPassword(password));
      await sessions.closeAll(account);
      await audit('change-password', account, about);
    },

    signedOut: (account, about) => audit('sign-out', account, about),
  };
}
