import type { Caller } from './caller.js';
import { ROLE_PROFILES } from './role-profile.js';

/** The service itself: its own timers (party SY), not somebody who asks for a token. */
export const SERVICE_CALLER: Caller = {
  sub: 'service',
  clientId: 'service',
  role: 'service',
  actsAs: ['service'],
  facilities: [],
  scope: ROLE_PROFILES.service.scope,
  purpose: ROLE_PROFILES.service.purpose,
  displayName: 'El servicio / The service',
};
