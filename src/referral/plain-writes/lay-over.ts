import { isDeepStrictEqual } from 'node:util';
import type { Meta, Resource } from '@medplum/fhirtypes';
import { itemsOf, type Json } from './written.js';

const profilesOf = (meta: unknown): string[] => [(meta as Meta | undefined)?.profile ?? []].flat();

/** Extensions of the server beside those that the caller wrote: of one kind, the caller's own. */
function extensions(own: unknown, server: unknown, base: unknown): readonly Json[] {
  const [written, old] = [itemsOf(own), itemsOf(base)];
  const isOld = (one: Json): boolean => old.some((item) => isDeepStrictEqual(item, one));
  const told = new Set(written.filter((one) => !isOld(one)).map(({ url }) => url));
  return [...written, ...itemsOf(server).filter((one) => !isOld(one) && !told.has(one['url']))];
}

/**
 * A resource as somebody wrote it, with what the server sets: of each element that the server's own version (`server`)
 * changes from what was there (`base`), the caller's when the caller says something new, else the server's.
 */
export function layOver<T extends Resource>(written: T, base: Resource | undefined, server: Resource): T {
  const own: Json = { ...written };
  const old: Json = { ...base };
  const set = Object.entries({ ...server } as Json).flatMap(([name, value]): [string, unknown][] => {
    if (isDeepStrictEqual(value, old[name])) return [];
    const said = own[name];
    if (said === undefined || (base && isDeepStrictEqual(said, old[name]))) return [[name, value]];
    if (name === 'extension') return [[name, extensions(said, value, old[name])]];
    if (name !== 'meta') return [];
    const profile = [...new Set([...profilesOf(said), ...profilesOf(value)])];
    return [[name, { ...(said as object), ...(profile.length > 0 ? { profile } : {}) }]];
  });
  return { ...written, ...Object.fromEntries(set) };
}
