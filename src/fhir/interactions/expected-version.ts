import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { versionOfEtag } from '../answer.js';
import type { FhirRequest } from '../exchange.js';

type Conditions = Pick<FhirRequest, 'ifMatch' | 'ifNoneMatch'>;

/** `*` in If-Match or If-None-Match: any version. */
export const isAny = (tag: string): boolean => tag.trim() === '*';

/** Version asked for by If-Match. Throws 400 for a malformed header, and for `*`: it names none. */
export function expectedVersion(request: Pick<FhirRequest, 'ifMatch'>): number | undefined {
  if (request.ifMatch === undefined) return undefined;
  const version = versionOfEtag(request.ifMatch);
  if (version === undefined) throw fault('header-invalid', { header: 'If-Match', value: request.ifMatch });
  return version;
}

/** If-None-Match on a write says "only when there is none": `*`, nothing else (RFC 9110, 13.1.2). Throws 400. */
export function assertNoneMatch({ ifNoneMatch }: Conditions): void {
  if (ifNoneMatch !== undefined && !isAny(ifNoneMatch))
    throw fault('header-invalid', { header: 'If-None-Match', value: ifNoneMatch });
}

/**
 * Checks If-Match and If-None-Match of a write against the newest version, which may be a deletion: 412 when If-Match names
 * another one or, as `*`, any living one and there is none; 412 for If-None-Match `*` when it lives. Throws 400 for other values.
 */
export function assertVersion(type: string, current: FoundResource, { ifMatch, ifNoneMatch }: Conditions): void {
  const conflict = (header: string): Error =>
    fault('version-conflict', { type, id: current._id, current: current.vid }, header);
  if (ifMatch !== undefined) {
    const right = isAny(ifMatch) ? !current.del : expectedVersion({ ifMatch }) === current.vid;
    if (!right) throw conflict('http.if-match');
  }
  if (ifNoneMatch === undefined) return;
  assertNoneMatch({ ifNoneMatch });
  if (!current.del) throw conflict('http.if-none-match');
}

/** Checks If-Match and If-None-Match where there is nothing: no version is the expected one, also not any. Throws 412, 400. */
export function assertNoVersion(request: Conditions, type: string, id = '-'): void {
  assertNoneMatch(request);
  const { ifMatch } = request;
  if (ifMatch === undefined) return;
  if (!isAny(ifMatch)) expectedVersion({ ifMatch });
  throw fault('version-conflict', { type, id, current: '-' }, 'http.if-match');
}

/** Does the client say what must be there? Then a write is not tried again: the answer is 412. */
export const isConditional = ({ ifMatch, ifNoneMatch }: Conditions): boolean =>
  ifMatch !== undefined || ifNoneMatch !== undefined;
