import type { Page } from '../../page.js';
import { emergencyForm, receiveEmergency } from './emergency-page.js';
import { inbox } from './inbox.js';
import { listFile, listSheet } from './list-sheet.js';
import { reception } from './reception.js';
import { register, registerFile } from './register.js';
import { supervision, supervisionFile } from './supervision.js';
import { unreadPage } from './unread-page.js';

/** Lists of work of a facility, its messages, its reception desk, its daily register and its month. */
export const worklistPages: readonly Page[] = [
  inbox,
  listSheet,
  listFile,
  unreadPage,
  reception,
  emergencyForm,
  receiveEmergency,
  register,
  registerFile,
  supervision,
  supervisionFile,
];
