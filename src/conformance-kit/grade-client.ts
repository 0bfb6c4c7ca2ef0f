import { CLIENT_REQUIREMENTS, type ClientSide } from './client-requirements.js';
import { type Grade, gradeOf } from './grade.js';
import type { Observation } from './observation.js';

/** Grades a partner's client by what it did, as the origin or as the destination of referrals. */
export const gradeClient = (seen: Observation, side: ClientSide): Grade =>
  gradeOf(
    CLIENT_REQUIREMENTS.filter(({ sides }) => sides.includes(side)).map(({ check, sides: _sides, ...requirement }) => ({
      ...requirement,
      ...check(seen),
    })),
  );
