import { fault } from '../../errors.js';

/** A field of HTTP in one line (RFC 9110, 5.1 and 5.5): no line ends, so none can be smuggled in. */
const FIELD = /^(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \t]*(?<value>[\x20-\x7e]{0,1000})$/;

/** What belongs to the connection, to the body, or to the signature. */
const OURS =
  /^(?:host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|cookie|content-.*|proxy-.*|x-referencia-.*)$/i;

const MOST = 10;

const refused = (es: string, en: string): Error => fault('rule-broken', { es, en }, 'Subscription.channel.header');

/**
 * `Subscription.channel.header` as fields of a request, names in lower case.
 * @throws ServiceError 422 `rule-broken` for a line that is none, one that is the service's own, or too many
 */
export function channelHeaders(lines: readonly string[]): Readonly<Record<string, string>> {
  if (lines.length > MOST) throw refused(`${MOST} cabeceras como máximo`, `${MOST} headers at most`);
  return Object.fromEntries(
    lines.map((line) => {
      const { name, value } = FIELD.exec(line)?.groups ?? {};
      if (name === undefined || value === undefined)
        throw refused('cada cabecera es «Nombre: valor», en una línea', 'each header is "Name: value", on one line');
      if (OURS.test(name)) throw refused(`«${name}» la pone el servicio`, `"${name}" is set by the service`);
      return [name.toLowerCase(), value.trim()];
    }),
  );
}
