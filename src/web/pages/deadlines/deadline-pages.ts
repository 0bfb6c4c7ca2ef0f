import type { Page } from '../../page.js';
import { deadlinesDesk, proposeDeadlines } from './deadlines-desk.js';

/** The page on which the ministry changes the deadlines. */
export const deadlinePages: readonly Page[] = [deadlinesDesk, proposeDeadlines];
