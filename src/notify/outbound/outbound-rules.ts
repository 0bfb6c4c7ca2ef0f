import type { Config } from '../../config/config.js';
import type { OutboundRules } from './safe-address.js';

/**
 * Nothing but public addresses, everywhere. On a developer's machine a receiver may run beside the service, in the clear,
 * where OUTBOUND_LOOPBACK says so; that is refused in production.
 */
export const outboundRules = ({
  production,
  notifications,
}: Pick<Config, 'production' | 'notifications'>): OutboundRules => ({
  httpsOnly: production,
  publicOnly: true,
  loopback: notifications.loopback,
});
