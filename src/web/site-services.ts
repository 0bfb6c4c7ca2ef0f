import type { AccountLookup } from '../access/authenticate.js';
import type { AuthorizationServer } from '../access/authorization-server.js';
import type { KeySet } from '../access/key-set.js';
import type { Sessions } from '../access/sessions.js';
import type { SignIn } from '../access/sign-in.js';
import type { FhirContext } from '../fhir/fhir-context.js';

/** What the pages are built on; `src/context.ts` hands it in. */
export interface SiteServices {
  readonly fhir: FhirContext;
  /** PUBLIC_URL, without a slash at the end. */
  readonly publicUrl: string;
  readonly keys: KeySet;
  readonly authorizationServer: Pick<AuthorizationServer, 'awaitsSignIn' | 'finishSignIn'>;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly accounts: AccountLookup;
  /** Demonstration accounts exist: the sign-in page says how to use them. */
  readonly demonstration: boolean;
}
