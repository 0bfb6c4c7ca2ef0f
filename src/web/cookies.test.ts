import { describe, expect, it } from 'vitest';
import type { Request, Response } from 'express';
import { cookieIn, cookiesOf } from './cookies.js';

/** What the cookies of one exchange do, as a list. */
function exchange(secure: boolean, header?: string) {
  const done: unknown[] = [];
  const response = {
    cookie: (...given: unknown[]) => done.push(given),
    clearCookie: (...given: unknown[]) => done.push(given),
  } as unknown as Response;
  return { done, cookies: cookiesOf({ headers: { cookie: header } } as Request, response, secure) };
}

describe('cookies', () => {
  it('on https are bound to this host and to TLS, out of reach of scripts and other sites', () => {
    const { done, cookies } = exchange(true, '__Host-rr_sesion=abc; rr_sesion=planted');
    expect(cookies.get('rr_sesion')).toBe('abc');
    cookies.set('rr_sesion', 'new');
    expect(done).toEqual([['__Host-rr_sesion', 'new', { httpOnly: true, sameSite: 'lax', path: '/', secure: true }]]);
  });

  it('on http have their plain names', () => {
    const { done, cookies } = exchange(false, 'a=1; rr_idioma = en ; b');
    expect([cookies.get('rr_idioma'), cookies.get('rr_sesion')]).toEqual(['en', undefined]);
    cookies.clear('rr_idioma');
    expect(done).toEqual([['rr_idioma', { httpOnly: true, sameSite: 'lax', path: '/', secure: false }]]);
  });

  it('are found by their whole name', () => {
    expect(cookieIn('xrr_sesion=1; rr_sesion2=2', 'rr_sesion')).toBeUndefined();
    expect(cookieIn(undefined, 'rr_sesion')).toBeUndefined();
  });
});
