import type { Acting } from './acting.js';

/** The service itself, where a timer or a followed write acts in a referral (party SY). */
export const SERVICE_ACTING: Acting = {
  actor: { roles: ['service'] },
  who: { display: 'Servicio nacional de referencia y respuesta' },
};
