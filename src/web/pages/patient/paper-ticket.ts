import { signShort, verifyShort } from '../../../access/access-token.js';
import { PAPER_CODE_CALLER, paperCodeCaller } from '../../../access/paper-code-caller.js';
import { type FhirCalls, fhirCalls } from '../../fhir-call.js';
import type { PageContext } from '../../page-context.js';

/** A shown code opens its referral for so long, seconds: long enough to read, short on a borrowed telephone. */
const TICKET_SECONDS = 900;

const calls = (page: PageContext, referral?: string): FhirCalls => {
  const { requestId, ip, services } = page;
  const caller = referral === undefined ? PAPER_CODE_CALLER : paperCodeCaller(referral);
  return fhirCalls(services.fhir, caller, { requestId, ip, signal: new AbortController().signal });
};

/** FHIR calls of somebody without an account, whoever may be signed in in this browser. */
export const withoutAccount = (page: PageContext): FhirCalls => calls(page);

/** Remembers in the browser, signed, that the code of this referral was shown. @param referral ServiceRequest id */
export function giveTicket({ http, services }: PageContext, referral: string): void {
  http.cookies.set('rr_seguir', signShort(services.keys, 'paper-code', { referral }, TICKET_SECONDS));
}

/** The referral whose code was shown, with calls as its holder; undefined when none was, or too long ago. */
export function heldTicket(page: PageContext): { readonly referral: string; readonly fhir: FhirCalls } | undefined {
  const text = page.http.cookies.get('rr_seguir');
  const { referral } = (text === undefined ? undefined : verifyShort(page.services.keys, 'paper-code', text)) ?? {};
  return typeof referral === 'string' ? { referral, fhir: calls(page, referral) } : undefined;
}
