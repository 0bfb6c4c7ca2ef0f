import type { Page } from '../../page.js';
import { inbox } from './inbox.js';
import { reception } from './reception.js';
import { register, registerFile } from './register.js';

/** Lists of work of a facility, its reception desk and its daily register. */
export const worklistPages: readonly Page[] = [inbox, reception, register, registerFile];
