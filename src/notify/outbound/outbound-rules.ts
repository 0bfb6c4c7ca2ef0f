import type { Config } from '../../config/config.js';
import type { OutboundRules } from './safe-address.js';

/** On a developer's machine a receiver may run beside the service, in the clear; nowhere else. */
export const outboundRules = ({ production }: Pick<Config, 'production'>): OutboundRules => ({
  httpsOnly: production,
  publicOnly: production,
});
