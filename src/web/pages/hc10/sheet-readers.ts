import type { Role } from '../../../access/caller.js';
import { AUTHORS } from './authors.js';

/** Those who read the whole clinical content: a sheet with gaps would be taken for the whole. */
export const SHEET_READERS: readonly Role[] = [...AUTHORS, 'triage'];
