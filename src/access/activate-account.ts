import type { Store } from '../store/store.js';
import type { Account } from './accounts.js';
import { type Activation, consumeActivation, findActivation } from './activation.js';
import { PAGES_CLIENT_ID } from './pages-client.js';
import { hashPassword } from './password-hash.js';
import { accountOfPatient, isTaken, openAccount, releaseAccount, reserveAccount } from './patient-accounts.js';
import { ROLE_PROFILES } from './role-profile.js';
import type { Sessions } from './sessions.js';
import { provesSheet } from './sheet-proof.js';
import { readShortCode } from './short-code.js';
import { createCodeLimits } from './sign-in-limits.js';

/** What somebody shows of the sheet that the clinic printed, and from where. */
export interface ActivationTry {
  readonly code: string;
  readonly birthDate: string;
  readonly pin: string;
  readonly requestId: string;
  readonly ip: string;
}

/** A sheet that was accepted: what the second step of the activation needs. */
export interface AcceptedSheet {
  readonly code: string;
  readonly activation: Activation;
  /** User name of the account that exists already; it gets a new password. */
  readonly existing?: string;
}

export type SheetResult =
  | { readonly sheet: AcceptedSheet }
  /** Unknown, used or too old code, wrong birth date or PIN: all look the same. */
  | { readonly refused: 'wrong' }
  | { readonly refused: 'wait'; readonly seconds: number };

export type OpenResult =
  | { readonly account: Account }
  | { readonly refused: 'taken' }
  /** The code was used, replaced or ended meanwhile. */
  | { readonly refused: 'ended' };

export interface ActivateAccount {
  /** Checks code and birth date (or PIN); audited, with back-off. @throws ServiceError 503 */
  check(attempt: ActivationTry): Promise<SheetResult>;
  /** A sheet that {@link check} accepted before; undefined when its code was used, replaced or ended meanwhile. */
  resume(code: string): Promise<AcceptedSheet | undefined>;
  /** Opens the account, or gives it a new password, and uses the code up. @throws ServiceError 503 */
  open(
    sheet: AcceptedSheet,
    choice: { readonly name: string; readonly password: string },
    about: Pick<ActivationTry, 'requestId' | 'ip'>,
  ): Promise<OpenResult>;
}

export interface ActivateAccountOptions {
  readonly store: Store;
  readonly sessions: Pick<Sessions, 'closeAll'>;
  /** `FhirContext.paperSecret` */
  readonly secret: string;
}

/** Activation of patients' accounts with the code that a clinic printed (ui-anchors 4.4; OWASP ASVS 6.4, 6.6). */
export function createActivateAccount({ store, sessions, secret }: ActivateAccountOptions): ActivateAccount {
  const limits = createCodeLimits(store, 'activation');

  const audit = async (
    about: Pick<ActivationTry, 'requestId' | 'ip'>,
    who: string,
    patient: string | undefined,
    det: Readonly<Record<string, string>>,
  ): Promise<void> => {
    await store.auditor.record({
      act: 'E',
      sub: 'activate-account',
      out: 'refused' in det ? '4' : '0',
      who,
      rol: 'patient',
      cli: PAGES_CLIENT_ID,
      pt: patient === undefined ? [] : [patient],
      ent: [],
      req: about.requestId,
      ip: about.ip,
      pou: ROLE_PROFILES.patient.purpose,
      det,
    });
  };

  const accepted = async (code: string, activation: Activation): Promise<AcceptedSheet> => {
    const existing = await accountOfPatient(store, activation.patient);
    return { code, activation, ...(existing === undefined ? {} : { existing }) };
  };

  return {
    async check(attempt) {
      const code = readShortCode(attempt.code) ?? '';
      const seconds = await limits.begin(code, attempt.ip);
      if (seconds > 0) {
        await audit(attempt, 'unknown', undefined, { refused: 'wait' });
        return { refused: 'wait', seconds };
      }
      const activation = await findActivation(store, secret, code);
      if (!activation || !provesSheet(secret, { code, known: activation.birthDate }, attempt)) {
        await audit(attempt, 'unknown', activation?.patient, { refused: 'wrong' });
        return { refused: 'wrong' };
      }
      await limits.succeeded(code, attempt.ip);
      return { sheet: await accepted(code, activation) };
    },

    async resume(code) {
      const activation = await findActivation(store, secret, code);
      return activation && accepted(code, activation);
    },

    async open({ code, activation, existing }, { name: chosen, password }, about) {
      const name = existing ?? chosen;
      if (existing === undefined && (await isTaken(store, name))) return { refused: 'taken' };
      const hash = await hashPassword(password);
      // The name first, the code second: a code is never lost to a name that somebody else took.
      if (existing === undefined && !(await reserveAccount(store, name, activation))) return { refused: 'taken' };
      if (!(await consumeActivation(store, secret, code))) {
        if (existing === undefined) await releaseAccount(store, name);
        return { refused: 'ended' };
      }
      await audit(about, name, activation.patient, {
        account: existing === undefined ? 'new' : 'password',
        ...(activation.guardian ? { guardian: 'yes' } : {}),
      });
      const account = await openAccount(store, name, activation, hash, existing !== undefined);
      await sessions.closeAll(name);
      return account ? { account } : { refused: 'ended' };
    },
  };
}
