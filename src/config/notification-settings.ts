import { join, resolve } from 'node:path';
import type { Words } from '../words.js';
import type { SMS_GATEWAYS } from './notification-variables.js';
import type { Settings } from './variables.js';

/** From when to when something does not happen: minutes after midnight in Honduras; over midnight when `from` is the later. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** `20:00-07:00`; undefined for `none`, and for a stretch without length. */
function quietHours(text = 'none'): QuietHours | undefined {
  const [from = '', to = ''] = text.split('-');
  return text === 'none' || from === to ? undefined : { from: minuteOf(from), to: minuteOf(to) };
}

/** How notifications leave; keys and passwords stand in `Secrets`. */
export interface NotificationSettings {
  readonly sms: {
    readonly gateway: (typeof SMS_GATEWAYS)[number];
    /** Absolute path. */
    readonly file: string;
    readonly url?: string;
    readonly quiet?: QuietHours;
  };
  readonly mailFrom: string;
  /** Subscriptions may call this machine. */
  readonly loopback: boolean;
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
  const quiet = quietHours(settings.smsQuietHours);
  return {
    sms: {
      gateway,
      ...(quiet ? { quiet } : {}),
      file: resolve(settings.smsFile ?? join(settings.dataDir, 'sms.ndjson')),
      ...(smsUrl === undefined ? {} : { url: smsUrl }),
    },
    loopback: settings.outboundLoopback,
    mailFrom: settings.mailFrom ?? 'no-responder@localhost',
  };
}
