import { PAGES_CALLBACK_PATH } from '../../access/pages-client.js';
import { currentAssignments } from '../../access/assignments.js';
import { type Page, redirect } from '../page.js';
import { openSession } from '../sign-in/open-session.js';
import { readFlow } from '../sign-in/flow.js';
import { redeemCode } from '../sign-in/redeem-code.js';

/**
 * Redirect address of the pages as OAuth client: state, code, token, session. Whatever does not fit begins again, which
 * shows the sign-in form and tells an attacker nothing.
 */
export const signInDone: Page = {
  method: 'GET',
  path: PAGES_CALLBACK_PATH,
  audience: 'anyone',
  async handle(page) {
    const { query, services, http, requestId } = page;
    const flow = readFlow(services.keys, http.cookies.get('rr_entrada'));
    http.cookies.clear('rr_entrada');
    const code = query.get('code');
    if (!flow || code === null || query.get('state') !== flow.state) return redirect('/entrar');
    const claims = await redeemCode(services, http.request, { code, verifier: flow.verifier, requestId });
    if (!claims) return redirect('/entrar');
    await openSession(page, claims);
    const account = await services.accounts(claims.sub);
    const several = account !== undefined && currentAssignments(account).length > 1;
    return redirect(several ? `/puesto?volver=${encodeURIComponent(flow.back)}` : flow.back);
  },
};
