import type { ActivateAccount } from '../access/activate-account.js';
import type { AccountLookup } from '../access/authenticate.js';
import type { AuthorizationServer } from '../access/authorization-server.js';
import type { KeySet } from '../access/key-set.js';
import type { Sessions } from '../access/sessions.js';
import type { SignIn } from '../access/sign-in.js';
import type { FhirContext } from '../fhir/fhir-context.js';
import type { DeadlineDesk } from '../referral/deadlines/deadline-desk.js';
import type { StatisticsDesk } from '../statistics/statistics-desk.js';

/** What the pages are built on; `src/context.ts` hands it in. */
export interface SiteServices {
  readonly fhir: FhirContext;
  /** PUBLIC_URL, without a slash at the end. */
  readonly publicUrl: string;
  readonly keys: KeySet;
  readonly authorizationServer: Pick<AuthorizationServer, 'awaitsSignIn' | 'finishSignIn'>;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly activateAccount: ActivateAccount;
  readonly accounts: AccountLookup;
  /** Releases of the open statistics and the questions about them; checks roles and writes its own audit records. */
  readonly statistics: StatisticsDesk;
  /** Deadlines of the ministry; checks roles and writes its own audit records. */
  readonly deadlines: DeadlineDesk;
  /** Demonstration accounts exist: the sign-in page says how to use them. */
  readonly demonstration: boolean;
}
