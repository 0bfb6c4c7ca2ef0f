import { DEMO_PASSWORD } from '../../src/access/demo-password.js';

/** What came back, redirects not followed. */
export interface WebAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser without JavaScript: cookies with their paths, forms with their hidden fields. */
export interface WebClient {
  /** `Name=value` of every cookie, for tests that look at them. */
  readonly cookies: ReadonlyMap<string, { readonly value: string; readonly path: string; readonly attributes: string }>;
  get(path: string, headers?: Record<string, string>): Promise<WebAnswer>;
  /** Follows redirects until a page comes. */
  open(path: string): Promise<WebAnswer & { readonly path: string }>;
  /** Posts the first form of a page that goes to `action` (any when absent), with its hidden fields and `fields`. */
  submit(page: WebAnswer, fields: Record<string, string>, action?: string): Promise<WebAnswer>;
  post(
    path: string,
    fields: Record<string, string> | URLSearchParams,
    headers?: Record<string, string>,
  ): Promise<WebAnswer>;
  /** Forgets or replaces a cookie. */
  setCookie(name: string, value: string | undefined): void;
  /** The whole sign-in; ends at the first page. */
  signIn(account: string, password?: string): Promise<WebAnswer & { readonly path: string }>;
}

const unescape = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');

/** Form of a page: where it goes and its hidden fields. Throws Error when there is none. */
export function formOf(
  html: string,
  action?: string,
): { readonly action: string; readonly hidden: Record<string, string> } {
  for (const [, attributes = '', inside = ''] of html.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const goes = unescape(/action="([^"]*)"/.exec(attributes)?.[1] ?? '');
    if (action !== undefined && goes !== action) continue;
    if (action === undefined && goes === '/salir') continue;
    const hidden = [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    return { action: goes, hidden: Object.fromEntries(hidden.map(([, name, value]) => [name, unescape(value ?? '')])) };
  }
  throw new Error(`no form ${action ?? ''} in the page`);
}

/** A fresh browser for the service at `url`. */
export function webClient(url: string): WebClient {
  const cookies = new Map<string, { value: string; path: string; attributes: string }>();
  const keep = (headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)] as const;
      const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? '/';
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, { value, path, attributes: attributes.join('; ') });
    }
  };
  const ask = async (path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<WebAnswer> => {
    const { pathname } = new URL(path, url);
    const cookie = [...cookies]
      .filter(
        ([, { path: scope }]) => pathname === scope || pathname.startsWith(scope.endsWith('/') ? scope : `${scope}/`),
      )
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(new URL(path, url), {
      redirect: 'manual',
      ...init,
      headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }), ...init.headers },
    });
    keep(response.headers);
    return {
      status: response.status,
      location: response.headers.get('location'),
      headers: response.headers,
      text: await response.text(),
    };
  };
  const client: WebClient = {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    async open(path) {
      let at = path;
      for (let step = 0; step < 10; step += 1) {
        const answer = await client.get(at);
        if (answer.location === null) return { ...answer, path: at };
        at = new URL(answer.location, url).href.replace(url, '');
      }
      throw new Error(`${path} leads nowhere`);
    },
    post: (path, fields, headers = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: url, ...headers } }),
    submit(page, fields, action) {
      const form = formOf(page.text, action);
      return client.post(form.action, { ...form.hidden, ...fields });
    },
    setCookie(name, value) {
      if (value === undefined) cookies.delete(name);
      else cookies.set(name, { value, path: '/', attributes: '' });
    },
    async signIn(account, password = DEMO_PASSWORD) {
      const answer = await client.submit(await client.open('/entrar'), { usuario: account, clave: password });
      return answer.location === null ? { ...answer, path: '' } : client.open(answer.location.replace(url, ''));
    },
  };
  return client;
}
