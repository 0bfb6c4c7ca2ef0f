import { fault } from '../errors.js';

/** A place in the feed: after a change, or in the middle of a scan of older versions. */
export interface FeedPlace {
  /** Resume token of the change stream; the scan continues with it. */
  readonly token?: Readonly<Record<string, unknown>>;
  /** `lastUpdated` of the last entry, ms: where a scan starts when the token is too old. */
  readonly lu: number;
  /** Set during a scan: id of the last entry that was given. */
  readonly scan?: string;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Position before the first change ever. */
export const FEED_START: string = encodePosition({ lu: 0, scan: '' });

/** Text of a place, opaque to those who keep it. */
export function encodePosition({ token, lu, scan }: FeedPlace): string {
  return Buffer.from(JSON.stringify({ t: token, lu, s: scan })).toString('base64url');
}

/** The error of a position that we did not give out: 400. */
export const positionFault = (position: string): Error =>
  fault('parameter-value', {
    parameter: 'position',
    value: position.slice(0, 100),
    reason: 'not a position of this feed',
  });

/** Place of a position. Throws ServiceError 400 for a text that is none. */
export function decodePosition(position: string): FeedPlace {
  try {
    const value: unknown = JSON.parse(Buffer.from(position, 'base64url').toString());
    if (!isPlain(value)) throw new TypeError('no object');
    const { t: token, lu, s: scan } = value;
    if (typeof lu !== 'number' || !Number.isSafeInteger(lu) || lu < 0) throw new TypeError('no time');
    if (token !== undefined && !(isPlain(token) && typeof token['_data'] === 'string')) throw new TypeError('no token');
    if (scan !== undefined && typeof scan !== 'string') throw new TypeError('no place');
    if (scan === undefined && token === undefined) throw new TypeError('neither token nor place');
    return { ...(token ? { token } : {}), lu, ...(scan === undefined ? {} : { scan }) };
  } catch {
    throw positionFault(position);
  }
}
