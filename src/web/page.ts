import type { VNode } from 'preact';
import type { Role } from '../access/caller.js';
import type { Words } from '../words.js';
import type { PageContext } from './page-context.js';

/** A rendered page. */
export interface PageView {
  readonly kind: 'view';
  /** Name of the page; the only `h1` and the start of the window's title. */
  readonly title: Words;
  readonly body: VNode;
  /** HTTP status, 200 unless said. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** There are mistakes to mend: the window's title says so first. */
  readonly mistakes?: boolean;
}
/** After a post: the browser goes on with a GET of `to` (303). */
export interface PageRedirect {
  readonly kind: 'redirect';
  readonly to: string;
}
/** Something that is no page: CSV, PDF. */
export interface PageFile {
  readonly kind: 'file';
  readonly type: string;
  readonly name: string;
  readonly content: string | Buffer;
}
export type PageAnswer = PageView | PageRedirect | PageFile;

export const view = (title: Words, body: VNode, options: Omit<PageView, 'kind' | 'title' | 'body'> = {}): PageView => ({
  kind: 'view',
  title,
  body,
  ...options,
});
/** @param to path of this service, or an address that the service itself made */
export const redirect = (to: string): PageRedirect => ({ kind: 'redirect', to });
export const file = (type: string, name: string, content: string | Buffer): PageFile => ({
  kind: 'file',
  type,
  name,
  content,
});

/** Who may open a page: anybody, whoever is signed in, or these roles. The policy decides again on every FHIR call. */
export type Audience = 'anyone' | 'signed-in' | readonly Role[];

/**
 * One row of the table of pages (`pages.ts`): routes and navigation are made from it.
 *
 * `export const inbox: Page = { method: 'GET', path: '/bandeja', audience: ['triage'], nav: TEXTS.inbox, handle };`
 */
export interface Page {
  readonly method: 'GET' | 'POST';
  /** Path with Express places: `/referencias/:id`. Spanish, small letters. */
  readonly path: string;
  readonly audience: Audience;
  /** Name in the navigation; absent when it does not stand there. */
  readonly nav?: Words;
  /**
   * Gives the page. What it throws becomes an error page: ServiceError in the person's words, 412 as "changed meanwhile".
   * A POST reaches it only with a good form token.
   */
  readonly handle: (page: PageContext) => PageAnswer | Promise<PageAnswer>;
}

export const mayOpen = ({ audience }: Pick<Page, 'audience'>, role: Role | undefined): boolean =>
  audience === 'anyone' || (role !== undefined && (audience === 'signed-in' || audience.includes(role)));
