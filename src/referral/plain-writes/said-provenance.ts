import type { Provenance } from '@medplum/fhirtypes';
import { fault } from '../../errors.js';
import type { FhirRequest } from '../../fhir/exchange.js';
import { isObject } from '../untrusted.js';
import { referenceText } from './sources.js';
import { itemsOf } from './written.js';

const HEADER = 'X-Provenance';

/**
 * What the header X-Provenance says of a write (R4 provenance.html 6.3.5): a Provenance as JSON, without target, in ASCII
 * (other letters as `\u00e1`). Throws 400 `header-invalid`.
 */
export function saidProvenance({ provenance }: Pick<FhirRequest, 'provenance'>): Provenance | undefined {
  if (provenance === undefined) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(provenance);
  } catch {
    read = undefined;
  }
  if (!isObject(read) || read['resourceType'] !== 'Provenance')
    throw fault('header-invalid', { header: HEADER, value: provenance.slice(0, 80) });
  return read as unknown as Provenance;
}

/** Who acted, by that header: the first agent that is somebody in a post. */
export const saidActor = (said: Provenance | undefined): string | undefined =>
  itemsOf(said?.agent)
    .map(({ who }) => referenceText(who))
    .find((reference) => reference?.startsWith('PractitionerRole/'));
