import type { Request } from 'express';
import { fault } from '../errors.js';

/** Form in which an answer leaves. */
export interface Representation {
  readonly format: 'json' | 'xml';
  /** Indented for people (`_pretty`). */
  readonly pretty: boolean;
}

/** What nearly every client asks for. */
export const PLAIN_JSON: Representation = { format: 'json', pretty: false };

/** Media types of each format, older and general ones included (https://hl7.org/fhir/R4/http.html#mime-type). */
export const MEDIA_TYPES = {
  json: ['application/fhir+json', 'application/json', 'text/json'],
  xml: ['application/fhir+xml', 'application/xml', 'text/xml'],
} as const;
const FORMATS = ['json', 'xml'] as const;

/** Format of a media type without parameters, or of a short name; undefined for any other. */
export const formatOf = (name: string): Representation['format'] | undefined =>
  FORMATS.find((format) => name === format || MEDIA_TYPES[format].some((type) => type === name));

const QUALITY = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

interface Range {
  readonly type: string;
  readonly quality: number;
}

/** One entry of an Accept header (RFC 9110, 12.5.1); undefined for one that is malformed or asks for another FHIR version. */
function rangeOf(entry: string): Range | undefined {
  const [type = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
  if (type === '') return undefined;
  let quality = 1;
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim());
    if (name === 'q') {
      if (!QUALITY.test(value)) return undefined;
      quality = Number(value);
    } else if (name === 'fhirversion' && !/^"?4\.0(?:\.1)?"?$/.test(value)) return undefined;
  }
  return { type, quality };
}

/** Quality of a format: that of its own media types when one is named, else of `application/*` or `text/*`, else of everything. */
function qualityOf(format: Representation['format'], ranges: readonly Range[]): number {
  const best = (fits: (type: string) => boolean): number | undefined => {
    const fitting = ranges.filter(({ type }) => fits(type)).map(({ quality }) => quality);
    return fitting.length > 0 ? Math.max(...fitting) : undefined;
  };
  return (
    best((type) => type.includes('/') && formatOf(type) === format) ??
    best((type) => type === 'application/*' || type === 'text/*') ??
    best((type) => type === '*/*' || type === '*') ??
    0
  );
}

/** Format that an Accept header likes best, JSON when it likes both the same; undefined when it takes neither. */
export function acceptedFormat(accept: string): Representation['format'] | undefined {
  const ranges = accept.split(',').flatMap((entry) => rangeOf(entry) ?? []);
  const [json, xml] = [qualityOf('json', ranges), qualityOf('xml', ranges)];
  if (json === 0 && xml === 0) return undefined;
  return xml > json ? 'xml' : 'json';
}

/** A plus sign in a query arrives as a space. */
const namedFormat = (name: string): Representation['format'] | undefined =>
  formatOf(rangeOf(name.replace('fhir json', 'fhir+json').replace('fhir xml', 'fhir+xml'))?.type ?? '');

/**
 * How the client wants its answer: `_format` before the Accept header, `_pretty` beside both (R4 http.html 3.1.0.1.11).
 * @param query parameters of the URL and of a form body
 * @throws ServiceError 406 `format-unsupported`
 */
export function representationOf(
  request: Pick<Request, 'get'>,
  query: readonly (readonly [string, string])[],
): Representation {
  const value = (name: string): string | undefined => query.find(([key]) => key === name)?.[1];
  const accept = request.get('accept') ?? '';
  const asked = query.length === 0 ? undefined : value('_format');
  const pretty = query.length > 0 && value('_pretty') === 'true';
  if (asked === undefined && (accept === '' || accept === '*/*' || accept === MEDIA_TYPES.json[0]))
    return pretty ? { format: 'json', pretty } : PLAIN_JSON;
  const format = asked === undefined ? acceptedFormat(accept) : namedFormat(asked);
  if (!format) throw fault('format-unsupported', { format: (asked ?? accept).slice(0, 100) });
  return { format, pretty };
}
