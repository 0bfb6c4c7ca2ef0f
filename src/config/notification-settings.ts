import { join, resolve } from 'node:path';
import type { Words } from '../words.js';
import type { SMS_GATEWAYS } from './notification-variables.js';
import type { Settings } from './variables.js';

/** How notifications leave; keys and passwords stand in `Secrets`. */
export interface NotificationSettings {
  readonly sms: {
    readonly gateway: (typeof SMS_GATEWAYS)[number];
    /** Absolute path. */
    readonly file: string;
    readonly url?: string;
  };
  readonly mailFrom: string;
}

/** Takes what notifications need out of the settings; what does not go together is added to `problems`. */
export function readNotifications(settings: Settings, problems: Words[]): NotificationSettings {
  const production = settings.mode === 'production';
  const gateway = settings.smsGateway ?? (production ? 'none' : 'file');
  const { smsUrl, smsKey } = settings;
  if (gateway === 'http' && (smsUrl === undefined || smsKey === undefined))
    problems.push({
      es: 'SMS_GATEWAY=http necesita SMS_URL y SMS_KEY',
      en: 'SMS_GATEWAY=http needs SMS_URL and SMS_KEY',
    });
  if (production && gateway === 'http' && smsUrl?.startsWith('http:'))
    problems.push({ es: 'SMS_URL debe ser https en producción', en: 'SMS_URL must be https in production' });
  if (production && gateway === 'file')
    problems.push({
      es: 'SMS_GATEWAY=file no se admite en producción',
      en: 'SMS_GATEWAY=file is refused in production',
    });
  if (production && settings.smtpUrl !== undefined && settings.mailFrom === undefined)
    problems.push({ es: 'SMTP_URL necesita MAIL_FROM', en: 'SMTP_URL needs MAIL_FROM' });
  return {
    sms: {
      gateway,
      file: resolve(settings.smsFile ?? join(settings.dataDir, 'sms.ndjson')),
      ...(smsUrl === undefined ? {} : { url: smsUrl }),
    },
    mailFrom: settings.mailFrom ?? 'no-responder@localhost',
  };
}
