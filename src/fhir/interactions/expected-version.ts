import { fault } from '../../errors.js';
import type { FoundResource } from '../../store/envelope.js';
import { versionOfEtag } from '../answer.js';
import type { FhirRequest } from '../exchange.js';

/** Version asked for by If-Match. Throws 400 for a malformed header. */
export function expectedVersion(request: Pick<FhirRequest, 'ifMatch'>): number | undefined {
  if (request.ifMatch === undefined) return undefined;
  const version = versionOfEtag(request.ifMatch);
  if (version === undefined) throw fault('header-invalid', { header: 'If-Match', value: request.ifMatch });
  return version;
}

/** Checks If-Match against the current version: 412 when it differs. */
export function assertVersion(type: string, current: FoundResource, expected: number | undefined): void {
  if (expected !== undefined && expected !== current.vid)
    throw fault('version-conflict', { type, id: current._id, current: current.vid }, 'http.if-match');
}

/** Checks If-Match where there is nothing: no version is the expected one. Throws 412. */
export function assertNoVersion(request: Pick<FhirRequest, 'ifMatch'>, type: string, id = '-'): void {
  if (expectedVersion(request) !== undefined)
    throw fault('version-conflict', { type, id, current: '-' }, 'http.if-match');
}
