import type { Role } from '../access/caller.js';
import type { Words } from '../words.js';
import { mayOpen, type Page } from './page.js';

export interface NavigationLink {
  readonly href: string;
  readonly label: Words;
  readonly current: boolean;
}

/**
 * Links of the navigation for a role, in the order of the table of pages.
 * @param path path of the page that is shown
 */
export const navigationFor = (
  pages: readonly Page[],
  role: Role | undefined,
  path: string,
): readonly NavigationLink[] =>
  pages.flatMap(({ nav, ...page }) =>
    nav && mayOpen(page, role) ? [{ href: page.path, label: nav, current: page.path === path }] : [],
  );
