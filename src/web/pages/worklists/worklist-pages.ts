import type { Page } from '../../page.js';
import { inbox } from './inbox.js';
import { reception } from './reception.js';
import { register, registerFile } from './register.js';
import { unreadPage } from './unread-page.js';

/** Lists of work of a facility, its reception desk and its daily register. */
export const worklistPages: readonly Page[] = [inbox, unreadPage, reception, register, registerFile];
