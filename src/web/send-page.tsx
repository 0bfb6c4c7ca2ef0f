import { render } from 'preact-render-to-string';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { Layout, type LayoutProps } from './layout.js';
import { navigationFor } from './navigation.js';
import type { Page, PageAnswer, PageView } from './page.js';
import type { PageContext } from './page-context.js';

const compress = promisify(gzip);
/** Shorter pages fit into one packet anyway. */
const COMPRESS_FROM_BYTES = 1_000;

/** The same address in the other language; a page that answered a post is left by a link to its own path. */
function otherLanguageHref({ path, query, language, http }: PageContext): string {
  const kept = new URLSearchParams(http.request.method === 'GET' ? query : undefined);
  kept.set('lang', language === 'es' ? 'en' : 'es');
  return `${path}?${kept.toString()}`;
}

/** HTML of a page in its frame. */
export function pageHtml(props: LayoutProps): string {
  return `<!doctype html>${render(<Layout {...props} />)}`;
}

async function viewHtml(page: PageContext, pages: readonly Page[], answer: PageView): Promise<string> {
  const { say, language, csrf, session, services } = page;
  const account = session ? await services.accounts(session.caller.sub) : undefined;
  return pageHtml({
    frame: { language, csrf },
    title: say(answer.title),
    mistakes: answer.mistakes ?? false,
    otherLanguageHref: otherLanguageHref(page),
    navigation: navigationFor(pages, session?.caller.role, page.path),
    demonstration: services.demonstration,
    ...(session
      ? {
          person: {
            name: session.caller.displayName,
            ...(session.place === undefined ? {} : { place: session.place }),
            severalPosts: (account?.assignments?.length ?? 0) > 1,
          },
        }
      : {}),
    children: answer.body,
  });
}

/** Sends what a page gave: HTML (compressed when the browser can), a redirect after a post, or a file. */
export async function sendPage(page: PageContext, pages: readonly Page[], answer: PageAnswer): Promise<void> {
  const { request, response } = page.http;
  if (answer.kind === 'redirect') {
    response.redirect(303, answer.to);
    return;
  }
  if (answer.kind === 'file') {
    response.attachment(answer.name).type(answer.type).send(answer.content);
    return;
  }
  const html = await viewHtml(page, pages, answer);
  response.status(answer.status ?? 200).set({
    ...answer.headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Language': page.language,
    Vary: 'Accept-Encoding, Accept-Language, Cookie',
  });
  if (html.length < COMPRESS_FROM_BYTES || request.acceptsEncodings('gzip') !== 'gzip') response.send(html);
  else response.set('Content-Encoding', 'gzip').send(await compress(html));
}
