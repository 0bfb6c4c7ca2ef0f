import type { CookieOptions, Request, Response } from 'express';

/** Cookies of the pages; on https with the prefix that binds them to this host and to TLS (RFC 6265bis, 4.1.3.2). */
export type CookieName = 'rr_sesion' | 'rr_visita' | 'rr_entrada' | 'rr_idioma' | 'rr_seguir' | 'rr_activar';

export interface Cookies {
  get(name: CookieName): string | undefined;
  /** Sets a cookie that scripts cannot read and other sites cannot send; until the browser closes unless `maxAgeMs` is given. */
  set(name: CookieName, value: string, maxAgeMs?: number): void;
  clear(name: CookieName): void;
}

/** Value of a cookie in a `Cookie` header, undefined when absent; the first of several counts. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** The cookies of one exchange. @param secure the service is reached by https (PUBLIC_URL) */
export function cookiesOf(request: Request, response: Response, secure: boolean): Cookies {
  const full = (name: CookieName): string => (secure ? `__Host-${name}` : name);
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure };
  return {
    get: (name) => cookieIn(request.headers.cookie, full(name)),
    set(name, value, maxAgeMs) {
      response.cookie(full(name), value, { ...options, ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }) });
    },
    clear(name) {
      response.clearCookie(full(name), options);
    },
  };
}
