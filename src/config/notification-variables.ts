import { z } from 'zod';
import { flag, httpUrl, oneOf, text, type Variable } from './variable-schemas.js';

/** Ways to send a short message (src/notify/channels). */
export const SMS_GATEWAYS = ['none', 'file', 'http'] as const;

/** Settings of notifications: rows of the table in `variables.ts`. */
export const NOTIFICATION_VARIABLES = {
  smsGateway: {
    name: 'SMS_GATEWAY',
    schema: oneOf(...SMS_GATEWAYS).optional(),
    fallback: 'file (development, test), none (production)',
    meaning: {
      es: 'Cómo salen los mensajes de texto: `none` no salen; `file` agrega una línea por mensaje a SMS_FILE; `http` los entrega a SMS_URL.',
      en: 'How text messages leave: `none` they do not; `file` appends a line for each to SMS_FILE; `http` hands them to SMS_URL.',
    },
  },
  smsFile: {
    name: 'SMS_FILE',
    schema: text.optional(),
    fallback: 'DATA_DIR/sms.ndjson',
    meaning: {
      es: 'Archivo NDJSON de los mensajes de texto, para desarrollo (SMS_GATEWAY=file).',
      en: 'NDJSON file of the text messages, for development (SMS_GATEWAY=file).',
    },
  },
  smsUrl: {
    name: 'SMS_URL',
    schema: httpUrl,
    fallback: '—',
    meaning: {
      es: 'Pasarela de mensajes de texto: recibe POST con JSON {id, to, text}; en producción, https (SMS_GATEWAY=http).',
      en: 'Gateway of text messages: gets POST with JSON {id, to, text}; https in production (SMS_GATEWAY=http).',
    },
  },
  smsKey: {
    name: 'SMS_KEY',
    schema: text.min(16, { error: '>= 16' }).optional(),
    fallback: '—',
    meaning: {
      es: 'Clave de la pasarela; va en la cabecera Authorization: Bearer.',
      en: 'Key of the gateway; goes in the header Authorization: Bearer.',
    },
  },
  smsQuietHours: {
    name: 'SMS_QUIET_HOURS',
    schema: text
      .regex(/^(?:none|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/, { error: 'HH:MM-HH:MM | none' })
      .default('20:00-07:00'),
    fallback: '20:00-07:00',
    meaning: {
      es: 'Horas de Honduras en que no salen mensajes de texto, salvo los de emergencia; esperan y salen en su orden. `none`: salen a toda hora.',
      en: 'Hours of Honduras at which no text message leaves, those of emergencies aside; they wait and leave in their order. `none`: at any hour.',
    },
  },
  outboundLoopback: {
    name: 'OUTBOUND_LOOPBACK',
    schema: flag.default(false),
    fallback: 'false',
    meaning: {
      es: 'Las suscripciones pueden llamar a esta misma máquina (127.0.0.1), para desarrollo y pruebas. Redes internas nunca, en ningún modo.',
      en: 'Subscriptions may call this machine itself (127.0.0.1), for development and tests. Internal networks never, in no mode.',
    },
    production: 'not-true',
  },
  smtpUrl: {
    name: 'SMTP_URL',
    schema: text.regex(/^smtps?:\/\//, { error: 'smtp[s]://USER:PASSWORD@HOST:PORT' }).optional(),
    fallback: '—',
    meaning: {
      es: 'Servidor de correo con usuario y clave; sin él no salen correos. En producción siempre va cifrado (smtps, o smtp con STARTTLS).',
      en: 'Mail server with user and password; no mail leaves without it. Always encrypted in production (smtps, or smtp with STARTTLS).',
    },
  },
  mailFrom: {
    name: 'MAIL_FROM',
    schema: z.email({ error: 'name@host' }).optional(),
    fallback: 'no-responder@localhost',
    meaning: { es: 'Remitente de los correos.', en: 'Sender of mails.' },
  },
} as const satisfies Record<string, Variable>;
