import { describe, expect, it } from 'vitest';
import { SESSION_IDLE_MS, SESSION_LONGEST_MS, sessionEnd } from './sessions.js';

const started = new Date('2026-11-22T14:00:00Z');
const after = (ms: number): Date => new Date(started.getTime() + ms);

describe('end of a session', () => {
  it('is 30 minutes after the last request', () => {
    expect(sessionEnd(started, after(60_000))).toEqual(after(60_000 + 30 * 60_000));
  });

  it('is never later than 12 hours after sign-in', () => {
    expect(SESSION_LONGEST_MS).toBe(12 * 3_600_000);
    expect(sessionEnd(started, after(SESSION_LONGEST_MS - SESSION_IDLE_MS))).toEqual(after(SESSION_LONGEST_MS));
    expect(sessionEnd(started, after(SESSION_LONGEST_MS - 1_000))).toEqual(after(SESSION_LONGEST_MS));
  });
});
