import type { Say } from '../../language.js';
import { FOLLOW } from '../../texts/patient-follow.js';

/** How long to wait after wrong codes, in words. */
export const waitText = (say: Say, seconds: number): string =>
  say(FOLLOW.wait, {
    time: seconds < 120 ? say(FOLLOW.seconds, { n: seconds }) : say(FOLLOW.minutes, { n: Math.ceil(seconds / 60) }),
  });
