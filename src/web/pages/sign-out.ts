import { type Page, redirect } from '../page.js';

/** Ends the session here and in the store; works again and again. */
export const signOut: Page = {
  method: 'POST',
  path: '/salir',
  audience: 'anyone',
  async handle({ services, http, caller, requestId, ip }) {
    const token = http.cookies.get('rr_sesion');
    if (token !== undefined) await services.sessions.close(token);
    http.cookies.clear('rr_sesion');
    http.cookies.clear('rr_visita');
    if (caller) await services.signIn.signedOut(caller.sub, { requestId, ip });
    return redirect('/');
  },
};
