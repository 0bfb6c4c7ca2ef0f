import type { MonthView } from '../../../statistics/release/release-desk.js';
import type { TagTone } from '../../components/tag.js';

/** How a month stands, as one word of the table below. */
export type MonthState = keyof typeof MONTH_TONES;

/** Waiting for somebody, going on, or ended. */
export const MONTH_TONES = {
  open: 'quiet',
  none: 'soon',
  running: 'calm',
  draft: 'alarm',
  protected: 'soon',
  approved: 'soon',
  published: 'calm',
} as const satisfies Readonly<Record<string, TagTone>>;

/** State of a month: that of the work on it while it goes on, else that of its newest version. */
export function monthState({ closed, job, versions }: Pick<MonthView, 'closed' | 'job' | 'versions'>): MonthState {
  if (job?.state === 'running') return 'running';
  return versions[0]?.state ?? (closed ? 'none' : 'open');
}
